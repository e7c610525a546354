package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import net.pfsync.suite.catalogue.Deviation;
import net.pfsync.suite.evidence.EvidenceFiles;
import net.pfsync.suite.report.ReportDirectory;
import net.pfsync.suite.report.RunReport;
import net.pfsync.suite.report.RunResult;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;
import picocli.CommandLine.Help.Ansi;

/** What a person reads at the end of a run: a block per verdict that is not PASS, the worst last, then the summary. */
final class VerdictLines {

    private static final String MARGIN = "         ";

    private final PrintWriter out;
    private final Ansi ansi;
    private final RunResult result;
    private final Path report;

    VerdictLines(PrintWriter out, Ansi ansi, RunResult result, Path report) {
        this.out = out;
        this.ansi = ansi;
        this.result = result;
        this.report = report;
    }

    void print() {
        block(Verdict.SKIPPED, this::skipped);
        block(Verdict.UNKNOWN, this::unknown);
        block(Verdict.DISAGREE, this::disagreeing);
        block(Verdict.FAIL, this::failed);
        summary();
    }

    /** Prints one outcome. */
    @FunctionalInterface
    private interface Printer {
        void print(CaseOutcome outcome);
    }

    private void block(Verdict verdict, Printer printer) {
        List<CaseOutcome> outcomes = result.outcomes().stream()
                .filter(outcome -> outcome.verdict() == verdict)
                .toList();
        outcomes.forEach(printer::print);
        if (!outcomes.isEmpty()) {
            out.println();
        }
    }

    private void skipped(CaseOutcome outcome) {
        out.println(ansi.string("@|faint SKIPPED|@") + "  " + outcome.entry().id() + "  "
                + outcome.entry().sentence() + " (" + outcome.observed() + ")");
    }

    private void unknown(CaseOutcome outcome) {
        head("@|yellow UNKNOWN|@", outcome);
        out.println(MARGIN + "because   " + outcome.observed());
        tail(outcome);
    }

    private void disagreeing(CaseOutcome outcome) {
        against("@|bold,red DISAGREE|@", outcome);
    }

    private void failed(CaseOutcome outcome) {
        against("@|bold,red FAIL|@   ", outcome);
    }

    private void against(String verdict, CaseOutcome outcome) {
        head(verdict, outcome);
        out.println(MARGIN + "expected  " + outcome.expected());
        out.println(MARGIN + "observed  " + outcome.observed());
        out.println(MARGIN + "where     " + outcome.where());
        result.info()
                .known(outcome.entry())
                .map(Deviation::how)
                .ifPresent(how -> out.println(MARGIN + "known     " + how));
        tail(outcome);
    }

    private void head(String verdict, CaseOutcome outcome) {
        out.println(ansi.string(verdict) + "  "
                + ansi.string("@|bold " + outcome.entry().id() + "|@") + "  "
                + outcome.entry().sentence());
    }

    private void tail(CaseOutcome outcome) {
        out.println(MARGIN + "evidence  "
                + report.resolve(ReportDirectory.folder(outcome)).resolve(EvidenceFiles.LADDER));
    }

    private void summary() {
        out.println(result.info().tested() + ": " + ansi.string(conclusion()));
        out.println(count(Verdict.PASS) + " requirements conformant, " + count(Verdict.FAIL) + " not, "
                + (count(Verdict.DISAGREE) > 0 ? count(Verdict.DISAGREE) + " contradicted by console or wire, " : "")
                + count(Verdict.UNKNOWN) + " could not be told, " + count(Verdict.SKIPPED) + " skipped; "
                + result.outcomes().size() + " cases in " + result.took().toMillis() / 1000.0 + " s; seed "
                + result.info().seed());
        long known = result.outcomes().stream()
                .filter(this::knownDeviation)
                .map(CaseOutcome::entry)
                .distinct()
                .count();
        if (known > 0) {
            out.println(known + " of the failures " + (known == 1 ? "is a known deviation" : "are known deviations")
                    + (result.info().peers().isEmpty() ? " of this release" : " of these releases"));
        }
        out.println("report: " + report.resolve(RunReport.SUMMARY));
    }

    private boolean knownDeviation(CaseOutcome outcome) {
        return outcome.verdict().againstTarget()
                && result.info().known(outcome.entry()).isPresent();
    }

    private String conclusion() {
        String text = result.conclusion().text();
        return switch (result.conclusion()) {
            case CONFORMANT -> "@|bold,green " + text + "|@";
            case NOT_CONFORMANT -> "@|bold,red " + text + "|@";
            default -> "@|bold,yellow " + text + "|@";
        };
    }

    private long count(Verdict verdict) {
        return result.requirements(verdict);
    }
}
