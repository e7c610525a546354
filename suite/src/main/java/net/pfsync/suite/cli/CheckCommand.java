package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.pfsync.release.Release;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.CatalogueException;
import net.pfsync.suite.report.Conclusion;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.Selection;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.wire.NearMatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code check}: runs the suite. */
@Command(
        name = "check",
        description = "Runs the suite and writes a report.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:conformant",
            "1:not conformant",
            "2:wrong arguments, or the report cannot be written",
            "4:nothing ran",
            "5:nothing failed, but something could not be told",
            "130:interrupted; the report has what was there"
        })
final class CheckCommand implements Callable<Integer> {

    private static final long PROTOCOL_NUMBER = 240;
    private static final String EMBEDDED = "embedded";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(
            names = "--release",
            paramLabel = "R",
            defaultValue = "reference-v5",
            description = "What the firewalls run (default: ${DEFAULT-VALUE}); 'releases' lists them.")
    private String release;

    @Option(
            names = "--case",
            paramLabel = "ID",
            description = "Only the cases of this requirement; may be repeated. 'list' shows all.")
    private List<String> ids = List.of();

    @Option(names = "--area", paramLabel = "A", description = "Only the cases of this area; may be repeated.")
    private List<String> areas = List.of();

    @Option(
            names = "--lab",
            paramLabel = "LAB",
            defaultValue = EMBEDDED,
            description = "Where to run: embedded, two firewalls in this program on virtual time (default).")
    private String lab;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where the report goes; default: reports/RELEASE in the current directory.")
    private Path report;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + PROTOCOL_NUMBER,
            description = "Repeats a run exactly (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return check();
        } catch (Selection.NothingSelected e) {
            err.println(e.getMessage());
            return Conclusion.NOTHING_RAN.exitCode();
        } catch (ReportException | CatalogueException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        }
    }

    private int check() throws Selection.NothingSelected, ReportException {
        Arena arena = arena();
        Catalogue catalogue = main.catalogue();
        List<FoundCase> cases = new Selection(upper(ids), upper(areas)).of(catalogue, CaseFinder.in(main.cases()));
        Path path = report == null ? Path.of("reports", release) : report;
        return new CheckRun(
                        catalogue,
                        cases,
                        main.clock(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .run(arena, seed, path)
                .exitCode();
    }

    /** Ids and areas are capitals; nobody needs to type them. */
    private static List<String> upper(List<String> names) {
        return names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    private Arena arena() {
        if (!lab.equals(EMBEDDED)) {
            throw new IllegalArgumentException("unknown lab '" + lab + "'; possible: " + EMBEDDED);
        }
        List<String> names = Release.all().stream().map(Release::name).toList();
        if (!names.contains(release)) {
            List<String> near = NearMatch.near(release, names);
            throw new IllegalArgumentException("unknown release '" + release + "'"
                    + (near.isEmpty() ? "" : "; near: " + String.join(", ", near)) + "; possible: "
                    + String.join(", ", names));
        }
        return new EmbeddedArena(Release.of(release));
    }
}
