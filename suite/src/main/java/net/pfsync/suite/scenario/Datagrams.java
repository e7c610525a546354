package net.pfsync.suite.scenario;

import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;

/** Packets of hosts, where their traffic was not captured: headers are right, checksums of what is within are not. */
final class Datagrams {

    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int ICMP_HEADER = 8;
    private static final int WINDOW = 64_240;

    private Datagrams() {}

    /** A UDP datagram. */
    static byte[] udp(String from, int fromPort, String to, int toPort, int payload) {
        byte[] frame = Ip.make(IpAddress.parse(from), IpAddress.parse(to), Ip.UDP, UDP_HEADER + payload);
        int at = Ip.payload(frame);
        put16(frame, at, fromPort);
        put16(frame, at + 2, toPort);
        put16(frame, at + 4, UDP_HEADER + payload);
        return Ip.packet(frame);
    }

    /** A TCP segment. */
    static byte[] tcp(String from, int fromPort, String to, int toPort, int flags, long seq, long ack, int payload) {
        byte[] frame = Ip.make(IpAddress.parse(from), IpAddress.parse(to), Ip.TCP, TCP_HEADER + payload);
        int at = Ip.payload(frame);
        put16(frame, at, fromPort);
        put16(frame, at + 2, toPort);
        put16(frame, at + 4, (int) (seq >>> 16));
        put16(frame, at + 6, (int) seq);
        put16(frame, at + 8, (int) (ack >>> 16));
        put16(frame, at + 10, (int) ack);
        put16(frame, at + 12, ((TCP_HEADER / 4) << 12) | flags);
        put16(frame, at + 14, WINDOW);
        return Ip.packet(frame);
    }

    /** An echo request or answer. */
    static byte[] echo(String from, String to, boolean request, int id, int sequence, int payload) {
        byte[] frame = Ip.make(IpAddress.parse(from), IpAddress.parse(to), Ip.ICMP, ICMP_HEADER + payload);
        int at = Ip.payload(frame);
        frame[at] = (byte) (request ? 8 : 0);
        put16(frame, at + 4, id);
        put16(frame, at + 6, sequence);
        return Ip.packet(frame);
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
