package net.pfsync.suite.target.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.pfsync.net.VirtualLan;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.target.Timing;
import net.pfsync.time.VirtualTime;

/**
 * Two LANs, one or two firewalls with a foot in both, and the probe.
 *
 * <pre>
 *   sync LAN   10.9.0.0/24   a .1 (em0)   b .2 (em0)   probe .9
 *   other LAN  10.9.1.0/24   a .1 (em1)   b .2 (em1)   probe .9
 * </pre>
 */
final class EmbeddedBench implements Bench {

    private static final long NEW_YEAR_2026 = 1_767_225_600L;
    private static final Duration LATENCY = Duration.ofNanos(50_000);

    private final VirtualTime time = new VirtualTime(NEW_YEAR_2026);
    private final TappedLan lan;
    private final EmbeddedFirewall target;
    private final Optional<Adapter> peer;

    EmbeddedBench(Release release, boolean withPeer) {
        VirtualLan sync = new VirtualLan(time, LATENCY);
        VirtualLan other = new VirtualLan(time, LATENCY);
        target = new EmbeddedFirewall(release, 1, "a", time, sync, other);
        peer = withPeer ? Optional.of(new EmbeddedFirewall(release, 2, "b", time, sync, other)) : Optional.empty();
        lan = new TappedLan(sync, other);
    }

    @Override
    public Pace pace() {
        return new VirtualPace();
    }

    @Override
    public SyncLan lan() {
        return lan;
    }

    @Override
    public Adapter target() {
        return target;
    }

    @Override
    public Optional<Adapter> peer() {
        return peer;
    }

    @Override
    public void close() {
        // Nothing outlives the objects.
    }

    /** Virtual time: it moves as far as it is waited for. */
    private final class VirtualPace implements Pace {
        @Override
        public Instant opened() {
            return Instant.ofEpochSecond(NEW_YEAR_2026);
        }

        @Override
        public Duration elapsed() {
            return Duration.ofNanos(time.nanos());
        }

        @Override
        public boolean until(BooleanSupplier condition, Duration atMost) {
            return time.advanceUntil(condition, atMost);
        }

        @Override
        public Timing timing() {
            return Timing.VIRTUAL;
        }
    }
}
