package net.pfsync.suite.preflight;

import java.util.List;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;

/** The firewalls are heard where the probe is. */
final class PeersCheck implements Check {

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public Finding look(Site site) {
        if (!site.place().missing().isEmpty() || !site.place().closed().isEmpty()) {
            return Finding.cannotTell("nobody could listen");
        }
        List<String> known =
                site.lab().firewalls().stream().map(FirewallEntry::syncAddress).toList();
        List<String> strangers = site.heard().stream()
                .map(packet -> packet.sender())
                .filter(sender -> !known.contains(sender))
                .distinct()
                .toList();
        if (!strangers.isEmpty()) {
            return Finding.notOk(
                    "pfsync of " + String.join(", ", strangers) + " is on this LAN, which the lab file does not name",
                    "take that firewall off the LAN, or name it; it would hear and answer what is sent");
        }
        List<String> silent = site.lab().firewalls().stream()
                .filter(firewall -> site.heardOf(firewall).isEmpty())
                .map(FirewallEntry::name)
                .toList();
        return silent.isEmpty()
                ? Finding.ok("all were heard within " + site.listenedFor() + ", "
                        + site.heard().size() + " packets")
                : Finding.cannotTell("nothing of " + String.join(", ", silent) + " in " + site.listenedFor()
                        + "; a firewall without traffic says nothing, --listen SECONDS waits longer");
    }
}
