package net.pfsync.wire;

/**
 * UPD_REQ: asks for a state, or with id and creator 0 for a bulk transfer. WIRE.md 6.3.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record UpdateRequest(Layout layout, byte[] array, int offset) implements Identified {

    /** Whether it asks for all states. */
    public boolean asksForAll() {
        return id() == 0 && creatorId() == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UpdateRequest message && Content.same(this, message);
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
