package net.pfsync.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * EOF: the end of a v5 frame. WIRE.md 6.7.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 * @param size how many bytes are there: those of the layout, fewer if the frame is cut
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record EndOfFrame(Layout layout, byte[] array, int offset, int size) implements Message {

    /** The HMAC that nobody computes: 20 bytes in v5draft, else none; fewer if the frame is cut. */
    public byte[] hmac() {
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndOfFrame message && Content.same(this, message);
    }

    @Override
    public int hashCode() {
        return Content.hash(this);
    }

    @Override
    public String toString() {
        return "EOF" + (size == 0 ? "" : " hmac=" + HexFormat.of().formatHex(hmac()));
    }
}
