package net.pfsync.suite.lab;

import java.util.EnumMap;
import java.util.Map;
import net.pfsync.suite.target.Adapter;
import net.pfsync.wire.Counter;

/** The account of one firewall's statistics: the baseline of the case, and what the suite itself raised since. */
final class CounterAccount {

    private final Adapter firewall;
    private Map<Counter, Long> baseline;
    private boolean within;
    private final Map<Counter, Long> own = new EnumMap<>(Counter.class);

    CounterAccount(Adapter firewall) {
        this.firewall = firewall;
        this.baseline = firewall.counters();
    }

    /** Counts from now on. */
    void restart() {
        baseline = firewall.counters();
        own.clear();
    }

    /** Runs steps whose traces are the suite's own; steps within such steps are counted once. */
    void aside(Runnable steps) {
        if (within) {
            steps.run();
            return;
        }
        within = true;
        Map<Counter, Long> before = firewall.counters();
        try {
            steps.run();
        } finally {
            within = false;
            firewall.counters()
                    .forEach((counter, value) -> own.merge(counter, value - value(before, counter), Long::sum));
        }
    }

    /** What was raised since the baseline, without the suite's own part. */
    Map<Counter, Long> raised() {
        Map<Counter, Long> raised = new EnumMap<>(Counter.class);
        firewall.counters()
                .forEach((counter, value) ->
                        raised.put(counter, value - value(baseline, counter) - value(own, counter)));
        return raised;
    }

    private static long value(Map<Counter, Long> counters, Counter counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
