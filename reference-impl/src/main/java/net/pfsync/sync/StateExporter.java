package net.pfsync.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.pf.StateKey;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;

/**
 * Writes states as messages, straight into the frame that is being built.
 *
 * <p>Bytes that no field covers are written as zero. Source: {@code WIRE.md} section 6.
 */
final class StateExporter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final int KEY_RDOMAIN = 36;
    private static final int KEY_AF = 38;

    private final StateTable table;
    private final Timeouts timeouts;
    private final Layout full;
    private final Layout compressed;
    private final boolean compressedExpire;
    private final boolean keyHasRdomain;
    private final boolean keyHasFamily;

    /**
     * Prepares for one dialect.
     *
     * @param compressedExpire whether UPD_C carries the remaining lifetime; otherwise it is sent as 0
     */
    StateExporter(StateTable table, Timeouts timeouts, Dialect dialect, boolean compressedExpire) {
        this.table = table;
        this.timeouts = timeouts;
        this.full = dialect.layout(Kind.INS);
        this.compressed = dialect.layout(Kind.UPD_C);
        this.compressedExpire = compressedExpire;
        this.keyHasRdomain = full.offset("key[0].rdomain") >= 0;
        this.keyHasFamily = full.offset("key[0].af") >= 0;
    }

    /** Writes what INS_ACK, UPD_REQ and DEL_C consist of. */
    static void name(long id, int creatorId, byte[] to, int at) {
        LONG.set(to, at, id);
        INT.set(to, at + Long.BYTES, creatorId);
    }

    /** Writes the body of UPD_C over zero bytes. */
    void compressed(State state, int now, byte[] to, int at) {
        LONG.set(to, at + compressed.id, state.id);
        peer(state.src, to, at + compressed.src);
        peer(state.dst, to, at + compressed.dst);
        INT.set(to, at + compressed.creatorid, state.creatorId);
        if (compressedExpire) {
            INT.set(to, at + compressed.expire, remaining(state, now));
        }
        to[at + compressed.timeout] = state.timeout;
    }

    /** Writes the body of INS, UPD and DEL over zero bytes. */
    @SuppressWarnings("deprecation")
    void full(State state, int now, byte[] to, int at) {
        Layout layout = full;
        LONG.set(to, at + layout.id, state.id);
        state.ifname.getBytes(0, Math.min(state.ifname.length(), 15), to, at + layout.ifname);
        key(state.wire, to, at + layout.key0);
        key(state.stack, to, at + layout.key1);
        peer(state.src, to, at + layout.src);
        peer(state.dst, to, at + layout.dst);
        INT.set(to, at + layout.rule, state.rule);
        INT.set(to, at + layout.anchor, state.anchor);
        INT.set(to, at + layout.natRule, state.natRule);
        INT.set(to, at + layout.creation, now - state.creation);
        INT.set(to, at + layout.expire, remaining(state, now));
        LONG.set(to, at + layout.packets0, state.packets0 & 0xffffffffL);
        LONG.set(to, at + layout.packets0 + Long.BYTES, state.packets1 & 0xffffffffL);
        LONG.set(to, at + layout.bytes0, state.bytes0);
        LONG.set(to, at + layout.bytes0 + Long.BYTES, state.bytes1);
        INT.set(to, at + layout.creatorid, state.creatorId);
        to[at + layout.af] = state.af;
        to[at + layout.proto] = state.proto;
        to[at + layout.direction] = state.direction;
        to[at + layout.log] = state.log;
        to[at + layout.timeout] = state.timeout;
        flags(state, to, at);
        if (layout.rtableid0 >= 0) {
            INT.set(to, at + layout.rtableid0, -1);
            INT.set(to, at + layout.rtableid0 + Integer.BYTES, -1);
        }
        if (state.extra != null) {
            extra(state.extra, to, at);
        }
    }

    private void flags(State state, byte[] to, int at) {
        if (full.stateFlagsSize == Short.BYTES) {
            SHORT.set(to, at + full.stateFlags, state.stateFlags);
        } else {
            to[at + full.stateFlags] = (byte) state.stateFlags;
        }
    }

    private void extra(State.Extra extra, byte[] to, int at) {
        LONG.set(to, at + full.rtAddr, extra.rtHi);
        LONG.set(to, at + full.rtAddr + Long.BYTES, extra.rtLo);
        if (full.rtableid0 >= 0) {
            INT.set(to, at + full.rtableid0, extra.rtableWire);
            INT.set(to, at + full.rtableid0 + Integer.BYTES, extra.rtableStack);
            SHORT.set(to, at + full.maxMss, extra.maxMss);
            to[at + full.minTtl] = extra.minTtl;
            to[at + full.setTos] = extra.setTos;
        }
        if (full.setPrio0 >= 0) {
            to[at + full.setPrio0] = extra.setPrio0;
            to[at + full.setPrio0 + 1] = extra.setPrio1;
        }
        if (full.rt >= 0) {
            to[at + full.rt] = extra.rt;
        }
    }

    private void key(StateKey key, byte[] to, int at) {
        LONG.set(to, at, key.address0Hi);
        LONG.set(to, at + 8, key.address0Lo);
        LONG.set(to, at + 16, key.address1Hi);
        LONG.set(to, at + 24, key.address1Lo);
        SHORT.set(to, at + 32, (short) key.port(0));
        SHORT.set(to, at + 34, (short) key.port(1));
        if (keyHasRdomain) {
            SHORT.set(to, at + KEY_RDOMAIN, (short) key.rdomain());
        }
        if (keyHasFamily) {
            to[at + KEY_AF] = (byte) key.af();
        }
    }

    private static void peer(Peer peer, byte[] to, int at) {
        Peer.Scrub scrub = peer.scrub;
        if (scrub != null) {
            SHORT.set(to, at, scrub.flags);
            to[at + 2] = scrub.ttl;
            to[at + 3] = Peer.Scrub.VALID;
            INT.set(to, at + 4, scrub.tsMod);
        }
        INT.set(to, at + 8, peer.seqlo);
        INT.set(to, at + 12, peer.seqhi);
        INT.set(to, at + 16, peer.seqdiff);
        SHORT.set(to, at + 20, peer.maxWin);
        SHORT.set(to, at + 22, peer.mss);
        to[at + 24] = peer.state;
        to[at + 25] = peer.wscale;
    }

    /** Seconds until the state dies, 0 if it is due. */
    int remaining(State state, int now) {
        return Math.max(0, timeouts.expiry(state, table.size(), now) - now);
    }
}
