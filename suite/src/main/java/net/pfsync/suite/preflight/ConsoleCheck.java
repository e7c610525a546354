package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The consoles are reached and answer. */
final class ConsoleCheck implements Check {

    @Override
    public String name() {
        return "console";
    }

    @Override
    public Finding look(Site site) {
        List<String> reached = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (AskedFirewall firewall : site.firewalls()) {
            boolean answers = firewall.ask("pfctl -s info -v").isPresent();
            if (!firewall.trouble().isEmpty()) {
                troubles.add(firewall.trouble());
            } else if (answers) {
                reached.add(firewall.name() + " " + firewall.entry().console());
            } else if (firewall.hasConsole()) {
                troubles.add("the console of firewall " + firewall.name() + " refuses 'pfctl -s info -v'");
            }
        }
        if (!troubles.isEmpty()) {
            return Finding.notOk(
                    String.join("; ", new LinkedHashSet<>(troubles)),
                    "try it by hand with ssh as root; or leave 'console' out of the file");
        }
        return reached.isEmpty()
                ? Finding.cannotTell("the lab file names no console; everything is read back over the wire")
                : Finding.ok(String.join(", ", reached));
    }
}
