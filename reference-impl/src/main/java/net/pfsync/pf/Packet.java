package net.pfsync.pf;

import java.util.Arrays;

/**
 * The headers of one IPv4 or IPv6 packet as pf looks at them: a window on the packet's bytes, reused for packet after packet.
 *
 * <p>Addresses are two longs in network order, of which IPv4 uses the upper half of the first, as in {@link StateKey}. Ports, ids and windows
 * are 0 to 65535; sequence numbers are 32 bits. What a packet does not have reads as 0. Writing keeps every checksum right that was right.
 *
 * <p>An ICMP error contains the start of another packet, {@link #inner()}, which can be looked at and rewritten in the same way.
 */
public final class Packet {

    /** What {@link #wscale} has besides the shift when the option is there. */
    public static final int WSCALE_PRESENT = 0x80;

    private static final int TCP_HEADER = 20;
    private static final int SHORTEST_TRANSPORT = 8;
    private static final int ICMP_CHECKSUM = 2;
    private static final int UDP_CHECKSUM = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int TARGET = 8;
    private static final int TARGET_END = 24;

    private final Packet inner;
    /** Whether this is the packet inside of another one, of which not all need be there. */
    private final boolean inside;

    private final IpHeaders ip = new IpHeaders();
    private final TcpOptions options = new TcpOptions();
    private final ChecksummedWords words;

    private int transportChecksumAt;
    private int sourcePort;
    private int destinationPort;
    private int flags;
    private int dataLength;
    private IcmpKind icmp;
    private boolean innerParsed;

    /** Makes a window on nothing. */
    public Packet() {
        this.inside = false;
        this.words = new ChecksummedWords(null);
        this.inner = new Packet(words);
    }

    private Packet(ChecksummedWords outer) {
        this.inside = true;
        this.words = new ChecksummedWords(outer);
        this.inner = null;
    }

    /**
     * Looks at a packet.
     *
     * <p>Lengths are checked, checksums are not. Bytes behind the length that the IP header tells are left out.
     *
     * @param bytes what holds the packet; kept until the next call, and changed by the writing methods
     * @param start where its IP header starts
     * @param length how many bytes there are
     * @return false if it is malformed and must be dropped; nothing else may be asked then
     */
    public boolean parse(byte[] bytes, int start, int length) {
        transportChecksumAt = IpHeaders.NOWHERE;
        sourcePort = 0;
        destinationPort = 0;
        flags = 0;
        dataLength = 0;
        icmp = null;
        innerParsed = false;
        options.clear();
        boolean fine = ip.parse(bytes, start, length, !inside) && (ip.fragment || transportHeader());
        words.of(ip, transportChecksumAt);
        return fine;
    }

    private boolean transportHeader() {
        int length = ip.end - ip.transport;
        dataLength = length;
        return switch (ip.proto) {
            case IpProtocol.TCP -> length >= (inside ? SHORTEST_TRANSPORT : TCP_HEADER) && tcp(length);
            case IpProtocol.UDP -> length >= SHORTEST_TRANSPORT && udp(length);
            case IpProtocol.ICMP -> ip.inet6 || (length >= SHORTEST_TRANSPORT && icmpHeader(length));
            case IpProtocol.ICMPV6 -> !ip.inet6 || (length >= SHORTEST_TRANSPORT && icmpHeader(length));
            default -> true;
        };
    }

    private boolean tcp(int length) {
        int at = ip.transport;
        sourcePort = Words.get16(ip.bytes, at);
        destinationPort = Words.get16(ip.bytes, at + 2);
        if (length >= TCP_CHECKSUM + 2) {
            transportChecksumAt = at + TCP_CHECKSUM;
        }
        if (length < TCP_HEADER) {
            return true;
        }
        int headerLength = (ip.bytes[at + 12] >> 4 & 0xf) * 4;
        flags = ip.bytes[at + 13] & 0xff;
        if (headerLength < TCP_HEADER || (headerLength > length && !inside)) {
            return false;
        }
        dataLength = Math.max(0, length - headerLength);
        options.find(ip.bytes, at + TCP_HEADER, at + Math.min(headerLength, length));
        return true;
    }

    private boolean udp(int length) {
        int at = ip.transport;
        int told = Words.get16(ip.bytes, at + 4);
        sourcePort = Words.get16(ip.bytes, at);
        destinationPort = Words.get16(ip.bytes, at + 2);
        transportChecksumAt = at + UDP_CHECKSUM;
        dataLength = length - SHORTEST_TRANSPORT;
        return inside || (told >= SHORTEST_TRANSPORT && told <= length);
    }

    private boolean icmpHeader(int length) {
        transportChecksumAt = ip.transport + ICMP_CHECKSUM;
        dataLength = length - SHORTEST_TRANSPORT;
        icmp = IcmpKind.of(ip.inet6, ip.bytes[ip.transport] & 0xff);
        if (icmp.error() && !inside) {
            int at = ip.transport + SHORTEST_TRANSPORT;
            innerParsed = inner.parse(ip.bytes, at, dataLength) && inner.ip.inet6 == ip.inet6;
        }
        return true;
    }

    // ---- IP ----

    /**
     * What holds the packet.
     *
     * @return the array given to {@link #parse}
     */
    public byte[] bytes() {
        return ip.bytes;
    }

    /**
     * Where the packet starts.
     *
     * @return index of its IP header
     */
    public int start() {
        return ip.start;
    }

    /**
     * How long the packet is by its IP header.
     *
     * @return bytes, IP header included
     */
    public int length() {
        return ip.end - ip.start;
    }

    /**
     * The packet alone.
     *
     * @return a new array
     */
    public byte[] copy() {
        return Arrays.copyOfRange(ip.bytes, ip.start, ip.end);
    }

    /**
     * Whether it is IPv6.
     *
     * @return false for IPv4
     */
    public boolean inet6() {
        return ip.inet6;
    }

    /**
     * The protocol behind the IP header and its extension headers.
     *
     * @return 0 to 255, see {@link IpProtocol}
     */
    public int proto() {
        return ip.proto;
    }

    /**
     * The source address.
     *
     * @return its first eight bytes
     */
    public long sourceHi() {
        return ip.sourceHi;
    }

    /**
     * The source address.
     *
     * @return its last eight bytes, 0 for IPv4
     */
    public long sourceLo() {
        return ip.sourceLo;
    }

    /**
     * The destination address.
     *
     * @return its first eight bytes
     */
    public long destinationHi() {
        return ip.destinationHi;
    }

    /**
     * The destination address.
     *
     * @return its last eight bytes, 0 for IPv4
     */
    public long destinationLo() {
        return ip.destinationLo;
    }

    /**
     * The time to live or hop limit.
     *
     * @return 0 to 255
     */
    public int ttl() {
        return ip.bytes[ip.inet6 ? ip.start + 7 : ip.start + 8] & 0xff;
    }

    /**
     * Whether IPv4 forbids to fragment the packet, or IPv6 does so by itself.
     *
     * @return true if a link with a smaller MTU must refuse it
     */
    public boolean dontFragment() {
        return ip.inet6 || (ip.bytes[ip.start + 6] & 0x40) != 0;
    }

    /**
     * Whether it is a part of a packet. Then it has neither ports nor anything else of its transport header.
     *
     * @return true for every fragment, the first included
     */
    public boolean fragment() {
        return ip.fragment;
    }

    /**
     * Whether it has IPv4 options, or IPv6 hop-by-hop options, destination options or a routing header.
     *
     * @return true if it needs a rule with {@code allow-opts}
     */
    public boolean ipOptions() {
        return ip.options;
    }

    /**
     * Where the transport header is.
     *
     * @return index in {@link #bytes}; -1 in a fragment
     */
    public int transport() {
        return ip.transport;
    }

    // ---- ports, TCP ----

    /**
     * The source port of TCP or UDP.
     *
     * @return 0 for other protocols
     */
    public int sourcePort() {
        return sourcePort;
    }

    /**
     * The destination port of TCP or UDP.
     *
     * @return 0 for other protocols
     */
    public int destinationPort() {
        return destinationPort;
    }

    /**
     * TCP's sequence number.
     *
     * @return 32 bits
     */
    public int seq() {
        return Words.get32(ip.bytes, ip.transport + 4);
    }

    /**
     * TCP's acknowledgement number.
     *
     * @return 32 bits, whether or not the flag says that it counts
     */
    public int ack() {
        return Words.get32(ip.bytes, ip.transport + 8);
    }

    /**
     * TCP's flags.
     *
     * @return see {@link TcpFlags}
     */
    public int flags() {
        return flags;
    }

    /**
     * Whether a TCP flag is set.
     *
     * @param flag one or more of {@link TcpFlags}
     * @return true if one of them is
     */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /**
     * TCP's window field.
     *
     * @return as it stands there, unscaled
     */
    public int window() {
        return Words.get16(ip.bytes, ip.transport + 14);
    }

    /**
     * How much data follows the transport header.
     *
     * @return bytes
     */
    public int dataLength() {
        return dataLength;
    }

    /**
     * The window scale option.
     *
     * @return {@link #WSCALE_PRESENT} and the shift, at most 14; 0 if the option is missing
     */
    public int wscale() {
        return options.wscale();
    }

    /**
     * The maximum segment size option.
     *
     * @return 0 if it is missing
     */
    public int mss() {
        return options.mss();
    }

    /** Where TCP's options are. */
    TcpOptions options() {
        return options;
    }

    // ---- ICMP ----

    /**
     * What kind of ICMP message this is.
     *
     * @return null if it is not ICMP of its own IP version
     */
    public IcmpKind icmp() {
        return icmp;
    }

    /**
     * Whether this is an ICMP error, which contains the start of another packet.
     *
     * @return true for errors
     */
    public boolean icmpError() {
        return icmp != null && icmp.error();
    }

    /**
     * ICMP's type.
     *
     * @return 0 to 255
     */
    public int icmpType() {
        return ip.bytes[ip.transport] & 0xff;
    }

    /**
     * ICMP's code.
     *
     * @return 0 to 255
     */
    public int icmpCode() {
        return ip.bytes[ip.transport + 1] & 0xff;
    }

    /**
     * By what a query and its reply belong together: the id, or what is made of the address that is asked for in neighbour discovery.
     *
     * @return 0 to 65535
     */
    public int queryId() {
        return switch (icmp.identity()) {
            case NONE -> 0;
            case ID -> Words.get16(ip.bytes, ip.transport + 4);
            case TARGET -> targetId();
        };
    }

    private int targetId() {
        if (ip.end - ip.transport < TARGET_END) {
            return 0;
        }
        int folded = 0;
        for (int at = ip.transport + TARGET; at < ip.transport + TARGET_END; at += 2) {
            folded ^= Words.get16(ip.bytes, at);
        }
        return folded;
    }

    /**
     * The packet that an ICMP error is about, as much of it as there is.
     *
     * @return null if this is no ICMP error or too little is there
     */
    public Packet inner() {
        return innerParsed ? inner : null;
    }

    // ---- writing ----

    /** Takes one from the time to live or hop limit, which must not be 0. */
    public void decrementTtl() {
        setTtl(ttl() - 1);
    }

    /**
     * Sets the time to live or hop limit.
     *
     * @param ttl 0 to 255
     */
    public void setTtl(int ttl) {
        int word = Words.get16(ip.bytes, ip.ttlWord());
        words.putIp(ip.ttlWord(), ip.inet6 ? (word & 0xff00) | ttl : ttl << 8 | (word & 0xff));
    }

    /**
     * Replaces the source.
     *
     * @param hi first eight bytes of the address
     * @param lo last eight bytes
     * @param port the port of TCP or UDP; without meaning for others
     */
    public void setSource(long hi, long lo, int port) {
        putAddress(ip.sourceAt(), hi, lo);
        ip.source(hi, lo);
        if (hasPorts()) {
            words.put16(ip.transport, port);
            sourcePort = port;
        }
    }

    /**
     * Replaces the destination.
     *
     * @param hi first eight bytes of the address
     * @param lo last eight bytes
     * @param port the port of TCP or UDP; without meaning for others
     */
    public void setDestination(long hi, long lo, int port) {
        putAddress(ip.destinationAt(), hi, lo);
        ip.destination(hi, lo);
        if (hasPorts()) {
            words.put16(ip.transport + 2, port);
            destinationPort = port;
        }
    }

    private boolean hasPorts() {
        return !ip.fragment && (ip.proto == IpProtocol.TCP || ip.proto == IpProtocol.UDP);
    }

    private void putAddress(int at, long hi, long lo) {
        for (int i = 0; i < (ip.inet6 ? 16 : 4); i += 2) {
            long half = i < 8 ? hi : lo;
            words.putAddress(at + i, (int) (half >>> (48 - i % 8 * 8)) & 0xffff);
        }
    }

    /**
     * Replaces the id of an ICMP query or reply.
     *
     * @param id 0 to 65535
     */
    public void setQueryId(int id) {
        words.put16(ip.transport + 4, id);
    }

    /**
     * Replaces TCP's sequence number.
     *
     * @param seq 32 bits
     */
    public void setSeq(int seq) {
        words.put32(ip.transport + 4, seq);
    }

    /**
     * Replaces TCP's acknowledgement number.
     *
     * @param ack 32 bits
     */
    public void setAck(int ack) {
        words.put32(ip.transport + 8, ack);
    }

    /** Reads 32 bits of the transport header. */
    int option32(int at) {
        return Words.get32(ip.bytes, at);
    }

    /** Replaces 32 bits of the transport header, which may start at an odd place in it. */
    void put32(int at, int value) {
        words.put32(at, value);
    }
}
