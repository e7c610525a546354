package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pfsync.suite.preflight.PrintedRules.Fate;

/** The firewalls' own rules let pfsync pass on the sync interface, both ways. */
final class FilterCheck implements Check {

    @Override
    public String name() {
        return "filter";
    }

    @Override
    public Finding look(Site site) {
        List<String> blocked = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        List<String> passed = new ArrayList<>();
        for (AskedFirewall firewall : site.firewalls()) {
            Optional<String> rules = firewall.ask("pfctl -s rules");
            if (rules.isEmpty()) {
                unsure.add("no rules of " + firewall.name() + " are shown");
            } else if (disabled(firewall)) {
                passed.add(firewall.name() + " (pf is disabled)");
            } else if (skipped(firewall)) {
                passed.add(firewall.name() + " (set skip)");
            } else {
                judge(firewall, rules.get(), blocked, unsure, passed);
            }
        }
        if (!blocked.isEmpty()) {
            return Finding.notOk(
                    String.join("; ", blocked),
                    "'set skip on IF', or 'pass quick on IF proto pfsync keep state (no-sync)', with the sync"
                            + " interface");
        }
        return unsure.isEmpty()
                ? Finding.ok("pfsync passes on " + String.join(", ", passed))
                : Finding.cannotTell(String.join("; ", unsure));
    }

    private static boolean disabled(AskedFirewall firewall) {
        return firewall.ask("pfctl -s info -v").orElse("").startsWith("Status: Disabled");
    }

    private static boolean skipped(AskedFirewall firewall) {
        return firewall.ask("pfctl -s Interfaces -vv")
                .orElse("")
                .lines()
                .anyMatch(line -> line.equals(firewall.entry().syncInterface() + " (skip)"));
    }

    private static void judge(
            AskedFirewall firewall, String rules, List<String> blocked, List<String> unsure, List<String> passed) {
        for (String direction : List.of("in", "out")) {
            String device = firewall.entry().syncInterface();
            PrintedRules verdict = PrintedRules.of(rules, device, direction);
            String where = firewall.name() + " on " + device + " " + direction + ": '" + verdict.because() + "'";
            if (verdict.fate() == Fate.BLOCK) {
                blocked.add(where);
            } else if (verdict.fate() == Fate.UNSURE) {
                unsure.add("it depends on " + where);
            } else if (direction.equals("out")) {
                passed.add(firewall.name());
            }
        }
    }
}
