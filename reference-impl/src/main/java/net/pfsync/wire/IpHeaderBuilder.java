package net.pfsync.wire;

import java.util.Arrays;

/**
 * Makes the IP header of a frame, right by default and wrong wherever it is asked to be. IPv6 as soon as one of the
 * addresses is.
 */
final class IpHeaderBuilder {
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;

    private byte[] source;
    private byte[] destination;
    private Integer tos;
    private int id;
    private int fragment = DONT_FRAGMENT;
    private int ttl = IpHeader.TTL;
    private int protocol = IpHeader.PFSYNC;
    private Integer checksum;
    private Integer totalLength;
    private byte[] options = {};

    void source(String address) {
        source = Addresses.parse(address);
    }

    void destination(String address) {
        destination = Addresses.parse(address);
    }

    void tos(int value) {
        tos = value;
    }

    void id(int value) {
        id = value;
    }

    void df(boolean value) {
        fragment = value ? fragment | DONT_FRAGMENT : fragment & ~DONT_FRAGMENT;
    }

    void fragment(int offset, boolean more) {
        fragment = (fragment & DONT_FRAGMENT) | (more ? MORE_FRAGMENTS : 0) | offset / 8;
    }

    void ttl(int value) {
        ttl = value;
    }

    void protocol(int value) {
        protocol = value;
    }

    void checksum(int value) {
        checksum = value;
    }

    void totalLength(int value) {
        totalLength = value;
    }

    void options(byte[] value) {
        options = Arrays.copyOf(value, (value.length + 3) / 4 * 4);
    }

    /** The header in front of that many bytes. */
    byte[] build(int payload) {
        boolean six = isIpv6(source) || isIpv6(destination);
        return six ? ipv6(payload) : ipv4(payload);
    }

    private static boolean isIpv6(byte[] address) {
        return address != null && address.length == Addresses.IPV6_SIZE;
    }

    private byte[] ipv4(int payload) {
        byte[] header = new byte[IpHeader.IPV4_SIZE + options.length];
        header[0] = (byte) (4 << 4 | header.length / 4);
        header[1] = (byte) (tos == null ? IpHeader.TOS_LOWDELAY : tos);
        ByteAccess.put16(header, 2, totalLength == null ? header.length + payload : totalLength);
        ByteAccess.put16(header, 4, id);
        ByteAccess.put16(header, IpHeader.FRAGMENT, fragment);
        header[8] = (byte) ttl;
        header[9] = (byte) protocol;
        put(header, 12, source, Addresses.IPV4_SIZE, "0.0.0.0");
        put(header, 16, destination, Addresses.IPV4_SIZE, IpHeader.GROUP);
        System.arraycopy(options, 0, header, IpHeader.IPV4_SIZE, options.length);
        int right = IpHeader.checksum(header, 0, header.length);
        ByteAccess.put16(header, IpHeader.CHECKSUM, checksum == null ? right : checksum);
        return header;
    }

    private byte[] ipv6(int payload) {
        byte[] header = new byte[IpHeader.IPV6_SIZE];
        ByteAccess.put32(header, 0, 6 << 28 | (tos == null ? 0 : tos) << 20);
        ByteAccess.put16(header, 4, totalLength == null ? payload : totalLength - header.length);
        header[6] = (byte) protocol;
        header[7] = (byte) ttl;
        put(header, 8, source, Addresses.IPV6_SIZE, "::");
        put(header, 24, destination, Addresses.IPV6_SIZE, IpHeader.GROUP6);
        return header;
    }

    private static void put(byte[] header, int at, byte[] address, int size, String otherwise) {
        byte[] bytes = address == null ? Addresses.parse(otherwise) : address;
        if (bytes.length != size) {
            throw new IllegalArgumentException("one address is IPv4, the other IPv6");
        }
        System.arraycopy(bytes, 0, header, at, size);
    }
}
