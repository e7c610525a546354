package net.pfsync.suite.target;

import java.util.Optional;
import java.util.Set;

/** A place where cases run: in memory, in a local lab, or on real machines. */
public interface Arena {

    /** Its name on the command line, for example {@code embedded}. */
    String name();

    /** The release under test. */
    ReleaseInfo release();

    /** What this arena offers. */
    Set<Capability> capabilities();

    /** Why no case may run here, because every case sends frames; empty where cases run. */
    default Optional<String> silence() {
        return Optional.empty();
    }

    /**
     * Sets up a lab for one case.
     *
     * @param extent what the case needs
     * @param seed for everything random in the lab
     * @return the lab; the target is connected and up
     */
    Bench open(Extent extent, long seed);
}
