package net.pfsync.suite.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.preflight.Site.Place;
import net.pfsync.suite.target.real.Consoles;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabException;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.suite.target.real.SyncListener;

/** A lab while it is looked at: connected consoles, and what was heard. */
public final class Inspection implements AutoCloseable {

    private final List<Remote> consoles = new ArrayList<>();
    private final Site site;

    private Inspection(LabConfig lab, Consoles ways, Duration time) {
        List<SyncPacket> heard = new ArrayList<>();
        Place place = listen(lab, time, heard);
        List<AskedFirewall> firewalls = new ArrayList<>();
        for (FirewallEntry entry : lab.firewalls()) {
            firewalls.add(connect(entry, ways));
        }
        site = new Site(lab, place, List.copyOf(firewalls), List.copyOf(heard), time);
    }

    /**
     * Looks at a lab.
     *
     * @param lab what its file says
     * @param ways to its consoles
     * @param time how long to listen
     * @return the lab; what is missing in it is what the checks say
     */
    public static Inspection of(LabConfig lab, Consoles ways, Duration time) {
        return new Inspection(lab, ways, time);
    }

    private static Place listen(LabConfig lab, Duration time, List<SyncPacket> heard) {
        SyncListener.Ear ear = SyncListener.look(lab);
        if (!ear.missing().isEmpty()) {
            return new Place(ear.missing(), false, 0, "");
        }
        String closed = "";
        try {
            SyncListener.listen(lab, time, frame -> {
                SyncPacket packet = SyncPacket.of(frame);
                if (packet != null) {
                    heard.add(packet);
                }
            });
        } catch (LabException e) {
            closed = e.getMessage();
        }
        return new Place("", ear.up(), ear.mtu(), closed);
    }

    private AskedFirewall connect(FirewallEntry entry, Consoles ways) {
        try {
            Remote console = ways.open(entry);
            if (console == null) {
                return AskedFirewall.without(entry);
            }
            consoles.add(console);
            return AskedFirewall.at(entry, console);
        } catch (LabException e) {
            return AskedFirewall.unreachable(entry, e.getMessage());
        }
    }

    /** What can be seen. */
    Site site() {
        return site;
    }

    /** Ends the connections. */
    @Override
    public void close() {
        consoles.forEach(Remote::close);
    }
}
