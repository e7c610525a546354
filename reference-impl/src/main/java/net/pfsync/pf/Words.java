package net.pfsync.pf;

/** Numbers in network order. */
final class Words {

    private Words() {}

    static int get16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    static int get32(byte[] bytes, int at) {
        return get16(bytes, at) << 16 | get16(bytes, at + 2);
    }

    static long get64(byte[] bytes, int at) {
        return (long) get32(bytes, at) << 32 | (get32(bytes, at + 4) & 0xffffffffL);
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value >>> 16);
        put16(bytes, at + 2, value & 0xffff);
    }

    static void put64(byte[] bytes, int at, long value) {
        put32(bytes, at, (int) (value >>> 32));
        put32(bytes, at + 4, (int) value);
    }
}
