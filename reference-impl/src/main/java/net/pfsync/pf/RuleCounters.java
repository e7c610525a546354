package net.pfsync.pf;

import java.util.ArrayList;
import java.util.List;

/** How often the rules of one ruleset were of use. States that were made before it was loaded are not counted, although they carry the number of a rule. */
final class RuleCounters {

    private final Ruleset ruleset;
    private final int since;
    private final long[] evaluations;
    private final long[] packets;
    private final long[] bytes;
    private final long[] creations;

    /**
     * Starts at zero.
     *
     * @param ruleset the rules
     * @param since when they were loaded, seconds of uptime
     */
    RuleCounters(Ruleset ruleset, int since) {
        this.ruleset = ruleset;
        this.since = since;
        this.evaluations = new long[ruleset.size()];
        this.packets = new long[ruleset.size()];
        this.bytes = new long[ruleset.size()];
        this.creations = new long[ruleset.size()];
    }

    void evaluated(int rule) {
        evaluations[rule]++;
    }

    void created(State state) {
        creations[state.rule]++;
    }

    /** A rule that keeps no state decided about a packet. */
    void decided(Rule rule, int length) {
        if (rule.number() >= 0) {
            packets[rule.number()]++;
            bytes[rule.number()] += length;
        }
    }

    /** A packet passed on a state. */
    void passed(State state, int length) {
        if (owns(state)) {
            packets[state.rule]++;
            bytes[state.rule] += length;
        }
    }

    private boolean owns(State state) {
        return state.rule >= 0 && state.rule < packets.length && state.creation >= since;
    }

    List<RuleUse> uses(StateTable table) {
        long[] states = new long[packets.length];
        for (State state : table) {
            if (owns(state)) {
                states[state.rule]++;
            }
        }
        List<RuleUse> uses = new ArrayList<>();
        for (int number = 0; number < packets.length; number++) {
            uses.add(new RuleUse(
                    ruleset.rule(number).toString(),
                    evaluations[number],
                    packets[number],
                    bytes[number],
                    states[number],
                    creations[number]));
        }
        return uses;
    }
}
