package net.pfsync.suite.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import net.pfsync.suite.compare.Difference.Kind;
import net.pfsync.wire.Counter;

/** A result for people at a terminal: the verdict first. */
public final class TextResult {

    private TextResult() {}

    /**
     * The summary, and the differences if they are asked for.
     *
     * @param details how many differences to print, 0 for none
     */
    public static String of(Result result, Tolerance tolerance, int details) {
        StringBuilder text = new StringBuilder();
        StateComparison states = result.states();
        String a = result.names().get(0);
        String b = result.names().get(1);
        text.append("%s%n".formatted(verdict(result)));
        text.append("  states: %s has %d, %s has %d; %d are on both%n"
                .formatted(a, states.states(0), b, states.states(1), states.compared()));
        for (Map.Entry<Kind, Long> each : states.counts().entrySet()) {
            text.append("  %6d %s: %s%n"
                    .formatted(
                            each.getValue(),
                            named(each.getKey().text(), a, b),
                            named(each.getKey().meaning(), a, b)));
        }
        notJudged(text, states, tolerance);
        creators(text, states, a, b);
        for (Facts.Row row : result.rows()) {
            if (!row.wrong().isEmpty() || details > 0) {
                boolean same = row.a().equals(row.b());
                text.append("  %s: %s%s%n"
                        .formatted(
                                row.fact().text(),
                                same ? row.a() : a + " " + row.a() + ", " + b + " " + row.b(),
                                row.wrong().isEmpty() ? "" : "  <- " + named(row.wrong(), a, b)));
            }
        }
        counters(text, result);
        states.details().stream().limit(details).forEach(each -> text.append(detail(each, a, b)));
        long left = states.details().size() - (long) details;
        if (details > 0 && left > 0) {
            text.append("  %d more; --details %d shows them%n"
                    .formatted(left, states.details().size()));
        }
        return text.toString();
    }

    private static String verdict(Result result) {
        long states = result.states().counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long settings =
                result.rows().stream().filter(row -> !row.wrong().isEmpty()).count();
        String partly = result.incomplete().isEmpty() ? "" : "as far as they tell: ";
        String names = result.names().get(0) + " and " + result.names().get(1);
        return names + ": " + partly
                + (result.differs()
                        ? states + " differences in states, " + settings + " in settings"
                        : "equal within the tolerance");
    }

    /** The sides are called a and b in the sentences of the rules. */
    private static String named(String sentence, String a, String b) {
        return sentence.replaceAll("\\ba\\b(?= (?:alone|fails|is|sends)|$)", Matcher.quoteReplacement(a))
                .replaceAll("\\bb\\b(?= (?:alone|fails|is|sends)|$)", Matcher.quoteReplacement(b));
    }

    private static void notJudged(StringBuilder text, StateComparison states, Tolerance tolerance) {
        if (states.moving() > 0) {
            text.append("  not judged: windows and lifetimes of %d states on which a packet passed in the last 2 s%n"
                    .formatted(states.moving()));
        }
        if (states.passing() > 0) {
            text.append("  not judged: %d states that begin or end within %d s%n"
                    .formatted(states.passing(), tolerance.seconds()));
        }
        if (states.unseen() > 0) {
            text.append("  not judged: %d states older than the capture%n".formatted(states.unseen()));
        }
    }

    private static void creators(StringBuilder text, StateComparison states, String a, String b) {
        Map<Integer, Long> onA = states.creators(0);
        Map<Integer, Long> onB = states.creators(1);
        Map<String, String> lines = new TreeMap<>();
        for (Map<Integer, Long> side : List.of(onA, onB)) {
            side.keySet()
                    .forEach(creator -> lines.put(
                            String.format("%08x", creator),
                            "%s %d, %s %d"
                                    .formatted(a, onA.getOrDefault(creator, 0L), b, onB.getOrDefault(creator, 0L))));
        }
        lines.forEach((creator, counts) -> text.append("  made by %s: %s%n".formatted(creator, counts)));
    }

    private static void counters(StringBuilder text, Result result) {
        for (int side = 0; side < result.facts().size(); side++) {
            Map<Counter, Long> counters = result.facts().get(side).counters();
            if (counters.isEmpty()) {
                continue;
            }
            StringBuilder errors = new StringBuilder();
            counters.forEach((counter, value) -> {
                boolean traffic = counter == Counter.IPACKETS || counter == Counter.OPACKETS;
                if (value != 0 && !traffic) {
                    errors.append(", ")
                            .append(value)
                            .append(' ')
                            .append(counter.name().toLowerCase(Locale.ROOT));
                }
            });
            text.append("  packets of %s: %d sent, %d received%s%n"
                    .formatted(
                            result.names().get(side),
                            counters.getOrDefault(Counter.OPACKETS, 0L),
                            counters.getOrDefault(Counter.IPACKETS, 0L),
                            errors));
        }
    }

    private static String detail(Difference difference, String a, String b) {
        StringBuilder line = new StringBuilder("  ")
                .append(named(difference.kind().text(), a, b))
                .append(": ")
                .append(difference.state());
        if (!difference.a().isEmpty()) {
            line.append("; ").append(a).append(": ").append(difference.a());
        }
        if (!difference.b().isEmpty()) {
            line.append("; ").append(b).append(": ").append(difference.b());
        }
        return line.append(System.lineSeparator()).toString();
    }
}
