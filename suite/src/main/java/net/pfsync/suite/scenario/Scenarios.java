package net.pfsync.suite.scenario;

import java.util.List;
import java.util.stream.Stream;

/** All recorded scenarios that are played. */
final class Scenarios {

    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(BulkScenarios.all(), TrafficScenarios.all(), DeferScenarios.all(), SplitScenarios.all())
                .flatMap(List::stream)
                .toList();
    }
}
