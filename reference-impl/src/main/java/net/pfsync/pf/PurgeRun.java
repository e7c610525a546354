package net.pfsync.pf;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The once-a-second walk that finds states whose time is over, and frees those that were unlinked before.
 *
 * <p>Each step looks at one state more than the share that gets through the whole list within the interval, and goes on where the last
 * one stopped. Source: {@code PF-TRACKING.md} 8.4; recorded on OpenBSD 4.6, "own state purged".
 */
public final class PurgeRun {

    private final StateTable table;
    private final Timeouts timeouts;
    private final Consumer<State> expired;
    private final Predicate<State> inUse;
    private State position;

    /**
     * Prepares the walk.
     *
     * @param table the states
     * @param timeouts their timeouts
     * @param expired what to do with a state whose time is over; it must unlink it
     * @param inUse which unlinked states must not be freed yet
     */
    public PurgeRun(StateTable table, Timeouts timeouts, Consumer<State> expired, Predicate<State> inUse) {
        this.table = table;
        this.timeouts = timeouts;
        this.expired = expired;
        this.inUse = inUse;
    }

    /**
     * Takes one step.
     *
     * @param now seconds of uptime
     */
    public void step(int now) {
        int share = 1 + table.listed() / Math.max(1, timeouts.seconds(Timeouts.INTERVAL));
        for (int i = 0; i < share; i++) {
            State state = position == null ? table.first() : position;
            if (state == null) {
                return;
            }
            position = state.next();
            if (!state.linked()) {
                if (!inUse.test(state)) {
                    table.free(state);
                }
            } else if (timeouts.expiry(state, table.size(), now) <= now) {
                expired.accept(state);
            }
        }
    }
}
