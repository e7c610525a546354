package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.report.Conclusion;
import net.pfsync.suite.report.ReportDirectory;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.report.RunReport;
import net.pfsync.suite.report.RunResult;
import net.pfsync.suite.requirement.CaseListeners;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import picocli.CommandLine.Help.Ansi;

/** One run of {@code check}: cases, report, and what is said about both. */
final class CheckRun {

    private final Catalogue catalogue;
    private final List<FoundCase> cases;
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal = Terminal.present();

    CheckRun(Catalogue catalogue, List<FoundCase> cases, Clock clock, PrintWriter out, PrintWriter err) {
        this.catalogue = catalogue;
        this.cases = cases;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the cases and writes the report, also if the run is interrupted or the suite itself fails.
     *
     * @param arena where
     * @param seed everything random comes from it
     * @param path where the report goes
     * @return what the run came to
     * @throws ReportException if the report cannot be written
     */
    Conclusion run(Arena arena, long seed, Path path) throws ReportException {
        ReportDirectory directory = ReportDirectory.prepare(path);
        RunInfo info = new RunInfo(arena.release(), arena.name(), seed, Main.version(), clock.instant());
        out.println("pfsync conformance of " + info.release().name() + " ("
                + info.release().dialect() + "), lab " + info.arena() + ", " + cases.size() + " cases, seed " + seed);
        out.flush();
        Progress progress = new Progress(err, terminal, cases.size());
        RunReport report = new RunReport(info, directory);
        try (Interruption interruption = new Interruption()) {
            CaseListeners listeners = new CaseListeners(progress, report);
            try {
                SuiteRunner.run(new CaseRun(catalogue, arena, seed, listeners, interruption::requested), cases);
            } finally {
                progress.then("writing the report");
                Duration took = Duration.between(info.started(), clock.instant());
                RunResult result = new RunResult(info, catalogue, report.outcomes(), interruption.requested(), took);
                write(report, result, directory, progress);
            }
            return report.conclusion();
        }
    }

    private void write(RunReport report, RunResult result, ReportDirectory directory, Progress progress)
            throws ReportException {
        try {
            report.finish(result);
        } finally {
            progress.clear();
            new VerdictLines(out, terminal ? Ansi.ON : Ansi.OFF, result, directory.path()).print();
            out.flush();
        }
    }
}
