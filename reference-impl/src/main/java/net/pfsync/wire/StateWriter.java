package net.pfsync.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encodes whole states straight into a buffer; the counterpart of {@link StateMessage}, whose meanings hold here.
 *
 * <p>Reusable and without allocation: {@link #wrap} moves it and clears the bytes. A field that the layout does not have
 * is left out silently, so one routine of a firewall writes every dialect. v3 cannot be written.
 */
public final class StateWriter {
    private final Layout layout;
    private final PeerWriter peer = new PeerWriter();
    private byte[] array;
    private int offset;

    /**
     * A writer of one layout.
     *
     * @param layout of INS, UPD or DEL
     * @throws IllegalArgumentException if it is not the layout of a state with keys
     */
    public StateWriter(Layout layout) {
        if (layout.key0 < 0 || layout.src < 0) {
            throw new IllegalArgumentException(layout + " is not a state with keys");
        }
        this.layout = layout;
        this.array = new byte[layout.size()];
    }

    /**
     * Points it at the bytes of the next state and sets them to 0.
     *
     * @throws IndexOutOfBoundsException if they are not all inside the array
     */
    public StateWriter wrap(byte[] target, int at) {
        Objects.checkFromIndexSize(at, layout.size(), target.length);
        array = target;
        offset = at;
        Arrays.fill(target, at, at + layout.size(), (byte) 0);
        return this;
    }

    /** The state's name: all 64 and all 32 bits. */
    public StateWriter id(long id, int creatorId) {
        ByteAccess.put64(array, offset + layout.id, id);
        ByteAccess.put32(array, offset + layout.creatorid, creatorId);
        return this;
    }

    /** Cut to 15 characters; one byte per character. */
    public StateWriter ifname(String name) {
        return ifname(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The name as bytes, cut to 15. */
    public StateWriter ifname(byte[] name) {
        System.arraycopy(name, 0, array, offset + layout.ifname, Math.min(name.length, StateMessage.IFNAME_SIZE - 1));
        return this;
    }

    /** One side of a key, see {@link StateMessage#addrHi}. */
    public StateWriter side(int key, int side, long addrHi, long addrLo, int port) {
        int address = offset + layout.address(key, side);
        ByteAccess.put64(array, address, addrHi);
        ByteAccess.put64(array, address + Long.BYTES, addrLo);
        ByteAccess.put16(array, offset + layout.port(key, side), port);
        return this;
    }

    /** What v6 has of a key besides its sides; FreeBSD 15 has the family. */
    public StateWriter key(int key, int rdomain, int af) {
        if (layout.rdomain0 >= 0) {
            ByteAccess.put16(array, offset + layout.rdomain0 + key * layout.keySize, rdomain);
        }
        put8(key == StateMessage.WIRE ? layout.keyAf0 : layout.keyAf1, af);
        return this;
    }

    /** The initiator's side; valid until the next call of {@link #src}, {@link #dst} or {@link #wrap}. */
    public PeerWriter src() {
        return peer.wrap(array, offset + layout.src);
    }

    /** The other side; valid as {@link #src} is. */
    public PeerWriter dst() {
        return peer.wrap(array, offset + layout.dst);
    }

    /** The address packets are routed to, see {@link StateMessage#rtAddrHi}. */
    public StateWriter rtAddr(long hi, long lo) {
        ByteAccess.put64(array, offset + layout.rtAddr, hi);
        ByteAccess.put64(array, offset + layout.rtAddr + Long.BYTES, lo);
        return this;
    }

    /** Numbers of rule, anchor and nat rule, -1 for none. */
    public StateWriter rules(int rule, int anchor, int natRule) {
        ByteAccess.put32(array, offset + layout.rule, rule);
        ByteAccess.put32(array, offset + layout.anchor, anchor);
        ByteAccess.put32(array, offset + layout.natRule, natRule);
        return this;
    }

    /** Age and seconds left. */
    public StateWriter times(long creation, long expire) {
        ByteAccess.put32(array, offset + layout.creation, (int) creation);
        ByteAccess.put32(array, offset + layout.expire, (int) expire);
        return this;
    }

    /** Counters of one direction. */
    public StateWriter traffic(int direction, long packets, long bytes) {
        ByteAccess.put64(array, offset + layout.packets0 + direction * Long.BYTES, packets);
        ByteAccess.put64(array, offset + layout.bytes0 + direction * Long.BYTES, bytes);
        return this;
    }

    /** Family, protocol and direction; FreeBSD 15 has family and protocol per key: both keys get the protocol. */
    public StateWriter what(int af, int proto, int direction) {
        put8(layout.af, af);
        put8(layout.proto, proto);
        put8(layout.stackProto, proto);
        put8(layout.direction, direction);
        return this;
    }

    /** Log flags of the rule. */
    public StateWriter log(int value) {
        return put8(layout.log, value);
    }

    /** In 5.0 and 5.1 the low 8 bits go into the old byte as well. */
    public StateWriter stateFlags(int value) {
        if (layout.stateFlagsSize == 1) {
            return put8(layout.stateFlags, value);
        }
        put8(layout.stateFlagsLow, value);
        return put16(layout.stateFlags, value);
    }

    /** Index of the timeout, low 8 bits. */
    public StateWriter timeout(int value) {
        return put8(layout.timeout, value);
    }

    /** See {@link StateMessage#syncFlags}. */
    public StateWriter syncFlags(int value) {
        return put8(layout.syncFlags, value);
    }

    /** See {@link StateMessage#updates}. */
    public StateWriter updates(int value) {
        return put8(layout.updates, value);
    }

    /** A layout with one table (FreeBSD) takes that of side 0. */
    public StateWriter rtableids(int side0, int side1) {
        if (layout.rtableids > 0) {
            ByteAccess.put32(array, offset + layout.rtableid0, side0);
        }
        if (layout.rtableids == 2) {
            ByteAccess.put32(array, offset + layout.rtableid0 + Integer.BYTES, side1);
        }
        return this;
    }

    /** What scrub enforces. */
    public StateWriter scrub(int maxMss, int minTtl, int setTos) {
        put16(layout.maxMss, maxMss);
        put8(layout.minTtl, minTtl);
        return put8(layout.setTos, setTos);
    }

    /** See {@link StateMessage#setPrio}. */
    public StateWriter setPrio(int first, int second) {
        if (layout.setPrio0 >= 0) {
            put8(layout.setPrio0, first);
            put8(layout.setPrio0 + 1, second);
        }
        return this;
    }

    /** See {@link StateMessage#rt}. */
    public StateWriter rt(int value) {
        return put8(layout.rt, value);
    }

    private StateWriter put8(int at, int value) {
        if (at >= 0) {
            ByteAccess.put8(array, offset + at, value);
        }
        return this;
    }

    private StateWriter put16(int at, int value) {
        if (at >= 0) {
            ByteAccess.put16(array, offset + at, value);
        }
        return this;
    }
}
