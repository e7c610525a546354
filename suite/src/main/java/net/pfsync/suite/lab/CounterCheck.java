package net.pfsync.suite.lab;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Counter;

/**
 * What the pfsync statistics of a firewall gained since the case began.
 *
 * <p>What the suite's own sentinel raises is left out. On a target whose statistics cannot be read nothing is checked and
 * nothing counts as observed: the wire alone decides then. Where others raise counters as well, too much proves nothing.
 */
public final class CounterCheck {

    private static final Set<Counter> TRAFFIC =
            EnumSet.of(Counter.IPACKETS, Counter.IPACKETS6, Counter.OPACKETS, Counter.OPACKETS6);

    private final String firewall;
    private final Exchange exchange;
    private final Map<Counter, Long> raised;
    private final boolean busy;

    /**
     * A check of what was raised.
     *
     * @param firewall whose statistics
     * @param exchange where the observation is noted
     * @param raised increments, null if they cannot be read
     * @param busy whether others may raise them as well
     */
    CounterCheck(String firewall, Exchange exchange, Map<Counter, Long> raised, boolean busy) {
        this.firewall = firewall;
        this.exchange = exchange;
        this.raised = raised;
        this.busy = busy;
    }

    /** Whether the statistics can be read at all. */
    public boolean readable() {
        return raised != null;
    }

    /**
     * How much a counter gained.
     *
     * @param counter which
     * @return the increment; 0 where the statistics cannot be read
     */
    public long of(Counter counter) {
        return raised == null ? 0 : raised.getOrDefault(counter, 0L);
    }

    /** No counter gained anything, except perhaps these. */
    public void unchangedExcept(Counter... changing) {
        Set<Counter> free = EnumSet.noneOf(Counter.class);
        free.addAll(Arrays.asList(changing));
        check(Map.of(), free, false);
    }

    /** Nothing was counted but packets. */
    public void unchanged() {
        check(Map.of(), TRAFFIC, false);
    }

    /** The counter gained exactly this; others are not looked at. */
    public void raised(Counter counter, long by) {
        check(Map.of(counter, by), EnumSet.allOf(Counter.class), true);
    }

    /** The counter gained exactly this, and no other gained anything but those that count packets. */
    public void raisedOnly(Counter counter, long by) {
        raisedOnly(Map.of(counter, by));
    }

    /** The counters gained exactly these, and no other gained anything but those that count packets. */
    public void raisedOnly(Map<Counter, Long> increments) {
        check(increments, TRAFFIC, false);
    }

    private void check(Map<Counter, Long> wanted, Set<Counter> free, boolean onlyWanted) {
        if (raised == null) {
            return;
        }
        Map<Counter, Long> seen = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            boolean compared = wanted.containsKey(counter) || !free.contains(counter);
            if (compared && of(counter) != 0) {
                seen.put(counter, of(counter));
            }
        }
        Map<Counter, Long> sought = new TreeMap<>(wanted);
        sought.values().removeIf(value -> value == 0);
        if (!seen.equals(sought)) {
            if (busy && sought.entrySet().stream().allMatch(one -> of(one.getKey()) >= one.getValue())) {
                throw new CannotTell("the statistics of " + firewall + " say " + words(seen) + " instead of "
                        + words(sought) + ", and what it has of its own may have raised them");
            }
            String rest = onlyWanted ? "" : sought.isEmpty() ? "" : " and no other";
            throw new Mismatch(
                    words(sought.isEmpty() && onlyWanted ? wanted : sought) + rest,
                    words(seen),
                    "statistics of " + firewall);
        }
        exchange.note(firewall, "statistics: " + words(seen));
        exchange.observed();
    }

    private static String words(Map<Counter, Long> increments) {
        return increments.isEmpty()
                ? "no counter raised"
                : increments.entrySet().stream()
                        .map(entry -> String.format("%s %+d", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
