package net.pfsync.wire;

/**
 * CLR: the sender has flushed the states of a creator. WIRE.md 6.2.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Clear(Layout layout, byte[] array, int offset) implements Message {

    /** Only states of this interface; empty: all. See {@link StateMessage#ifname}. */
    public String ifname() {
        return FieldValue.text(array, offset + layout.ifname, StateMessage.IFNAME_SIZE - 1);
    }

    /** Whose states. */
    public int creatorId() {
        return ByteAccess.i32(array, offset + layout.creatorid);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Clear message && Content.same(this, message);
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
