package net.pfsync.net;

import java.util.Arrays;

/**
 * An IPv4 or IPv6 address.
 *
 * @param inet6 true for IPv6
 * @param hi the first eight bytes in network order; an IPv4 address is in the first four of them, and the others are 0
 * @param lo the last eight bytes; 0 for IPv4
 */
public record IpAddress(boolean inet6, long hi, long lo) {

    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final long SOLICITED_NODE_HI = 0xff02_0000_0000_0000L;
    private static final long SOLICITED_NODE_LO = 0x0000_0001_ff00_0000L;
    private static final long LOW_24_BITS = 0xff_ffffL;
    private static final long LINK_LOCAL_HI = 0xfe80_0000_0000_0000L;
    private static final long LINK_LOCAL_MASK = 0xffc0_0000_0000_0000L;

    /**
     * An IPv4 address.
     *
     * @param address its 32 bits, the first byte highest
     * @return the address
     */
    public static IpAddress ipv4(int address) {
        return new IpAddress(false, (long) address << 32, 0);
    }

    /**
     * Reads an address.
     *
     * @param text such as {@code 192.0.2.1} or {@code 2001:db8::1}
     * @return the address
     * @throws IllegalArgumentException if it is anything else
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? ipv4(Ipv4Address.parse(text)) : ipv6(text);
    }

    private static IpAddress ipv6(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
        int given = head.length + tail.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            throw new IllegalArgumentException("not an IPv6 address: " + text);
        }
        long[] halves = new long[2];
        for (int i = 0; i < head.length; i++) {
            place(halves, i, group(head[i], text));
        }
        for (int i = 0; i < tail.length; i++) {
            place(halves, GROUPS - tail.length + i, group(tail[i], text));
        }
        return new IpAddress(true, halves[0], halves[1]);
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static long group(String digits, String text) {
        if (!digits.matches("[0-9a-fA-F]{1,4}")) {
            throw new IllegalArgumentException("not an IPv6 address: " + text);
        }
        return Long.parseLong(digits, 16);
    }

    private static void place(long[] halves, int group, long value) {
        halves[group / 4] |= value << (GROUP_BITS * (3 - group % 4));
    }

    /**
     * The address that an interface has on every link. Source: RFC 4291, 2.5.6 and appendix A.
     *
     * @param station the interface's Ethernet address
     * @return an address of fe80::/64
     */
    public static IpAddress linkLocal(MacAddress station) {
        long mac = station.value();
        long lo = (mac >>> 24 << 40) | 0xff_fe00_0000L | (mac & LOW_24_BITS);
        return new IpAddress(true, LINK_LOCAL_HI, lo ^ 0x0200_0000_0000_0000L);
    }

    /**
     * The group in which neighbours look for this IPv6 address. Source: RFC 4291, 2.7.1.
     *
     * @return ff02::1:ff00:0 and the address's last 24 bits
     */
    public IpAddress solicitedNode() {
        return new IpAddress(true, SOLICITED_NODE_HI, SOLICITED_NODE_LO | (lo & LOW_24_BITS));
    }

    /**
     * The address as 32 bits.
     *
     * @return the first four bytes, which are all of an IPv4 address
     */
    public int ipv4() {
        return (int) (hi >>> 32);
    }

    /**
     * Whether it is the address of an IPv6 interface on its link only.
     *
     * @return true for fe80::/10
     */
    public boolean linkLocal() {
        return inet6 && linkLocal(hi);
    }

    static boolean linkLocal(long hi) {
        return (hi & LINK_LOCAL_MASK) == LINK_LOCAL_HI;
    }

    @Override
    public String toString() {
        return inet6 ? text6() : Ipv4Address.text(ipv4());
    }

    /** RFC 5952: small letters, no leading zeros, the first longest run of two or more zero groups as two colons. */
    private String text6() {
        int[] groups = new int[GROUPS];
        Arrays.setAll(groups, i -> (int) ((i < 4 ? hi : lo) >>> (GROUP_BITS * (3 - i % 4))) & 0xffff);
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = i;
            while (zeros < GROUPS && groups[zeros] == 0) {
                zeros++;
            }
            if (zeros - i > gapLength) {
                gap = i;
                gapLength = zeros - i;
            }
        }
        if (gap < 0) {
            return hex(groups, 0, GROUPS);
        }
        return hex(groups, 0, gap) + "::" + hex(groups, gap + gapLength, GROUPS);
    }

    private static String hex(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
