package net.pfsync.net;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param value the 48 bits, the first byte highest
 */
public record MacAddress(long value) {

    /** The address of all stations. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /** Its length in bytes. */
    public static final int SIZE = 6;

    private static final long MULTICAST_IPV4 = 0x0100_5e00_0000L;
    private static final long MULTICAST_IPV6 = 0x3333_0000_0000L;
    private static final int LOW_23_BITS = 0x7fffff;
    private static final int GROUP_BIT = 40;

    /**
     * Reads the usual form.
     *
     * @param text six bytes in hexadecimal with colons between them
     * @return the address
     * @throws IllegalArgumentException if it is anything else
     */
    public static MacAddress parse(String text) {
        byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("an Ethernet address has 6 bytes: " + text);
        }
        return at(bytes, 0);
    }

    /**
     * Reads an address out of a frame.
     *
     * @param frame the frame
     * @param at index of the first of six bytes
     * @return the address
     */
    public static MacAddress at(byte[] frame, int at) {
        long value = 0;
        for (int i = 0; i < SIZE; i++) {
            value = (value << 8) | (frame[at + i] & 0xff);
        }
        return new MacAddress(value);
    }

    /**
     * The address that a multicast group has on Ethernet.
     *
     * @param group an IPv4 group, the first byte highest
     * @return 01:00:5e and the low 23 bits of the group
     */
    public static MacAddress multicast(int group) {
        return new MacAddress(MULTICAST_IPV4 | (group & LOW_23_BITS));
    }

    /** The address that an IPv6 group has on Ethernet: 33:33 and its last 32 bits. Source: RFC 2464, 7. */
    static MacAddress multicast6(long lo) {
        return new MacAddress(MULTICAST_IPV6 | (lo & 0xffff_ffffL));
    }

    /**
     * Whether the address names a group, broadcast included.
     *
     * @return false for the address of one station
     */
    public boolean group() {
        return (value >>> GROUP_BIT & 1) != 0;
    }

    void write(byte[] to, int at) {
        for (int i = 0; i < SIZE; i++) {
            to[at + i] = (byte) (value >>> (8 * (SIZE - 1 - i)));
        }
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[SIZE];
        write(bytes, 0);
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }
}
