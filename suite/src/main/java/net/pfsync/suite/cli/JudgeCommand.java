package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.judge.Judgement;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.report.StoredReport;
import net.pfsync.suite.report.StoredReport.StoredRequirement;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code judge}: whether the cases of a report still come to the same, by the same evidence. */
@Command(
        name = "judge",
        description = {
            "Judges a report of the embedded lab again, after a case or the reference firewall was changed: repeats"
                    + " its cases with its release and its seed, and names every case whose verdict or evidence is not,"
                    + " byte for byte, what it was. The report stays as it is.",
            "Reports of other labs are refused: cases ask and wait, so stored frames alone cannot be put before a"
                    + " changed case.",
            "Exit code: 0 all as it was, 1 something changed, 2 the report cannot be read or repeated."
        },
        mixinStandardHelpOptions = true)
final class JudgeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "REPORT", description = "A directory that 'check --report' wrote.")
    private Path path;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return judge(StoredReport.read(path));
        } catch (ReportException | IllegalArgumentException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println("the evidence in " + path + " cannot be read: " + e);
        }
        return Main.USAGE;
    }

    private int judge(StoredReport report) throws IOException, ReportException {
        if (!report.lab().equals(CheckCommand.EMBEDDED)) {
            throw new ReportException(path + " is of the lab '" + report.lab()
                    + "'; only the cases of the embedded lab can be repeated exactly");
        }
        Arena arena = CheckCommand.embedded(
                report.release(), report.peers().stream().findFirst().orElse(null));
        Catalogue catalogue = main.catalogue();
        RunInfo info = new RunInfo(
                arena.release(),
                arena.peers(),
                arena.name(),
                CheckCommand.place(arena),
                report.seed(),
                report.thorough(),
                Main.version(),
                main.clock().instant(),
                "");
        Judgement judgement = Judgement.of(report, info, again(report, arena, catalogue));
        PrintWriter out = spec.commandLine().getOut();
        judgement.verdicts().forEach(line -> out.println("VERDICT   " + line));
        judgement.evidence().forEach(line -> out.println("EVIDENCE  " + line));
        out.println(judgement.cases() + " cases of " + report.tested() + " judged again: "
                + judgement.verdicts().size() + " came to another verdict, "
                + judgement.evidence().size() + " to the same by other evidence");
        return judgement.same() ? 0 : 1;
    }

    private List<CaseOutcome> again(StoredReport report, Arena arena, Catalogue catalogue) {
        Set<String> ids = report.requirements().stream()
                .map(StoredRequirement::id)
                .filter(id -> catalogue.find(id).isPresent())
                .collect(Collectors.toSet());
        List<FoundCase> cases = CaseFinder.in(main.cases()).stream()
                .filter(one -> ids.contains(one.id()))
                .toList();
        List<CaseOutcome> outcomes = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                outcomes.add(outcome);
            }
        };
        SuiteRunner.run(new CaseRun(catalogue, arena, report.seed(), report.thorough(), listener, () -> false), cases);
        return outcomes;
    }
}
