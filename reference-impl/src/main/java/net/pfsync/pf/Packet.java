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

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int SHORTEST_TRANSPORT = 8;
    private static final int ICMP_CHECKSUM = 2;
    private static final int UDP_CHECKSUM = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int NOWHERE = -1;
    private static final long IPV4_MASK = 0xffffffff00000000L;

    private final Packet inner;
    private final Packet outer;
    private final TcpOptions options = new TcpOptions();

    private byte[] bytes;
    private int start;
    private int end;
    private boolean inet6;
    private int proto;
    private boolean fragment;
    private boolean ipOptions;
    private long sourceHi;
    private long sourceLo;
    private long destinationHi;
    private long destinationLo;
    /** Where the transport header starts; {@link #NOWHERE} in fragments. */
    private int transport;

    private int ipChecksumAt;
    private int transportChecksumAt;
    private int sourcePort;
    private int destinationPort;
    private int flags;
    private int dataLength;
    private IcmpKind icmp;
    private boolean innerParsed;

    /** Makes a window on nothing. */
    public Packet() {
        this.outer = null;
        this.inner = new Packet(this);
    }

    private Packet(Packet outer) {
        this.outer = outer;
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
        return headers(bytes, start, length) && (fragment || transportHeader(TCP_HEADER));
    }

    private boolean parseInner(byte[] from, int at, int length) {
        return headers(from, at, length) && (fragment || transportHeader(SHORTEST_TRANSPORT));
    }

    private boolean headers(byte[] from, int at, int length) {
        bytes = from;
        start = at;
        end = at + length;
        fragment = false;
        ipOptions = false;
        transport = NOWHERE;
        ipChecksumAt = NOWHERE;
        transportChecksumAt = NOWHERE;
        sourcePort = 0;
        destinationPort = 0;
        flags = 0;
        dataLength = 0;
        icmp = null;
        innerParsed = false;
        options.clear();
        if (length < IPV4_HEADER) {
            return false;
        }
        return switch (from[at] >> 4 & 0xf) {
            case 4 -> ipv4(length);
            case 6 -> ipv6(length);
            default -> false;
        };
    }

    private boolean ipv4(int length) {
        int headerLength = (bytes[start] & 0xf) * 4;
        int total = int16(start + 2);
        boolean truncated = total > length;
        if (headerLength < IPV4_HEADER
                || headerLength > length
                || total < headerLength
                || (truncated && outer == null)) {
            return false;
        }
        inet6 = false;
        end = start + Math.min(total, length);
        ipOptions = headerLength > IPV4_HEADER;
        proto = bytes[start + 9] & 0xff;
        fragment = (int16(start + 6) & 0x3fff) != 0;
        ipChecksumAt = start + 10;
        sourceHi = (long) int32(start + 12) << 32;
        sourceLo = 0;
        destinationHi = (long) int32(start + 16) << 32;
        destinationLo = 0;
        transport = fragment ? NOWHERE : start + headerLength;
        return true;
    }

    private boolean ipv6(int length) {
        if (length < IPV6_HEADER) {
            return false;
        }
        int total = IPV6_HEADER + int16(start + 4);
        if (total > length && outer == null) {
            return false;
        }
        inet6 = true;
        end = start + Math.min(total, length);
        sourceHi = int64(start + 8);
        sourceLo = int64(start + 16);
        destinationHi = int64(start + 24);
        destinationLo = int64(start + 32);
        return extensionHeaders();
    }

    /** Walks to the transport header. Source: RFC 8200, section 4. */
    private boolean extensionHeaders() {
        int next = bytes[start + 6] & 0xff;
        int at = start + IPV6_HEADER;
        while (true) {
            boolean fixed = next == IpProtocol.FRAGMENT;
            boolean optional = next == IpProtocol.HOP_BY_HOP
                    || next == IpProtocol.ROUTING
                    || next == IpProtocol.DESTINATION_OPTIONS;
            if (!fixed && !optional && next != IpProtocol.AUTHENTICATION) {
                break;
            }
            if (end - at < 8) {
                return false;
            }
            int units = bytes[at + 1] & 0xff;
            int size = fixed ? 8 : optional ? (units + 1) * 8 : (units + 2) * 4;
            if (size > end - at) {
                return false;
            }
            ipOptions |= optional;
            next = bytes[at] & 0xff;
            if (fixed && (int16(at + 2) & 0xfff9) != 0) {
                fragment = true;
                break;
            }
            at += size;
        }
        proto = next;
        transport = fragment ? NOWHERE : at;
        return true;
    }

    private boolean transportHeader(int shortestTcp) {
        int length = end - transport;
        dataLength = length;
        return switch (proto) {
            case IpProtocol.TCP -> length >= shortestTcp && tcp(length);
            case IpProtocol.UDP -> length >= SHORTEST_TRANSPORT && udp(length);
            case IpProtocol.ICMP -> inet6 || (length >= SHORTEST_TRANSPORT && icmpHeader());
            case IpProtocol.ICMPV6 -> !inet6 || (length >= SHORTEST_TRANSPORT && icmpHeader());
            default -> true;
        };
    }

    private boolean tcp(int length) {
        sourcePort = int16(transport);
        destinationPort = int16(transport + 2);
        if (length >= TCP_CHECKSUM + 2) {
            transportChecksumAt = transport + TCP_CHECKSUM;
        }
        if (length < TCP_HEADER) {
            return true;
        }
        int headerLength = (bytes[transport + 12] >> 4 & 0xf) * 4;
        flags = bytes[transport + 13] & 0xff;
        if (headerLength < TCP_HEADER || (headerLength > length && outer == null)) {
            return false;
        }
        dataLength = Math.max(0, length - headerLength);
        options.find(bytes, transport + TCP_HEADER, transport + Math.min(headerLength, length));
        return true;
    }

    private boolean udp(int length) {
        sourcePort = int16(transport);
        destinationPort = int16(transport + 2);
        int told = int16(transport + 4);
        if (outer == null && (told < SHORTEST_TRANSPORT || told > length)) {
            return false;
        }
        transportChecksumAt = transport + UDP_CHECKSUM;
        dataLength = length - SHORTEST_TRANSPORT;
        return true;
    }

    private boolean icmpHeader() {
        transportChecksumAt = transport + ICMP_CHECKSUM;
        dataLength = end - transport - SHORTEST_TRANSPORT;
        icmp = IcmpKind.of(inet6, bytes[transport] & 0xff);
        if (icmp.error() && inner != null) {
            int at = transport + SHORTEST_TRANSPORT;
            innerParsed = inner.parseInner(bytes, at, end - at) && inner.inet6 == inet6;
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
        return bytes;
    }

    /**
     * Where the packet starts.
     *
     * @return index of its IP header
     */
    public int start() {
        return start;
    }

    /**
     * How long the packet is by its IP header.
     *
     * @return bytes, IP header included
     */
    public int length() {
        return end - start;
    }

    /**
     * The packet alone.
     *
     * @return a new array
     */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /**
     * Whether it is IPv6.
     *
     * @return false for IPv4
     */
    public boolean inet6() {
        return inet6;
    }

    /**
     * The protocol behind the IP header and its extension headers.
     *
     * @return 0 to 255, see {@link IpProtocol}
     */
    public int proto() {
        return proto;
    }

    /**
     * The source address.
     *
     * @return its first eight bytes
     */
    public long sourceHi() {
        return sourceHi;
    }

    /**
     * The source address.
     *
     * @return its last eight bytes, 0 for IPv4
     */
    public long sourceLo() {
        return sourceLo;
    }

    /**
     * The destination address.
     *
     * @return its first eight bytes
     */
    public long destinationHi() {
        return destinationHi;
    }

    /**
     * The destination address.
     *
     * @return its last eight bytes, 0 for IPv4
     */
    public long destinationLo() {
        return destinationLo;
    }

    /**
     * The time to live or hop limit.
     *
     * @return 0 to 255
     */
    public int ttl() {
        return bytes[inet6 ? start + 7 : start + 8] & 0xff;
    }

    /**
     * Whether IPv4 forbids to fragment the packet, or IPv6 does so by itself.
     *
     * @return true if a link with a smaller MTU must refuse it
     */
    public boolean dontFragment() {
        return inet6 || (bytes[start + 6] & 0x40) != 0;
    }

    /**
     * Whether it is a part of a packet. Then it has neither ports nor anything else of its transport header.
     *
     * @return true for every fragment, the first included
     */
    public boolean fragment() {
        return fragment;
    }

    /**
     * Whether it has IPv4 options, or IPv6 hop-by-hop options, destination options or a routing header.
     *
     * @return true if it needs a rule with {@code allow-opts}
     */
    public boolean ipOptions() {
        return ipOptions;
    }

    /**
     * Where the transport header is.
     *
     * @return index in {@link #bytes}; -1 in a fragment
     */
    public int transport() {
        return transport;
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
        return int32(transport + 4);
    }

    /**
     * TCP's acknowledgement number.
     *
     * @return 32 bits, whether or not the flag says that it counts
     */
    public int ack() {
        return int32(transport + 8);
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
        return int16(transport + 14);
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
        return bytes[transport] & 0xff;
    }

    /**
     * ICMP's code.
     *
     * @return 0 to 255
     */
    public int icmpCode() {
        return bytes[transport + 1] & 0xff;
    }

    /**
     * By what a query and its reply belong together: the id, or what is made of the address that is asked for in neighbour discovery.
     *
     * @return 0 to 65535
     */
    public int queryId() {
        return switch (icmp.identity()) {
            case NONE -> 0;
            case ID -> int16(transport + 4);
            case TARGET -> targetId();
        };
    }

    private int targetId() {
        if (end - transport < 24) {
            return 0;
        }
        int folded = 0;
        for (int at = transport + 8; at < transport + 24; at += 2) {
            folded ^= int16(at);
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
        int at = inet6 ? start + 6 : start + 8;
        int word = int16(at);
        int changed = inet6 ? (word & 0xff00) | ttl : ttl << 8 | (word & 0xff);
        put16(at, changed, ipChecksumAt, NOWHERE);
    }

    /**
     * Replaces the source.
     *
     * @param hi first eight bytes of the address
     * @param lo last eight bytes
     * @param port the port of TCP or UDP; without meaning for others
     */
    public void setSource(long hi, long lo, int port) {
        putAddress(inet6 ? start + 8 : start + 12, hi, lo);
        sourceHi = inet6 ? hi : hi & IPV4_MASK;
        sourceLo = inet6 ? lo : 0;
        if (hasPorts()) {
            put16(transport, port, NOWHERE, transportChecksumAt);
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
        putAddress(inet6 ? start + 24 : start + 16, hi, lo);
        destinationHi = inet6 ? hi : hi & IPV4_MASK;
        destinationLo = inet6 ? lo : 0;
        if (hasPorts()) {
            put16(transport + 2, port, NOWHERE, transportChecksumAt);
            destinationPort = port;
        }
    }

    private boolean hasPorts() {
        return transport != NOWHERE && (proto == IpProtocol.TCP || proto == IpProtocol.UDP);
    }

    /** Addresses count in IPv4's checksum, and through the pseudo-header in those of TCP, UDP and ICMPv6. */
    private void putAddress(int at, long hi, long lo) {
        int pseudo = proto == IpProtocol.ICMP ? NOWHERE : transportChecksumAt;
        for (int i = 0; i < (inet6 ? 16 : 4); i += 2) {
            long half = i < 8 ? hi : lo;
            put16(at + i, (int) (half >>> (48 - i % 8 * 8)) & 0xffff, ipChecksumAt, pseudo);
        }
    }

    /**
     * Replaces the id of an ICMP query or reply.
     *
     * @param id 0 to 65535
     */
    public void setQueryId(int id) {
        put16(transport + 4, id, NOWHERE, transportChecksumAt);
    }

    /**
     * Replaces TCP's sequence number.
     *
     * @param seq 32 bits
     */
    public void setSeq(int seq) {
        put32(transport + 4, seq);
    }

    /**
     * Replaces TCP's acknowledgement number.
     *
     * @param ack 32 bits
     */
    public void setAck(int ack) {
        put32(transport + 8, ack);
    }

    /** Reads 32 bits of the transport header. */
    int option32(int at) {
        return int32(at);
    }

    /** Replaces 32 bits of the transport header, which may start at an odd place in it. */
    void put32(int at, int value) {
        if ((at - transport & 1) == 0) {
            put16(at, value >>> 16, NOWHERE, transportChecksumAt);
            put16(at + 2, value & 0xffff, NOWHERE, transportChecksumAt);
        } else {
            put16(at - 1, (bytes[at - 1] & 0xff) << 8 | value >>> 24, NOWHERE, transportChecksumAt);
            put16(at + 1, value >>> 8 & 0xffff, NOWHERE, transportChecksumAt);
            put16(at + 3, (value & 0xff) << 8 | (bytes[at + 4] & 0xff), NOWHERE, transportChecksumAt);
        }
    }

    /** Replaces a word, and adjusts the checksums under which it lies. */
    private void put16(int at, int value, int oneChecksum, int otherChecksum) {
        int old = int16(at);
        if (old == value) {
            return;
        }
        store16(at, old, value);
        adjust(oneChecksum, old, value);
        adjust(otherChecksum, old, value);
    }

    private void adjust(int at, int old, int value) {
        if (at == NOWHERE) {
            return;
        }
        int checksum = int16(at);
        boolean udp = at == transportChecksumAt && proto == IpProtocol.UDP;
        if (udp && checksum == 0) {
            return; // The sender did without, which is 0.
        }
        int adjusted = Checksum.adjusted(checksum, old, value);
        store16(at, checksum, udp && adjusted == 0 ? 0xffff : adjusted);
    }

    /** A word of an inner packet lies under the checksum of the ICMP error, too. */
    private void store16(int at, int old, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
        if (outer != null) {
            outer.adjust(outer.transportChecksumAt, old, value);
        }
    }

    private int int16(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private int int32(int at) {
        return int16(at) << 16 | int16(at + 2);
    }

    private long int64(int at) {
        return (long) int32(at) << 32 | (int32(at + 4) & 0xffffffffL);
    }
}
