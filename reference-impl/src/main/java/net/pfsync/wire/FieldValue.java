package net.pfsync.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The value of a field in the forms of the vectors: numbers, hex for opaque fields and bytes, text, addresses. */
final class FieldValue {
    static final int AF_INET = 2;

    // struct sockaddr: length, family, port; the address is at 4 (IPv4) or behind the flow label at 8 (IPv6).
    static final int SA_LEN = 0;
    static final int SA_FAMILY = 1;
    static final int SIN_ADDR = 4;
    static final int SIN_SIZE = 16;
    static final int SIN6_ADDR = 8;
    static final int SIN6_SIZE = 28;

    private static final HexFormat HEX = HexFormat.of();

    private FieldValue() {}

    /** Integer, Long, BigInteger (only for 64 bits above 2^63 - 1) or String. */
    static Object read(Message message, Field field) {
        byte[] array = message.array();
        int at = message.offset() + field.offset();
        if (field.order() == Field.Order.OPAQUE) {
            return HEX.formatHex(array, at, at + field.size());
        }
        return switch (field.type()) {
            case U8 -> ByteAccess.u8(array, at);
            case U16 -> ByteAccess.u16(array, at);
            case U32 -> ByteAccess.u32(array, at);
            case I32 -> ByteAccess.i32(array, at);
            case U64 -> unsigned(ByteAccess.i64(array, at));
            case CHARS -> text(array, at, field.size());
            case BYTES -> HEX.formatHex(array, at, at + field.size());
            case ADDR16 -> address(message, field, at);
            case SOCKADDR -> sockaddrText(array, at, message.layout().inet6());
        };
    }

    /** As {@link #read}; a {@code sockaddr} as the number of its family. */
    static String shown(Message message, Field field) {
        return field.type() == Field.Type.SOCKADDR
                ? "family " + ByteAccess.u8(message.array(), message.offset() + field.offset() + SA_FAMILY)
                : read(message, field).toString();
    }

    /** Text up to the first NUL, at most {@code size} bytes, one character per byte. */
    static String text(byte[] array, int at, int size) {
        int end = at;
        while (end < at + size && array[end] != 0) {
            end++;
        }
        return new String(array, at, end - at, StandardCharsets.ISO_8859_1);
    }

    /** 4 or 16 bytes, none if the family is neither. */
    static byte[] sockaddrAddress(byte[] array, int at, int inet6) {
        int family = ByteAccess.u8(array, at + SA_FAMILY);
        if (family == AF_INET) {
            return Arrays.copyOfRange(array, at + SIN_ADDR, at + SIN_ADDR + Addresses.IPV4_SIZE);
        }
        if (family == inet6) {
            return Arrays.copyOfRange(array, at + SIN6_ADDR, at + SIN6_ADDR + Addresses.IPV6_SIZE);
        }
        return new byte[0];
    }

    /** Empty if the family is neither IPv4 nor IPv6. */
    static String sockaddrText(byte[] array, int at, int inet6) {
        int family = ByteAccess.u8(array, at + SA_FAMILY);
        if (family == AF_INET) {
            return Addresses.text4(array, at + SIN_ADDR);
        }
        return family == inet6 ? Addresses.text6(array, at + SIN6_ADDR) : "";
    }

    /**
     * Writes a value in one of the forms of {@link MessageBuilder#set}.
     *
     * @param at index of the field's first byte
     * @throws IllegalArgumentException if the field cannot hold it
     */
    static void write(byte[] array, int at, Field field, int inet6, Object value) {
        if (value instanceof byte[] bytes) {
            putBytes(array, at, field, bytes);
            return;
        }
        switch (field.type()) {
            case U8, U16, U32, U64, I32 -> putNumber(array, at, field, number(field, value));
            case CHARS -> putText(array, at, field, value.toString());
            case BYTES -> putBytes(array, at, field, hex(field, value.toString()));
            case ADDR16 -> putPadded(array, at, field, Addresses.parse(value.toString()));
            case SOCKADDR -> putPadded(array, at, field, sockaddr(Addresses.parse(value.toString()), inet6));
        }
    }

    private static Object unsigned(long value) {
        return value >= 0 ? value : (Object) new BigInteger(Long.toUnsignedString(value));
    }

    /** An address without a valid family is shown as IPv4 unless it can only be IPv6. */
    private static String address(Message message, Field field, int at) {
        Layout layout = message.layout();
        int family = family(message, field.name());
        boolean six = family == layout.inet6() || (family != AF_INET && Addresses.looksLike6(message.array(), at));
        return six ? Addresses.text6(message.array(), at) : Addresses.text4(message.array(), at);
    }

    private static int family(Message message, String field) {
        if (!(message instanceof StateMessage state)) {
            return 0;
        }
        int own = 0;
        if (field.startsWith("key[0]")) {
            own = state.keyAf(StateMessage.WIRE);
        } else if (field.startsWith("key[1]")) {
            own = state.keyAf(StateMessage.STACK);
        } else if (state.layout().rtAf >= 0) {
            own = ByteAccess.u8(state.array(), state.offset() + state.layout().rtAf);
        }
        return own == 0 ? state.af() : own;
    }

    private static long number(Field field, Object value) {
        if (value instanceof BigInteger big) {
            return big.longValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = value.toString();
        try {
            if (text.startsWith("0x")) {
                return Long.parseUnsignedLong(text, 2, text.length(), 16);
            }
            return field.order() == Field.Order.OPAQUE
                    ? Long.parseUnsignedLong(text, 16)
                    : text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field.name() + ": not a number: '" + text + "'; "
                    + (field.order() == Field.Order.OPAQUE ? "hex as on the wire" : "decimal, or hex behind 0x"));
        }
    }

    private static void putNumber(byte[] array, int at, Field field, long value) {
        int bits = 8 * field.size();
        if (bits < Long.SIZE && (value >= 1L << bits || value < -(1L << (bits - 1)))) {
            throw new IllegalArgumentException(field.name() + ": " + value + " does not fit into " + bits + " bits");
        }
        switch (field.size()) {
            case Byte.BYTES -> ByteAccess.put8(array, at, (int) value);
            case Short.BYTES -> ByteAccess.put16(array, at, (int) value);
            case Integer.BYTES -> ByteAccess.put32(array, at, (int) value);
            default -> ByteAccess.put64(array, at, value);
        }
    }

    private static void putText(byte[] array, int at, Field field, String text) {
        putPadded(array, at, field, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] hex(Field field, String text) {
        try {
            return HEX.parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field.name() + ": not hex: '" + text + "'");
        }
    }

    private static byte[] sockaddr(byte[] address, int inet6) {
        boolean six = address.length == Addresses.IPV6_SIZE;
        byte[] sockaddr = new byte[SIN6_SIZE];
        sockaddr[SA_LEN] = (byte) (six ? SIN6_SIZE : SIN_SIZE);
        sockaddr[SA_FAMILY] = (byte) (six ? inet6 : AF_INET);
        System.arraycopy(address, 0, sockaddr, six ? SIN6_ADDR : SIN_ADDR, address.length);
        return sockaddr;
    }

    private static void putBytes(byte[] array, int at, Field field, byte[] bytes) {
        if (bytes.length != field.size()) {
            throw new IllegalArgumentException(
                    field.name() + ": " + bytes.length + " bytes for a field of " + field.size());
        }
        System.arraycopy(bytes, 0, array, at, bytes.length);
    }

    private static void putPadded(byte[] array, int at, Field field, byte[] bytes) {
        if (bytes.length > field.size()) {
            throw new IllegalArgumentException(
                    field.name() + ": " + bytes.length + " bytes do not fit into " + field.size());
        }
        putBytes(array, at, field, Arrays.copyOf(bytes, field.size()));
    }
}
