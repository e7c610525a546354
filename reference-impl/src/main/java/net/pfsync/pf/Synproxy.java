package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * The handshake that pf makes with both ends before it lets them talk to each other.
 *
 * <p>Towards the client pf uses a random sequence number of its own, kept in {@code src.seqhi}; towards the server it uses another one, kept in
 * {@code dst.seqhi}. When both handshakes are done, the differences become the modulation of the state. Source: {@code PF-TRACKING.md} section
 * 7; recorded on OpenBSD 4.6 and 7.6: what goes to the server is filtered on its way out and so makes the outgoing state, what goes to the
 * client is not.
 *
 * <table>
 * <caption>States of the initiator</caption>
 * <tr><th>state<th>segment<th>what happens
 * <tr><td>none<td>SYN<td>SYN ACK to the client, PROXY_SRC
 * <tr><td>PROXY_SRC<td>the same SYN<td>SYN ACK to the client again
 * <tr><td>PROXY_SRC<td>ACK of it<td>PROXY_DST, SYN to the server
 * <tr><td>PROXY_DST<td>ACK of the client again<td>SYN to the server again
 * <tr><td>PROXY_DST<td>SYN ACK of the server<td>ACK to both, both ESTABLISHED
 * </table>
 */
final class Synproxy {

    private static final int UNKNOWN_SEQHI = 1;
    private static final int DEFAULT_MSS = 512;
    private static final int SMALLEST_MSS = 64;
    private static final int IPV4_AND_TCP = 40;
    private static final int IPV6_AND_TCP = 60;

    private final PfHost host;
    private final RandomGenerator random;

    Synproxy(PfHost host, RandomGenerator random) {
        this.host = host;
        this.random = random;
    }

    /** Starts with the SYN that made the state. */
    void start(State state, Packet syn, Result result) {
        state.src.state = Peer.PROXY_SRC;
        state.src.seqhi = random.nextInt();
        state.src.mss = (short) segmentSize(syn);
        answer(state, syn, result);
    }

    /** The client's segment size, as far as the links on both sides can carry it. */
    private int segmentSize(Packet syn) {
        int offer = syn.mss() == 0 ? DEFAULT_MSS : syn.mss();
        boolean inet6 = syn.inet6();
        int mtu = Math.min(
                host.mtuTowards(inet6, syn.sourceHi(), syn.sourceLo()),
                host.mtuTowards(inet6, syn.destinationHi(), syn.destinationLo()));
        int carried = Math.max(DEFAULT_MSS, mtu - (inet6 ? IPV6_AND_TCP : IPV4_AND_TCP));
        return Math.max(SMALLEST_MSS, Math.min(offer, carried));
    }

    private static void answer(State state, Packet syn, Result result) {
        TcpSegment answer = TcpSegment.answerTo(syn, state.src.mss & 0xffff)
                .sequence(state.src.seqhi, syn.seq() + 1)
                .flags(TcpFlags.SYN | TcpFlags.ACK, 0);
        result.reply(answer.finish(), false);
    }

    /**
     * Goes on with a handshake that is not done. Every segment of it ends here.
     *
     * @param forward whether the segment goes from the initiator to the other end
     */
    void track(State state, Packet packet, boolean forward, Result result) {
        if (state.src.state == Peer.PROXY_SRC && forward) {
            if (packet.has(TcpFlags.SYN)) {
                if (!packet.has(TcpFlags.ACK) && packet.seq() == state.src.seqlo) {
                    answer(state, packet, result);
                }
                return;
            }
            if (acknowledges(state, packet) && !packet.has(TcpFlags.RST | TcpFlags.FIN)) {
                state.src.state = Peer.PROXY_DST;
            }
        }
        if (state.src.state == Peer.PROXY_DST) {
            if (forward) {
                client(state, packet, result);
            } else {
                server(state, packet, result);
            }
        }
    }

    /** Whether a segment is the client's answer to our SYN ACK. */
    private static boolean acknowledges(State state, Packet packet) {
        return packet.has(TcpFlags.ACK)
                && !packet.has(TcpFlags.SYN)
                && packet.ack() == state.src.seqhi + 1
                && packet.seq() == state.src.seqlo + 1;
    }

    private void client(State state, Packet packet, Result result) {
        if (!acknowledges(state, packet)) {
            return;
        }
        state.src.maxWin = (short) Math.max(packet.window(), 1);
        while (state.dst.seqhi == UNKNOWN_SEQHI) {
            state.dst.seqhi = random.nextInt();
        }
        TcpSegment syn = toServer(state, packet, state.src.mss & 0xffff)
                .sequence(state.dst.seqhi, 0)
                .flags(TcpFlags.SYN, state.src.window());
        result.reply(syn.finish(), true);
    }

    private static void server(State state, Packet packet, Result result) {
        Peer src = state.src;
        Peer dst = state.dst;
        boolean synAck = packet.has(TcpFlags.SYN) && packet.has(TcpFlags.ACK);
        if (!synAck || packet.ack() != dst.seqhi + 1) {
            return;
        }
        dst.maxWin = (short) Math.max(packet.window(), 1);
        dst.seqlo = packet.seq();
        TcpSegment ours = TcpSegment.answerTo(packet, 0)
                .sequence(packet.ack(), packet.seq() + 1)
                .flags(TcpFlags.ACK, src.window());
        TcpSegment theirs =
                toClient(state, packet).sequence(src.seqhi + 1, src.seqlo + 1).flags(TcpFlags.ACK, dst.window());
        result.reply(ours.finish(), true);
        result.reply(theirs.finish(), false);
        join(src, dst);
    }

    /** Both ends are connected: from now on the state is an ordinary one that is modulated. */
    private static void join(Peer src, Peer dst) {
        src.seqdiff = dst.seqhi - src.seqlo;
        dst.seqdiff = src.seqhi - dst.seqlo;
        src.seqhi = src.seqlo + dst.window();
        dst.seqhi = dst.seqlo + src.window();
        src.wscale = 0;
        dst.wscale = 0;
        src.state = Peer.ESTABLISHED;
        dst.state = Peer.ESTABLISHED;
    }

    private static TcpSegment toServer(State state, Packet packet, int mss) {
        boolean in = state.direction == State.IN;
        return TcpSegment.of(packet.inet6(), in ? state.stack : state.wire, KeyProbe.sourceSlot(state.direction), mss);
    }

    private static TcpSegment toClient(State state, Packet packet) {
        boolean in = state.direction == State.IN;
        return TcpSegment.of(
                packet.inet6(), in ? state.wire : state.stack, 1 - KeyProbe.sourceSlot(state.direction), 0);
    }
}
