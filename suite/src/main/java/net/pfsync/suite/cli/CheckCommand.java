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
import net.pfsync.suite.target.real.LabException;
import net.pfsync.suite.target.real.LabFile;
import net.pfsync.suite.target.real.LanArena;
import net.pfsync.wire.NearMatch;
import net.pfsync.yaml.YamlException;
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
            "2:wrong arguments or lab file, or the report cannot be written",
            "3:a console or an interface of the lab cannot be used",
            "4:nothing ran",
            "5:nothing failed, but something could not be told",
            "130:interrupted; the report has what was there"
        })
final class CheckCommand implements Callable<Integer> {

    private static final long PROTOCOL_NUMBER = 240;
    private static final String EMBEDDED = "embedded";
    private static final String DEFAULT_RELEASE = "reference-v5";
    private static final int NOT_HERE = 3;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(
            names = "--release",
            paramLabel = "R",
            description = "What the firewalls run, embedded (default: " + DEFAULT_RELEASE + "); 'releases' lists them.")
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
            description =
                    "Where to run: embedded, two firewalls in this program on virtual time (default), or a lab file,"
                            + " such as fixtures/labs/netns.yaml.")
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
        } catch (LabException e) {
            err.println(e.getMessage());
            return NOT_HERE;
        } catch (ReportException | CatalogueException | YamlException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        }
    }

    private int check() throws Selection.NothingSelected, ReportException, LabException {
        Catalogue catalogue = main.catalogue();
        List<FoundCase> cases = new Selection(upper(ids), upper(areas)).of(catalogue, CaseFinder.in(main.cases()));
        if (lab.equals(EMBEDDED)) {
            return run(catalogue, cases, embedded());
        }
        if (release != null) {
            throw new IllegalArgumentException("--release is for the lab " + EMBEDDED + "; a lab file says it itself");
        }
        try (LanArena arena = LanArena.open(LabFile.read(Path.of(lab)))) {
            return run(catalogue, cases, arena);
        }
    }

    private int run(Catalogue catalogue, List<FoundCase> cases, Arena arena) throws ReportException {
        Path path = report == null ? Path.of("reports", arena.release().name()) : report;
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

    private Arena embedded() {
        String name = release == null ? DEFAULT_RELEASE : release;
        List<String> names = Release.all().stream().map(Release::name).toList();
        if (!names.contains(name)) {
            List<String> near = NearMatch.near(name, names);
            throw new IllegalArgumentException("unknown release '" + name + "'"
                    + (near.isEmpty() ? "" : "; near: " + String.join(", ", near)) + "; possible: "
                    + String.join(", ", names));
        }
        return new EmbeddedArena(Release.of(name));
    }
}
