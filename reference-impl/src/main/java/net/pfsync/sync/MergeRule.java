package net.pfsync.sync;

import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.wire.WirePeer;

/**
 * How much of a received update is newer than what this firewall knows, and taking over what is.
 *
 * <p>A TCP peer is stale if its state went backwards or, in the same state, if its lowest sequence number did; any other peer if its state
 * did. Source: thesis, "pfsync v5"; {@code BEHAVIOUR.md} sections 9 and 10; recorded on OpenBSD 7.6, cases {@code s6-upd-known-*}.
 */
@FunctionalInterface
public interface MergeRule {

    /** Result bit: at least one peer was stale, so the sender must be told. */
    int STALE = 1;
    /** Result bit: the message's timeout and expiry are to be taken over. */
    int TAKE_TIMES = 2;
    /** Result bit: the message counts as news from a peer. */
    int NEWS = 4;

    /**
     * Takes over what is newer.
     *
     * @param ours the state in the table; its peers are changed only where the received ones are newer
     * @param tcp whether the state is a TCP connection
     * @param src the received peer of the initiator
     * @param dst the received peer of the other end
     * @return {@link #STALE}, {@link #TAKE_TIMES} and {@link #NEWS} as they apply
     */
    int merge(State ours, boolean tcp, WirePeer src, WirePeer dst);

    /** The intended rule: each peer on its own. */
    MergeRule EACH_PEER = (ours, tcp, src, dst) -> {
        boolean staleSrc = tcp ? staleTcpSrc(ours.src, src) : lower(ours.src, src);
        boolean staleDst = tcp ? staleTcpDst(ours.dst, dst) : lower(ours.dst, dst);
        if (!staleSrc) {
            ours.src.take(src);
        }
        if (!staleDst) {
            ours.dst.take(dst);
        }
        return NEWS | (staleSrc || staleDst ? STALE : 0) | (staleSrc && staleDst ? 0 : TAKE_TIMES);
    };

    /**
     * Whether a received state number is lower than ours.
     *
     * @param ours our peer
     * @param received the received one
     * @return true if ours is higher
     */
    static boolean lower(Peer ours, WirePeer received) {
        return ours.state > received.state();
    }

    /**
     * Whether a received TCP initiator is stale; leaving synproxy, which lowers the number, is progress.
     *
     * @param ours our peer
     * @param received the received one
     * @return true if it is stale
     */
    static boolean staleTcpSrc(Peer ours, WirePeer received) {
        if (ours.state == received.state()) {
            return Peer.after(ours.seqlo, received.seqlo());
        }
        return lower(ours, received) && (ours.state < Peer.PROXY_SRC || received.state() >= Peer.PROXY_SRC);
    }

    /**
     * Whether a received TCP responder is stale.
     *
     * @param ours our peer
     * @param received the received one
     * @return true if it is stale
     */
    static boolean staleTcpDst(Peer ours, WirePeer received) {
        return lower(ours, received) || (ours.state == received.state() && Peer.after(ours.seqlo, received.seqlo()));
    }
}
