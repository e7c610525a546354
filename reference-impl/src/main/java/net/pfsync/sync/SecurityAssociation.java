package net.pfsync.sync;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Layout;

/**
 * An IPsec security association of this firewall, as far as pfsync keeps it: its name and the counters that a peer must have when it takes over.
 *
 * <p>Source: {@code BEHAVIOUR.md} section 18.
 */
public final class SecurityAssociation {

    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final int INET = 2;
    private static final int RPL_INCREMENT = 16384;

    /** Index of the security parameters, as it is on the wire. */
    public final int spi;
    /** Address family of the destination as the release numbers it. */
    public final int family;
    /** IP protocol: 50 ESP, 51 AH. */
    public final int protocol;

    private final byte[] destination;

    /** Highest sequence number sent or received. */
    public long replay;
    /** Bytes that went through. */
    public long bytes;
    /** Whether the last change was outbound traffic, which makes the peer's counter jump ahead. */
    public boolean outbound;

    /** Whether it waits to be announced. */
    boolean queued;
    /** Further changes since it waits. */
    int updates;

    /**
     * Names an association.
     *
     * @param spi see {@link #spi}
     * @param family see {@link #family}
     * @param destination 4 or 16 bytes, copied
     * @param protocol see {@link #protocol}
     */
    public SecurityAssociation(int spi, int family, byte[] destination, int protocol) {
        this.spi = spi;
        this.family = family;
        this.destination = destination.clone();
        this.protocol = protocol;
    }

    /**
     * The destination.
     *
     * @return 4 or 16 bytes, a copy
     */
    public byte[] destination() {
        return destination.clone();
    }

    void write(Layout layout, byte[] to, int at) {
        ByteAccess.put32(to, at + layout.spi, spi);
        int address = at + layout.sockaddr;
        boolean inet = family == INET;
        to[address] = (byte) (inet ? SOCKADDR_IN : SOCKADDR_IN6);
        to[address + 1] = (byte) family;
        System.arraycopy(destination, 0, to, address + (inet ? 4 : 8), destination.length);
        long announced = replay + (outbound ? RPL_INCREMENT : 0);
        if (layout.rplSize == Long.BYTES) {
            ByteAccess.put64(to, at + layout.rpl, announced);
        } else {
            ByteAccess.put32(to, at + layout.rpl, (int) announced);
        }
        ByteAccess.put64(to, at + layout.curBytes, bytes);
        to[at + layout.sproto] = (byte) protocol;
    }
}
