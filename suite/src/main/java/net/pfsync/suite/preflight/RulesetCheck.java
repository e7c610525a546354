package net.pfsync.suite.preflight;

import java.util.List;
import java.util.Map;

/** All firewalls have the same rules: a state names its rule by number, and one with another ruleset takes it for another. */
final class RulesetCheck implements Check {

    @Override
    public String name() {
        return "rulesets";
    }

    @Override
    public Finding look(Site site) {
        Map<String, List<String>> rules =
                site.answers(firewall -> firewall.ask("pfctl -s rules").map(PrintedRules::rulesIn));
        if (rules.size() < 2) {
            return Finding.cannotTell("the rules of fewer than two firewalls are shown");
        }
        String first = rules.keySet().iterator().next();
        for (Map.Entry<String, List<String>> other : rules.entrySet()) {
            if (!other.getValue().equals(rules.get(first))) {
                return Finding.notOk(
                        difference(first, rules.get(first), other.getKey(), other.getValue()),
                        "load the same pf.conf on all, and give the interfaces the same names");
            }
        }
        return Finding.ok("the same " + rules.get(first).size() + " rules on " + String.join(", ", rules.keySet()));
    }

    private static String difference(String one, List<String> rules, String other, List<String> others) {
        int at = 0;
        while (at < rules.size() && at < others.size() && rules.get(at).equals(others.get(at))) {
            at++;
        }
        return "rule " + at + " is " + at(rules, at) + " on " + one + ", " + at(others, at) + " on " + other;
    }

    private static String at(List<String> rules, int at) {
        return at < rules.size() ? "'" + rules.get(at) + "'" : "missing";
    }
}
