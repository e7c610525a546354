package net.pfsync.suite.lint;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;

/**
 * Sections in another order than the senders of the dialect have them, or a kind twice. Of 7.4 and later BUS stands alone,
 * before the states of a transfer, or behind them. Source: WIRE.md section 10.
 */
final class OrderRule implements Rule {

    private static final Map<Kind, Integer> V5 = order(
            Kind.INS,
            Kind.INS_ACK,
            Kind.UPD,
            Kind.UPD_C,
            Kind.DEL_C,
            Kind.UPD_REQ,
            Kind.CLR,
            Kind.BUS,
            Kind.TDB,
            Kind.EOF);
    private static final Map<Kind, Integer> V6 =
            order(Kind.UPD_REQ, Kind.CLR, Kind.BUS, Kind.TDB, Kind.INS_ACK, Kind.UPD_C, Kind.DEL_C, Kind.INS, Kind.UPD);
    private static final Map<Kind, Integer> V6_SINCE_7_4 =
            order(Kind.INS_ACK, Kind.UPD_C, Kind.DEL_C, Kind.INS, Kind.UPD, Kind.TDB);

    private final Findings findings;

    OrderRule(Findings findings) {
        this.findings = findings;
    }

    private static Map<Kind, Integer> order(Kind... kinds) {
        Map<Kind, Integer> order = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            order.put(kind, order.size());
        }
        return order;
    }

    @Override
    public void sections(Heard heard, List<Kind> kinds) {
        if (kinds.size() > 1 && !ordered(heard.dialect(), kinds)) {
            findings.add(
                    Check.SECTION_ORDER,
                    heard.sender(),
                    kinds.toString(),
                    "sends sections in an order that no sender of " + heard.dialect() + " has: " + kinds,
                    heard.number());
        }
    }

    private static boolean ordered(Dialect dialect, List<Kind> kinds) {
        boolean rewritten = dialect.name().equals("v6-7.4") || dialect.name().equals("v6-7.9");
        Map<Kind, Integer> order = rewritten ? V6_SINCE_7_4 : dialect.framing().stride() ? V6 : V5;
        int first = 0;
        int last = kinds.size();
        if (rewritten) {
            first = kinds.getFirst() == Kind.BUS ? 1 : 0;
            last -= kinds.getLast() == Kind.BUS ? 1 : 0;
        }
        int before = -1;
        for (int i = first; i < last; i++) {
            int place = order.getOrDefault(kinds.get(i), -1);
            if (place <= before) {
                return false;
            }
            before = place;
        }
        return true;
    }
}
