package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Refused;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.verdict.CannotTell;

/**
 * Cases run against the firewalls of a lab file, over a real LAN and in real time.
 *
 * <p>In mode {@code safe} the firewalls are neither configured nor harmed: only states of the suite's own creators are sent, and removed. In mode
 * {@code full} the lab is the suite's alone: its firewalls are set up as each case wants them, lose their states, and get the suite's rules. Before the
 * arena closes, {@link #leave} puts everything back and looks whether it is so.
 */
public final class LanArena implements Arena, LanBench.Roster, AutoCloseable {

    /** What every console shows. */
    private static final Set<Capability> SEEN =
            EnumSet.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION);

    private static final Duration REMOVED = Duration.ofMillis(500);

    private final LabConfig lab;
    /** By the names of the firewalls, the target's first. */
    private final Map<String, ReleaseInfo> releases;

    private final ProbeStation probe;
    private final LanHosts hosts;
    private final Map<FirewallEntry, Remote> consoles;
    private final List<LanFirewall> firewalls = new ArrayList<>();
    private final List<Before> before;
    /** Nobody waits again for a firewall that did not come back; while it is away, cases cannot tell. */
    private boolean waits = true;

    private LanArena(
            LabConfig lab,
            Map<String, ReleaseInfo> releases,
            ProbeStation probe,
            LanHosts hosts,
            Map<FirewallEntry, Remote> consoles,
            List<LanFirewall> found) {
        this.lab = lab;
        this.releases = releases;
        this.probe = probe;
        this.hosts = hosts;
        this.consoles = consoles;
        found.forEach(this::add);
        this.before = lab.mode() == Mode.READ_ONLY
                ? List.of()
                : found.stream()
                        .filter(OpenBsdAdapter.class::isInstance)
                        .map(OpenBsdAdapter.class::cast)
                        .map(Before::new)
                        .toList();
    }

    /**
     * Connects to the firewalls and opens the interfaces of this machine.
     *
     * @param lab the lab
     * @param ways to the consoles
     * @return the arena
     * @throws LabException if something of it is not there; the message is one line
     */
    public static LanArena open(LabConfig lab, Consoles ways) throws LabException {
        Map<FirewallEntry, Remote> consoles = new LinkedHashMap<>();
        ProbeStation probe = null;
        LanArena arena = null;
        try {
            probe = new ProbeStation(lab);
            Map<FirewallEntry, LanFirewall> seen = new LinkedHashMap<>();
            for (FirewallEntry entry : lab.firewalls()) {
                Remote console = ways.open(entry);
                if (console != null) {
                    consoles.put(entry, console);
                    seen.put(entry, new OpenBsdAdapter(entry, console));
                } else if (lab.mode() == Mode.FULL) {
                    throw new LabException("firewall " + entry.name()
                            + " has no console, and mode full needs that of every one; mode safe does not");
                }
            }
            Map<String, ReleaseInfo> releases = new LinkedHashMap<>();
            for (FirewallEntry entry : lab.firewalls()) {
                releases.put(entry.name(), release(lab, entry, seen.get(entry), probe, releases));
            }
            if (lab.mode() == Mode.SAFE) {
                probe.guard(new FrameGuard(
                        releases.values().stream().map(ReleaseInfo::dialect).toList()));
            }
            List<LanFirewall> firewalls = new ArrayList<>();
            for (FirewallEntry entry : lab.firewalls()) {
                LanFirewall console = seen.get(entry);
                firewalls.add(
                        console == null
                                ? new WireFirewall(
                                        entry, probe, releases.get(entry.name()).dialect())
                                : console);
            }
            boolean traffic = lab.mode() == Mode.FULL && lab.inside() != null && lab.outside() != null;
            LanHosts hosts = traffic ? probe.hosts() : null;
            arena = new LanArena(lab, releases, probe, hosts, consoles, firewalls);
            return arena;
        } catch (LinkException e) {
            throw new LabException("the suite is not on the lab's LANs: " + e.getMessage(), e);
        } catch (CannotTell e) {
            throw new LabException(e.getMessage(), e);
        } finally {
            if (arena == null) {
                consoles.values().forEach(Remote::close);
                if (probe != null) {
                    probe.close();
                }
            }
        }
    }

    /**
     * What a firewall says that it is, which must be what the file says; without a console the target is what its frames look like, and another one
     * what the target is.
     */
    private static ReleaseInfo release(
            LabConfig lab, FirewallEntry entry, LanFirewall console, ProbeStation probe, Map<String, ReleaseInfo> known)
            throws LabException {
        String should = lab.releaseOf(entry);
        boolean auto = should.equals(LabFile.AUTO);
        if (console == null && !auto) {
            return Recognition.named(should).orElseThrow();
        }
        if (console == null) {
            return known.isEmpty()
                    ? Recognition.speaking(Overheard.dialect(entry, probe, lab.mode()))
                    : known.values().iterator().next();
        }
        String firewall = "firewall " + entry.name() + " is " + console.release();
        if (!auto && !should.equals(console.release())) {
            throw new LabException(firewall + ", but its release should be " + should + "; 'auto' asks it");
        }
        return Recognition.named(console.release())
                .orElseThrow(() -> new LabException(firewall + ", and nobody here knows what that speaks"));
    }

    private void add(LanFirewall firewall) {
        if (firewall instanceof OpenBsdAdapter console) {
            console.partOf(lab, releases.get(firewall.name()));
        }
        if (!full()) {
            firewall.show(OwnStates::has);
        }
        firewalls.add(firewall);
    }

    @Override
    public String name() {
        return lab.name();
    }

    @Override
    public ReleaseInfo release() {
        return releases.values().iterator().next();
    }

    @Override
    public List<ReleaseInfo> peers() {
        boolean alike =
                releases.values().stream().map(ReleaseInfo::name).distinct().count() == 1;
        return alike ? List.of() : releases.values().stream().skip(1).toList();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(firewalls, lab.mode(), hosts != null);
    }

    /** What can be seen of firewalls, the target first, and done to them; in mode full they were given away to be harmed. */
    static Set<Capability> capabilities(List<LanFirewall> firewalls, Mode mode, boolean hosts) {
        EnumSet<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(firewalls.getFirst().capabilities());
        if (mode == Mode.FULL) {
            all.add(Capability.CONFIGURE);
            all.add(Capability.REMOVE_STATES);
            all.add(Capability.DISRUPTION);
            if (firewalls.size() > 1) {
                all.add(Capability.ofPeer(
                        firewalls.getFirst().dialect(), firewalls.get(1).dialect()));
            }
            if (firewalls.size() > 2) {
                all.add(Capability.THIRD_FIREWALL);
            }
            if (hosts) {
                all.add(Capability.TRAFFIC);
                all.add(Capability.SECOND_INTERFACE);
            }
        }
        return Collections.unmodifiableSet(all);
    }

    @Override
    public Optional<String> silence() {
        return silence(lab.mode());
    }

    static Optional<String> silence(Mode mode) {
        return mode == Mode.READ_ONLY ? Optional.of("sends frames; the mode is read-only") : Optional.empty();
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
        if (capabilities.stream().anyMatch(SEEN::contains)) {
            return needs + "; it would run with a console in the lab file";
        }
        if (!full()) {
            return needs + " in mode safe; mode full has that";
        }
        if (capabilities.contains(Capability.FOREIGN_PEER)) {
            return needs + "; it would run with a firewall b that speaks another version";
        }
        if (capabilities.contains(Capability.PEER) && firewalls.size() > 1) {
            return needs + "; it would run with a firewall b that speaks the same version";
        }
        if (capabilities.contains(Capability.THIRD_FIREWALL) || capabilities.contains(Capability.PEER)) {
            return needs + "; it would run with another firewall in the lab file";
        }
        return needs + "; it would run with inside and outside in the lab file";
    }

    @Override
    public Bench open(Extent extent, long seed) {
        return new LanBench(this, probe, new LanBench.Allowed(full(), release().dialect()), hosts, extent);
    }

    /** Whether everything may be done to the firewalls. */
    private boolean full() {
        return lab.mode() == Mode.FULL;
    }

    @Override
    public List<LanFirewall> firewalls() {
        return List.copyOf(firewalls);
    }

    @Override
    public List<LanFirewall> present() {
        if (waits && !probe.until(this::reached, lab.patience().comesBack())) {
            waits = false;
        }
        for (int i = 0; i < firewalls.size(); i++) {
            if (!firewalls.get(i).sameBoot()) {
                firewalls.remove(i);
                FirewallEntry entry = lab.firewalls().get(i);
                add(new OpenBsdAdapter(entry, consoles.get(entry)));
                firewalls.add(i, firewalls.removeLast());
            }
        }
        return firewalls();
    }

    /** Whether every console answers; one of a firewall that boots will. */
    private boolean reached() {
        try {
            boolean ignored = firewalls.stream().allMatch(LanFirewall::sameBoot);
            return true;
        } catch (CannotTell lost) {
            return false;
        }
    }

    @Override
    public List<String> leave() {
        List<String> left = new ArrayList<>();
        if (lab.mode() == Mode.READ_ONLY) {
            return left;
        }
        try {
            LanBench.clear(probe, firewalls);
            boolean ignored = probe.until(
                    () -> firewalls.stream()
                            .allMatch(one -> one.wholeTable().stream().noneMatch(OwnStates::has)),
                    REMOVED);
        } catch (CannotTell lost) {
            left.add("the states of the suite could not be removed: " + lost.getMessage());
        }
        if (full()) {
            for (Before one : before) {
                try {
                    one.putBack();
                } catch (CannotTell | Refused lost) {
                    left.add("a firewall could not be put back: " + lost.getMessage());
                }
            }
        }
        before.forEach(one -> left.addAll(one.left(probe, OwnStates::has)));
        return left;
    }

    /** Ends the connections. */
    @Override
    public void close() {
        consoles.values().forEach(Remote::close);
        probe.close();
    }
}
