package net.pfsync.suite.capture;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.IpHeader;

/** What stands in front of the IP packets of a capture. */
public enum LinkType {
    /** Ethernet, with VLAN tags or without. */
    ETHERNET("Ethernet"),
    /** Nothing: the packet begins with its IP header. */
    RAW("raw IP"),
    /** Four bytes that name the protocol: BSD's loopback. */
    LOOPBACK("loopback"),
    /** Linux, all interfaces at once: 16 bytes. */
    LINUX("Linux cooked"),
    /** The same, version 2: 20 bytes. */
    LINUX2("Linux cooked 2"),
    /** A pfsync interface: pfsync's header, without an IP packet around it, or (seen on OpenBSD 7.6) with one. */
    PFSYNC("pfsync"),
    /** One that is not read here. */
    OTHER("unknown");

    private static final int ETHERNET_HEADER = 14;
    private static final int ETHERTYPE = 12;
    private static final int VLAN_TAG = 4;
    private static final int LINUX_HEADER = 16;
    private static final int LINUX2_HEADER = 20;
    private static final int LOOPBACK_HEADER = 4;

    private final String text;

    LinkType(String text) {
        this.text = text;
    }

    /** The type of that number in a file. Numbers of pfsync: 246, and 18 and 121 as OpenBSD and FreeBSD write it. */
    static LinkType of(int number) {
        return switch (number) {
            case 1 -> ETHERNET;
            case 12, 14, 101, 228, 229 -> RAW;
            case 0, 108 -> LOOPBACK;
            case 113 -> LINUX;
            case 276 -> LINUX2;
            case 18, 121, 246 -> PFSYNC;
            default -> OTHER;
        };
    }

    /**
     * Where the IP packet of a frame begins.
     *
     * @return -1 if there is none
     */
    int packet(byte[] frame) {
        int at = switch (this) {
            case ETHERNET -> ethernet(frame);
            case RAW -> 0;
            case LOOPBACK -> LOOPBACK_HEADER;
            case LINUX -> LINUX_HEADER;
            case LINUX2 -> LINUX2_HEADER;
            case PFSYNC -> wrapped(frame) ? 0 : -1;
            case OTHER -> -1;
        };
        if (at < 0 || at >= frame.length) {
            return -1;
        }
        int version = frame[at] >> 4 & 0xf;
        return version == 4 || version == 6 ? at : -1;
    }

    private static int ethernet(byte[] frame) {
        int at = ETHERTYPE;
        while (frame.length >= at + 2) {
            switch (ByteAccess.u16(frame, at)) {
                case 0x8100, 0x88a8, 0x9100 -> at += VLAN_TAG;
                case 0x0800, 0x86dd -> {
                    return at + 2;
                }
                default -> {
                    return -1;
                }
            }
        }
        return -1;
    }

    /** pfsync's own versions are below 16, so that its first byte cannot begin an IPv4 header. */
    private static boolean wrapped(byte[] frame) {
        return frame.length >= IpHeader.IPV4_SIZE
                && (frame[0] & 0xf0) == 0x40
                && ByteAccess.u8(frame, 9) == IpHeader.PFSYNC;
    }

    /** Whether a frame has Ethernet's two addresses in front. */
    boolean hasAddresses(byte[] frame) {
        return this == ETHERNET && frame.length >= ETHERNET_HEADER;
    }

    @Override
    public String toString() {
        return text;
    }
}
