package net.pfsync.suite.target.real;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.verdict.CannotTell;

/**
 * Cases run against the firewalls of a lab file, over a real LAN and in real time.
 *
 * <p>The firewalls are neither configured nor harmed, whatever the file's mode allows: only states of the suite's own creators are sent, and removed. In mode
 * safe a guard sees to that, in mode read-only nothing is sent at all.
 */
public final class LanArena implements Arena, AutoCloseable {

    private final LabConfig lab;
    private final ReleaseInfo release;
    private final ProbeStation probe;
    private final List<Remote> consoles;
    private final List<LanFirewall> firewalls;

    private LanArena(
            LabConfig lab,
            ReleaseInfo release,
            ProbeStation probe,
            List<Remote> consoles,
            List<LanFirewall> firewalls) {
        this.lab = lab;
        this.release = release;
        this.probe = probe;
        this.consoles = consoles;
        this.firewalls = firewalls;
    }

    /**
     * Connects to the firewalls and opens the probe's interface.
     *
     * @param lab the lab
     * @param ways to the consoles
     * @return the arena
     * @throws LabException if something of it is not there; the message is one line
     */
    public static LanArena open(LabConfig lab, Consoles ways) throws LabException {
        List<Remote> consoles = new ArrayList<>();
        ProbeStation probe = null;
        LanArena arena = null;
        try {
            probe = new ProbeStation(lab);
            Map<FirewallEntry, LanFirewall> seen = new LinkedHashMap<>();
            for (FirewallEntry entry : lab.firewalls()) {
                Remote console = ways.open(entry);
                if (console != null) {
                    consoles.add(console);
                    seen.put(entry, new OpenBsdAdapter(entry, console));
                }
            }
            ReleaseInfo release = release(lab, seen.get(lab.firewalls().getFirst()), probe);
            if (lab.mode() == Mode.SAFE) {
                probe.guard(new FrameGuard(release.dialect()));
            }
            List<LanFirewall> firewalls = new ArrayList<>();
            for (FirewallEntry entry : lab.firewalls()) {
                LanFirewall console = seen.get(entry);
                firewalls.add(console == null ? new WireFirewall(entry, probe, release.dialect()) : console);
            }
            arena = new LanArena(lab, release, probe, List.copyOf(consoles), List.copyOf(firewalls));
            return arena;
        } catch (LinkException e) {
            throw new LabException("the probe is not on the sync LAN: " + e.getMessage(), e);
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

    /** What the target says that it is, which must be what the file says; without a console, what its frames look like. */
    private static ReleaseInfo release(LabConfig lab, LanFirewall target, ProbeStation probe) throws LabException {
        boolean auto = lab.release().equals(LabFile.AUTO);
        if (target == null) {
            FirewallEntry firewall = lab.firewalls().getFirst();
            return auto
                    ? Recognition.speaking(Overheard.dialect(firewall, probe, lab.mode()))
                    : Recognition.named(lab.release()).orElseThrow();
        }
        String says = target.release();
        if (!auto && !lab.release().equals(says)) {
            throw new LabException(
                    "firewall a is " + says + ", but its release should be " + lab.release() + "; 'auto' asks it");
        }
        return Recognition.named(says)
                .orElseThrow(
                        () -> new LabException("firewall a is " + says + ", and nobody here knows what that speaks"));
    }

    @Override
    public String name() {
        return lab.name();
    }

    @Override
    public ReleaseInfo release() {
        return release;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(firewalls.getFirst(), lab.mode());
    }

    /** What can be seen of the target and done to it; in mode full it was given away to be harmed. */
    static Set<Capability> capabilities(LanFirewall target, Mode mode) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(target.capabilities());
        if (mode == Mode.FULL) {
            all.add(Capability.DISRUPTION);
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
    public Bench open(Extent extent, long seed) {
        return new LanBench(probe, firewalls, release.dialect());
    }

    /** Ends the connections. */
    @Override
    public void close() {
        consoles.forEach(Remote::close);
        probe.close();
    }
}
