package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.pfsync.net.Ipv4Address;
import net.pfsync.pcap.LinkException;
import net.pfsync.release.Release;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.ProbeStation.Station;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Message;

/**
 * Cases run against the firewalls of a lab file, over a real LAN and in real time.
 *
 * <p>In mode {@code safe} the firewalls are neither configured nor harmed: only states of the suite's own creators are sent, and removed. In mode
 * {@code full} the lab is the suite's alone: its firewalls are set up as each case wants them, lose their states, and get the suite's rules. Before the
 * arena closes, {@link #leave} puts everything back and looks whether it is so.
 */
public final class LanArena implements Arena, AutoCloseable {

    private static final Set<Capability> SEEN =
            Set.copyOf(EnumSet.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION));

    /** The creators of all states that the suite sends. */
    private static final List<Integer> CREATORS = List.of(0x7e570001, 0x7e570002, 0x7e570003, 0x7e570004, 0x7e570005);

    private static final int OWN_IDS = 0x7e57_0000;
    /** A firewall that boots is waited for that long, once; while it is longer away, cases cannot tell. */
    private static final Duration COMES_BACK = Duration.ofSeconds(45);

    private static final Duration REMOVED = Duration.ofMillis(500);

    private final LabConfig lab;
    private final Release release;
    private final ProbeStation probe;
    private final LanHosts hosts;
    private final List<Remote> consoles;
    private final List<OpenBsdAdapter> firewalls = new ArrayList<>();
    private final List<Before> before;
    /** Nobody waits twice for a firewall that does not come back. */
    private boolean waits = true;

    private LanArena(
            LabConfig lab,
            Release release,
            ProbeStation probe,
            LanHosts hosts,
            List<Remote> consoles,
            List<OpenBsdAdapter> found) {
        this.lab = lab;
        this.release = release;
        this.probe = probe;
        this.hosts = hosts;
        this.consoles = consoles;
        found.forEach(this::add);
        this.before = found.stream().map(Before::new).toList();
    }

    /**
     * Connects to the firewalls and opens the interfaces of this machine.
     *
     * @param lab the lab
     * @return the arena
     * @throws LabException if something of it is not there; the message is one line
     */
    public static LanArena open(LabConfig lab) throws LabException {
        if (lab.mode() == Mode.READ_ONLY) {
            throw new LabException("the mode of this lab is read-only, and every case sends frames");
        }
        List<Remote> consoles = new ArrayList<>();
        ProbeStation probe = null;
        LanArena arena = null;
        try {
            probe = new ProbeStation(lab);
            List<OpenBsdAdapter> firewalls = new ArrayList<>();
            for (FirewallEntry entry : lab.firewalls()) {
                Remote console = SshConsole.connect(entry.console());
                consoles.add(console);
                firewalls.add(new OpenBsdAdapter(entry, console));
            }
            Release release = release(lab, firewalls.getFirst());
            boolean traffic = lab.mode() == Mode.FULL && lab.inside() != null && lab.outside() != null;
            LanHosts hosts = traffic ? probe.hosts() : null;
            arena = new LanArena(lab, release, probe, hosts, List.copyOf(consoles), firewalls);
            return arena;
        } catch (LinkException e) {
            throw new LabException("the suite is not on the lab's LANs: " + e.getMessage(), e);
        } catch (CannotTell e) {
            throw new LabException(e.getMessage(), e);
        } finally {
            if (arena == null) {
                consoles.forEach(Remote::close);
                if (probe != null) {
                    probe.close();
                }
            }
        }
    }

    /** What the target says that it is, which must be what the file says. */
    private static Release release(LabConfig lab, OpenBsdAdapter target) throws LabException {
        String says = target.release();
        if (!lab.release().equals(LabFile.AUTO) && !lab.release().equals(says)) {
            throw new LabException(
                    "firewall a is " + says + ", but its release should be " + lab.release() + "; 'auto' asks it");
        }
        return Release.all().stream()
                .filter(one -> one.name().equals(says))
                .findFirst()
                .orElseThrow(
                        () -> new LabException("firewall a is " + says + ", which is no release that is known here"));
    }

    private void add(OpenBsdAdapter firewall) {
        firewall.partOf(lab, release);
        if (!full()) {
            firewall.show(LanArena::own);
        }
        firewalls.add(firewall);
    }

    @Override
    public String name() {
        return lab.name();
    }

    @Override
    public ReleaseInfo release() {
        return new ReleaseInfo(release.name(), release.rules().dialect(), release.description());
    }

    @Override
    public Set<Capability> capabilities() {
        EnumSet<Capability> capabilities = EnumSet.copyOf(SEEN);
        if (full()) {
            capabilities.add(Capability.CONFIGURE);
            capabilities.add(Capability.DISRUPTION);
            if (firewalls.size() > 1) {
                capabilities.add(Capability.PEER);
            }
            if (firewalls.size() > 2) {
                capabilities.add(Capability.THIRD_FIREWALL);
            }
            if (hosts != null) {
                capabilities.add(Capability.TRAFFIC);
                capabilities.add(Capability.SECOND_INTERFACE);
            }
        }
        return capabilities;
    }

    @Override
    public String missing(Set<Capability> capabilities) {
        String needs = Arena.super.missing(capabilities);
        if (capabilities.contains(Capability.LOCAL_EVENTS)) {
            return needs + ": a console makes no states; --lab embedded runs it";
        }
        if (capabilities.contains(Capability.EXACT_TIME)) {
            return needs + ": in real time nobody knows them so exactly; --lab embedded runs it";
        }
        if (!full()) {
            return needs + " in mode safe; mode full has that";
        }
        if (capabilities.contains(Capability.THIRD_FIREWALL) || capabilities.contains(Capability.PEER)) {
            return needs + "; it would run with another firewall in the lab file";
        }
        return needs + "; it would run with inside and outside in the lab file";
    }

    @Override
    public Bench open(Extent extent, long seed) {
        return new LanBench(this, probe, extent);
    }

    Dialect dialect() {
        return release.rules().dialect();
    }

    /** Whether everything may be done to the firewalls. */
    boolean full() {
        return lab.mode() == Mode.FULL;
    }

    /** The firewalls as they were found last. */
    List<OpenBsdAdapter> firewalls() {
        return List.copyOf(firewalls);
    }

    /**
     * The firewalls as they are; one that was booted is known anew.
     *
     * @return a first
     * @throws CannotTell if one is not reached
     */
    List<OpenBsdAdapter> present() {
        if (waits && !probe.until(this::reached, COMES_BACK)) {
            waits = false;
        }
        for (int i = 0; i < firewalls.size(); i++) {
            if (!firewalls.get(i).sameBoot()) {
                firewalls.remove(i);
                OpenBsdAdapter again = new OpenBsdAdapter(lab.firewalls().get(i), consoles.get(i));
                add(again);
                firewalls.add(i, firewalls.removeLast());
            }
        }
        return firewalls();
    }

    /** Whether every console answers; one of a firewall that boots will. */
    private boolean reached() {
        try {
            firewalls.forEach(OpenBsdAdapter::sameBoot);
            return true;
        } catch (CannotTell lost) {
            return false;
        }
    }

    /** The suite's hosts on the other LANs. */
    LanHosts hosts() {
        return hosts;
    }

    /** Whether a state is one that only the suite makes. */
    static boolean own(StateView state) {
        return own(state.id().id(), state.id().creatorId());
    }

    /** Likewise by its name. */
    static boolean own(long id, int creatorId) {
        return CREATORS.contains(creatorId) || (int) (id >>> Integer.SIZE) == OWN_IDS;
    }

    /** Has every firewall remove the states of the suite's creators. */
    void clear() {
        byte[] frame = FrameBuilder.of(dialect())
                .source(probe.address())
                .add(CREATORS.stream()
                        .map(creator -> Messages.clear(creator).in(dialect()))
                        .toArray(Message[]::new))
                .build();
        for (OpenBsdAdapter firewall : firewalls) {
            probe.talkTo(
                    Map.of(Ipv4Address.parse(firewall.address()), new Station(firewall.name(), firewall.ethernet())));
            probe.send(frame);
        }
    }

    @Override
    public List<String> leave() {
        List<String> left = new ArrayList<>();
        try {
            clear();
            boolean ignored = probe.until(
                    () -> firewalls.stream()
                            .allMatch(one -> one.wholeTable().stream().noneMatch(LanArena::own)),
                    REMOVED);
        } catch (CannotTell lost) {
            left.add("the states of the suite could not be removed: " + lost.getMessage());
        }
        if (full()) {
            for (Before one : before) {
                try {
                    one.putBack();
                } catch (CannotTell | net.pfsync.suite.target.Refused lost) {
                    left.add("a firewall could not be put back: " + lost.getMessage());
                }
            }
        }
        before.forEach(one -> left.addAll(one.left(probe, LanArena::own)));
        return left;
    }

    /** Ends the connections. */
    @Override
    public void close() {
        consoles.forEach(Remote::close);
        probe.close();
    }
}
