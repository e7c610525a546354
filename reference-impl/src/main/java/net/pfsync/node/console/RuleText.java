package net.pfsync.node.console;

import java.util.List;
import java.util.Locale;
import net.pfsync.pf.RuleUse;

/** What {@code pfctl -s rules} prints; the process that loaded the rules is this one. */
final class RuleText {

    private RuleText() {}

    static String of(List<RuleUse> rules, int verbose) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < rules.size(); number++) {
            RuleUse rule = rules.get(number);
            text.append(verbose > 1 ? "@" + number + " " : "")
                    .append(rule.rule())
                    .append('\n');
            text.append(verbose > 0 ? counters(rule) : "");
        }
        return text.toString();
    }

    private static String counters(RuleUse rule) {
        return String.format(
                Locale.ROOT,
                """
                  [ Evaluations: %-8d  Packets: %-8d  Bytes: %-10d  States: %-6d]
                  [ Inserted: uid 0 pid %d State Creations: %-6d]
                """,
                rule.evaluations(),
                rule.packets(),
                rule.bytes(),
                rule.states(),
                ProcessHandle.current().pid(),
                rule.creations());
    }
}
