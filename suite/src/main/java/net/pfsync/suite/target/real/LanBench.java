package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.net.Ipv4Address;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.target.real.ProbeStation.Station;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;

/**
 * The real lab for one case.
 *
 * <p>In a lab that is the suite's alone everything is as a case expects it: only its firewalls take part, with the settings and the rules that a case
 * begins with, and without states. Elsewhere the firewalls are taken as they are, and a case sees of them what is about the suite's states alone.
 */
final class LanBench implements Bench {

    /** How long a firewall collects updates before it sends them. */
    private static final Duration COLLECTING = Duration.ofSeconds(1);

    /** Far longer than an answer takes from the console's point of view. */
    private static final Duration ANSWERED = Duration.ofMillis(20);

    private final LanArena arena;
    private final ProbeStation probe;
    private final Extent extent;
    private List<OpenBsdAdapter> firewalls;
    private Hosts hosts;
    private boolean comesUp;
    private boolean busy;

    LanBench(LanArena arena, ProbeStation probe, Extent extent) {
        this.arena = arena;
        this.probe = probe;
        this.extent = extent;
        this.firewalls = arena.firewalls();
    }

    /** Removes what an earlier case left on any firewall, waits until nobody has anything to say, and lets everything count from then on. */
    @Override
    public void prepare() {
        firewalls = arena.present();
        probe.restart();
        if (arena.full()) {
            reset();
        }
        arena.clear();
        if (!comesUp) {
            probe.pass(quiet());
        }
        lookAround();
        probe.talkTo(stations());
        if (!arena.full()) {
            probe.removeAlsoFrom(
                    arena.dialect(),
                    firewalls.stream().skip(1).map(OpenBsdAdapter::ethernet).toList());
        }
        firewalls.forEach(OpenBsdAdapter::restartCounters);
        probe.restart();
        if (extent.hosts()) {
            hosts = arena.hosts().boot(target());
        }
    }

    /** Only what the case needs takes part, and nothing of an earlier case is left. */
    private void reset() {
        for (OpenBsdAdapter peer : firewalls.subList(1, firewalls.size())) {
            if (peer.settings().running()) {
                peer.down();
            }
        }
        for (OpenBsdAdapter firewall : firewalls) {
            firewall.plug(true);
            if (!firewall.enabled()) {
                firewall.setPfEnabled(true);
            }
            firewall.load("");
            firewall.flush("");
        }
        boolean asSet = target().settings().equals(beginning(target(), true));
        comesUp = !asSet || target().demotion("carp") != 0;
        for (OpenBsdAdapter firewall : firewalls) {
            ConsoleText.Pfsync wanted = beginning(firewall, asSet && firewall.equals(target()));
            if (!firewall.settings().equals(wanted)) {
                firewall.set(wanted);
            }
        }
    }

    private static ConsoleText.Pfsync beginning(OpenBsdAdapter firewall, boolean running) {
        return new ConsoleText.Pfsync(
                running, firewall.syncMtu(), firewall.syncdev(), "", ConsoleText.DEFAULT_MAXUPD, false);
    }

    /** The suite's states have to be gone by now; those of others are there on a firewall that works for a living. */
    private void lookAround() {
        for (OpenBsdAdapter firewall : firewalls) {
            List<StateView> states = firewall.wholeTable();
            states.stream().filter(LanArena::own).findFirst().ifPresent(left -> {
                throw new CannotTell(
                        "firewall " + firewall.name() + " keeps states of earlier cases, for example " + left.id());
            });
            busy |= firewall.equals(target()) && !states.isEmpty();
        }
    }

    private Map<Integer, Station> stations() {
        Map<Integer, Station> stations = new HashMap<>();
        for (OpenBsdAdapter firewall : firewalls.subList(0, extent.firewalls())) {
            stations.put(Ipv4Address.parse(firewall.address()), new Station(firewall.name(), firewall.ethernet()));
        }
        return stations;
    }

    @Override
    public boolean comesUp() {
        return comesUp;
    }

    @Override
    public Duration quiet() {
        return COLLECTING.plus(probe.timing().late());
    }

    @Override
    public boolean concerns(long id, int creatorId) {
        return arena.full() || LanArena.own(id, creatorId);
    }

    @Override
    public boolean busy() {
        return busy;
    }

    /** The target has counted all that was sent, and had time to answer. */
    @Override
    public boolean settled() {
        return extent.firewalls() == 1
                && hosts == null
                && !busy
                && probe.silentFor(ANSWERED)
                && target().counters().get(Counter.IPACKETS) >= probe.sent();
    }

    @Override
    public Optional<String> meddling() {
        return arena.full() ? Optional.empty() : probe.meddler(arena.dialect());
    }

    @Override
    public Optional<String> lost() {
        try {
            return firewalls.stream()
                    .filter(firewall -> !firewall.sameBoot())
                    .findFirst()
                    .map(firewall -> "firewall " + firewall.name() + " was booted again in the middle of the case");
        } catch (CannotTell lost) {
            return Optional.of(lost.getMessage());
        }
    }

    @Override
    public Pace pace() {
        return probe;
    }

    @Override
    public SyncLan lan() {
        return new CabledLan();
    }

    /** The probe's LAN, and what is done to it by other means than the probe's interface. */
    private final class CabledLan implements SyncLan {
        @Override
        public String probeAddress() {
            return probe.address();
        }

        @Override
        public void send(byte[] packet) {
            probe.send(packet);
        }

        @Override
        public void sendToTarget(byte[] packet) {
            probe.send(packet, target().ethernet());
        }

        @Override
        public void sendElsewhere(byte[] packet) {
            arena.hosts().sendInside(target().insideStation(), packet);
        }

        @Override
        public List<Captured> frames() {
            return probe.frames();
        }

        /** The cables are not in the suite's hands, but the interfaces that they are in are. */
        @Override
        public void cut(String firewall) {
            named(firewall).plug(false);
        }

        @Override
        public void heal(String firewall) {
            named(firewall).plug(true);
        }

        private OpenBsdAdapter named(String name) {
            return firewalls.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public OpenBsdAdapter target() {
        return firewalls.getFirst();
    }

    @Override
    public List<Adapter> peers() {
        return List.copyOf(firewalls.subList(1, extent.firewalls()));
    }

    @Override
    public Optional<Hosts> hosts() {
        return Optional.ofNullable(hosts);
    }

    /** Removes the states of the suite's creators. */
    @Override
    public void close() {
        if (hosts != null) {
            arena.hosts().leave();
        }
        try {
            arena.clear();
        } catch (CannotTell lost) {
            // The next case finds out, and says so.
        }
    }
}
