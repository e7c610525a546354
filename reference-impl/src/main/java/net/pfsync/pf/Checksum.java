package net.pfsync.pf;

/** The checksum of IP, TCP, UDP and ICMP: computed whole, or adjusted for one changed word. Source: RFC 1071, RFC 1624. */
final class Checksum {

    private static final int MASK = 0xffff;

    private Checksum() {}

    /**
     * The sum over a range of bytes, to be continued and then finished.
     *
     * @param sum what was summed before, 0 at first
     * @param bytes the bytes
     * @param at the first of them
     * @param length how many; an odd last byte counts as if a zero followed
     * @return a sum that is not folded yet
     */
    static long sum(long sum, byte[] bytes, int at, int length) {
        long total = sum;
        int even = length & ~1;
        for (int i = 0; i < even; i += 2) {
            total += (bytes[at + i] & 0xff) << 8 | (bytes[at + i + 1] & 0xff);
        }
        return even == length ? total : total + ((bytes[at + even] & 0xff) << 8);
    }

    /**
     * Folds a sum and complements it.
     *
     * @param sum from {@link #sum}
     * @return the checksum, 0 to 0xffff
     */
    static int finish(long sum) {
        return ~fold(sum) & MASK;
    }

    /**
     * What a checksum becomes when one 16-bit word under it changes.
     *
     * @param checksum the checksum so far
     * @param old the word so far
     * @param changed the new word
     * @return the new checksum, 0 to 0xffff
     */
    static int adjusted(int checksum, int old, int changed) {
        return ~fold((~checksum & MASK) + (~old & MASK) + (long) changed) & MASK;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & MASK) + (folded >>> 16);
        }
        return (int) folded;
    }
}
