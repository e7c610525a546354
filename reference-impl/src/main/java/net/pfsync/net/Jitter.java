package net.pfsync.net;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.pfsync.time.Clock;

/**
 * Frames take a little longer, each by another amount, but those of one station stay in their order, as behind a real network card.
 *
 * <p>Without it everything on virtual time happens in lockstep, and races are always decided in the same way.
 */
public final class Jitter implements VirtualLan.Conditions {

    private final Clock clock;
    private final long atMostNanos;
    private final SplittableRandom random;
    private final Map<String, Long> lastArrival = new HashMap<>();

    /**
     * Makes it for one LAN.
     *
     * @param clock the LAN's clock
     * @param atMost the longest delay beyond the LAN's own
     * @param seed of the delays
     */
    public Jitter(Clock clock, Duration atMost, long seed) {
        this.clock = clock;
        this.atMostNanos = atMost.toNanos();
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long delayNanos(String station, byte[] frame) {
        long now = clock.nanos();
        long arrival = now + random.nextLong(atMostNanos + 1);
        Long last = lastArrival.get(station);
        if (last != null && last > arrival) {
            arrival = last;
        }
        lastArrival.put(station, arrival);
        return arrival - now;
    }
}
