package net.pfsync.pf;

/**
 * The IP header of a packet and what IPv6 puts between it and the transport header. {@link Packet} reads and keeps its fields.
 *
 * <p>Source: RFC 791, 3.1; RFC 8200, sections 3 and 4.
 */
final class IpHeaders {

    /** Where something is that is not there. */
    static final int NOWHERE = -1;

    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int SHORTEST_EXTENSION = 8;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;
    private static final int IPV6_OFFSET_AND_MORE_FRAGMENTS = 0xfff9;
    private static final long IPV4_MASK = 0xffffffff00000000L;

    byte[] bytes;
    int start;
    int end;
    boolean inet6;
    int proto;
    boolean fragment;
    boolean options;
    /** Where the transport header starts; {@link #NOWHERE} in fragments. */
    int transport;

    long sourceHi;
    long sourceLo;
    long destinationHi;
    long destinationLo;

    /**
     * Looks at the headers.
     *
     * @param whole whether all of the packet must be there; otherwise it may be cut
     * @return false if they are malformed
     */
    boolean parse(byte[] from, int at, int length, boolean whole) {
        bytes = from;
        start = at;
        fragment = false;
        options = false;
        transport = NOWHERE;
        if (length < IPV4) {
            return false;
        }
        return switch (from[at] >> 4 & 0xf) {
            case 4 -> ipv4(length, whole);
            case 6 -> length >= IPV6 && ipv6(length, whole);
            default -> false;
        };
    }

    private boolean ipv4(int length, boolean whole) {
        int headerLength = (bytes[start] & 0xf) * 4;
        int total = Words.get16(bytes, start + 2);
        if (headerLength < IPV4 || headerLength > length || total < headerLength || (whole && total > length)) {
            return false;
        }
        inet6 = false;
        end = start + Math.min(total, length);
        options = headerLength > IPV4;
        proto = bytes[start + 9] & 0xff;
        fragment = (Words.get16(bytes, start + 6) & MORE_FRAGMENTS_AND_OFFSET) != 0;
        sourceHi = (long) Words.get32(bytes, start + 12) << 32;
        sourceLo = 0;
        destinationHi = (long) Words.get32(bytes, start + 16) << 32;
        destinationLo = 0;
        transport = fragment ? NOWHERE : start + headerLength;
        return true;
    }

    private boolean ipv6(int length, boolean whole) {
        int total = IPV6 + Words.get16(bytes, start + 4);
        if (whole && total > length) {
            return false;
        }
        inet6 = true;
        end = start + Math.min(total, length);
        sourceHi = Words.get64(bytes, start + 8);
        sourceLo = Words.get64(bytes, start + 16);
        destinationHi = Words.get64(bytes, start + 24);
        destinationLo = Words.get64(bytes, start + 32);
        proto = bytes[start + 6] & 0xff;
        return extensions();
    }

    /** Walks to the transport header. */
    private boolean extensions() {
        int at = start + IPV6;
        int size;
        while (!fragment && (size = extensionSize(at)) != 0) {
            if (size > end - at) {
                return false;
            }
            options |= proto != IpProtocol.FRAGMENT && proto != IpProtocol.AUTHENTICATION;
            fragment =
                    proto == IpProtocol.FRAGMENT && (Words.get16(bytes, at + 2) & IPV6_OFFSET_AND_MORE_FRAGMENTS) != 0;
            proto = bytes[at] & 0xff;
            at += size;
        }
        transport = fragment ? NOWHERE : at;
        return true;
    }

    /** How long the extension header is that starts here; 0 if something else does. */
    private int extensionSize(int at) {
        int units = at + 1 < end ? bytes[at + 1] & 0xff : 0;
        return switch (proto) {
            case IpProtocol.FRAGMENT -> SHORTEST_EXTENSION;
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.DESTINATION_OPTIONS -> (units + 1) * 8;
            case IpProtocol.AUTHENTICATION -> (units + 2) * 4;
            default -> 0;
        };
    }

    /** Where the time to live and the protocol, or the next header and the hop limit, are in one word. */
    int ttlWord() {
        return inet6 ? start + 6 : start + 8;
    }

    int checksumAt() {
        return inet6 ? NOWHERE : start + 10;
    }

    int sourceAt() {
        return inet6 ? start + 8 : start + 12;
    }

    int destinationAt() {
        return inet6 ? start + 24 : start + 16;
    }

    void source(long hi, long lo) {
        sourceHi = inet6 ? hi : hi & IPV4_MASK;
        sourceLo = inet6 ? lo : 0;
    }

    void destination(long hi, long lo) {
        destinationHi = inet6 ? hi : hi & IPV4_MASK;
        destinationLo = inet6 ? lo : 0;
    }
}
