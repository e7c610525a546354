package net.pfsync.wire;

import java.util.Objects;

/**
 * Writes one side of a connection into a buffer, see {@link WirePeer} for fields and their places. Reusable: {@link
 * #wrap} moves it.
 */
public final class PeerWriter {
    private byte[] array = new byte[WirePeer.SIZE];
    private int offset;

    /**
     * Points it at 32 bytes. They keep what they hold until a method writes over it.
     *
     * @throws IndexOutOfBoundsException if they are not all inside the array
     */
    public PeerWriter wrap(byte[] target, int at) {
        Objects.checkFromIndexSize(at, WirePeer.SIZE, target.length);
        array = target;
        offset = at;
        return this;
    }

    /** Lowest sequence number of the window, all 32 bits. */
    public PeerWriter seqlo(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQLO, value);
        return this;
    }

    /** End of the window, all 32 bits. */
    public PeerWriter seqhi(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQHI, value);
        return this;
    }

    /** What modulation adds, all 32 bits. */
    public PeerWriter seqdiff(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQDIFF, value);
        return this;
    }

    /** Largest window before scaling, low 16 bits. */
    public PeerWriter maxWin(int value) {
        ByteAccess.put16(array, offset + WirePeer.MAX_WIN, value);
        return this;
    }

    /** Maximum segment size, low 16 bits. */
    public PeerWriter mss(int value) {
        ByteAccess.put16(array, offset + WirePeer.MSS, value);
        return this;
    }

    /** State number, low 8 bits. */
    public PeerWriter state(int value) {
        ByteAccess.put8(array, offset + WirePeer.STATE, value);
        return this;
    }

    /** Window scale in the low 4 bits, 0x80 if the option was seen. */
    public PeerWriter wscale(int value) {
        ByteAccess.put8(array, offset + WirePeer.WSCALE, value);
        return this;
    }

    /** Makes the scrub fields valid. */
    public PeerWriter scrub(int pfssFlags, int pfssTtl, int pfssTsMod) {
        ByteAccess.put16(array, offset + WirePeer.PFSS_FLAGS, pfssFlags);
        ByteAccess.put8(array, offset + WirePeer.PFSS_TTL, pfssTtl);
        ByteAccess.put8(array, offset + WirePeer.SCRUB_FLAG, WirePeer.SCRUB_VALID);
        ByteAccess.put32(array, offset + WirePeer.PFSS_TS_MOD, pfssTsMod);
        return this;
    }
}
