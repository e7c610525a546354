package net.pfsync.suite.target.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.target.Timing;
import net.pfsync.time.VirtualTime;

/**
 * Three LANs, up to three firewalls with a foot in each, the probe, and perhaps hosts.
 *
 * <pre>
 *   sync LAN     10.9.0.0/24                 a .1 (em0)   b .2   c .3   probe .9
 *   inside LAN   10.9.1.0/24  fd09:1::/64    a .1 (em1)   b .2   c .3   probe .9   host .10
 *   outside LAN  10.9.2.0/24  fd09:2::/64    a .1 (em2)   b .2   c .3              host .10
 * </pre>
 */
final class EmbeddedBench implements Bench {

    private static final long NEW_YEAR_2026 = 1_767_225_600L;
    private static final Duration LATENCY = Duration.ofNanos(50_000);

    private final VirtualTime time = new VirtualTime(NEW_YEAR_2026);
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final TappedLan lan;
    private final List<Adapter> firewalls = new ArrayList<>();
    private final Hosts hosts;

    EmbeddedBench(Release release, Release peers, Sabotage sabotage, Extent extent, long seed) {
        List<VirtualLan> lans =
                Stream.generate(() -> new VirtualLan(time, LATENCY)).limit(3).toList();
        Map<Integer, MacAddress> stations = new HashMap<>();
        for (int number = 0; number < extent.firewalls(); number++) {
            Sabotage wrong = number == 0 ? sabotage : Sabotage.NONE;
            Release runs = number == 0 ? release : peers;
            firewalls.add(wrong.console(
                    new EmbeddedFirewall(runs, wrong, number + 1, NAMES.get(number), seed, time, lans, stations)));
        }
        lan = new TappedLan(lans.get(0), lans.get(1), stations);
        hosts = extent.hosts() ? new Hosts(host("inside", 1, lans.get(1)), host("outside", 2, lans.get(2))) : null;
    }

    private VirtualHost host(String name, int network, VirtualLan on) {
        MacAddress address = MacAddress.parse("02:00:00:00:0" + network + ":10");
        return new VirtualHost(
                name, time, on.attach(name, address), "10.9." + network + ".10/24", "fd09:" + network + "::10/64");
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
        return firewalls.get(0);
    }

    @Override
    public List<Adapter> peers() {
        return firewalls.subList(1, firewalls.size());
    }

    @Override
    public Optional<Hosts> hosts() {
        return Optional.ofNullable(hosts);
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
