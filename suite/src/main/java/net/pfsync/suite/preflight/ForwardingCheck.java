package net.pfsync.suite.preflight;

import java.util.Map;

/** The firewalls forward. */
final class ForwardingCheck implements Check {

    @Override
    public String name() {
        return "forwarding";
    }

    @Override
    public Finding look(Site site) {
        Map<String, String> values = site.answers(
                firewall -> firewall.ask("sysctl -n net.inet.ip.forwarding").map(String::strip));
        if (values.isEmpty()) {
            return Finding.cannotTell("no console shows net.inet.ip.forwarding");
        }
        return values.containsValue("0")
                ? Finding.notOk(
                        "net.inet.ip.forwarding: " + Site.inARow(values),
                        "sysctl net.inet.ip.forwarding=1, and in /etc/sysctl.conf")
                : Finding.ok("net.inet.ip.forwarding: " + Site.inARow(values));
    }
}
