package net.pfsync.suite.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.pfsync.suite.lint.Plot.Series;
import net.pfsync.suite.lint.Timeline.Span;
import net.pfsync.wire.Kind;

/** A verdict as one page that needs nothing else: findings, plots over time, peers and transfers. */
public final class HtmlReport {

    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private HtmlReport() {}

    /**
     * The page.
     *
     * @param name what was judged
     */
    public static String of(String name, Verdict verdict) {
        return style().replace("@NAME@", Plot.escaped(name))
                .replace("@SUMMARY@", Plot.escaped(TextReport.summary(verdict)))
                .replace("@FINDINGS@", findings(verdict))
                .replace("@PLOTS@", plots(verdict.timeline()))
                .replace("@PEERS@", peers(verdict))
                .replace("@TRANSFERS@", transfers(verdict))
                .replace("@TABLES@", Plot.escaped(TextReport.tables(verdict.tables())));
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String findings(Verdict verdict) {
        if (verdict.findings().isEmpty()) {
            return "<p class=\"good\">Nothing was found.</p>";
        }
        StringBuilder rows = new StringBuilder("<table><tr><th>severity</th><th>requirement</th><th>firewall</th>"
                + "<th>what, where, and what may be done</th></tr>");
        for (Finding finding : verdict.findings()) {
            rows.append("<tr class=\"").append(finding.check().severity()).append("\"><td>");
            rows.append(finding.check().severity())
                    .append("</td><td>")
                    .append(finding.check().id());
            rows.append("</td><td>").append(Plot.escaped(finding.sender())).append("</td><td>");
            rows.append(Plot.escaped(finding.sentence())).append("<br><small>");
            rows.append(Plot.escaped(TextReport.where(finding))).append("</small><br><small>");
            rows.append(Plot.escaped(finding.check().remedy())).append("</small></td></tr>\n");
        }
        return rows.append("</table>").toString();
    }

    private static String plots(Timeline timeline) {
        double width = timeline.width() / NANOS;
        List<Span> spans = timeline.spans();
        List<Series> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Series series = series(kind.name(), spans, span -> span.messages().getOrDefault(kind, 0L) / width);
            if (kind != Kind.EOF && series.values().stream().anyMatch(each -> each > 0)) {
                kinds.add(series);
            }
        }
        return Plot.stacked("Messages by type", "messages/s", width, kinds)
                + Plot.stacked(
                        "Packets", "packets/s", width, List.of(series("packets", spans, span -> span.frames() / width)))
                + Plot.stacked(
                        "Bytes (IP header included)",
                        "kB/s",
                        width,
                        List.of(series("bytes", spans, span -> span.bytes() / width / 1000)))
                + Plot.lines("States known", "states", width, List.of(series("states", spans, Span::states)))
                + Plot.lines(
                        "Time to the answer of UPD_REQ and of INS with the ACK flag",
                        "ms",
                        width,
                        List.of(
                                series("longest", spans, span -> span.longestLatency() / NANOS_PER_MILLI),
                                series("mean", spans, span -> span.meanLatency() / NANOS_PER_MILLI)));
    }

    private static Series series(String name, List<Span> spans, ToDoubleFunction<Span> value) {
        return new Series(
                name, spans.stream().map(span -> value.applyAsDouble(span)).toList());
    }

    private static String peers(Verdict verdict) {
        StringBuilder rows = new StringBuilder();
        for (Verdict.Peer peer : verdict.peers()) {
            rows.append("<tr><td>").append(Plot.escaped(peer.address()));
            rows.append("</td><td>").append(peer.dialect());
            rows.append("</td><td>").append(peer.packets());
            rows.append("</td><td>").append(time(peer.first()));
            rows.append("</td><td>")
                    .append(time(peer.last()))
                    .append("</td><td>")
                    .append(Plot.escaped(TextReport.conduct(peer).substring(2)))
                    .append("</td><td>")
                    .append(Plot.escaped(TextReport.table(peer.table())))
                    .append("</td></tr>\n");
        }
        return rows.toString();
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(0, nanos)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }

    private static String transfers(Verdict verdict) {
        if (verdict.transfers().isEmpty()) {
            return "<li>none was seen</li>";
        }
        StringBuilder items = new StringBuilder();
        for (Transfer transfer : verdict.transfers()) {
            items.append("<li>").append(Plot.escaped(TextReport.text(transfer)));
            items.append(" (frame ").append(transfer.number()).append(")</li>\n");
        }
        return items.toString();
    }
}
