package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.pfsync.suite.baseline.Baseline;
import net.pfsync.suite.catalogue.Catalogue;
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
    private final List<FoundCase> all;
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal = Terminal.present();

    /**
     * What runs share.
     *
     * @param catalogue the requirements
     * @param all every case that there is
     * @param clock when a run began
     * @param out verdicts
     * @param err progress
     */
    CheckRun(Catalogue catalogue, List<FoundCase> all, Clock clock, PrintWriter out, PrintWriter err) {
        this.catalogue = catalogue;
        this.all = all;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * How it ended.
     *
     * @param result the first run, which has the report
     * @param unstable cases whose verdict was not the same in every run, a line each
     * @param left what the run left behind in the lab, a line each
     */
    record Ended(RunResult result, List<String> unstable, List<String> left) {}

    /**
     * Runs the cases and writes the report, also if the run is interrupted or the suite itself fails.
     *
     * @param info what the run is about
     * @param arena where
     * @param cases which
     * @param path where the report goes
     * @param baseline what is known of the release, null not to compare
     * @param times how often the cases are run; the report is of the first time
     * @return how it ended
     * @throws ReportException if the report cannot be written
     */
    Ended run(RunInfo info, Arena arena, List<FoundCase> cases, Path path, Baseline baseline, int times)
            throws ReportException {
        ReportDirectory directory = ReportDirectory.prepare(path);
        out.println("pfsync conformance of " + info.spoken() + ", lab " + info.arena() + ", " + cases.size()
                + " cases, seed " + info.seed());
        out.flush();
        List<String> left = null;
        try (Interruption interruption = new Interruption()) {
            RunResult result = reported(info, arena, cases, baseline, directory, interruption);
            Repetitions repetitions = new Repetitions(result);
            for (int time = 2; time <= times && !interruption.requested(); time++) {
                Progress progress = new Progress(err, terminal, cases.size());
                progress.then("run " + time + " of " + times);
                CaseListeners listeners = new CaseListeners(progress, repetitions.next());
                SuiteRunner.run(
                        new CaseRun(catalogue, arena, info.seed(), info.thorough(), listeners, interruption::requested),
                        cases);
                progress.clear();
            }
            List<String> unstable = interruption.requested() ? List.of() : repetitions.unstable();
            left = arena.leave();
            return new Ended(result, unstable, left);
        } finally {
            if (left == null) {
                arena.leave().forEach(line -> err.println("LEFT     " + line));
            }
        }
    }

    private RunResult reported(
            RunInfo info,
            Arena arena,
            List<FoundCase> cases,
            Baseline baseline,
            ReportDirectory directory,
            Interruption interruption)
            throws ReportException {
        Progress progress = new Progress(err, terminal, cases.size());
        RunReport report = new RunReport(info, directory, names());
        CaseListeners listeners = new CaseListeners(progress, report);
        RunResult result;
        try {
            SuiteRunner.run(
                    new CaseRun(catalogue, arena, info.seed(), info.thorough(), listeners, interruption::requested),
                    cases);
        } finally {
            progress.then("writing the report");
            Duration took = Duration.between(info.started(), clock.instant());
            result = new RunResult(info, catalogue, report.outcomes(), interruption.requested(), took, baseline);
            write(report, result, directory, progress);
        }
        return result;
    }

    private Map<String, List<String>> names() {
        return all.stream()
                .collect(
                        Collectors.groupingBy(FoundCase::id, Collectors.mapping(FoundCase::name, Collectors.toList())));
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
