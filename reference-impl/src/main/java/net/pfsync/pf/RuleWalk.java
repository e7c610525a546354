package net.pfsync.pf;

/** One walk through the rules for a packet without state. Source: the manual of pf.conf; {@code PF-TRACKING.md} section 2. */
final class RuleWalk {

    private final Translation translation;
    private Rule decision;
    private boolean reassembleTcp;

    RuleWalk(Translation translation) {
        this.translation = translation;
    }

    /**
     * Finds the rule that decides, and gives the flow its translated addresses.
     *
     * @return false if no port is left to translate to
     */
    boolean walk(Ruleset ruleset, Flow flow, RuleCounters counters) {
        decision = Rule.DEFAULT;
        reassembleTcp = false;
        for (int number = 0; number < ruleset.size(); number++) {
            Rule rule = ruleset.rule(number);
            counters.evaluated(number);
            if (!rule.criteria().match(flow)) {
                continue;
            }
            if (rule.action() != Rule.Action.MATCH) {
                decision = rule;
            } else if (!apply(rule, flow)) {
                return false;
            }
            if (rule.quick()) {
                break;
            }
        }
        return decision.action() != Rule.Action.PASS || apply(decision, flow);
    }

    private boolean apply(Rule rule, Flow flow) {
        reassembleTcp |= rule.reassembleTcp();
        return flow.packet().fragment() || translation.apply(rule, flow);
    }

    /** The last rule that matched, or the first one that was quick. */
    Rule decision() {
        return decision;
    }

    /** Whether a rule on the way asked to normalize TCP. */
    boolean reassembleTcp() {
        return reassembleTcp;
    }
}
