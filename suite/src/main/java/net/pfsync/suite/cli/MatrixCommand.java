package net.pfsync.suite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.pfsync.suite.report.MatrixPage;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.report.StoredReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code matrix}: several reports side by side. */
@Command(
        name = "matrix",
        description = {
            "Writes a page that has the requirements of several reports side by side.",
            "Exit code: 0 written, 2 a report cannot be read or the page cannot be written."
        },
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "REPORT",
            arity = "1..*",
            description = "Directories that 'check --report' wrote, a column each.")
    private List<Path> reports = List.of();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "matrix.html",
            description = "Where the page goes (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Override
    public Integer call() {
        try {
            List<StoredReport> read = new ArrayList<>();
            for (Path report : reports) {
                read.add(StoredReport.read(report));
            }
            Files.writeString(output, MatrixPage.of(output, main.catalogue(), read));
            spec.commandLine().getOut().println("matrix: " + output);
            return 0;
        } catch (ReportException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (IOException e) {
            spec.commandLine().getErr().println(output + " cannot be written: " + e);
        }
        return Main.USAGE;
    }
}
