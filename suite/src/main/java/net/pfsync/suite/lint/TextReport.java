package net.pfsync.suite.lint;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict for people at a terminal: the findings first, then what the capture is. */
public final class TextReport {

    private static final double NANOS = 1e9;

    private TextReport() {}

    /**
     * The report.
     *
     * @param name what was judged
     */
    public static String of(String name, Verdict verdict) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : verdict.findings()) {
            text.append("%-8s %-16s %s %s%n"
                    .formatted(finding.check().severity(), finding.check().id(), finding.sender(), finding.sentence()));
            text.append("         %s%n".formatted(where(finding)));
            text.append("         %s%n".formatted(finding.check().remedy()));
        }
        text.append(name).append(": ").append(summary(verdict)).append(System.lineSeparator());
        for (Verdict.Peer peer : verdict.peers()) {
            text.append("  %s  %s, %s in %s%s%n"
                    .formatted(
                            peer.address().isEmpty() ? "(no address)" : peer.address(),
                            peer.dialect(),
                            counted(peer.packets(), "packet"),
                            seconds(peer.last() - peer.first()),
                            conduct(peer)));
            text.append("    ").append(table(peer.table())).append(System.lineSeparator());
        }
        messages(text, verdict);
        for (Transfer transfer : verdict.transfers()) {
            text.append("  ").append(text(transfer)).append(System.lineSeparator());
        }
        text.append("  ").append(tables(verdict.tables())).append(System.lineSeparator());
        if (verdict.cut() > 0) {
            text.append("  %d packets were not captured whole and are not judged%n".formatted(verdict.cut()));
        }
        return text.toString();
    }

    static String where(Finding finding) {
        String frames = finding.frames().stream().map(Object::toString).collect(Collectors.joining(", "));
        String more = finding.count() > finding.frames().size() ? ", …" : "";
        return "frame%s %s%s%s"
                .formatted(
                        finding.frames().size() == 1 ? "" : "s",
                        frames,
                        more,
                        finding.count() > 1 ? " (" + finding.count() + " times)" : "");
    }

    /** How much was found in how much. */
    public static String summary(Verdict verdict) {
        return counts(verdict) + " in " + counted(verdict.packets(), "packet");
    }

    /** How much was found. */
    public static String counts(Verdict verdict) {
        long errors = verdict.findings().stream()
                .filter(each -> each.check().severity() == Check.Severity.ERROR)
                .count();
        long warnings = verdict.findings().size() - errors;
        return counted(errors, "error") + ", " + counted(warnings, "warning");
    }

    /** How it sends, and how long it was demoted. */
    static String conduct(Verdict.Peer peer) {
        Verdict.Conduct conduct = peer.conduct();
        StringBuilder text = new StringBuilder(
                ", %.1f messages in a packet".formatted(conduct.messages() / (double) Math.max(1, peer.packets())));
        if (conduct.staleAnswers() > 0) {
            text.append(", ").append(counted(conduct.staleAnswers(), "answer")).append(" to stale updates");
        }
        if (conduct.demoted() > 0 || conduct.demotedStill()) {
            text.append(", demoted for ").append(seconds(conduct.demoted()));
            text.append(conduct.demotedStill() ? " and still (a guess)" : " (a guess)");
        }
        return text.toString();
    }

    /** What it knows. */
    static String table(Verdict.Table table) {
        return "spoke of %s, was told of %d more%s"
                .formatted(
                        counted(table.own(), "state"),
                        table.told(),
                        table.unsure() == 0
                                ? ""
                                : ", may not know " + table.unsure() + " of which only changes were heard");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void messages(StringBuilder text, Verdict verdict) {
        long messages = verdict.told();
        String kinds = verdict.messages().entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        text.append("  %d messages, %.1f in a packet: %s%n"
                .formatted(messages, messages / (double) Math.max(1, verdict.packets()), kinds));
    }

    static String text(Transfer transfer) {
        String who = transfer.requester().isEmpty() ? "" : " for " + transfer.requester();
        String end = transfer.ended() == 0
                ? ", its end was not seen"
                : " in " + seconds(transfer.ended() - transfer.started());
        String demoted = transfer.ended() == 0 || transfer.requested() == 0
                ? ""
                : "; the requester was demoted for at least " + seconds(transfer.ended() - transfer.requested());
        return "bulk transfer of %s by %s%s%s%s"
                .formatted(counted(transfer.states(), "state"), transfer.answerer(), who, end, demoted);
    }

    static String tables(Verdict.Reconstruction tables) {
        String creators = tables.byCreator().entrySet().stream()
                .map(each -> each.getValue() + " of " + each.getKey())
                .collect(Collectors.joining(", "));
        return "tables at the end: %s%s, %d of them with addresses; what was made before the capture and never"
                        .formatted(
                                counted(tables.states(), "state"),
                                creators.isEmpty() ? "" : " (" + creators + ")",
                                tables.whole())
                + " changed in it cannot be seen"
                + (tables.notFollowed() == 0
                        ? ""
                        : "; " + tables.notFollowed() + " messages of more states not followed");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", Duration.ofNanos(nanos).toNanos() / NANOS);
    }
}
