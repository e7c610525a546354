package net.pfsync.wire;

/**
 * TDB: counters of an IPsec SA. WIRE.md 6.6.
 *
 * @param layout of this message in its dialect
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record TdbUpdate(Layout layout, byte[] array, int offset) implements Message {

    /** The highest SPI that is reserved: an SA cannot have it. */
    public static final long SPI_RESERVED_MAX = 255;

    /** The SPI as a number, 0 to 2^32 - 1. */
    public long spi() {
        return ByteAccess.u32(array, offset + layout.spi);
    }

    /** Family of the SA's destination: 2, or {@link Layout#inet6}, or any other byte. */
    public int family() {
        return ByteAccess.u8(array, offset + layout.sockaddr + FieldValue.SA_FAMILY);
    }

    /** The SA's destination: 4 or 16 bytes, none if the family is neither IPv4 nor IPv6. */
    public byte[] address() {
        return FieldValue.sockaddrAddress(array, offset + layout.sockaddr, layout.inet6());
    }

    /** Replay counter, with 16384 added if outbound traffic changed it; 64 bits since v6-5.2, 32 before. */
    public long rpl() {
        return layout.rplSize == Long.BYTES
                ? ByteAccess.i64(array, offset + layout.rpl)
                : ByteAccess.u32(array, offset + layout.rpl);
    }

    /** Bytes the SA has protected, all 64 bits. */
    public long curBytes() {
        return ByteAccess.i64(array, offset + layout.curBytes);
    }

    /** 50 ESP, 51 AH, or any other byte. */
    public int sproto() {
        return ByteAccess.u8(array, offset + layout.sproto);
    }

    /** Routing domain, 0 where the dialect has none. */
    public int rdomain() {
        return layout.rdomain < 0 ? 0 : ByteAccess.u16(array, offset + layout.rdomain);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TdbUpdate message && Content.same(this, message);
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
