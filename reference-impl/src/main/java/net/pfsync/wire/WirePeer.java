package net.pfsync.wire;

/**
 * One side of a connection inside a state or a compressed update: a window on the frame's bytes, the same in every
 * dialect.
 *
 * <pre>
 *      0       1       2       3       4       5       6       7
 *  0 +---------------+-------+-------+-------------------------------+
 *    |  pfss_flags   |  ttl  | scrub |          pfss_ts_mod          |
 *  8 +---------------+-------+-------+-------------------------------+
 *    |             seqlo             |             seqhi             |
 * 16 +-------------------------------+---------------+---------------+
 *    |            seqdiff            |    max_win    |      mss      |
 * 24 +-------+-------+---------------+---------------+---------------+
 *    | state |wscale |                  padding                      |
 *    +-------+-------+-----------------------------------------------+
 * </pre>
 *
 * <p>All numbers are in network byte order on the wire and in host order here. The four scrub fields mean something
 * only if bit 0 of {@link #scrubFlag} is set. Source: WIRE.md 5.1 and 5.2.
 *
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first of the peer's 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record WirePeer(byte[] array, int offset) {
    /** Bytes of a peer. */
    public static final int SIZE = 32;

    // Offsets inside a peer, as in the picture.
    public static final int PFSS_FLAGS = 0;
    public static final int PFSS_TTL = 2;
    public static final int SCRUB_FLAG = 3;
    public static final int PFSS_TS_MOD = 4;
    public static final int SEQLO = 8;
    public static final int SEQHI = 12;
    public static final int SEQDIFF = 16;
    public static final int MAX_WIN = 20;
    public static final int MSS = 22;
    public static final int STATE = 24;
    public static final int WSCALE = 25;

    /** The bit of {@link #scrubFlag} that makes the scrub fields valid. */
    public static final int SCRUB_VALID = 0x01;

    /** Lowest sequence number of the window, all 32 bits. */
    public int seqlo() {
        return ByteAccess.i32(array, offset + SEQLO);
    }

    /** End of the window, all 32 bits. */
    public int seqhi() {
        return ByteAccess.i32(array, offset + SEQHI);
    }

    /** What modulation adds to the sequence numbers, all 32 bits. */
    public int seqdiff() {
        return ByteAccess.i32(array, offset + SEQDIFF);
    }

    /** Largest window before scaling, 0 to 65535. */
    public int maxWin() {
        return ByteAccess.u16(array, offset + MAX_WIN);
    }

    /** Maximum segment size, 0 to 65535. */
    public int mss() {
        return ByteAccess.u16(array, offset + MSS);
    }

    /** TCP state number, or 0 to 2 for other protocols; 0 to 255 on the wire, above 12 is refused. */
    public int state() {
        return ByteAccess.u8(array, offset + STATE);
    }

    /** Window scale in the low 4 bits, 0x80 if the option was seen. */
    public int wscale() {
        return ByteAccess.u8(array, offset + WSCALE);
    }

    /** 0 to 255. */
    public int scrubFlag() {
        return ByteAccess.u8(array, offset + SCRUB_FLAG);
    }

    /** Whether the scrub fields mean something. */
    public boolean scrubbed() {
        return (scrubFlag() & SCRUB_VALID) != 0;
    }

    /** 0x0001 if timestamps are modulated. */
    public int pfssFlags() {
        return ByteAccess.u16(array, offset + PFSS_FLAGS);
    }

    /** Highest TTL seen, 0 to 255. */
    public int pfssTtl() {
        return ByteAccess.u8(array, offset + PFSS_TTL);
    }

    /** What is added to timestamps, all 32 bits. */
    public int pfssTsMod() {
        return ByteAccess.i32(array, offset + PFSS_TS_MOD);
    }

    /** Equal if all 32 bytes are, padding included. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WirePeer peer && Content.same(array, offset, peer.array, peer.offset, SIZE);
    }

    @Override
    public int hashCode() {
        return Content.hash(array, offset, SIZE);
    }

    @Override
    public String toString() {
        return "peer state=" + state() + " seqlo=" + Integer.toUnsignedString(seqlo()) + " seqhi="
                + Integer.toUnsignedString(seqhi()) + " max_win=" + maxWin();
    }
}
