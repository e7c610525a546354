package net.pfsync.wire;

import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a whole section whose action has no message in the dialect, or whose messages are too short for it.
 *
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 * @param size how many bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Unknown(byte[] array, int offset, int size) implements Message {
    private static final Layout LAYOUT = new Layout("unknown", null, 0, 0, List.of());

    /** A layout without kind and fields. */
    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Unknown message && Content.same(this, message);
    }

    @Override
    public int hashCode() {
        return Content.hash(this);
    }

    @Override
    public String toString() {
        return "unknown " + HexFormat.of().formatHex(array, offset, offset + size);
    }
}
