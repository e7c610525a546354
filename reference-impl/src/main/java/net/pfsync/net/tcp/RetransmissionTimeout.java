package net.pfsync.net.tcp;

/** How long to wait for an acknowledgement, from how long the ones before took. Source: RFC 6298. */
final class RetransmissionTimeout {

    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST = SECOND;
    private static final long LONGEST = 60 * SECOND;

    private final long shortest;
    private long smoothed;
    private long variation;
    private long current = FIRST;

    RetransmissionTimeout(long shortestNanos) {
        this.shortest = shortestNanos;
    }

    long nanos() {
        return current;
    }

    /** A segment that was sent once was acknowledged after this time. */
    void measured(long nanos) {
        if (smoothed == 0) {
            smoothed = nanos;
            variation = nanos / 2;
        } else {
            variation += (Math.abs(smoothed - nanos) - variation) / 4;
            smoothed += (nanos - smoothed) / 8;
        }
        current = Math.clamp(smoothed + 4 * variation, shortest, LONGEST);
    }

    /** Nothing came in time. */
    void expired() {
        current = Math.min(2 * current, LONGEST);
    }
}
