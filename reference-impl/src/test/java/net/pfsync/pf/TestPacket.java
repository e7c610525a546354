package net.pfsync.pf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds a packet with right lengths and checksums, in the way opposite to {@link Packet}: field by field, checksums computed whole. */
final class TestPacket {

    private final byte[] source;
    private final byte[] destination;
    private final int proto;
    private int sourcePort;
    private int destinationPort;
    private int ttl = 64;
    private int seq;
    private int ack;
    private int flags;
    private int window = 64240;
    private byte[] tcpOptions = {};
    private byte[] ipOptions = {};
    private byte[] payload = {};
    private int type;
    private int code;
    private int id;
    private boolean withoutUdpChecksum;

    private TestPacket(String from, String to, int proto) {
        this.source = address(from);
        this.destination = address(to);
        this.proto = proto;
    }

    static TestPacket tcp(String from, int sourcePort, String to, int destinationPort) {
        return new TestPacket(from, to, IpProtocol.TCP).ports(sourcePort, destinationPort);
    }

    static TestPacket udp(String from, int sourcePort, String to, int destinationPort) {
        return new TestPacket(from, to, IpProtocol.UDP).ports(sourcePort, destinationPort);
    }

    static TestPacket icmp(String from, String to, int type, int id) {
        TestPacket packet = new TestPacket(from, to, from.contains(":") ? IpProtocol.ICMPV6 : IpProtocol.ICMP);
        packet.type = type;
        packet.id = id;
        return packet;
    }

    /** An ICMP error about a packet. */
    static TestPacket error(String from, String to, int type, int code, byte[] about) {
        TestPacket packet = icmp(from, to, type, 0);
        packet.code = code;
        packet.payload = about;
        return packet;
    }

    static TestPacket other(String from, String to, int proto) {
        return new TestPacket(from, to, proto);
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private TestPacket ports(int from, int to) {
        sourcePort = from;
        destinationPort = to;
        return this;
    }

    TestPacket seq(int number) {
        seq = number;
        return this;
    }

    TestPacket ack(int number) {
        ack = number;
        flags |= TcpFlags.ACK;
        return this;
    }

    TestPacket flags(int set) {
        flags |= set;
        return this;
    }

    TestPacket window(int field) {
        window = field;
        return this;
    }

    TestPacket data(int length) {
        payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');
        return this;
    }

    TestPacket payload(byte... bytes) {
        payload = bytes;
        return this;
    }

    TestPacket ttl(int hops) {
        ttl = hops;
        return this;
    }

    TestPacket withoutUdpChecksum() {
        withoutUdpChecksum = true;
        return this;
    }

    TestPacket options(int... bytes) {
        int old = tcpOptions.length;
        tcpOptions = Arrays.copyOf(tcpOptions, old + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            tcpOptions[old + i] = (byte) bytes[i];
        }
        return this;
    }

    TestPacket mss(int size) {
        return options(2, 4, size >> 8, size & 0xff);
    }

    TestPacket wscale(int shift) {
        return options(1, 3, 3, shift);
    }

    TestPacket timestamps(int tsval, int tsecr) {
        options(1, 1, 8, 10);
        int32(tsval);
        return int32(tsecr);
    }

    TestPacket sack(int left, int right) {
        options(1, 1, 5, 10);
        int32(left);
        return int32(right);
    }

    private TestPacket int32(int value) {
        return options(value >>> 24, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff);
    }

    /** IPv4 options, or a hop-by-hop header in IPv6. */
    TestPacket ipOptions() {
        boolean inet6 = source.length == 16;
        ipOptions = inet6 ? new byte[] {(byte) proto, 0, 1, 4, 0, 0, 0, 0} : new byte[] {(byte) 0x94, 4, 0, 0};
        return this;
    }

    byte[] bytes() {
        byte[] transport = transport();
        boolean inet6 = source.length == 16;
        int header = (inet6 ? 40 : 20) + ipOptions.length;
        ByteBuffer packet = ByteBuffer.allocate(header + transport.length);
        if (inet6) {
            packet.putInt(6 << 28).putShort((short) (ipOptions.length + transport.length));
            packet.put((byte) (ipOptions.length > 0 ? 0 : proto))
                    .put((byte) ttl)
                    .put(source)
                    .put(destination);
        } else {
            packet.put((byte) (0x40 | header / 4)).put((byte) 0).putShort((short) packet.capacity());
            packet.putInt(0x00014000).put((byte) ttl).put((byte) proto).putShort((short) 0);
            packet.put(source).put(destination);
        }
        packet.put(ipOptions).put(transport);
        if (!inet6) {
            packet.putShort(10, (short) sum(0, packet.array(), 0, header));
        }
        return packet.array();
    }

    private byte[] transport() {
        return switch (proto) {
            case IpProtocol.TCP -> tcp();
            case IpProtocol.UDP -> udp();
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp();
            default -> payload;
        };
    }

    private byte[] tcp() {
        byte[] options = Arrays.copyOf(tcpOptions, (tcpOptions.length + 3) / 4 * 4);
        ByteBuffer segment = ByteBuffer.allocate(20 + options.length + payload.length);
        segment.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(seq)
                .putInt(ack);
        segment.put((byte) (((20 + options.length) / 4) << 4))
                .put((byte) flags)
                .putShort((short) window)
                .putInt(0);
        segment.put(options).put(payload);
        segment.putShort(16, (short) sum(pseudo(segment.capacity()), segment.array(), 0, segment.capacity()));
        return segment.array();
    }

    private byte[] udp() {
        ByteBuffer datagram = ByteBuffer.allocate(8 + payload.length);
        datagram.putShort((short) sourcePort).putShort((short) destinationPort);
        datagram.putShort((short) datagram.capacity()).putShort((short) 0).put(payload);
        int sum = sum(pseudo(datagram.capacity()), datagram.array(), 0, datagram.capacity());
        datagram.putShort(6, (short) (withoutUdpChecksum ? 0 : sum == 0 ? 0xffff : sum));
        return datagram.array();
    }

    private byte[] icmp() {
        ByteBuffer message = ByteBuffer.allocate(8 + payload.length);
        message.put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .putShort((short) id)
                .putShort((short) 1);
        message.put(payload);
        long pseudo = proto == IpProtocol.ICMPV6 ? pseudo(message.capacity()) : 0;
        message.putShort(2, (short) sum(pseudo, message.array(), 0, message.capacity()));
        return message.array();
    }

    private long pseudo(int length) {
        long sum = length + (long) proto;
        for (byte[] address : new byte[][] {source, destination}) {
            for (int i = 0; i < address.length; i += 2) {
                sum += ByteBuffer.wrap(address).getShort(i) & 0xffff;
            }
        }
        return sum;
    }

    /** The checksum over a range, on top of a sum. */
    private static int sum(long start, byte[] bytes, int at, int length) {
        long sum = start;
        for (int i = 0; i < length; i++) {
            sum += (i % 2 == 0 ? (bytes[at + i] & 0xff) << 8 : bytes[at + i] & 0xff);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (0xffff - sum);
    }

    /** Whether every checksum of a whole packet is right, those inside an ICMP error included; a UDP checksum of 0 counts as none. */
    static boolean checksumsRight(byte[] bytes) {
        return checksumsRight(bytes, 0, bytes.length);
    }

    private static boolean checksumsRight(byte[] bytes, int at, int length) {
        boolean inet6 = length > 0 && bytes[at] >> 4 == 6;
        int header = length == 0 ? 0 : inet6 ? 40 : (bytes[at] & 0xf) * 4;
        if (header < 20 || header > length) {
            return true; // nothing that could be judged
        }
        int proto = bytes[at + (inet6 ? 6 : 9)] & 0xff;
        int whole = inet6 ? 40 + u16(bytes, at + 4) : u16(bytes, at + 2);
        boolean ip = inet6 || sum(0, bytes, at, header) == 0;
        if (whole > length || whole < header + 8) {
            return ip; // the start of a packet: its transport checksum cannot be judged
        }
        int transport = at + header;
        int size = whole - header;
        long pseudo = proto + (long) size + addressSum(bytes, at, inet6);
        return ip
                && switch (proto) {
                    case IpProtocol.TCP, IpProtocol.ICMPV6 ->
                        sum(pseudo, bytes, transport, size) == 0 && inner(bytes, transport, size, inet6, proto);
                    case IpProtocol.UDP -> u16(bytes, transport + 6) == 0 || sum(pseudo, bytes, transport, size) == 0;
                    case IpProtocol.ICMP ->
                        sum(0, bytes, transport, size) == 0 && inner(bytes, transport, size, inet6, proto);
                    default -> true;
                };
    }

    private static boolean inner(byte[] bytes, int transport, int size, boolean inet6, int proto) {
        boolean error = proto != IpProtocol.TCP
                && IcmpKind.of(inet6, bytes[transport] & 0xff).error();
        return !error || checksumsRight(bytes, transport + 8, size - 8);
    }

    private static long addressSum(byte[] bytes, int at, boolean inet6) {
        long sum = 0;
        for (int i = inet6 ? 8 : 12; i < (inet6 ? 40 : 20); i += 2) {
            sum += u16(bytes, at + i);
        }
        return sum;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
