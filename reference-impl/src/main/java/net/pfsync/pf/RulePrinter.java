package net.pfsync.pf;

import java.util.StringJoiner;

/** Prints rules as {@code pfctl -s rules} does. Source: recorded on OpenBSD 7.6, {@code *_pfctl_s_rules.txt}. */
final class RulePrinter {

    private RulePrinter() {}

    static String print(Rule rule) {
        StringBuilder text = new StringBuilder();
        text.append(
                switch (rule.action()) {
                    case PASS -> "pass";
                    case BLOCK -> "block drop";
                    case MATCH -> "match";
                });
        Criteria criteria = rule.criteria();
        text.append(criteria.direction() == 0 ? "" : criteria.direction() == State.IN ? " in" : " out");
        text.append(rule.log() ? " log" : "").append(rule.quick() ? " quick" : "");
        if (!criteria.ifname().isEmpty()) {
            text.append(criteria.notIfname() ? " on ! " : " on ").append(criteria.ifname());
        }
        text.append(criteria.family() == 0 ? "" : criteria.family() == 4 ? " inet" : " inet6");
        if (criteria.proto() != Criteria.ANY) {
            text.append(" proto ").append(RuleWords.protocolName(criteria.proto()));
        }
        hosts(text, criteria);
        transport(text, criteria, rule.keeping());
        keeping(text, rule);
        text.append(rule.allowOpts() ? " allow-opts" : "");
        text.append(rule.reassembleTcp() ? " scrub (reassemble tcp)" : "");
        text.append(rule.natTo() == null ? "" : " nat-to " + rule.natTo());
        text.append(rule.rdrTo() == null ? "" : " rdr-to " + rule.rdrTo());
        return text.toString();
    }

    private static void hosts(StringBuilder text, Criteria criteria) {
        boolean ports = !criteria.fromPort().any() || !criteria.toPort().any();
        if (criteria.from().any() && criteria.to().any() && !ports) {
            text.append(" all");
            return;
        }
        text.append(" from ").append(criteria.from());
        text.append(criteria.fromPort().any() ? "" : criteria.fromPort().criterion());
        text.append(" to ").append(criteria.to());
        text.append(criteria.toPort().any() ? "" : criteria.toPort().criterion());
    }

    private static void transport(StringBuilder text, Criteria criteria, Keeping keeping) {
        boolean tcp = criteria.proto() == Criteria.ANY || criteria.proto() == IpProtocol.TCP;
        if (criteria.flagSet() != 0) {
            text.append(" flags ").append(RuleWords.flagNames(criteria.flags()));
            text.append('/').append(RuleWords.flagNames(criteria.flagSet()));
        } else if (keeping.keeps() && tcp) {
            text.append(" flags any");
        }
        if (criteria.icmpType() != Criteria.ANY) {
            boolean inet6 = criteria.proto() == IpProtocol.ICMPV6;
            text.append(inet6 ? " icmp6-type " : " icmp-type ");
            text.append(RuleWords.icmpTypeName(inet6, criteria.icmpType()));
            text.append(criteria.icmpCode() == Criteria.ANY ? "" : " code " + criteria.icmpCode());
        }
    }

    private static void keeping(StringBuilder text, Rule rule) {
        Keeping keeping = rule.keeping();
        if (!keeping.keeps()) {
            text.append(rule.action() == Rule.Action.PASS ? " no state" : "");
            return;
        }
        StringJoiner options = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (keeping.noSync()) {
            options.add("no-sync");
        }
        if (keeping.sloppy()) {
            options.add("sloppy");
        }
        switch (keeping.binding()) {
            case IF_BOUND -> options.add("if-bound");
            case FLOATING -> options.add("floating");
            case DEFAULT -> {}
        }
        if (keeping.mode() != Keeping.Mode.KEEP || options.length() > 0) {
            text.append(' ').append(keeping.mode().text()).append(options);
        }
    }
}
