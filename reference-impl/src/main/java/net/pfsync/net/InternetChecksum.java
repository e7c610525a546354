package net.pfsync.net;

/** The checksum of IP, ICMP, TCP and UDP: the complement of the one's complement sum of 16-bit words. Source: RFC 1071. */
public final class InternetChecksum {

    private static final long LOW_32 = 0xffff_ffffL;

    private InternetChecksum() {}

    /**
     * The checksum of some bytes.
     *
     * @param bytes where they are
     * @param at the first
     * @param length how many; an odd number is filled up with a zero
     * @return 16 bits; 0 if the bytes contain their own checksum and are sound
     */
    public static int of(byte[] bytes, int at, int length) {
        return fold(sum(bytes, at, length));
    }

    /**
     * The checksum of what a packet carries, with the pseudo header of IPv4 or IPv6 before it. Source: RFC 9293 3.1, RFC 8200 8.1.
     *
     * @param frame a frame with a sound packet, see {@link Ip}
     * @param at index of the first byte behind the IP header
     * @param protocol what it carries
     * @return 16 bits; 0 if the bytes contain their own checksum and are sound
     */
    public static int ofPayload(byte[] frame, int at, int protocol) {
        int end = Ip.end(frame);
        int addresses = Ip.inet6(frame) ? Ethernet.HEADER + 8 : Ethernet.HEADER + 12;
        int addressesLength = Ip.inet6(frame) ? 32 : 8;
        return fold(sum(frame, addresses, addressesLength) + protocol + (end - at) + sum(frame, at, end - at));
    }

    /**
     * The checksum after one 16-bit word under it has changed. Source: RFC 1624, equation 3.
     *
     * @param checksum the checksum before
     * @param before the word before
     * @param after the word after
     * @return the new checksum
     */
    public static int updated(int checksum, int before, int after) {
        return fold((~checksum & 0xffff) + (~before & 0xffff) + (after & 0xffff));
    }

    private static long sum(byte[] bytes, int at, int length) {
        long sum = 0;
        int end = at + length;
        int i = at;
        for (; i + 3 < end; i += 4) {
            sum += NetworkOrder.int32(bytes, i) & LOW_32;
        }
        if (i + 1 < end) {
            sum += NetworkOrder.int16(bytes, i);
            i += 2;
        }
        if (i < end) {
            sum += NetworkOrder.int8(bytes, i) << 8;
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = (sum & LOW_32) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ~folded & 0xffff;
    }
}
