package net.pfsync.net.tcp;

/** Comparison of sequence numbers, which are 32 bits and wrap. Source: RFC 9293, 3.4. */
final class SequenceNumber {

    private SequenceNumber() {}

    static boolean after(int one, int other) {
        return one - other > 0;
    }

    static boolean before(int one, int other) {
        return one - other < 0;
    }

    static int later(int one, int other) {
        return after(one, other) ? one : other;
    }
}
