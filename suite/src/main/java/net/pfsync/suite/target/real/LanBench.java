package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.pfsync.net.Ipv4Address;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.target.real.Station.Neighbour;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/**
 * The real lab for one case.
 *
 * <p>In a lab that is the suite's alone everything is as a case expects it: only its firewalls take part, with the settings and the rules that a case
 * begins with, and without states. Elsewhere the firewalls are taken as they are, and a case sees of them what is about the suite's states alone.
 */
class LanBench implements Bench {

    /** How long a firewall collects updates before it sends them. */
    private static final Duration COLLECTING = Duration.ofSeconds(1);

    /** Far longer than an answer takes from the console's point of view. */
    private static final Duration ANSWERED = Duration.ofMillis(20);

    private final Roster roster;
    private final Station probe;
    private final Extent extent;
    private final boolean full;
    private final LanHosts places;
    private final Dialect dialect;
    private List<LanFirewall> firewalls;
    private Hosts hosts;
    private boolean comesUp;
    private boolean busy;

    /** The firewalls of a lab. */
    interface Roster {

        /** As they were found last, the target first. */
        List<LanFirewall> firewalls();

        /**
         * As they are; one that was booted is known anew.
         *
         * @throws CannotTell if one is not reached
         */
        List<LanFirewall> present();
    }

    /**
     * A bench.
     *
     * @param roster the firewalls
     * @param probe the suite's place on the sync LAN
     * @param lab whether everything may be done to the firewalls, and what they speak
     * @param places where the suite's hosts are; null without
     * @param extent what the case needs
     */
    LanBench(Roster roster, Station probe, Allowed lab, LanHosts places, Extent extent) {
        this.roster = roster;
        this.probe = probe;
        this.full = lab.full();
        this.dialect = lab.dialect();
        this.places = places;
        this.extent = extent;
        this.firewalls = roster.firewalls();
    }

    /**
     * What holds for all cases of a lab.
     *
     * @param full whether everything may be done to its firewalls
     * @param dialect what the target speaks
     */
    record Allowed(boolean full, Dialect dialect) {}

    /** Removes what an earlier case left on any firewall, waits until nobody has anything to say, and lets everything count from then on. */
    @Override
    public void prepare() {
        firewalls = roster.present();
        probe.restart();
        if (full) {
            reset();
        }
        clear(probe, firewalls);
        if (!comesUp) {
            probe.pass(quiet());
        }
        lookAround();
        probe.talkTo(stations());
        if (!full) {
            probe.removeAlsoFrom(
                    dialect,
                    ofOneVersion(firewalls).skip(1).map(LanFirewall::ethernet).toList());
        }
        firewalls.forEach(LanFirewall::restartCounters);
        probe.restart();
        if (extent.hosts()) {
            hosts = places.boot(operated(target()));
        }
    }

    /** Only what the case needs takes part, and nothing of an earlier case is left. */
    private void reset() {
        List<OpenBsdAdapter> all = firewalls.stream().map(LanBench::operated).toList();
        OpenBsdAdapter target = all.getFirst();
        for (OpenBsdAdapter peer : all.subList(1, all.size())) {
            if (peer.settings().running()) {
                peer.down();
            }
        }
        for (OpenBsdAdapter firewall : all) {
            firewall.plug(true);
            if (!firewall.enabled()) {
                firewall.setPfEnabled(true);
            }
            firewall.load("");
            firewall.flush("");
        }
        boolean asSet = target.settings().equals(beginning(target, true));
        comesUp = !asSet || target.demotion("carp") != 0;
        for (OpenBsdAdapter firewall : all) {
            ConsoleText.Pfsync wanted = beginning(firewall, asSet && firewall.equals(target));
            if (!firewall.settings().equals(wanted)) {
                firewall.set(wanted);
            }
        }
    }

    /** Nothing is done to a firewall without a console. */
    private static OpenBsdAdapter operated(LanFirewall firewall) {
        if (firewall instanceof OpenBsdAdapter console) {
            return console;
        }
        throw new CannotTell("firewall " + firewall.name() + " has no console, and mode full needs that of every one");
    }

    /**
     * Has every firewall remove the states of the suite's creators; one that speaks another version than the target never heard of any.
     *
     * @param probe the station that tells them
     * @param firewalls all that are to, the target first
     */
    static void clear(Station probe, List<LanFirewall> firewalls) {
        ofOneVersion(firewalls)
                .forEach(firewall -> probe.send(cleared(probe, firewall.dialect()), firewall.ethernet()));
    }

    /** The target, and those that hear what it says. */
    private static Stream<LanFirewall> ofOneVersion(List<LanFirewall> firewalls) {
        Dialect spoken = firewalls.getFirst().dialect();
        return firewalls.stream().filter(one -> Capability.ofPeer(spoken, one.dialect()) == Capability.PEER);
    }

    private static byte[] cleared(Station probe, Dialect dialect) {
        return FrameBuilder.of(dialect)
                .source(probe.probeAddress())
                .add(OwnStates.CREATORS.stream()
                        .sorted()
                        .map(creator -> MessageBuilder.of(dialect, Kind.CLR)
                                .set("creatorid", creator)
                                .build())
                        .toArray(Message[]::new))
                .build();
    }

    private static ConsoleText.Pfsync beginning(OpenBsdAdapter firewall, boolean running) {
        return new ConsoleText.Pfsync(
                running, firewall.syncMtu(), firewall.syncdev(), "", ConsoleText.DEFAULT_MAXUPD, false);
    }

    /** The suite's states have to be gone by now; those of others are there on a firewall that works for a living. */
    private void lookAround() {
        for (LanFirewall firewall : firewalls) {
            List<StateView> states = firewall.wholeTable();
            states.stream().filter(OwnStates::has).findFirst().ifPresent(left -> {
                throw new CannotTell(
                        "firewall " + firewall.name() + " keeps states of earlier cases, for example " + left.id());
            });
            busy |= firewall.equals(target()) && !states.isEmpty();
        }
    }

    private Map<Integer, Neighbour> stations() {
        Map<Integer, Neighbour> stations = new HashMap<>();
        for (LanFirewall firewall : firewalls.subList(0, extent.firewalls())) {
            stations.put(Ipv4Address.parse(firewall.address()), new Neighbour(firewall.name(), firewall.ethernet()));
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
        return full || OwnStates.named(id, creatorId);
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
                && target().capabilities().contains(Capability.COUNTERS)
                && probe.silentFor(ANSWERED)
                && target().counters().get(Counter.IPACKETS) >= probe.sent();
    }

    @Override
    public Optional<String> meddling() {
        return full ? Optional.empty() : probe.meddler(dialect);
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
            return probe.probeAddress();
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
            places.sendInside(operated(target()).insideStation(), packet);
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
                    .map(LanBench::operated)
                    .orElseThrow();
        }
    }

    @Override
    public LanFirewall target() {
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
            places.leave();
        }
        try {
            clear(probe, firewalls);
        } catch (CannotTell lost) {
            // The next case finds out, and says so.
        }
    }
}
