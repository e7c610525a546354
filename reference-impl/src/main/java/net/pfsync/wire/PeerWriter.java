package net.pfsync.wire;

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
        java.util.Objects.checkFromIndexSize(at, WirePeer.SIZE, target.length);
        array = target;
        offset = at;
        return this;
    }

    public PeerWriter seqlo(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQLO, value);
        return this;
    }

    public PeerWriter seqhi(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQHI, value);
        return this;
    }

    public PeerWriter seqdiff(int value) {
        ByteAccess.put32(array, offset + WirePeer.SEQDIFF, value);
        return this;
    }

    public PeerWriter maxWin(int value) {
        ByteAccess.put16(array, offset + WirePeer.MAX_WIN, value);
        return this;
    }

    public PeerWriter mss(int value) {
        ByteAccess.put16(array, offset + WirePeer.MSS, value);
        return this;
    }

    public PeerWriter state(int value) {
        ByteAccess.put8(array, offset + WirePeer.STATE, value);
        return this;
    }

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
