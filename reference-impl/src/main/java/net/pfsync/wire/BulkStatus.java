package net.pfsync.wire;

/**
 * BUS: a bulk transfer starts or ends. WIRE.md 6.5.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record BulkStatus(Layout layout, byte[] array, int offset) implements Message {

    /** {@link #status} of the first frame of a transfer. */
    public static final int START = 1;

    /** {@link #status} of the last frame of a transfer. */
    public static final int END = 2;

    /** The sender's host id; nobody checks it. */
    public int creatorId() {
        return ByteAccess.i32(array, offset + layout.creatorid);
    }

    /** Seconds since the sender got the request, 0 to 2^32 - 1; always 0 since 7.4. */
    public long endtime() {
        return ByteAccess.u32(array, offset + layout.endtime);
    }

    /** {@link #START}, {@link #END} or any other byte. */
    public int status() {
        return ByteAccess.u8(array, offset + layout.status);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BulkStatus message && Content.same(this, message);
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
