package net.pfsync.wire;

import java.util.Arrays;

/**
 * A message that carries a whole state. A field that the dialect does not have reads as 0 unless its method says
 * otherwise. Source of every meaning: WIRE.md 6.1 and the sections it names.
 */
public sealed interface StateMessage extends Message permits Insert, Update, Delete {
    /** Bytes of an interface's name. */
    int IFNAME_SIZE = 16;

    /** The key as the packets on the wire have it. */
    int WIRE = 0;

    /** The key as the host's own stack would have it. */
    int STACK = 1;

    /** Flag of {@link #stateFlags}: never synchronised. */
    int FLAG_NOSYNC = 0x0008;

    /** Flag of {@link #stateFlags}: the creator holds a packet and waits for an INS_ACK. */
    int FLAG_ACK = 0x0010;

    /** See {@link Identified#id}. */
    default long id() {
        return ByteAccess.i64(array(), offset() + layout().id);
    }

    /** See {@link Identified#creatorId}. */
    default int creatorId() {
        return ByteAccess.i32(array(), offset() + layout().creatorid);
    }

    /** Name of the interface, {@code all} for a floating state: up to the first NUL, 15 characters at most. */
    default String ifname() {
        return FieldValue.text(array(), offset() + layout().ifname, IFNAME_SIZE - 1);
    }

    /** All 16 bytes of the interface's name. */
    default byte[] ifnameBytes() {
        int at = offset() + layout().ifname;
        return Arrays.copyOfRange(array(), at, at + IFNAME_SIZE);
    }

    /**
     * First 8 bytes of an address, big-endian; an IPv4 address is the upper half, the rest has no meaning.
     *
     * @param key {@link #WIRE} or {@link #STACK}
     * @param side 0 or 1; the initiator is side 1 of a state that goes out, 0 of one that comes in
     */
    default long addrHi(int key, int side) {
        return ByteAccess.i64(array(), offset() + layout().address(key, side));
    }

    /** Last 8 bytes of an address, see {@link #addrHi}; without meaning for IPv4. */
    default long addrLo(int key, int side) {
        return ByteAccess.i64(array(), offset() + layout().address(key, side) + Long.BYTES);
    }

    /** Port, or id and type of ICMP, 0 to 65535; parameters as for {@link #addrHi}. */
    default int port(int key, int side) {
        return ByteAccess.u16(array(), offset() + layout().port(key, side));
    }

    /** Routing domain of a key. */
    default int rdomain(int key) {
        int at = layout().rdomain0;
        return at < 0 ? 0 : ByteAccess.u16(array(), offset() + at + key * layout().keySize);
    }

    /** Family of a key as sent (5.0 has the byte but sends 0), 0 to 255; {@link #af} where keys have none. */
    default int keyAf(int key) {
        int at = key == WIRE ? layout().keyAf0 : layout().keyAf1;
        return at < 0 ? af() : ByteAccess.u8(array(), offset() + at);
    }

    /** The initiator's side. */
    default WirePeer src() {
        return new WirePeer(array(), offset() + layout().src);
    }

    /** The other side. */
    default WirePeer dst() {
        return new WirePeer(array(), offset() + layout().dst);
    }

    /** First 8 bytes of the address packets are routed to, see {@link #addrHi}; 0 if they are not. */
    default long rtAddrHi() {
        return ByteAccess.i64(array(), offset() + layout().rtAddr);
    }

    /** Last 8 bytes of the address packets are routed to. */
    default long rtAddrLo() {
        return ByteAccess.i64(array(), offset() + layout().rtAddr + Long.BYTES);
    }

    /** The 16 bytes of the address packets are routed to. */
    default byte[] rtAddr() {
        int at = offset() + layout().rtAddr;
        return Arrays.copyOfRange(array(), at, at + 2 * Long.BYTES);
    }

    /** Number of the rule, -1 for the default rule. */
    default int rule() {
        return ByteAccess.i32(array(), offset() + layout().rule);
    }

    /** Number of the anchor's rule, -1 for none. */
    default int anchor() {
        return ByteAccess.i32(array(), offset() + layout().anchor);
    }

    /** Number of the nat rule, -1 for none. */
    default int natRule() {
        return ByteAccess.i32(array(), offset() + layout().natRule);
    }

    /** Age in seconds, 0 to 2^32 - 1. */
    default long creation() {
        return ByteAccess.u32(array(), offset() + layout().creation);
    }

    /** Seconds until it expires, 0 to 2^32 - 1. */
    default long expire() {
        return ByteAccess.u32(array(), offset() + layout().expire);
    }

    /** Packets from (0) and to (1) the initiator, all 64 bits. */
    default long packets(int direction) {
        return ByteAccess.i64(array(), offset() + layout().packets0 + direction * Long.BYTES);
    }

    /** Bytes from (0) and to (1) the initiator, all 64 bits. */
    default long bytes(int direction) {
        return ByteAccess.i64(array(), offset() + layout().bytes0 + direction * Long.BYTES);
    }

    /** Family: 2, {@link Layout#inet6} or any other byte. */
    default int af() {
        return ByteAccess.u8(array(), offset() + layout().af);
    }

    /** IP protocol. */
    default int proto() {
        return ByteAccess.u8(array(), offset() + layout().proto);
    }

    /** 1 in, 2 out, or any other byte. */
    default int direction() {
        return ByteAccess.u8(array(), offset() + layout().direction);
    }

    /** Log flags of the rule. */
    default int log() {
        return ByteAccess.u8(array(), offset() + layout().log);
    }

    /** Flags of WIRE.md section 9, 8 or 16 bits; the 16 bits where 5.0 and 5.1 have both. */
    default int stateFlags() {
        int at = offset() + layout().stateFlags;
        return layout().stateFlagsSize == 1 ? ByteAccess.u8(array(), at) : ByteAccess.u16(array(), at);
    }

    /** Index of the timeout, 0 to 255 on the wire. */
    default int timeout() {
        return ByteAccess.u8(array(), offset() + layout().timeout);
    }

    /** 0x04: has a source node. */
    default int syncFlags() {
        return byteOrZero(layout().syncFlags);
    }

    /** Updates merged since it was last sent, informative. */
    default int updates() {
        return byteOrZero(layout().updates);
    }

    /** Routing table (v6: of side 0 or 1; FreeBSD 14: one for both); -1 for none and where the dialect has none. */
    default int rtableid(int side) {
        int at = layout().rtableid0;
        return at < 0
                ? -1
                : ByteAccess.i32(array(), offset() + at + (layout().rtableids == 2 ? side : 0) * Integer.BYTES);
    }

    /** Largest segment that scrub lets through. */
    default int maxMss() {
        return layout().maxMss < 0 ? 0 : ByteAccess.u16(array(), offset() + layout().maxMss);
    }

    /** TTL that scrub enforces. */
    default int minTtl() {
        return byteOrZero(layout().minTtl);
    }

    /** TOS that scrub sets. */
    default int setTos() {
        return byteOrZero(layout().setTos);
    }

    /** One of the two priorities of {@code set prio}; -1 where the dialect has none. */
    default int setPrio(int index) {
        return layout().setPrio0 < 0 ? -1 : ByteAccess.u8(array(), offset() + layout().setPrio0 + index);
    }

    /** Kind of routing, 0 none; OpenBSD 1 route-to, 2 dup-to, 3 reply-to; FreeBSD counts otherwise (WIRE.md 6.1). */
    default int rt() {
        return byteOrZero(layout().rt);
    }

    private int byteOrZero(int at) {
        return at < 0 ? 0 : ByteAccess.u8(array(), offset() + at);
    }
}
