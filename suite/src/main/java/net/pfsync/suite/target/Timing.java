package net.pfsync.suite.target;

import java.time.Duration;

/**
 * How exactly an arena tells times: the limits of the classes that cases speak of.
 *
 * @param atOnce the longest time that an immediate answer may take
 * @param early how much sooner than its time a timer may be seen to fire
 * @param late how much later than its time a timer may be seen to fire
 */
public record Timing(Duration atOnce, Duration early, Duration late) {

    /**
     * Virtual time: only the LAN takes time, so an immediate answer is far from the next tick of a kernel's clock (10 ms).
     * Timers of real kernels were seen from 10 ms too early to 100 ms too late (recorded, "Times"), and a purge or a tick may
     * lie between.
     */
    public static final Timing VIRTUAL =
            new Timing(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(110));
}
