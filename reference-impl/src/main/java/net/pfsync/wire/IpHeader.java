package net.pfsync.wire;

import java.util.Objects;

/**
 * The IP header in front of a frame: a window on the packet. Only what pfsync's encapsulation needs: IPv4 with options,
 * IPv6 without extension headers.
 *
 * <p>Total: bytes that are not there read as 0. Source: WIRE.md section 2.
 *
 * @param array the bytes; they must not be changed afterwards
 * @param offset of the first byte
 * @param size bytes of the header that are there: all of it, fewer if the packet ends before or is not IP
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record IpHeader(byte[] array, int offset, int size) {
    /** The IP protocol number of pfsync. */
    public static final int PFSYNC = 240;

    /** The only TTL a receiver accepts. */
    public static final int TTL = 255;

    /** What senders put into TOS: low delay. */
    public static final int TOS_LOWDELAY = 0x10;

    /** The multicast group of pfsync. */
    public static final String GROUP = "224.0.0.240";

    /** The multicast group of pfsync over IPv6. */
    public static final String GROUP6 = "ff12::f0";

    /** Bytes of an IPv4 header without options. */
    public static final int IPV4_SIZE = 20;

    /** Bytes of an IPv6 header. */
    public static final int IPV6_SIZE = 40;

    /** Offset of IPv4's flags and fragment offset. */
    static final int FRAGMENT = 6;

    /** Offset of IPv4's header checksum. */
    static final int CHECKSUM = 10;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    /**
     * The header at the beginning of a packet.
     *
     * @param packet any bytes
     */
    public static IpHeader parse(byte[] packet) {
        int version = packet.length == 0 ? 0 : ByteAccess.u8(packet, 0) >> 4;
        int size = switch (version) {
            case 4 -> Math.max(IPV4_SIZE, 4 * (packet[0] & 0x0f));
            case 6 -> IPV6_SIZE;
            default -> 0;
        };
        return new IpHeader(packet, 0, Math.min(size, packet.length));
    }

    /** 4, 6 or what else stands there. */
    public int version() {
        return u8(0) >> 4;
    }

    /** Length of an IPv4 header in 4-byte units, 0 to 15. */
    public int ihl() {
        return u8(0) & 0x0f;
    }

    /** Bytes that the header has or should have: with options for IPv4, 40 for IPv6. */
    public int length() {
        return version() == 6 ? IPV6_SIZE : 4 * ihl();
    }

    /** TOS or traffic class. */
    public int tos() {
        return version() == 6 ? (u16(0) >> 4) & 0xff : u8(1);
    }

    /** Flow label of IPv6. */
    public int flowLabel() {
        return (u8(1) & 0x0f) << 16 | u16(2);
    }

    /** Bytes of the whole packet as the header says. */
    public int totalLength() {
        return version() == 6 ? IPV6_SIZE + u16(4) : u16(2);
    }

    /** IPv4 identification. */
    public int id() {
        return u16(4);
    }

    /** Whether IPv4 forbids fragments. */
    public boolean df() {
        return (u16(FRAGMENT) & DONT_FRAGMENT) != 0;
    }

    /** Whether the packet is one of several IPv4 fragments. */
    public boolean fragment() {
        return version() == 4 && (u16(FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    }

    /** Where an IPv4 fragment belongs, in bytes. */
    public int fragmentOffset() {
        return 8 * (u16(FRAGMENT) & FRAGMENT_OFFSET);
    }

    /** TTL or hop limit. */
    public int ttl() {
        return u8(ttlOffset());
    }

    /** Index of {@link #ttl} in the header. */
    public int ttlOffset() {
        return version() == 6 ? 7 : 8;
    }

    /** Protocol or next header. */
    public int protocol() {
        return u8(protocolOffset());
    }

    /** Index of {@link #protocol} in the header. */
    public int protocolOffset() {
        return version() == 6 ? 6 : 9;
    }

    /** IPv4 header checksum as it stands there. */
    public int checksum() {
        return u16(CHECKSUM);
    }

    /** IPv4 header checksum as it should be. */
    public int rightChecksum() {
        return checksum(array, offset, size);
    }

    /** Source address as text; IPv6 in its short form. */
    public String source() {
        return version() == 6 ? address6(8) : address4(12);
    }

    /** Destination address as text; IPv6 in its short form. */
    public String destination() {
        return version() == 6 ? address6(24) : address4(16);
    }

    /**
     * The checksum of an IPv4 header, whatever stands in its place.
     *
     * @param array the bytes
     * @param offset of the header
     * @param size of the header, options included
     */
    static int checksum(byte[] array, int offset, int size) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            boolean field = i == CHECKSUM || i == CHECKSUM + 1;
            sum += field ? 0 : (array[offset + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum >> 16) + (sum & 0xffff);
        }
        return ~sum & 0xffff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpHeader header
                && size == header.size
                && Content.same(array, offset, header.array, header.offset, size);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, Content.hash(array, offset, size));
    }

    @Override
    public String toString() {
        return "IPv" + version() + " " + source() + " > " + destination() + " ttl " + ttl() + " length "
                + totalLength();
    }

    private int u8(int at) {
        return at < size ? ByteAccess.u8(array, offset + at) : 0;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private String address4(int at) {
        return u8(at) + "." + u8(at + 1) + "." + u8(at + 2) + "." + u8(at + 3);
    }

    private String address6(int at) {
        byte[] address = new byte[Addresses.IPV6_SIZE];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) u8(at + i);
        }
        return Addresses.shortText6(address, 0);
    }
}
