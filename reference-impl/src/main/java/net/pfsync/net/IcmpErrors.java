package net.pfsync.net;

import net.pfsync.time.Clock;

/**
 * Tells senders what became of their packets.
 *
 * <p>Nothing is sent about ICMP errors, about fragments other than the first, about packets to groups or to everybody on a link, or to addresses
 * that are not those of one station; and no more than {@link #PER_SECOND} in a second. As much of the packet is quoted as fits the longest
 * packet that every link takes. Sources: RFC 1812, 4.3.2; RFC 4443, 2.4; the rate is OpenBSD's default, sysctl(2) errppslimit.
 */
final class IcmpErrors {

    static final int PER_SECOND = 100;

    private static final int NET = 0;
    private static final int HOST = 1;
    private static final int PORT = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int NO_ROUTE6 = 0;
    private static final int BEYOND_SCOPE6 = 2;
    private static final int ADDRESS6 = 3;
    private static final int PORT6 = 4;

    private static final int LONGEST_IPV4 = 576;
    private static final int LONGEST_IPV6 = 1280;
    private static final int MOST_EXTENSION_HEADERS = 8;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int FRAGMENT_OFFSET6 = 0xfff8;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    private final OwnAddresses own;
    private final IpOutput output;
    private final IpStatistics statistics;
    private final RateLimit limit;

    IcmpErrors(OwnAddresses own, IpOutput output, IpStatistics statistics, Clock clock) {
        this.own = own;
        this.output = output;
        this.statistics = statistics;
        this.limit = new RateLimit(clock, PER_SECOND);
    }

    void timeExceeded(NetworkInterface from, byte[] frame) {
        send(from, frame, Icmp.TIME_EXCEEDED, 0, Icmp.TIME_EXCEEDED6, 0, 0);
    }

    void noRoute(NetworkInterface from, byte[] frame) {
        send(from, frame, Icmp.UNREACHABLE, NET, Icmp.UNREACHABLE6, NO_ROUTE6, 0);
    }

    void neighbourDown(NetworkInterface from, byte[] frame) {
        send(from, frame, Icmp.UNREACHABLE, HOST, Icmp.UNREACHABLE6, ADDRESS6, 0);
    }

    void portUnreachable(NetworkInterface from, byte[] frame) {
        send(from, frame, Icmp.UNREACHABLE, PORT, Icmp.UNREACHABLE6, PORT6, 0);
    }

    /** An IPv6 packet from a link-local address to one that is not on the link. */
    void beyondScope(NetworkInterface from, byte[] frame) {
        send(from, frame, Icmp.UNREACHABLE, HOST, Icmp.UNREACHABLE6, BEYOND_SCOPE6, 0);
    }

    void tooBig(NetworkInterface from, byte[] frame, int mtu) {
        send(from, frame, Icmp.UNREACHABLE, FRAGMENTATION_NEEDED, Icmp.TOO_BIG6, 0, mtu);
    }

    private void send(NetworkInterface from, byte[] frame, int type, int code, int type6, int code6, int rest) {
        boolean inet6 = Ip.inet6(frame);
        if (!Addresses.oneStation(inet6, Ip.sourceHi(frame), Ip.sourceLo(frame))
                || own.broadcast(inet6, Ip.sourceHi(frame))
                || Ethernet.toGroup(frame)
                || Addresses.group(inet6, Ip.destinationHi(frame))
                || own.broadcast(inet6, Ip.destinationHi(frame))
                || (inet6 ? unanswerable6(frame) : unanswerable4(frame))) {
            return;
        }
        IpAddress speaker = from.addressTowards(inet6, Ip.sourceHi(frame), Ip.sourceLo(frame));
        if (speaker == null) {
            return;
        }
        if (!limit.allows()) {
            statistics.count(IpCounter.ICMP_ERRORS_LIMITED);
            return;
        }
        int longest = inet6 ? LONGEST_IPV6 - Ip.IPV6_HEADER : LONGEST_IPV4 - Ip.IPV4_HEADER;
        int quoted = Math.min(Ip.length(frame), longest - Icmp.HEADER);
        byte[] error = Icmp.make(
                speaker, Ip.source(frame), inet6 ? type6 : type, inet6 ? code6 : code, rest, frame, Ip.START, quoted);
        statistics.count(IpCounter.ICMP_ERRORS);
        output.reply(from, error);
    }

    private static boolean unanswerable4(byte[] frame) {
        int payload = Ip.payload(frame);
        return (NetworkOrder.int16(frame, Ip.START + 6) & FRAGMENT_OFFSET) != 0
                || (Ip.protocol(frame) == Ip.ICMP
                        && payload < Ip.end(frame)
                        && Icmp.error(NetworkOrder.int8(frame, payload)));
    }

    /** Walks the extension headers; a packet with more of them than anybody needs is not answered either. */
    private static boolean unanswerable6(byte[] frame) {
        int end = Ip.end(frame);
        int header = Ip.protocol(frame);
        int at = Ip.START + Ip.IPV6_HEADER;
        for (int i = 0; i < MOST_EXTENSION_HEADERS; i++) {
            if (header == Ip.ICMPV6) {
                return at < end && Icmp.error6(NetworkOrder.int8(frame, at));
            }
            if (header != HOP_BY_HOP && header != ROUTING && header != FRAGMENT && header != DESTINATION_OPTIONS) {
                return false;
            }
            if (at + 8 > end || (header == FRAGMENT && (NetworkOrder.int16(frame, at + 2) & FRAGMENT_OFFSET6) != 0)) {
                return true;
            }
            int length = header == FRAGMENT ? 8 : 8 + 8 * NetworkOrder.int8(frame, at + 1);
            header = NetworkOrder.int8(frame, at);
            at += length;
        }
        return true;
    }
}
