package net.pfsync.pf;

/**
 * ICMP errors: they belong to the state of the packet that they are about.
 *
 * <p>That packet went the other way, so its key is taken as if it had. The error changes nothing in the state. Of a translated connection the
 * packet inside is translated back, and the error goes to whom that packet came from.
 */
final class IcmpErrorTracking {

    private final KeyProbe probe;
    private final StateTable table;

    IcmpErrorTracking(StateTable table, TrackingRule rule) {
        this.table = table;
        this.probe = new KeyProbe(rule);
    }

    static int opposite(int direction) {
        return direction == State.IN ? State.OUT : State.IN;
    }

    /** The state of the packet that the error is about; null if there is none. */
    State find(Packet inner, String ifname, int direction) {
        boolean unknown = inner.fragment() || inner.icmpError();
        return unknown ? null : table.find(probe.of(inner, opposite(direction)), Side.of(direction), ifname);
    }

    /** Whether the packet inside can have been sent: the window of its sender covers it. */
    static boolean plausible(State state, Packet inner, int direction) {
        if (inner.proto() != IpProtocol.TCP || state.has(StateFlags.SLOPPY)) {
            return true;
        }
        boolean forward = opposite(direction) == state.direction;
        Peer sender = forward ? state.src : state.dst;
        Peer receiver = forward ? state.dst : state.src;
        boolean scaled = sender.wscale != 0 && receiver.wscale != 0;
        int shift = scaled ? receiver.wscale & Peer.WSCALE_SHIFT : 0;
        int seq = inner.seq() - sender.seqdiff;
        return !Peer.after(seq, sender.seqhi) && !Peer.after(sender.seqlo - (receiver.window() << shift), seq);
    }

    /** Rewrites the packet inside to what its sender had sent, and the error's own addresses with it. */
    static void rewrite(State state, Packet error, Packet inner, int direction) {
        boolean forward = opposite(direction) == state.direction;
        Peer sender = forward ? state.src : state.dst;
        if (inner.proto() == IpProtocol.TCP && sender.seqdiff != 0) {
            inner.setSeq(inner.seq() - sender.seqdiff);
        }
        if (!state.translated()) {
            return;
        }
        boolean fromReceiver = error.sourceHi() == inner.destinationHi() && error.sourceLo() == inner.destinationLo();
        Translation.rewrite(inner, opposite(direction), Side.of(direction).otherKey(state));
        error.setDestination(inner.sourceHi(), inner.sourceLo(), 0);
        if (fromReceiver) {
            error.setSource(inner.destinationHi(), inner.destinationLo(), 0);
        }
    }
}
