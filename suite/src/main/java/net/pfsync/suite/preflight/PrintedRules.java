package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules, as {@code pfctl -s rules} prints them, do to pfsync packets of an interface. As in pf the last rule that matches decides, or the first
 * with {@code quick}; what addresses, anchors and groups of interfaces come to is not looked up, so they may match or not.
 */
final class PrintedRules {

    private static final Pattern NUMBER = Pattern.compile("^@\\d+ +");
    private static final Pattern ACTION = Pattern.compile("^(pass|block|match|anchor)\\b.*");
    private static final Pattern ON = Pattern.compile(" on (! )?([A-Za-z0-9]+)(?= |$)");
    private static final Pattern PROTO = Pattern.compile(" proto (\\S+)");
    private static final Pattern ANYBODY = Pattern.compile(" (all|from any to any)( |$)");
    /** What makes a rule match only some of the packets. */
    private static final Pattern CONDITION =
            Pattern.compile(" (from|to|user|group|tagged|probability|received-on|os|tos|rtable|! ?tagged) ");

    /** What happens to packets. */
    enum Fate {
        PASS,
        BLOCK,
        UNSURE
    }

    private enum Match {
        NO,
        PERHAPS,
        YES
    }

    private final String device;
    private final String direction;
    private Fate fate = Fate.PASS;
    private String because = "no rule is about them";

    private PrintedRules(String device, String direction) {
        this.device = device;
        this.direction = direction;
    }

    /**
     * What happens to packets of protocol 240.
     *
     * @param text what pfctl printed, with {@code -v} or without
     * @param device the interface
     * @param direction {@code in} or {@code out}
     * @return the rules' verdict
     */
    static PrintedRules of(String text, String device, String direction) {
        PrintedRules rules = new PrintedRules(device, direction);
        for (String rule : rulesIn(text)) {
            if (rules.decidedBy(rule)) {
                break;
            }
        }
        return rules;
    }

    /** The rules alone, without numbers and statistics; the same for {@code -s rules} and {@code -vv -s rules}. */
    static List<String> rulesIn(String text) {
        List<String> rules = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String rule = NUMBER.matcher(line).replaceFirst("").stripTrailing();
            if (ACTION.matcher(rule).matches()) {
                rules.add(rule);
            }
        }
        return rules;
    }

    Fate fate() {
        return fate;
    }

    /** The rule that decides. */
    String because() {
        return because;
    }

    private boolean decidedBy(String rule) {
        Match match = match(rule);
        if (match == Match.NO || rule.startsWith("match")) {
            return false;
        }
        Fate wanted = rule.startsWith("pass") ? Fate.PASS : rule.startsWith("block") ? Fate.BLOCK : Fate.UNSURE;
        if (match == Match.YES && wanted != Fate.UNSURE) {
            fate = wanted;
            because = rule;
            return (rule + " ").contains(" quick ");
        }
        if (wanted != fate) {
            fate = Fate.UNSURE;
            because = rule;
        }
        return false;
    }

    private Match match(String rule) {
        String words = rule + " ";
        String other = direction.equals("in") ? " out " : " in ";
        Matcher proto = PROTO.matcher(rule);
        boolean about = !proto.find()
                || proto.group(1).equals("pfsync")
                || proto.group(1).equals("240");
        if (!about || words.substring(0, head(words)).contains(other) || words.contains(" inet6 ")) {
            return Match.NO;
        }
        Match on = on(rule);
        if (on == Match.NO) {
            return Match.NO;
        }
        boolean conditional =
                CONDITION.matcher(ANYBODY.matcher(words).replaceFirst(" ")).find();
        return rule.startsWith("anchor") || conditional ? Match.PERHAPS : on;
    }

    /** The direction stands before everything else. */
    private static int head(String words) {
        Matcher rest = Pattern.compile(" (on|inet|inet6|proto|from|all) ").matcher(words);
        return rest.find() ? rest.start() + 1 : words.length();
    }

    private Match on(String rule) {
        Matcher on = ON.matcher(rule);
        if (!on.find()) {
            return Match.YES;
        }
        boolean not = on.group(1) != null;
        String name = on.group(2);
        if (name.equals(device) || name.equals("any")) {
            return not ? Match.NO : Match.YES;
        }
        boolean oneInterface = Character.isDigit(name.charAt(name.length() - 1));
        return oneInterface ? not ? Match.YES : Match.NO : Match.PERHAPS;
    }
}
