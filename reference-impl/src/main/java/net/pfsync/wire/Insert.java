package net.pfsync.wire;

/**
 * INS: a state that the sender has made, whole. WIRE.md 6.1.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Insert(Layout layout, byte[] array, int offset) implements StateMessage {

    @Override
    public boolean equals(Object other) {
        return other instanceof Insert message && Content.same(this, message);
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
