package net.pfsync.wire;

/**
 * UPD_C: what changes often of a state. WIRE.md 6.4.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record UpdateCompressed(Layout layout, byte[] array, int offset) implements Message {

    /** The state's id, see {@link Identified#id}. */
    public long id() {
        return ByteAccess.i64(array, offset + layout.id);
    }

    /** The state's creator, see {@link Identified#creatorId}. */
    public int creatorId() {
        return ByteAccess.i32(array, offset + layout.creatorid);
    }

    /** The initiator's side. */
    public WirePeer src() {
        return new WirePeer(array, offset + layout.src);
    }

    /** The other side. */
    public WirePeer dst() {
        return new WirePeer(array, offset + layout.dst);
    }

    /** Seconds left; 0 and without meaning since OpenBSD 5.1 and in FreeBSD 14. */
    public long expire() {
        return ByteAccess.u32(array, offset + layout.expire);
    }

    /** Index of the timeout, 0 to 255 on the wire. */
    public int timeout() {
        return ByteAccess.u8(array, offset + layout.timeout);
    }

    /** A byte that no release fills or reads; 0 where the dialect has none. */
    public int stateFlags() {
        return layout.stateFlags < 0 ? 0 : ByteAccess.u8(array, offset + layout.stateFlags);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UpdateCompressed message && Content.same(this, message);
    }

    @Override
    public int hashCode() {
        return Content.hash(this);
    }

    @Override
    public String toString() {
        return Content.text(this);
    }
}
