package net.pfsync.wire;

import java.util.Locale;

/** Everything that can be wrong with a frame as such, with its counter and words for two numbers. */
enum Flaw {
    /** The packet never reaches pfsync. */
    NO_IP(null, "not an IP packet: version %d, %d bytes"),
    IP_CUT(null, "the IP header says %d bytes, %d are here; a receiver drops the packet before pfsync"),
    IP_HEADER_LENGTH(null, "IP header of %d bytes in a packet of %d; a receiver drops it before pfsync"),
    IP_CHECKSUM(null, "wrong IP header checksum %d, right is %d; a receiver drops the packet before pfsync"),
    IP_PROTOCOL(null, "IP protocol %d is not pfsync's (%d)"),
    IP_FRAGMENT(null, "a fragment at %d, %d bytes; a receiver puts the packet together before pfsync sees it"),
    IP_VERSION(null, "pfsync over IPv%d is unknown to this dialect (only IPv%d)"),

    TTL(Counter.BADTTL, "TTL %d instead of %d"),
    SHORT_HEADER(Counter.HDROPS, "%d bytes behind the IP header, the pfsync header has %d"),
    VERSION(Counter.BADVER, "version %d instead of %d"),
    LENGTH(Counter.BADLEN, "the header announces %d bytes, the packet has %d"),

    /** A real receiver reads beyond the packet and stops. */
    NO_END(null, "no EOF: %d bytes left for a subheader of %d; a receiver reads beyond the packet and stops"),
    UNASSIGNED(Counter.BADACT, "action %d is not assigned, %d is the first that is not"),
    UNSUPPORTED(Counter.BADACT, "action %d has no message in this dialect, %d announced"),
    SHORT_MESSAGE(Counter.BADACT, "action %d with messages of %d bytes cannot be skipped"),
    BUS_CUT(Counter.BADLEN, "BUS announces %d bytes, %d are left; counted only while a bulk transfer is waited for"),
    CUT(Counter.BADLEN, "the section announces %d bytes, %d are left"),
    EMPTY_AT_END(Counter.BADLEN, "an empty section at the very end of the packet (%d messages, %d bytes left)"),
    LONG_SECTION(Counter.BADLEN, "a section of %d bytes is longer than %d"),
    EOF_ELSEWHERE(Counter.BADLEN, "%d bytes behind EOF instead of %d");

    private final Counter counter;
    private final String pattern;

    Flaw(Counter counter, String pattern) {
        this.counter = counter;
        this.pattern = pattern;
    }

    Problem at(int offset, int a, int b) {
        return at(offset, counter, a, b);
    }

    Problem at(int offset, Counter other, int a, int b) {
        return new Problem(other, offset, String.format(Locale.ROOT, pattern, a, b));
    }

    Counter counter() {
        return counter;
    }
}
