package net.pfsync.pf;

/**
 * Replaces words of a packet, and adjusts every checksum under which they lie.
 *
 * <p>Words of the IP header lie under IPv4's checksum; addresses through the pseudo-header under that of TCP, UDP and ICMPv6, too; words of
 * the transport header under that. Every word of a packet inside an ICMP error also lies under the checksum of the error, its checksums included.
 */
final class ChecksummedWords {

    private static final int NOWHERE = IpHeaders.NOWHERE;
    private static final int UDP_ZERO = 0xffff;

    private final ChecksummedWords outer;
    private byte[] bytes;
    private int ipChecksumAt;
    private int transportChecksumAt;
    private int transport;
    private int proto;

    /** For a packet, or for the one inside of an ICMP error with these words; null if there is none. */
    ChecksummedWords(ChecksummedWords outer) {
        this.outer = outer;
    }

    /** Takes a packet whose headers were found. */
    void of(IpHeaders ip, int checksumOfTransport) {
        bytes = ip.bytes;
        ipChecksumAt = ip.checksumAt();
        transportChecksumAt = checksumOfTransport;
        transport = ip.transport;
        proto = ip.proto;
    }

    /** Replaces a word of the IP header other than the addresses. */
    void putIp(int at, int value) {
        put(at, value, ipChecksumAt, NOWHERE);
    }

    /** Replaces a word of an address. */
    void putAddress(int at, int value) {
        put(at, value, ipChecksumAt, proto == IpProtocol.ICMP ? NOWHERE : transportChecksumAt);
    }

    /** Replaces a word of the transport header. */
    void put16(int at, int value) {
        put(at, value, NOWHERE, transportChecksumAt);
    }

    /** Replaces 32 bits of the transport header, which may start at an odd place in it, as options do. */
    void put32(int at, int value) {
        if ((at - transport & 1) == 0) {
            put16(at, value >>> 16);
            put16(at + 2, value & 0xffff);
        } else {
            put16(at - 1, (bytes[at - 1] & 0xff) << 8 | value >>> 24);
            put16(at + 1, value >>> 8 & 0xffff);
            put16(at + 3, (value & 0xff) << 8 | (bytes[at + 4] & 0xff));
        }
    }

    private void put(int at, int value, int oneChecksum, int otherChecksum) {
        int old = Words.get16(bytes, at);
        if (old != value) {
            store(at, old, value);
            adjust(oneChecksum, old, value);
            adjust(otherChecksum, old, value);
        }
    }

    private void store(int at, int old, int value) {
        Words.put16(bytes, at, value);
        if (outer != null) {
            outer.adjust(outer.transportChecksumAt, old, value);
        }
    }

    private void adjust(int at, int old, int value) {
        if (at == NOWHERE) {
            return;
        }
        int checksum = Words.get16(bytes, at);
        boolean udp = at == transportChecksumAt && proto == IpProtocol.UDP;
        if (udp && checksum == 0) {
            return; // the sender did without, which is 0
        }
        int adjusted = Checksum.adjusted(checksum, old, value);
        store(at, checksum, udp && adjusted == 0 ? UDP_ZERO : adjusted);
    }
}
