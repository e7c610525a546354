package net.pfsync.suite.lab;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.pfsync.suite.evidence.Evidence.Snapshot;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;

/** Takes down what the firewalls of a bench show at one moment. */
final class Observer {

    private Observer() {}

    static List<Snapshot> look(Bench bench, Set<Capability> capabilities) {
        return Stream.concat(Stream.of(bench.target()), bench.peers().stream())
                .map(firewall -> look(firewall, capabilities))
                .toList();
    }

    private static Snapshot look(Adapter firewall, Set<Capability> capabilities) {
        return new Snapshot(
                firewall.name(),
                firewall.stopped().orElse(""),
                capabilities.contains(Capability.STATE_TABLE) ? firewall.table() : null,
                capabilities.contains(Capability.COUNTERS) ? firewall.counters() : null,
                capabilities.contains(Capability.DEMOTION) ? firewall.demotion("carp") : null,
                firewall.health());
    }
}
