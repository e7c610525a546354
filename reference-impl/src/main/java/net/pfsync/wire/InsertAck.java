package net.pfsync.wire;

/**
 * INS_ACK: the receiver has the state, the sender may let its packet go. WIRE.md 6.3.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record InsertAck(Layout layout, byte[] array, int offset) implements Identified {

    @Override
    public boolean equals(Object other) {
        return other instanceof InsertAck message && Content.same(this, message);
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
