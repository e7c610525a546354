package net.pfsync.wire;

import java.util.Arrays;

/**
 * The 20 bytes behind the IP header: a window on the packet.
 *
 * <pre>
 *        0         1         2         3
 *  0 +---------+---------+-------------------+        v3, v4:
 *    | version |   pad   |        len        |        version, af, action, count
 *  4 +---------+---------+-------------------+
 *    |  checksum of the ruleset, 16 bytes    |
 *    +---------------------------------------+
 * </pre>
 *
 * <p>Source: WIRE.md 3.1 and 3.2.
 *
 * @param layout of the dialect's header
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 * @param size 20, fewer if the packet ends before
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record FrameHeader(Layout layout, byte[] array, int offset, int size) {
    /** Bytes of a header. */
    public static final int SIZE = 20;

    /** Offset of the version byte. */
    public static final int VERSION = 0;

    /** Offset of the padding byte; {@code af} in v3 and v4. */
    public static final int PAD = 1;

    /** Offset of the length, 2 bytes; not in v3 and v4. */
    public static final int LEN = 2;

    /** Offset of the action, v3 and v4 only. */
    public static final int ACTION = 2;

    /** Offset of the number of messages, v3 and v4 only. */
    public static final int COUNT = 3;

    /** Offset of the ruleset's checksum. */
    public static final int CHECKSUM = 4;

    /** Bytes of the ruleset's checksum. */
    public static final int CHECKSUM_SIZE = 16;

    /** Bytes of a subheader. */
    public static final int SUBHEADER_SIZE = 4;

    /** 0 to 255, -1 if it is not there. */
    public int version() {
        return size > VERSION ? ByteAccess.u8(array, offset + VERSION) : -1;
    }

    /** Bytes of the frame, this header included, as the sender says; -1 if they are not there (v3, v4: action, count). */
    public int len() {
        return size >= LEN + Short.BYTES ? ByteAccess.u16(array, offset + LEN) : -1;
    }

    /** The checksum of the sender's ruleset, as much of it as there is. */
    public byte[] checksum() {
        return Arrays.copyOfRange(array, offset + Math.min(size, CHECKSUM), offset + size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameHeader header
                && size == header.size
                && Content.same(array, offset, header.array, header.offset, size);
    }

    @Override
    public int hashCode() {
        return Content.hash(array, offset, size);
    }

    @Override
    public String toString() {
        return "header version=" + version() + " len=" + len();
    }
}
