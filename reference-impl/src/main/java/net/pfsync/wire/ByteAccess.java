package net.pfsync.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in network byte order at any index of a byte array. The only place that touches byte order.
 *
 * <p>Every method throws {@link IndexOutOfBoundsException} if the bytes are not all inside the array.
 */
public final class ByteAccess {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private ByteAccess() {}

    /** One byte, 0 to 255. */
    public static int u8(byte[] array, int index) {
        return array[index] & 0xff;
    }

    /** Two bytes, 0 to 65535. */
    public static int u16(byte[] array, int index) {
        return (short) SHORT.get(array, index) & 0xffff;
    }

    /** Four bytes as they are: unsigned values above 2^31 - 1 are negative. */
    public static int i32(byte[] array, int index) {
        return (int) INT.get(array, index);
    }

    /** Four bytes, 0 to 2^32 - 1. */
    public static long u32(byte[] array, int index) {
        return (int) INT.get(array, index) & 0xffff_ffffL;
    }

    /** Eight bytes as they are: unsigned values above 2^63 - 1 are negative. */
    public static long i64(byte[] array, int index) {
        return (long) LONG.get(array, index);
    }

    /** Writes the low 8 bits. */
    public static void put8(byte[] array, int index, int value) {
        array[index] = (byte) value;
    }

    /** Writes the low 16 bits. */
    public static void put16(byte[] array, int index, int value) {
        SHORT.set(array, index, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] array, int index, int value) {
        INT.set(array, index, value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] array, int index, long value) {
        LONG.set(array, index, value);
    }
}
