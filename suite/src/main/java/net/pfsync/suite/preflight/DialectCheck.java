package net.pfsync.suite.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.release.Release;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.wire.Dialect;

/** What the firewalls speak is what the lab's release speaks. */
final class DialectCheck implements Check {

    @Override
    public String name() {
        return "dialect";
    }

    @Override
    public Finding look(Site site) {
        DialectFinder finder = site.dialects();
        Map<String, String> spoken = new LinkedHashMap<>();
        String wrong = "";
        for (FirewallEntry firewall : site.lab().firewalls()) {
            List<SyncPacket> heard = site.heardOf(firewall);
            if (heard.isEmpty()) {
                continue;
            }
            SyncPacket last = heard.getLast();
            Dialect dialect = finder.of(last);
            spoken.put(firewall.name(), "version " + last.version() + (dialect == null ? "" : " (" + dialect + ")"));
            if (wrong.isEmpty()) {
                wrong = wrong(site.lab().releaseOf(firewall), last.version());
            }
        }
        if (spoken.isEmpty()) {
            return Finding.cannotTell("no packet of a firewall was heard in " + site.listenedFor());
        }
        return wrong.isEmpty()
                ? Finding.ok(Site.inARow(spoken))
                : Finding.notOk(
                        Site.inARow(spoken) + "; " + wrong, "name the release that it runs, or 'release: auto'");
    }

    private static String wrong(String release, int version) {
        return Release.all().stream()
                .filter(one -> one.name().equals(release))
                .map(one -> one.rules().dialect().versionByte())
                .filter(should -> should != version)
                .map(should -> release + " speaks version " + should)
                .findFirst()
                .orElse("");
    }
}
