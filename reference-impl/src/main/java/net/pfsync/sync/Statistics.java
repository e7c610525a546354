package net.pfsync.sync;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import net.pfsync.wire.Counter;

/** pfsync's counters, as {@code netstat -s -p pfsync} shows them. */
@SuppressWarnings("EnumOrdinal") // counting is on the path of every message
public final class Statistics {

    private static final Counter[] COUNTERS = Counter.values();

    private final long[] values = new long[COUNTERS.length];

    /**
     * Raises a counter by one.
     *
     * @param counter which
     */
    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /**
     * Reads a counter.
     *
     * @param counter which
     * @return its value since the firewall came up
     */
    public long get(Counter counter) {
        return values[counter.ordinal()];
    }

    /**
     * Reads all counters.
     *
     * @return a copy, in the kernel's order
     */
    public Map<Counter, Long> snapshot() {
        Map<Counter, Long> copy = new EnumMap<>(Counter.class);
        for (Counter counter : COUNTERS) {
            copy.put(counter, get(counter));
        }
        return Collections.unmodifiableMap(copy);
    }

    /**
     * What was counted since an earlier look.
     *
     * @param earlier a {@link #snapshot}
     * @return the counters that went up, and by how much
     */
    public Map<Counter, Long> since(Map<Counter, Long> earlier) {
        Map<Counter, Long> raised = new EnumMap<>(Counter.class);
        for (Counter counter : COUNTERS) {
            long by = get(counter) - earlier.getOrDefault(counter, 0L);
            if (by != 0) {
                raised.put(counter, by);
            }
        }
        return raised;
    }
}
