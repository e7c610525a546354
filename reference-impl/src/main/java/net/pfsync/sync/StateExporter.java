package net.pfsync.sync;

import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.pf.StateKey;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import net.pfsync.wire.PeerWriter;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.StateWriter;

/**
 * Writes states as messages, straight into the frame that is being built.
 *
 * <p>Bytes that no field covers are written as zero. Source: {@code WIRE.md} section 6.
 */
final class StateExporter {

    private static final int NO_TABLE = -1;

    private final StateTable table;
    private final Timeouts timeouts;
    private final StateWriter full;
    private final PeerWriter peers = new PeerWriter();
    private final Layout compressed;
    private final boolean compressedExpire;

    /**
     * Prepares for one dialect.
     *
     * @param compressedExpire whether UPD_C carries the remaining lifetime; otherwise it is sent as 0
     */
    StateExporter(StateTable table, Timeouts timeouts, Dialect dialect, boolean compressedExpire) {
        this.table = table;
        this.timeouts = timeouts;
        this.full = new StateWriter(dialect.layout(Kind.INS));
        this.compressed = dialect.layout(Kind.UPD_C);
        this.compressedExpire = compressedExpire;
    }

    /** Writes what INS_ACK, UPD_REQ and DEL_C consist of. */
    static void name(long id, int creatorId, byte[] to, int at) {
        ByteAccess.put64(to, at, id);
        ByteAccess.put32(to, at + Long.BYTES, creatorId);
    }

    /** Writes the body of UPD_C over zero bytes. */
    void compressed(State state, int now, byte[] to, int at) {
        ByteAccess.put64(to, at + compressed.id, state.id);
        peer(state.src, peers.wrap(to, at + compressed.src));
        peer(state.dst, peers.wrap(to, at + compressed.dst));
        ByteAccess.put32(to, at + compressed.creatorid, state.creatorId);
        if (compressedExpire) {
            ByteAccess.put32(to, at + compressed.expire, remaining(state, now));
        }
        to[at + compressed.timeout] = state.timeout;
    }

    /** Writes the body of INS and UPD. */
    void full(State state, int now, byte[] to, int at) {
        full.wrap(to, at)
                .id(state.id, state.creatorId)
                .ifname(state.ifname)
                .rules(state.rule, state.anchor, state.natRule)
                .times(now - state.creation, remaining(state, now))
                .traffic(0, state.packets0 & 0xffffffffL, state.bytes0)
                .traffic(1, state.packets1 & 0xffffffffL, state.bytes1)
                .what(state.af, state.proto, state.direction)
                .log(state.log)
                .timeout(state.timeout)
                .stateFlags(state.stateFlags);
        key(StateMessage.WIRE, state.wire);
        key(StateMessage.STACK, state.stack);
        peer(state.src, full.src());
        peer(state.dst, full.dst());
        if (state.extra == null) {
            full.rtableids(NO_TABLE, NO_TABLE);
        } else {
            extra(state.extra);
        }
    }

    private void key(int side, StateKey key) {
        full.side(side, 0, key.address0Hi, key.address0Lo, key.port(0))
                .side(side, 1, key.address1Hi, key.address1Lo, key.port(1))
                .key(side, key.rdomain(), key.af());
    }

    private void extra(State.Extra extra) {
        full.rtAddr(extra.rtHi, extra.rtLo)
                .rtableids(extra.rtableWire, extra.rtableStack)
                .scrub(extra.maxMss, extra.minTtl, extra.setTos)
                .setPrio(extra.setPrio0, extra.setPrio1)
                .rt(extra.rt);
    }

    private static void peer(Peer peer, PeerWriter to) {
        to.seqlo(peer.seqlo)
                .seqhi(peer.seqhi)
                .seqdiff(peer.seqdiff)
                .maxWin(peer.maxWin)
                .mss(peer.mss)
                .state(peer.state)
                .wscale(peer.wscale);
        Peer.Scrub scrub = peer.scrub;
        if (scrub != null) {
            to.scrub(scrub.flags, scrub.ttl, scrub.tsMod);
        }
    }

    /** Seconds until the state dies, 0 if it is due. */
    int remaining(State state, int now) {
        return Math.max(0, timeouts.expiry(state, table.size(), now) - now);
    }
}
