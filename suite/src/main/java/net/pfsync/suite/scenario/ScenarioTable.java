package net.pfsync.suite.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import net.pfsync.suite.scenario.Alignment.Row;

/** The played scenarios in Markdown: one line each, then the frames of each side by side. */
final class ScenarioTable {

    /** Immediate answers of the recorded machines came up to 48 ms late, timers of a second up to 100 ms. */
    private static final Duration ACCURACY = Duration.ofMillis(100);

    /** So many rows that say the same are shown before they are counted. */
    private static final int SHOWN = 3;

    private static final String HEADING = """
        # Recorded scenarios and ours, side by side

        Made by `ci/pfsync scenarios fixtures/observed > fixtures/observed/SCENARIOS.md`; a test fails when it is stale.

        Each capture of the sync LAN is played again with the personas of its kernels on virtual time, and the frames of pfsync that the
        firewalls sent are laid side by side, each sender's in order. A pair agrees in kind if it has the same sections with the same
        number of messages. Compared in a pair are also the ids (the counter in them), in order, and the flags of full states. Times are
        in seconds from the first frame of the capture. A time agrees if it is within 0.1 s of the recorded one, which is how late
        the recorded machines were at most (README.md, "Times"), or if the time since the sender's frame before is: timers run from
        frame to frame, and on a busy host lateness adds up.

        """;

    private final StringBuilder text = new StringBuilder(HEADING);

    private ScenarioTable() {}

    static String of(List<PlayedScenario> played) {
        ScenarioTable table = new ScenarioTable();
        table.summary(played);
        played.forEach(table::details);
        return table.text.toString();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void summary(List<PlayedScenario> played) {
        line("| scenario | recorded | ours | pairs | ids | flags | times | differences |");
        line("|---|---|---|---|---|---|---|---|");
        long pairs = 0;
        long frames = 0;
        for (PlayedScenario each : played) {
            Alignment alignment = each.alignment();
            List<Row> found = alignment.pairs();
            pairs += found.size();
            frames += Math.max(alignment.recorded(), alignment.ours());
            line(
                    "| %s | %d | %d | %d (%.1f %%) | %d | %d | %d | %s |",
                    each.scenario().name(),
                    alignment.recorded(),
                    alignment.ours(),
                    found.size(),
                    100 * alignment.share(),
                    found.stream().filter(ScenarioTable::sameStates).count(),
                    found.stream().filter(ScenarioTable::sameFlags).count(),
                    found.stream().filter(ScenarioTable::sameTime).count(),
                    each.scenario().differs());
        }
        line("| all | | | %d of %d (%.1f %%) | | | | |", pairs, frames, 100.0 * pairs / frames);
    }

    static boolean sameStates(Row pair) {
        return pair.recorded()
                .orElseThrow()
                .states()
                .equals(pair.ours().orElseThrow().states());
    }

    static boolean sameFlags(Row pair) {
        return pair.recorded()
                .orElseThrow()
                .flags()
                .equals(pair.ours().orElseThrow().flags());
    }

    static boolean sameTime(Row pair) {
        return pair.later().abs().compareTo(ACCURACY) <= 0
                || pair.later().minus(pair.laterBefore()).abs().compareTo(ACCURACY) <= 0;
    }

    private void details(PlayedScenario played) {
        Scenario scenario = played.scenario();
        line("%n## %s%n", scenario.name());
        line("%s. Driven by %s.%n", sentence(scenario.title()), scenario.driven());
        if (!scenario.differs().isEmpty()) {
            line("Differences: %s%n", scenario.differs());
        }
        line("| at | sender | recorded | ours | later | differs |");
        line("|---|---|---|---|---|---|");
        List<Row> waiting = new ArrayList<>();
        for (Row row : played.alignment().rows()) {
            if (!waiting.isEmpty() && !alike(waiting.getFirst(), row)) {
                flush(waiting);
            }
            waiting.add(row);
        }
        flush(waiting);
    }

    private static String sentence(String title) {
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }

    private static boolean alike(Row one, Row other) {
        return one.pair()
                && other.pair()
                && differences(one).isEmpty()
                && differences(other).isEmpty()
                && kind(one).equals(kind(other));
    }

    private static String kind(Row row) {
        return row.recorded().or(row::ours).orElseThrow().kind();
    }

    private void flush(List<Row> waiting) {
        int shown = waiting.size() > 2 * SHOWN ? SHOWN : waiting.size();
        waiting.subList(0, shown).forEach(this::row);
        if (shown < waiting.size()) {
            List<Row> counted = waiting.subList(shown, waiting.size());
            long senders = new HashSet<>(counted.stream()
                            .map(row -> row.recorded().orElseThrow().sender())
                            .toList())
                    .size();
            line(
                    "| … %s | %s | %d more: %s | the same | | |",
                    SyncFrame.seconds(counted.getLast().at()),
                    senders == 1 ? counted.getFirst().recorded().orElseThrow().sender() : "both",
                    counted.size(),
                    kind(counted.getFirst()));
        }
        waiting.clear();
    }

    private void row(Row row) {
        line(
                "| %s | %s | %s | %s | %s | %s |",
                SyncFrame.seconds(row.at()),
                row.recorded().or(row::ours).orElseThrow().sender(),
                row.recorded().map(SyncFrame::text).orElse("-"),
                row.ours().map(SyncFrame::text).orElse("-"),
                row.pair() ? SyncFrame.seconds(row.later()) : "",
                String.join(", ", differences(row)));
    }

    private static List<String> differences(Row row) {
        List<String> differences = new ArrayList<>();
        if (!row.pair()) {
            differences.add(row.recorded().isPresent() ? "missing" : "extra");
            return differences;
        }
        if (!sameStates(row)) {
            differences.add("ids");
        }
        if (!sameFlags(row)) {
            differences.add("flags");
        }
        if (!sameTime(row)) {
            differences.add("time");
        }
        return differences;
    }
}
