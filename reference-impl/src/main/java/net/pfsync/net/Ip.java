package net.pfsync.net;

import java.util.Arrays;

/**
 * IPv4 and IPv6 packets as a stack holds them: inside an Ethernet frame, from index {@link Ethernet#HEADER} on, with a sound header.
 *
 * <p>One array is all there is of a packet, so that forwarding one makes one object. Sources of the layouts: RFC 791, RFC 8200.
 */
public final class Ip {

    /** Protocol number of ICMP. */
    public static final int ICMP = 1;
    /** Protocol number of TCP. */
    public static final int TCP = 6;
    /** Protocol number of UDP. */
    public static final int UDP = 17;
    /** Protocol number of ICMPv6. */
    public static final int ICMPV6 = 58;
    /** Length of an IPv4 header without options. */
    public static final int IPV4_HEADER = 20;
    /** Length of an IPv6 header. */
    public static final int IPV6_HEADER = 40;

    static final int START = Ethernet.HEADER;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;
    private static final int DEFAULT_TTL = 64;

    private Ip() {}

    // ---- reading ----

    /**
     * Takes the packet out of a received frame, without whatever follows it there.
     *
     * @param received a frame of type IPv4 or IPv6; not changed
     * @return a new frame of this packet; null if the frame is shorter than the packet says or the header is not sound
     */
    static byte[] accept(byte[] received) {
        int available = received.length - START;
        boolean sound = inet6(received) ? sound6(received, available) : sound4(received, available);
        if (!sound) {
            return null;
        }
        int end = START + length(received);
        byte[] frame = Arrays.copyOf(received, Math.max(end, Ethernet.SHORTEST));
        Arrays.fill(frame, end, frame.length, (byte) 0);
        return frame;
    }

    private static boolean sound4(byte[] frame, int available) {
        if (available < IPV4_HEADER || frame[START] >>> 4 != 4) {
            return false;
        }
        int headerLength = headerLength(frame);
        int total = length(frame);
        return headerLength >= IPV4_HEADER
                && total >= headerLength
                && total <= available
                && InternetChecksum.of(frame, START, headerLength) == 0;
    }

    private static boolean sound6(byte[] frame, int available) {
        return available >= IPV6_HEADER && frame[START] >>> 4 == 6 && length(frame) <= available;
    }

    /** Whether the packet is IPv6. */
    public static boolean inet6(byte[] frame) {
        return Ethernet.type(frame) == Ethernet.IPV6;
    }

    /** Length of the whole packet in bytes. */
    public static int length(byte[] frame) {
        return inet6(frame) ? IPV6_HEADER + NetworkOrder.int16(frame, START + 4) : NetworkOrder.int16(frame, START + 2);
    }

    /** Length of the IP header in bytes, options included, IPv6 extension headers not. */
    public static int headerLength(byte[] frame) {
        return inet6(frame) ? IPV6_HEADER : (frame[START] & 0xf) * 4;
    }

    /** Index of the first byte behind the IP header. */
    public static int payload(byte[] frame) {
        return START + headerLength(frame);
    }

    /** Index of the first byte behind the packet. */
    public static int end(byte[] frame) {
        return START + length(frame);
    }

    /** What the packet carries; in IPv6 this may be an extension header. */
    public static int protocol(byte[] frame) {
        return frame[START + (inet6(frame) ? 6 : 9)] & 0xff;
    }

    /** How many more routers may forward it. */
    public static int ttl(byte[] frame) {
        return frame[ttlAt(frame)] & 0xff;
    }

    private static int ttlAt(byte[] frame) {
        return START + (inet6(frame) ? 7 : 8);
    }

    /** Whether it is an IPv4 fragment. */
    static boolean fragment(byte[] frame) {
        return !inet6(frame) && (NetworkOrder.int16(frame, START + 6) & MORE_FRAGMENTS_AND_OFFSET) != 0;
    }

    /** Source address, first half, see {@link IpAddress}. */
    public static long sourceHi(byte[] frame) {
        return inet6(frame) ? NetworkOrder.int64(frame, START + 8) : (long) NetworkOrder.int32(frame, START + 12) << 32;
    }

    /** Source address, last half. */
    public static long sourceLo(byte[] frame) {
        return inet6(frame) ? NetworkOrder.int64(frame, START + 16) : 0;
    }

    /** Destination address, first half, see {@link IpAddress}. */
    public static long destinationHi(byte[] frame) {
        return inet6(frame)
                ? NetworkOrder.int64(frame, START + 24)
                : (long) NetworkOrder.int32(frame, START + 16) << 32;
    }

    /** Destination address, last half. */
    public static long destinationLo(byte[] frame) {
        return inet6(frame) ? NetworkOrder.int64(frame, START + 32) : 0;
    }

    /** Source address. */
    public static IpAddress source(byte[] frame) {
        return new IpAddress(inet6(frame), sourceHi(frame), sourceLo(frame));
    }

    /** Destination address. */
    public static IpAddress destination(byte[] frame) {
        return new IpAddress(inet6(frame), destinationHi(frame), destinationLo(frame));
    }

    /** The packet alone, as a copy. */
    public static byte[] packet(byte[] frame) {
        return Arrays.copyOfRange(frame, START, START + length(frame));
    }

    // ---- writing ----

    /**
     * Makes a packet with an empty payload.
     *
     * @param source from whom
     * @param destination to whom, of the same family
     * @param protocol what it carries
     * @param payload how many bytes
     * @return a new frame; the Ethernet addresses are still to be filled in
     */
    public static byte[] make(IpAddress source, IpAddress destination, int protocol, int payload) {
        int headerLength = source.inet6() ? IPV6_HEADER : IPV4_HEADER;
        byte[] frame = new byte[Math.max(Ethernet.SHORTEST, START + headerLength + payload)];
        if (source.inet6()) {
            Ethernet.type(frame, Ethernet.IPV6);
            frame[START] = 6 << 4;
            NetworkOrder.put16(frame, START + 4, payload);
            frame[START + 6] = (byte) protocol;
            address(frame, START + 8, source);
            address(frame, START + 24, destination);
        } else {
            Ethernet.type(frame, Ethernet.IPV4);
            frame[START] = 4 << 4 | IPV4_HEADER / 4;
            NetworkOrder.put16(frame, START + 2, headerLength + payload);
            frame[START + 9] = (byte) protocol;
            address(frame, START + 12, source);
            address(frame, START + 16, destination);
        }
        ttl(frame, DEFAULT_TTL);
        return frame;
    }

    /**
     * Puts a packet into a frame as it is.
     *
     * @param packet a packet, whether sound or not; the version in its first bits decides what the frame is said to carry
     * @return a new frame; the Ethernet addresses are still to be filled in
     */
    public static byte[] frame(byte[] packet) {
        byte[] frame = new byte[Math.max(Ethernet.SHORTEST, START + packet.length)];
        System.arraycopy(packet, 0, frame, START, packet.length);
        Ethernet.type(frame, packet.length > 0 && packet[0] >>> 4 == 6 ? Ethernet.IPV6 : Ethernet.IPV4);
        return frame;
    }

    private static void address(byte[] frame, int at, IpAddress address) {
        if (address.inet6()) {
            NetworkOrder.put64(frame, at, address.hi());
            NetworkOrder.put64(frame, at + 8, address.lo());
        } else {
            NetworkOrder.put32(frame, at, address.ipv4());
        }
    }

    /**
     * Sets the time to live or hop limit.
     *
     * @param frame a frame
     * @param ttl 0 to 255
     */
    public static void ttl(byte[] frame, int ttl) {
        frame[ttlAt(frame)] = (byte) ttl;
        if (!inet6(frame)) {
            headerChecksum(frame);
        }
    }

    /** Takes one hop off, as a router does, and keeps the header's checksum right. */
    static void decrementTtl(byte[] frame) {
        int at = ttlAt(frame);
        if (inet6(frame)) {
            frame[at]--;
            return;
        }
        int before = NetworkOrder.int16(frame, at);
        frame[at]--;
        int checksum =
                InternetChecksum.updated(NetworkOrder.int16(frame, at + 2), before, NetworkOrder.int16(frame, at));
        NetworkOrder.put16(frame, at + 2, checksum);
    }

    /** Gives an IPv4 packet a new identification, and of its flags and offset leaves only "don't fragment". */
    static void identify(byte[] frame, int id) {
        if (!inet6(frame)) {
            NetworkOrder.put16(frame, START + 4, id);
            NetworkOrder.put16(frame, START + 6, NetworkOrder.int16(frame, START + 6) & DONT_FRAGMENT);
            headerChecksum(frame);
        }
    }

    private static void headerChecksum(byte[] frame) {
        NetworkOrder.put16(frame, START + 10, 0);
        NetworkOrder.put16(frame, START + 10, InternetChecksum.of(frame, START, headerLength(frame)));
    }
}
