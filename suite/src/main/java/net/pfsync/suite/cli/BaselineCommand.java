package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pfsync.suite.baseline.BaselineText;
import net.pfsync.suite.baseline.Exclusion;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.report.StoredReport;
import net.pfsync.suite.verdict.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baseline}: what a release is known to do otherwise. */
@Command(
        name = "baseline",
        description = "Baselines: the deviations that are known, so that a run tells what is new.",
        mixinStandardHelpOptions = true)
final class BaselineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: write");
    }

    /**
     * Writes what a report found.
     *
     * @param report a directory that {@code check} wrote
     * @param output where the baseline goes, null for standard output
     * @return the exit code
     */
    @Command(
            name = "write",
            description = {
                "Writes a baseline of what a report found: every requirement that failed or could not be told.",
                "A reason that the catalogue does not know is left empty and has to be filled in.",
                "Exit code: 0 written, 2 the report cannot be read or the baseline cannot be written."
            },
            mixinStandardHelpOptions = true)
    int write(
            @Parameters(paramLabel = "REPORT", description = "A directory that 'check --report' wrote.") Path report,
            @Option(names = "--output", paramLabel = "FILE", description = "Where it goes; default: standard output.")
                    Path output) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            StoredReport read = StoredReport.read(report);
            if (!read.complete()) {
                err.println(report + " was interrupted, a baseline of it would not be complete");
                return Main.USAGE;
            }
            List<Exclusion> exclusions = exclusions(read);
            String text = BaselineText.of(read.tested(), exclusions);
            if (output == null) {
                spec.commandLine().getOut().print(text);
                spec.commandLine().getOut().flush();
            } else {
                Files.writeString(output, text);
            }
            long open =
                    exclusions.stream().filter(one -> one.reason().isEmpty()).count();
            if (open > 0) {
                err.println(open + " of " + exclusions.size() + " have no reason yet; fill in 'reason' and 'source'");
            }
            return 0;
        } catch (ReportException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println(output + " cannot be written: " + e);
        }
        return Main.USAGE;
    }

    private static List<Exclusion> exclusions(StoredReport report) {
        return report.requirements().stream()
                .filter(one -> one.verdict().againstTarget() || one.verdict() == Verdict.UNKNOWN)
                .map(one -> new Exclusion(one.id(), one.verdict(), one.how(), one.seen()))
                .toList();
    }
}
