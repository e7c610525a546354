package net.pfsync.net;

import net.pfsync.time.Clock;

/** Lets at most so many things happen in any one second of the clock. */
final class RateLimit {

    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final int perSecond;
    private long startNanos;
    private int count;

    RateLimit(Clock clock, int perSecond) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.startNanos = clock.nanos();
    }

    boolean allows() {
        long now = clock.nanos();
        if (now - startNanos >= SECOND) {
            startNanos = now;
            count = 0;
        }
        return count++ < perSecond;
    }
}
