package net.pfsync.pf;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The once-a-second walk that finds states whose time is over, and frees those that were unlinked before.
 *
 * <p>Each step looks at one state more than the share that gets through the whole list within the interval, or at a few more in a small
 * table, and goes on where the last one stopped. Source: {@code PF-TRACKING.md} 8.4; {@link TrackingRule.Purge}.
 */
public final class PurgeRun {

    private final StateTable table;
    private final Timeouts timeouts;
    private final Consumer<State> expired;
    private final Predicate<State> inUse;
    private final TrackingRule.Purge rule;
    private final ArrayDeque<State> found = new ArrayDeque<>();
    private State position;

    /**
     * Prepares the walk.
     *
     * @param table the states
     * @param timeouts their timeouts
     * @param expired what to do with a state whose time is over; it must unlink it
     * @param inUse which unlinked states must not be freed yet
     * @param rule how the release does it
     */
    public PurgeRun(
            StateTable table,
            Timeouts timeouts,
            Consumer<State> expired,
            Predicate<State> inUse,
            TrackingRule.Purge rule) {
        this.table = table;
        this.timeouts = timeouts;
        this.expired = expired;
        this.inUse = inUse;
        this.rule = rule;
    }

    /**
     * Takes one step.
     *
     * @param now seconds of uptime
     */
    public void step(int now) {
        int share = 1 + table.listed() / Math.max(1, timeouts.seconds(Timeouts.INTERVAL));
        int looks = Math.max(share, Math.min(rule.fewest(), table.listed()));
        for (int i = 0; i < looks && (position != null || table.first() != null); i++) {
            State state = position == null ? table.first() : position;
            position = state.next();
            look(state, now);
        }
        while (!found.isEmpty()) {
            expired.accept(found.removeLast());
        }
    }

    private void look(State state, int now) {
        if (!state.linked()) {
            if (!inUse.test(state)) {
                table.free(state);
            }
        } else if (timeouts.expiry(state, table.size(), now) <= now) {
            if (rule == TrackingRule.Purge.COLLECTED) {
                found.addLast(state);
            } else {
                expired.accept(state);
            }
        }
    }
}
