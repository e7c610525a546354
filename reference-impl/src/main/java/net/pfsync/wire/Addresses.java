package net.pfsync.wire;

import java.util.Arrays;
import java.util.Locale;

/** Text of IP addresses. No names, so nothing is ever looked up. */
public final class Addresses {
    /** Bytes of an IPv4 address. */
    public static final int IPV4_SIZE = 4;

    /** Bytes of an IPv6 address, and of the area that states have for either. */
    public static final int IPV6_SIZE = 16;

    private static final int GROUPS = IPV6_SIZE / 2;

    private Addresses() {}

    /**
     * The bytes of an address of either family, 4 or 16.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static byte[] parse(String text) {
        byte[] address = text.indexOf(':') >= 0 ? parse6(text) : parse4(text);
        if (address == null) {
            throw new IllegalArgumentException(
                    "not an IP address: '" + text + "'; for example 192.0.2.1 or 2001:db8::1");
        }
        return address;
    }

    /** Dotted, such as {@code 192.0.2.1}. */
    public static String text4(byte[] array, int at) {
        return ByteAccess.u8(array, at) + "." + ByteAccess.u8(array, at + 1) + "." + ByteAccess.u8(array, at + 2) + "."
                + ByteAccess.u8(array, at + 3);
    }

    /** All eight groups without leading zeros, as the vectors have the addresses of states. */
    static String text6(byte[] array, int at) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(ByteAccess.u16(array, at + 2 * i)));
        }
        return text.toString();
    }

    /** The longest row of two or more zero groups as {@code ::}, as the vectors have the addresses of IPv6 packets. */
    public static String shortText6(byte[] array, int at) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = 0;
            while (i + zeros < GROUPS && ByteAccess.u16(array, at + 2 * (i + zeros)) == 0) {
                zeros++;
            }
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        if (start < 0) {
            return text6(array, at);
        }
        return groups(array, at, 0, start) + "::" + groups(array, at, start + length, GROUPS);
    }

    /** Whether a 16-byte area can only be an IPv6 address: there is something behind the first 4 bytes. */
    static boolean looksLike6(byte[] array, int at) {
        return ByteAccess.i32(array, at + IPV4_SIZE) != 0 || ByteAccess.i64(array, at + Long.BYTES) != 0;
    }

    private static String groups(byte[] array, int at, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(ByteAccess.u16(array, at + 2 * i)));
        }
        return text.toString();
    }

    private static byte[] parse4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IPV4_SIZE) {
            return null;
        }
        byte[] address = new byte[IPV4_SIZE];
        for (int i = 0; i < IPV4_SIZE; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255) {
                return null;
            }
            address[i] = (byte) value;
        }
        return address;
    }

    private static byte[] parse6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, GROUPS, GROUPS);
        }
        byte[] head = groups(text.substring(0, gap), 0, GROUPS - 1);
        byte[] tail = groups(text.substring(gap + 2), 0, GROUPS - 1);
        if (head == null || tail == null || head.length + tail.length > IPV6_SIZE - 2) {
            return null;
        }
        byte[] address = Arrays.copyOf(head, IPV6_SIZE);
        System.arraycopy(tail, 0, address, IPV6_SIZE - tail.length, tail.length);
        return address;
    }

    private static byte[] groups(String text, int atLeast, int atMost) {
        String[] parts =
                text.isEmpty() ? new String[0] : text.toLowerCase(Locale.ROOT).split(":", -1);
        if (parts.length < atLeast || parts.length > atMost) {
            return null;
        }
        byte[] bytes = new byte[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return null;
            }
            ByteAccess.put16(bytes, 2 * i, value);
        }
        return bytes;
    }

    /** -1 if it is not a number of 1 to {@code digits} digits. */
    private static int number(String text, int radix, int digits) {
        if (text.isEmpty() || text.length() > digits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
