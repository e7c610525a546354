package net.pfsync.wire;

/**
 * UPD: a state that the sender has changed, whole; also the answer to a request. WIRE.md 6.1.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Update(Layout layout, byte[] array, int offset) implements StateMessage {

    @Override
    public boolean equals(Object other) {
        return other instanceof Update message && Content.same(this, message);
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
