package net.pfsync.net;

/** Which addresses mean one station, and which do not. Sources: RFC 1122, 3.2.1.3; RFC 1812, 5.3.7; RFC 4291, 2.4. */
final class Addresses {

    private static final int THIS_NETWORK = 0;
    private static final int LOOPBACK = 127;
    private static final int FIRST_MULTICAST = 224;
    private static final int IPV6_MULTICAST = 0xff;

    private Addresses() {}

    /** Whether packets with this source can be answered, and packets to this destination be forwarded: not unspecified, loopback, group or reserved. */
    static boolean oneStation(boolean inet6, long hi, long lo) {
        if (inet6) {
            return hi >>> 56 != IPV6_MULTICAST && (hi != 0 || lo >>> 1 != 0);
        }
        int first = (int) (hi >>> 56);
        return first != THIS_NETWORK && first != LOOPBACK && first < FIRST_MULTICAST;
    }

    /** Whether it is the address of a multicast group. */
    static boolean group(boolean inet6, long hi) {
        return inet6 ? hi >>> 56 == IPV6_MULTICAST : hi >>> 60 == 0xe;
    }
}
