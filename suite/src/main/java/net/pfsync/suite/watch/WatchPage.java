package net.pfsync.suite.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.pfsync.suite.lint.Check;
import net.pfsync.suite.lint.Finding;
import net.pfsync.suite.lint.TextReport;
import net.pfsync.suite.lint.Transfer;
import net.pfsync.suite.lint.Verdict;
import net.pfsync.wire.Kind;

/**
 * The page: lines of text for a terminal of some size. What came over the wire is shown without control characters, which could take the terminal over.
 *
 * <pre>
 * pfsync eth1: 2 firewalls, 00:01:23                                 q ends
 *
 * 10.9.0.1          v6-7.4      12.0 packets/s     1200 packets
 * 10.9.0.2          v6-7.4       0.5 packets/s       31 packets
 * </pre>
 */
public final class WatchPage {

    private static final int MOST_PEERS = 6;
    private static final int COLUMNS_OF_KINDS = 2;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int BYTES_PER_KILO = 1000;

    private final String name;

    /** How a line is to look. */
    public enum Look {
        PLAIN,
        TITLE,
        ERROR,
        WARNING,
        GOOD
    }

    /** A line. */
    public record Line(Look look, String text) {}

    /**
     * A page.
     *
     * @param name of the interface or file
     */
    public WatchPage(String name) {
        this.name = name;
    }

    /**
     * Its lines.
     *
     * @param before what was heard at the last look, null for nothing
     * @param now what was heard
     * @param nanos between the two
     * @param over whether nothing more comes
     * @param width columns; no line is longer
     * @param height lines; there are no more
     */
    public List<Line> lines(Verdict before, Verdict now, long nanos, boolean over, int width, int height) {
        Rates rates = new Rates(before, now, nanos);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Look.TITLE, title(now, over, width)));
        plain(lines, "");
        peers(lines, now, rates);
        plain(lines, "");
        kinds(lines, now, rates);
        plain(lines, "");
        plain(lines, traffic(now, rates));
        plain(
                lines,
                "states known: %d, of %d the addresses"
                        .formatted(now.tables().states(), now.tables().whole()));
        plain(lines, bulk(now));
        plain(lines, "");
        findings(lines, now, height - lines.size());
        return lines.stream()
                .limit(Math.max(1, height))
                .map(line -> new Line(line.look(), cut(line.text(), width)))
                .toList();
    }

    private static void plain(List<Line> lines, String text) {
        lines.add(new Line(Look.PLAIN, text));
    }

    private static String cut(String text, int width) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= width ? clean : clean.substring(0, Math.max(0, width - 1)) + "…";
    }

    private String title(Verdict now, boolean over, int width) {
        String found = now.findings().isEmpty() ? "" : ", " + TextReport.counts(now);
        String right = ": " + firewalls(now) + ", " + clock(length(now)) + found + (over ? ", over" : "") + "  q ends";
        int room = Math.max(1, width - right.length() - "pfsync ".length());
        String left = "pfsync " + cut(name, room) + right;
        return left + " ".repeat(Math.max(0, width - left.length()));
    }

    private static String firewalls(Verdict now) {
        int count = now.peers().size();
        return count == 0 ? "nobody yet" : count + (count == 1 ? " firewall" : " firewalls");
    }

    /** Seconds from the first packet to the last. */
    private static long length(Verdict now) {
        long first = now.peers().stream().mapToLong(Verdict.Peer::first).min().orElse(0);
        return (last(now) - first) / NANOS_PER_SECOND;
    }

    private static long last(Verdict now) {
        return now.peers().stream().mapToLong(Verdict.Peer::last).max().orElse(0);
    }

    private static String clock(long seconds) {
        return "%02d:%02d:%02d"
                .formatted(
                        seconds / SECONDS_PER_HOUR,
                        seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE,
                        seconds % SECONDS_PER_MINUTE);
    }

    private static void peers(List<Line> lines, Verdict now, Rates rates) {
        now.peers().stream()
                .limit(MOST_PEERS)
                .forEach(peer -> plain(
                        lines,
                        "%-24s %-9s %9s packets/s %10d packets"
                                .formatted(
                                        peer.address().isEmpty() ? "(no address)" : peer.address(),
                                        peer.dialect(),
                                        rate(rates.packetsOf(peer.address())),
                                        peer.packets())));
        if (now.peers().size() > MOST_PEERS) {
            plain(lines, "and %d more".formatted(now.peers().size() - MOST_PEERS));
        }
    }

    private static void kinds(List<Line> lines, Verdict now, Rates rates) {
        List<String> cells = now.messages().entrySet().stream()
                .filter(each -> each.getKey() != Kind.EOF)
                .map(each -> cell(each, rates))
                .toList();
        plain(
                lines,
                "%-8s %9s %10s     %-8s %9s %10s"
                        .formatted("action", "per s", "all", "", "", "")
                        .stripTrailing());
        int rows = (cells.size() + COLUMNS_OF_KINDS - 1) / COLUMNS_OF_KINDS;
        for (int row = 0; row < rows; row++) {
            String right = row + rows < cells.size() ? "     " + cells.get(row + rows) : "";
            plain(lines, cells.get(row) + right);
        }
    }

    private static String cell(Map.Entry<Kind, Long> each, Rates rates) {
        return "%-8s %9s %10d".formatted(each.getKey(), rate(rates.messages(each.getKey())), each.getValue());
    }

    private static String traffic(Verdict now, Rates rates) {
        long messages = now.told();
        String present = rates.packets() > 0
                ? "%.1f messages in a packet now, ".formatted(rates.allMessages() / rates.packets())
                : "";
        return "%s packets/s, %s kB/s; %s%.1f in all"
                .formatted(
                        rate(rates.packets()),
                        rate(rates.bytes() / BYTES_PER_KILO),
                        present,
                        messages / (double) Math.max(1, now.packets()));
    }

    private static String rate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String bulk(Verdict now) {
        if (now.transfers().isEmpty()) {
            return "no bulk transfer yet";
        }
        Transfer transfer = now.transfers().getLast();
        String who = transfer.requester().isEmpty() ? "" : " for " + transfer.requester();
        String end = transfer.ended() == 0
                ? ", no END yet"
                : String.format(
                        Locale.ROOT, " in %.3f s", (transfer.ended() - transfer.started()) / (double) NANOS_PER_SECOND);
        String ago = clock((last(now) - transfer.started()) / NANOS_PER_SECOND);
        return "last bulk: %d states by %s%s%s, %s ago"
                .formatted(transfer.states(), transfer.answerer(), who, end, ago);
    }

    private static void findings(List<Line> lines, Verdict now, int space) {
        if (now.findings().isEmpty()) {
            lines.add(new Line(Look.GOOD, "nothing found"));
            return;
        }
        plain(lines, TextReport.summary(now) + "; 'lint' explains");
        int room = Math.max(0, space - 1);
        List<Finding> findings = now.findings();
        int shown = findings.size() <= room ? findings.size() : Math.max(0, room - 1);
        findings.stream().limit(shown).forEach(each -> lines.add(finding(each)));
        if (shown < findings.size() && room > 0) {
            plain(lines, "and %d more".formatted(findings.size() - shown));
        }
    }

    private static Line finding(Finding finding) {
        Look look = finding.check().severity() == Check.Severity.ERROR ? Look.ERROR : Look.WARNING;
        String times = finding.count() > 1 ? " (" + finding.count() + " times)" : "";
        return new Line(
                look,
                "%-7s %s %s%s".formatted(finding.check().severity(), finding.sender(), finding.sentence(), times));
    }

    /** The same on one line, for a terminal that cannot draw. */
    public String line(Verdict before, Verdict now, long nanos) {
        Rates rates = new Rates(before, now, nanos);
        return cut(
                "%s %s, %s, %d states known"
                        .formatted(
                                clock(length(now)),
                                firewalls(now),
                                traffic(now, rates),
                                now.tables().states()),
                Integer.MAX_VALUE);
    }

    /** A finding on one line. */
    public String line(Finding finding) {
        return cut(finding(finding).text(), Integer.MAX_VALUE);
    }
}
