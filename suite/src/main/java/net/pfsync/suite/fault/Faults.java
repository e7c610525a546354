package net.pfsync.suite.fault;

import java.util.List;
import java.util.stream.Stream;

/** Every way of being wrong that the suite is known to notice. */
public final class Faults {

    private Faults() {}

    /**
     * All faults, those of real systems first.
     *
     * @return a fault of both versions twice
     */
    public static List<Fault> all() {
        return Stream.of(
                        QuirkFaults.all(),
                        SentFaults.all(),
                        ReceivedFaults.all(),
                        OtherVersionFaults.all(),
                        EngineFaults.all(),
                        ConsoleFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
