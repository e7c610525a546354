package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.List;

/** pfsync runs on every firewall, over the interface that the lab file names. */
final class RunningCheck implements Check {

    @Override
    public String name() {
        return "pfsync";
    }

    @Override
    public Finding look(Site site) {
        List<String> wrong = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (AskedFirewall firewall : site.firewalls()) {
            String wanted = firewall.entry().syncInterface();
            firewall.pfsync().ifPresent(pfsync -> {
                if (!pfsync.running() || !pfsync.syncdev().equals(wanted)) {
                    wrong.add("pfsync0 of " + firewall.name()
                            + (pfsync.syncdev().isEmpty()
                                    ? " has no syncdev"
                                    : !pfsync.syncdev().equals(wanted)
                                            ? " uses " + pfsync.syncdev() + ", the lab file says " + wanted
                                            : " is down"));
                } else {
                    right.add(firewall.name() + " over " + wanted);
                }
            });
        }
        if (!wrong.isEmpty()) {
            return Finding.notOk(
                    String.join("; ", wrong), "ifconfig pfsync0 syncdev IF up, with the IF of the lab file");
        }
        return right.isEmpty()
                ? Finding.cannotTell("no console shows pfsync0")
                : Finding.ok("runs on " + String.join(", ", right));
    }
}
