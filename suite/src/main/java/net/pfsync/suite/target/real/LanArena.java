package net.pfsync.suite.target.real;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.pfsync.pcap.LinkException;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.verdict.CannotTell;

/**
 * Cases run against the firewalls of a lab file, over a real LAN and in real time.
 *
 * <p>The firewalls are neither configured nor harmed, whatever the file's mode allows: only states of the suite's own creators are sent, and removed.
 */
public final class LanArena implements Arena, AutoCloseable {

    private static final Set<Capability> CAPABILITIES =
            Set.copyOf(EnumSet.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION));

    private final String name;
    private final ReleaseInfo release;
    private final ProbeStation probe;
    private final List<Remote> consoles;
    private final List<OpenBsdAdapter> firewalls;

    private LanArena(
            String name,
            ReleaseInfo release,
            ProbeStation probe,
            List<Remote> consoles,
            List<OpenBsdAdapter> firewalls) {
        this.name = name;
        this.release = release;
        this.probe = probe;
        this.consoles = consoles;
        this.firewalls = firewalls;
    }

    /**
     * Connects to the firewalls and opens the probe's interface.
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
            ReleaseInfo release = release(lab, firewalls.getFirst());
            arena = new LanArena(lab.name(), release, probe, List.copyOf(consoles), List.copyOf(firewalls));
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

    /** What the target says that it is, which must be what the file says. */
    private static ReleaseInfo release(LabConfig lab, OpenBsdAdapter target) throws LabException {
        String says = target.release();
        if (!lab.release().equals(LabFile.AUTO) && !lab.release().equals(says)) {
            throw new LabException(
                    "firewall a is " + says + ", but its release should be " + lab.release() + "; 'auto' asks it");
        }
        Release known = Release.all().stream()
                .filter(one -> one.name().equals(says))
                .findFirst()
                .orElseThrow(
                        () -> new LabException("firewall a is " + says + ", which is no release that is known here"));
        return new ReleaseInfo(known.name(), known.rules().dialect(), known.description());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ReleaseInfo release() {
        return release;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
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
