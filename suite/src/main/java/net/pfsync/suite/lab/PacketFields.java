package net.pfsync.suite.lab;

import java.util.OptionalInt;
import net.pfsync.net.Icmp;
import net.pfsync.net.Ip;
import net.pfsync.net.NetworkOrder;
import net.pfsync.suite.state.Endpoint;

/**
 * What the suite reads in packets that came through a firewall.
 *
 * <p>The tag of a TCP segment is its window, that of a datagram or an echo its first two bytes of data: pf changes neither.
 */
final class PacketFields {

    static final int UDP_HEADER = 8;
    static final int TCP_HEADER = 20;
    static final int ECHO = 8;
    static final int ECHO_REPLY = 0;
    static final int ECHO6 = 128;
    static final int ECHO_REPLY6 = 129;
    private static final int WINDOW = 14;
    private static final int IDENTIFIER = 4;

    private PacketFields() {}

    /** The tag, if it can be one of the suite's packets. */
    static OptionalInt tag(byte[] frame) {
        int at = Ip.payload(frame);
        int tag = switch (Ip.protocol(frame)) {
            case Ip.TCP -> at + TCP_HEADER;
            case Ip.UDP -> at + UDP_HEADER + 2;
            case Ip.ICMP, Ip.ICMPV6 -> echo(frame) ? at + Icmp.HEADER + 2 : Integer.MAX_VALUE;
            default -> Integer.MAX_VALUE;
        };
        if (tag > Ip.end(frame)) {
            return OptionalInt.empty();
        }
        int from = Ip.protocol(frame) == Ip.TCP ? at + WINDOW : tag - 2;
        return OptionalInt.of(NetworkOrder.int16(frame, from));
    }

    private static boolean echo(byte[] frame) {
        if (Ip.end(frame) - Ip.payload(frame) < Icmp.HEADER) {
            return false;
        }
        int type = frame[Ip.payload(frame)] & 0xff;
        return Ip.inet6(frame) ? type == ECHO6 || type == ECHO_REPLY6 : type == ECHO || type == ECHO_REPLY;
    }

    /** From whom; the port of an echo is its identifier. */
    static Endpoint source(byte[] frame) {
        return new Endpoint(Ip.source(frame).toString(), port(frame, 0));
    }

    /** To whom. */
    static Endpoint destination(byte[] frame) {
        return new Endpoint(Ip.destination(frame).toString(), port(frame, 2));
    }

    private static int port(byte[] frame, int offset) {
        boolean ports = Ip.protocol(frame) == Ip.TCP || Ip.protocol(frame) == Ip.UDP;
        return NetworkOrder.int16(frame, Ip.payload(frame) + (ports ? offset : IDENTIFIER));
    }

    /** Sequence number of a TCP segment. */
    static int sequence(byte[] frame) {
        return NetworkOrder.int32(frame, Ip.payload(frame) + 4);
    }
}
