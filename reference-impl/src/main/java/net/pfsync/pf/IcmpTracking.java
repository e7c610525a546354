package net.pfsync.pf;

/** ICMP queries and their replies. Source: {@code PF-TRACKING.md} section 6. */
final class IcmpTracking {

    private IcmpTracking() {}

    static void track(State state, int now) {
        state.expire = now;
        state.timeout = Timeouts.ICMP_ERROR_REPLY;
    }
}
