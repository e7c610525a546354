package net.pfsync.suite.replay;

/**
 * One thing that is not as the kernel had it.
 *
 * @param what what it is: {@code counters badval}, {@code reply 0 byte 124},
 *     {@code table 0000000000001111/deadbeef src.seqlo}
 * @param expected as recorded
 * @param got as ours did
 */
record Difference(String what, String expected, String got) {

    static Difference of(String what, Object expected, Object got) {
        return new Difference(what, String.valueOf(expected), String.valueOf(got));
    }

    @Override
    public String toString() {
        return what + " expected " + expected + " got " + got;
    }
}
