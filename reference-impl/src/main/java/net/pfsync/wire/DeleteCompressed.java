package net.pfsync.wire;

/**
 * DEL_C: the sender has removed a state. WIRE.md 6.3.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record DeleteCompressed(Layout layout, byte[] array, int offset) implements Identified {

    @Override
    public boolean equals(Object other) {
        return other instanceof DeleteCompressed message && Content.same(this, message);
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
