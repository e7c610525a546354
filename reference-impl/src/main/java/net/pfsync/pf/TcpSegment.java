package net.pfsync.pf;

/**
 * A TCP segment without data that pf itself sends: a reset, a part of a proxied handshake, a challenge.
 *
 * <pre>
 * IPv4: 20 bytes, TOS 0x10, DF, TTL 64 | IPv6: 40 bytes, hop limit 64
 * TCP:  20 bytes, and 4 more for the maximum segment size if there is one
 * </pre>
 */
final class TcpSegment {

    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int TCP = 20;
    private static final int MSS_OPTION = 4;
    private static final int TTL = 64;
    private static final int LOW_DELAY = 0x10;
    private static final int DONT_FRAGMENT = 0x4000;

    private final boolean inet6;
    private final byte[] bytes;
    private final int tcp;

    private TcpSegment(boolean inet6, int mss) {
        this.inet6 = inet6;
        this.tcp = inet6 ? IPV6 : IPV4;
        this.bytes = new byte[tcp + TCP + (mss == 0 ? 0 : MSS_OPTION)];
        ipHeader();
        Words.put16(bytes, tcp + 12, ((bytes.length - tcp) / 4) << 12);
        if (mss != 0) {
            Words.put32(bytes, tcp + TCP, 0x02040000 | mss);
        }
    }

    /**
     * Makes a segment from one slot of a key to the other.
     *
     * @param inet6 whether the key holds IPv6 addresses
     * @param key addresses and ports
     * @param from the slot of the sender, 0 or 1
     * @param mss 0 for none
     */
    static TcpSegment of(boolean inet6, StateKey key, int from, int mss) {
        TcpSegment segment = new TcpSegment(inet6, mss);
        int to = 1 - from;
        segment.addresses(key.addressHi(from), key.addressLo(from), key.addressHi(to), key.addressLo(to));
        segment.ports(key.port(from), key.port(to));
        return segment;
    }

    /** Makes a segment to the sender of a packet in the name of its receiver. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // an answer goes the other way
    static TcpSegment answerTo(Packet packet, int mss) {
        TcpSegment segment = new TcpSegment(packet.inet6(), mss);
        segment.addresses(packet.destinationHi(), packet.destinationLo(), packet.sourceHi(), packet.sourceLo());
        segment.ports(packet.destinationPort(), packet.sourcePort());
        return segment;
    }

    private void ipHeader() {
        if (inet6) {
            bytes[0] = 0x60;
            Words.put16(bytes, 4, bytes.length - IPV6);
            bytes[6] = IpProtocol.TCP;
            bytes[7] = TTL;
        } else {
            bytes[0] = 0x45;
            bytes[1] = LOW_DELAY;
            Words.put16(bytes, 2, bytes.length);
            Words.put16(bytes, 6, DONT_FRAGMENT);
            bytes[8] = TTL;
            bytes[9] = IpProtocol.TCP;
        }
    }

    private void addresses(long sourceHi, long sourceLo, long destinationHi, long destinationLo) {
        if (inet6) {
            Words.put64(bytes, 8, sourceHi);
            Words.put64(bytes, 16, sourceLo);
            Words.put64(bytes, 24, destinationHi);
            Words.put64(bytes, 32, destinationLo);
        } else {
            Words.put32(bytes, 12, (int) (sourceHi >>> 32));
            Words.put32(bytes, 16, (int) (destinationHi >>> 32));
        }
    }

    private void ports(int source, int destination) {
        Words.put16(bytes, tcp, source);
        Words.put16(bytes, tcp + 2, destination);
    }

    TcpSegment sequence(int seq, int ack) {
        Words.put32(bytes, tcp + 4, seq);
        Words.put32(bytes, tcp + 8, ack);
        return this;
    }

    TcpSegment flags(int flags, int window) {
        bytes[tcp + 13] = (byte) flags;
        Words.put16(bytes, tcp + 14, window);
        return this;
    }

    /** The whole packet with its checksums. */
    byte[] finish() {
        int addresses = inet6 ? 8 : 12;
        long sum = Checksum.sum(IpProtocol.TCP + (long) (bytes.length - tcp), bytes, addresses, tcp - addresses);
        Words.put16(bytes, tcp + 16, Checksum.finish(Checksum.sum(sum, bytes, tcp, bytes.length - tcp)));
        if (!inet6) {
            Words.put16(bytes, 10, Checksum.finish(Checksum.sum(0, bytes, 0, IPV4)));
        }
        return bytes;
    }
}
