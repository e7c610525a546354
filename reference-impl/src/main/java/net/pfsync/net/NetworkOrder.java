package net.pfsync.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of packets: the byte of the lowest index is the highest.
 *
 * <p>Every method throws {@link IndexOutOfBoundsException} if the bytes are not all inside the array.
 */
public final class NetworkOrder {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    /** One byte, 0 to 255. */
    public static int int8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /** Two bytes, 0 to 65535. */
    public static int int16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    /** Four bytes; the highest bit is the sign. */
    public static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** Eight bytes; the highest bit is the sign. */
    public static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Writes the low 16 bits. */
    public static void put16(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
