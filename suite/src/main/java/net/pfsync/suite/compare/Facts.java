package net.pfsync.suite.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.wire.Counter;

/**
 * What a console tells of a firewall beside its states.
 *
 * @param values what it is set to, by name
 * @param counters of pfsync, empty if it does not show them
 * @param timeouts of pf in seconds, empty if it does not show them
 * @param silent the questions that it did not answer, each with its reason
 */
public record Facts(
        Map<Fact, String> values, Map<Counter, Long> counters, List<Integer> timeouts, List<String> silent) {

    /** Nothing is known. */
    static final Facts NONE = new Facts(Map.of(), Map.of(), List.of(), List.of());

    /** Takes copies, in their order. */
    public Facts {
        values = new LinkedHashMap<>(values);
        counters = new LinkedHashMap<>(counters);
        timeouts = List.copyOf(timeouts);
        silent = List.copyOf(silent);
    }

    /** What there is to know. */
    public enum Fact {
        RELEASE("release", Rule.NOTED),
        HOST_ID("host id", Rule.UNLIKE),
        RULESET("ruleset", Rule.EQUAL),
        RUNNING("pfsync0 up and running", Rule.EQUAL),
        MTU("mtu of pfsync0", Rule.EQUAL),
        SYNCDEV("syncdev", Rule.NOTED),
        SYNCPEER("syncpeer", Rule.PEERS),
        MAXUPD("maxupd", Rule.EQUAL),
        DEFER("defer", Rule.EQUAL),
        SYNC_ADDRESS("address on the sync LAN", Rule.UNLIKE),
        DEMOTION("demotion of carp", Rule.ZERO);

        private final String text;
        private final Rule rule;

        Fact(String text, Rule rule) {
            this.text = text;
            this.rule = rule;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    private enum Rule {
        EQUAL,
        UNLIKE,
        ZERO,
        PEERS,
        NOTED
    }

    /**
     * What two firewalls are set to, side by side.
     *
     * @param wrong what is wrong with it, a few words; empty if nothing is
     */
    public record Row(Fact fact, String a, String b, String wrong) {}

    /** Everything that both tell. */
    static List<Row> rows(Facts a, Facts b) {
        List<Row> rows = new ArrayList<>();
        for (Fact fact : Fact.values()) {
            String left = a.values.get(fact);
            String right = b.values.get(fact);
            if (left != null && right != null) {
                rows.add(new Row(fact, left, right, wrong(fact, a, b, left, right)));
            } else if (fact.rule == Rule.ZERO && (left != null || right != null)) {
                rows.add(new Row(
                        fact, text(left), text(right), left == null ? demoted("b", right) : demoted("a", left)));
            }
        }
        return rows;
    }

    private static String text(String value) {
        return value == null ? "?" : value;
    }

    private static String wrong(Fact fact, Facts a, Facts b, String left, String right) {
        boolean same = left.equals(right);
        return switch (fact.rule) {
            case EQUAL -> same ? fact == Fact.RUNNING && left.equals("no") ? "neither is" : "" : "differs";
            case UNLIKE -> same ? "must differ" : "";
            case ZERO -> demoted("a", left) + (demoted("a", left).isEmpty() ? demoted("b", right) : "");
            case PEERS -> peers(a, b, left, right);
            case NOTED -> "";
        };
    }

    private static String demoted(String which, String value) {
        return value.equals("0") ? "" : which + " is demoted";
    }

    /** Both to the group, or each to the other: else one of them is not heard. */
    private static String peers(Facts a, Facts b, String left, String right) {
        boolean toB = right.equals("multicast") ? left.equals("multicast") : left.equals(b.address());
        boolean toA = left.equals("multicast") ? right.equals("multicast") : right.equals(a.address());
        if (!toB || !toA) {
            String one = left.equals("multicast") || !left.equals(b.address()) ? "a" : "b";
            return left.equals("multicast") != right.equals("multicast")
                    ? "one way: one sends to its peer alone, the other to the group"
                    : one + " sends to somebody else";
        }
        return "";
    }

    private String address() {
        return values.getOrDefault(Fact.SYNC_ADDRESS, "");
    }
}
