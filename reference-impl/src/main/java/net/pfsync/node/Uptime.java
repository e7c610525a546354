package net.pfsync.node;

import net.pfsync.time.Clock;

/** How long a machine has been up, which may be longer than it exists here. */
final class Uptime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Clock clock;
    private final long bootNanos;
    private final long bootEpochSeconds;

    Uptime(Clock clock, long secondsAlready) {
        this.clock = clock;
        this.bootNanos = clock.nanos() - secondsAlready * NANOS_PER_SECOND;
        this.bootEpochSeconds = clock.epochSeconds() - secondsAlready;
    }

    long seconds() {
        return Math.floorDiv(clock.nanos() - bootNanos, NANOS_PER_SECOND);
    }

    long bootEpochSeconds() {
        return bootEpochSeconds;
    }
}
