package net.pfsync.pf;

/**
 * In what releases differ when they track packets. Source: {@code PF-TRACKING.md}, the marks "[cur]"; {@code WIRE.md} 5.3.
 *
 * @param inet6 the number of the address family IPv6: 24 on OpenBSD, 28 on FreeBSD
 * @param typeInKey whether the key of an ICMP query holds the id in the initiator's slot and the type in the other; otherwise both hold the id
 * @param finOutsideWindow whether a FIN may lie one behind the window: it is not counted when the end of a segment is compared
 * @param blindResets whether a reset passes at any sequence number in the window if pf did not reassemble the packet; otherwise it must lie
 *     exactly, or be acknowledging exactly
 * @param capsWindow whether a window that is no longer scaled is cut to 65535; otherwise it overflows its 16 bits
 * @param reuse what a SYN on a connection does
 * @param purge how the purge run goes through the states
 * @param routingTables whether new states name routing table 0 on the side that the packet goes to, and none on the other
 */
public record TrackingRule(
        int inet6,
        boolean typeInKey,
        boolean finOutsideWindow,
        boolean blindResets,
        boolean capsWindow,
        Reuse reuse,
        Purge purge,
        boolean routingTables) {

    /** What a SYN does that arrives on a connection. Source: {@code PF-TRACKING.md} 3.11. */
    public enum Reuse {
        /** Both ends have closed: the state is removed at once, the SYN is dropped. */
        REMOVES(Peer.FIN_WAIT_2),
        /** Both ends have closed: the state dies at the next purge run, the SYN is dropped; both are established: the sender is challenged. */
        EXPIRES_OR_CHALLENGES(Peer.ESTABLISHED);

        private final int from;

        Reuse(int from) {
            this.from = from;
        }

        /** Whether a SYN does not pass when the ends are in these states. */
        boolean refuses(Peer one, Peer other) {
            return one.state >= from && other.state >= from;
        }
    }

    /** How the purge run goes through its share of the states. */
    public enum Purge {
        /** It removes a state when it comes to it. Recorded on OpenBSD 4.6, capture 03: a state a second of two. */
        ONE_BY_ONE(1),
        /**
         * It first collects what it has found and then removes the last one first, and looks at no less than 64 states.
         * Recorded on OpenBSD 7.6, captures s3 and s4: of a small table both states of a connection in one second, the
         * outgoing one first. How many are the fewest was not recorded, more than ten are.
         */
        COLLECTED(64);

        private final int fewest;

        Purge(int fewest) {
            this.fewest = fewest;
        }

        /** How many states a step looks at, at least. */
        int fewest() {
            return fewest;
        }
    }

    /** pf as OpenBSD 4.5 and 4.6 have it, but that windows are capped. */
    public static final TrackingRule OF_2009 =
            new TrackingRule(24, true, false, true, true, Reuse.REMOVES, Purge.ONE_BY_ONE, false);

    /** pf as OpenBSD 7.4 and later have it. */
    public static final TrackingRule CURRENT =
            new TrackingRule(24, true, true, false, true, Reuse.EXPIRES_OR_CHALLENGES, Purge.COLLECTED, true);

    /**
     * The same, but that a window that is no longer scaled overflows.
     *
     * @return another rule
     */
    public TrackingRule withoutWindowCap() {
        return new TrackingRule(inet6, typeInKey, finOutsideWindow, blindResets, false, reuse, purge, routingTables);
    }

    /** What a key holds where a packet's source port belongs. */
    int sourcePort(Packet packet) {
        if (packet.icmp() == null) {
            return packet.sourcePort();
        }
        return packet.icmp().reply() && typeInKey ? packet.icmp().query() : packet.queryId();
    }

    /** What a key holds where a packet's destination port belongs. */
    int destinationPort(Packet packet) {
        if (packet.icmp() == null) {
            return packet.destinationPort();
        }
        return packet.icmp().reply() || !typeInKey
                ? packet.queryId()
                : packet.icmp().query();
    }
}
