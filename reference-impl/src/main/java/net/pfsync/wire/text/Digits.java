package net.pfsync.wire.text;

import net.pfsync.wire.Addresses;
import net.pfsync.wire.ByteAccess;

/** Numbers and addresses appended without garbage: a capture has millions of them. */
final class Digits {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int SECONDS_PER_MINUTE = 60;

    private Digits() {}

    /** Eight lower-case digits. */
    static void hex8(StringBuilder text, int value) {
        hex(text, value, Integer.SIZE);
    }

    /** Sixteen lower-case digits. */
    static void hex16(StringBuilder text, long value) {
        hex(text, value, Long.SIZE);
    }

    /** Two lower-case digits of each byte. */
    static void bytes(StringBuilder text, byte[] array, int at, int size) {
        for (int i = 0; i < size; i++) {
            hex(text, array[at + i], Byte.SIZE);
        }
    }

    private static void hex(StringBuilder text, long value, int bits) {
        for (int shift = bits - 4; shift >= 0; shift -= 4) {
            text.append(HEX[(int) (value >>> shift) & 0xf]);
        }
    }

    /** Seconds as {@code HH:MM:SS}; hours grow beyond two digits. */
    static void duration(StringBuilder text, long seconds) {
        long minutes = seconds / SECONDS_PER_MINUTE;
        two(text, minutes / SECONDS_PER_MINUTE);
        two(text.append(':'), minutes % SECONDS_PER_MINUTE);
        two(text.append(':'), seconds % SECONDS_PER_MINUTE);
    }

    /** At least two digits. */
    static void two(StringBuilder text, long value) {
        if (value < 10) {
            text.append('0');
        }
        text.append(value);
    }

    static void unsigned(StringBuilder text, long value) {
        if (value >= 0) {
            text.append(value);
        } else {
            text.append(Long.toUnsignedString(value));
        }
    }

    /** Dotted, or with the longest row of zeros as {@code ::}. */
    static void address(StringBuilder text, byte[] array, int at, boolean six) {
        if (six) {
            text.append(Addresses.shortText6(array, at));
            return;
        }
        for (int i = 0; i < Addresses.IPV4_SIZE; i++) {
            if (i > 0) {
                text.append('.');
            }
            text.append(ByteAccess.u8(array, at + i));
        }
    }

    /**
     * Text up to the first NUL. What is neither a letter, a digit nor a sign is escaped as vis(3) does, as octal number: a
     * frame must not be able to write control sequences to a terminal.
     */
    static void visible(StringBuilder text, byte[] array, int at, int size) {
        for (int i = at; i < at + size && array[i] != 0; i++) {
            int next = ByteAccess.u8(array, i);
            if (next == '\\') {
                text.append("\\\\");
            } else if (next > ' ' && next <= '~') {
                text.append((char) next);
            } else {
                text.append('\\')
                        .append((char) ('0' + (next >> 6)))
                        .append((char) ('0' + (next >> 3 & 7)))
                        .append((char) ('0' + (next & 7)));
            }
        }
    }
}
