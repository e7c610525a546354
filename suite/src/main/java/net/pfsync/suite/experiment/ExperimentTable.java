package net.pfsync.suite.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Outcomes as lines of a table, for a terminal or in Markdown. */
final class ExperimentTable {

    /** What the numbers are of. */
    static final List<String> NOTES = List.of(
            "Packets per second are segments with data, of all connections together; each is acknowledged by a packet"
                    + " on the way back.",
            "A frame takes 50 µs on each LAN and up to 5 µs more: on perfectly regular LANs every race between a"
                    + " packet and an update ends in the same way, and fast connections on split paths would stall.",
            "Connect: from the SYN to the last handshake. Time: from the SYN until all is closed. Goodput: of the time"
                    + " in between, relative to one firewall.",
            "No state, mismatch: packets that pf dropped because no state let them pass, or because they did not fit"
                    + " theirs.",
            "Frames, bytes: of pfsync, all firewalls together, per packet that they forwarded.");

    private record Column(String name, int width, boolean left) {
        String cell(String text) {
            int length = text.codePointCount(0, text.length());
            String padding = " ".repeat(Math.max(0, width - length));
            return left ? text + padding : padding + text;
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("load", 8, true),
            new Column("packets/s", 9, false),
            new Column("setup", 17, true),
            new Column("connect ms", 10, false),
            new Column("time s", 9, false),
            new Column("goodput", 8, false),
            new Column("no state", 8, false),
            new Column("mismatch", 8, false),
            new Column("frames", 6, false),
            new Column("bytes", 6, false));

    private final boolean markdown;

    ExperimentTable(boolean markdown) {
        this.markdown = markdown;
    }

    /** The names of the columns. */
    List<String> head() {
        String names = line(COLUMNS.stream().map(Column::name).toList());
        if (!markdown) {
            return List.of(names);
        }
        return List.of(
                names,
                COLUMNS.stream()
                        .map(column -> column.left() ? "---" : "--:")
                        .collect(Collectors.joining("|", "|", "|")));
    }

    /**
     * One outcome.
     *
     * @param one what became of the same load at the same rate through one firewall
     */
    String row(Load load, int packetsPerSecond, Setup setup, Outcome outcome, Outcome one) {
        return line(List.of(
                load.toString(),
                Integer.toString(packetsPerSecond),
                setup.text(),
                outcome.handshake() == null ? "never" : number("%.2f", seconds(outcome.handshake()) * 1000),
                number("%.4f", seconds(outcome.time())),
                goodput(load, outcome, one),
                Long.toString(outcome.unknown()),
                Long.toString(outcome.mismatched()),
                perPacket("%.3f", outcome.syncFrames(), outcome),
                perPacket("%.1f", outcome.syncBytes(), outcome)));
    }

    private static String goodput(Load load, Outcome outcome, Outcome one) {
        if (!outcome.complete()) {
            double all = (double) load.connections() * load.bytes();
            return number("stalls %.0f%%", Math.floor(outcome.arrived() / all * 100));
        }
        return one.complete() ? number("%.1f %%", outcome.speed() / one.speed() * 100) : "";
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String perPacket(String format, long count, Outcome outcome) {
        return outcome.forwarded() == 0 ? "" : number(format, (double) count / outcome.forwarded());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(markdown ? "| " : i == 0 ? "" : "  ")
                    .append(COLUMNS.get(i).cell(cells.get(i)))
                    .append(markdown ? " " : "");
        }
        return markdown ? line + "|" : line.toString().stripTrailing();
    }
}
