package net.pfsync.suite.compare;

import java.util.List;

/**
 * What two tables may differ in although both firewalls work: each is a moment older or younger than the other, announcements are collected for up to
 * a second, and only INS and UPD carry ages and lifetimes.
 *
 * @param seconds that ages and lifetimes may differ, and that a state that begins or ends may be on one side only
 * @param sequence bytes that one side may be ahead of the other in a connection that stands still
 */
public record Tolerance(int seconds, int sequence) {

    /** pf lets pass what is so many bytes outside the window it knows ({@code MAXACKWINDOW}, 0xffff + 1500): the connection survives a failover. */
    public static final int MAXACKWINDOW = 0xffff + 1500;

    /** Usual seconds: a second of collecting, one of sending, and two listings that do not begin at the same moment. */
    public static final int SECONDS = 5;

    /** A packet in the last two seconds may not have been told yet. */
    private static final int MOVING = 2;

    private static final List<Integer> TIMEOUTS = List.of(120, 30, 86_400, 900, 45, 90, 60, 20, 10);

    /** Whether a state is about to vanish: each side removes it when its own clock or the other's message says so. */
    boolean ending(Listed state) {
        return state.expire <= seconds;
    }

    /** Whether a state is so new that the other side may not have been told yet. */
    boolean beginning(Listed state) {
        return state.age <= seconds;
    }

    /**
     * Whether a packet passed just now on a state: its lifetime is that of one of the timeouts.
     *
     * @param timeouts of the firewall in seconds; the usual ones if empty
     */
    static boolean moving(Listed state, List<Integer> timeouts) {
        return (timeouts.isEmpty() ? TIMEOUTS : timeouts)
                .stream().anyMatch(timeout -> state.expire <= timeout && state.expire >= timeout - MOVING);
    }
}
