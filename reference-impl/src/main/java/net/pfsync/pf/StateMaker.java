package net.pfsync.pf;

/**
 * Makes the state of a first packet. Source: {@code PF-TRACKING.md} section 2; fields recorded on OpenBSD 4.6 and 7.6.
 */
final class StateMaker {

    private static final int FIRST_SEQHI = 1;
    private static final int FIRST_WINDOW = 1;
    private static final String FLOATING = "all";

    private final PfHost host;
    private final State.Extra incoming;
    private final State.Extra outgoing;

    StateMaker(TrackingRule rule, PfHost host) {
        this.host = host;
        this.incoming = rule.routingTables() ? tables(-1, 0) : null;
        this.outgoing = rule.routingTables() ? tables(0, -1) : null;
    }

    /** Shared by all states of a direction, and never changed. */
    private static State.Extra tables(int wire, int stack) {
        State.Extra extra = new State.Extra();
        extra.rtableWire = wire;
        extra.rtableStack = stack;
        return extra;
    }

    /**
     * Makes a state that is in no table yet.
     *
     * @param original the key of the packet as it came
     * @param translated the key of the packet as it goes on; equal to the other one without translation
     * @param bound whether it is valid on the packet's interface only
     */
    State make(Flow flow, Rule by, StateKey original, StateKey translated, boolean bound, int now) {
        Packet packet = flow.packet();
        State state = new State();
        state.id = host.nextStateId();
        state.creatorId = host.hostId();
        state.ifname = bound ? flow.ifname() : FLOATING;
        boolean in = flow.direction() == State.IN;
        StateKey other = translated.equals(original) ? original : translated;
        state.wire = in ? original : other;
        state.stack = in ? other : original;
        state.af = (byte) original.af();
        state.proto = (byte) packet.proto();
        state.direction = (byte) flow.direction();
        state.rule = by.number();
        state.creation = now;
        state.expire = now;
        state.extra = in ? incoming : outgoing;
        flags(state, by);
        peers(state, packet);
        return state;
    }

    private static void flags(State state, Rule by) {
        if (by.allowOpts()) {
            state.set(StateFlags.ALLOWOPTS);
        }
        if (by.keeping().sloppy()) {
            state.set(StateFlags.SLOPPY);
        }
        if (by.keeping().noSync()) {
            state.set(StateFlags.NOSYNC);
        }
    }

    private static void peers(State state, Packet packet) {
        if (packet.icmp() != null) {
            state.timeout = Timeouts.ICMP_FIRST_PACKET;
        } else if (packet.proto() == IpProtocol.TCP) {
            tcp(state, packet);
        } else {
            boolean udp = packet.proto() == IpProtocol.UDP;
            state.src.state = Peer.SINGLE;
            state.timeout = (byte) (udp ? Timeouts.UDP_FIRST_PACKET : Timeouts.OTHER_FIRST_PACKET);
        }
    }

    private static void tcp(State state, Packet packet) {
        Peer src = state.src;
        boolean syn = packet.has(TcpFlags.SYN);
        src.seqlo = packet.seq();
        src.seqhi = src.seqlo + packet.dataLength() + 1 + (syn ? 1 : 0) + (packet.has(TcpFlags.FIN) ? 1 : 0);
        src.wscale = (byte) (syn ? packet.wscale() : 0);
        src.maxWin = (short) Peer.scaledDown(Math.max(packet.window(), FIRST_WINDOW), src.wscale & Peer.WSCALE_SHIFT);
        src.state = Peer.SYN_SENT;
        state.dst.seqhi = FIRST_SEQHI;
        state.dst.maxWin = FIRST_WINDOW;
        state.timeout = Timeouts.TCP_FIRST_PACKET;
    }
}
