package net.pfsync.wire;

/**
 * DEL: a state that the sender has removed, whole. Accepted but never sent by v5 and v6. WIRE.md 6.1.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Delete(Layout layout, byte[] array, int offset) implements StateMessage {

    @Override
    public boolean equals(Object other) {
        return other instanceof Delete message && Content.same(this, message);
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
