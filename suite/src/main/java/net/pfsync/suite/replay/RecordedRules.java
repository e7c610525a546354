package net.pfsync.suite.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;

/**
 * pf's rules of a recorded machine, from the recorder's words: rules of pf.conf separated by semicolons, perhaps with a
 * remark in parentheses behind them.
 *
 * <table>
 * <caption>Remarks</caption>
 * <tr><td>{@code (no-sync)}, {@code (if-bound)}, {@code (sloppy)}</td><td>as in pf.conf</td></tr>
 * <tr><td>{@code (scrub reassemble tcp)}</td><td>the rule normalizes TCP</td></tr>
 * <tr><td>{@code (only known states pass)}</td><td>says what the rule before does</td></tr>
 * <tr><td>{@code (pf skips lo and vio0)}</td><td>{@code set skip on { lo vio0 }}</td></tr>
 * </table>
 *
 * <p>On 4.5 and 4.6 the rules were set by ioctl, so that one without flags takes any of TCP; on 7.6 pfctl read them and
 * made {@code flags S/SA} of that. Source: {@code OBSERVED.md} of 4.6, "Set-up".
 */
final class RecordedRules {

    private static final Pattern SKIPS = Pattern.compile("(.*) \\(pf skips (\\w+) and (\\w+)\\)");
    private static final String ONLY_KNOWN = " (only known states pass)";
    private static final String SCRUB = " keep state (scrub reassemble tcp)";

    private RecordedRules() {}

    /**
     * Understands the words.
     *
     * @param words as recorded
     * @param byIoctl whether no pfctl read them
     * @throws MalformedCaseException if they are not understood
     */
    static Ruleset parse(String words, boolean byIoctl) {
        List<String> lines = new ArrayList<>();
        for (String part : words.split(";", 0)) {
            String rule = part.trim();
            Matcher skips = SKIPS.matcher(rule);
            if (skips.matches()) {
                lines.add("set skip on { " + skips.group(2) + " " + skips.group(3) + " }");
                rule = skips.group(1);
            }
            lines.add(rule(rule, byIoctl));
        }
        try {
            return Ruleset.parse(String.join("\n", lines));
        } catch (RulesetException e) {
            throw new MalformedCaseException("config.rules", "are not understood: " + e.getMessage());
        }
    }

    private static String rule(String words, boolean byIoctl) {
        String rule = words.replace(SCRUB, " scrub (reassemble tcp) keep state").replace(ONLY_KNOWN, " all");
        boolean keeps = rule.endsWith(" state") || rule.contains(" state (");
        return byIoctl && keeps && !rule.contains(" flags ") ? rule + " flags any" : rule;
    }
}
