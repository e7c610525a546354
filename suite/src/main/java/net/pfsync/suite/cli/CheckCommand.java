package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.release.Release;
import net.pfsync.suite.baseline.Baseline;
import net.pfsync.suite.baseline.Change;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.CatalogueException;
import net.pfsync.suite.cli.PreflightCommand.PreflightOptions;
import net.pfsync.suite.report.Conclusion;
import net.pfsync.suite.report.ReportException;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.report.RunResult;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.Selection;
import net.pfsync.suite.run.Shard;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.suite.target.real.Consoles;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabException;
import net.pfsync.suite.target.real.LabFile;
import net.pfsync.suite.target.real.LanArena;
import net.pfsync.suite.verdict.Verdict;
import net.pfsync.wire.NearMatch;
import net.pfsync.yaml.YamlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "1:not conformant, or console and wire contradict each other; with --against baseline: something changed",
            "2:wrong arguments or lab file, or the report cannot be written",
            "3:the lab is not ready, a console or an interface of it cannot be used, or something was left behind in"
                    + " it",
            "4:nothing ran",
            "5:nothing failed, but something could not be told, or not the same in every run",
            "130:interrupted; the report has what was there"
        })
final class CheckCommand implements Callable<Integer> {

    private static final long PROTOCOL_NUMBER = 240;
    static final String EMBEDDED = "embedded";
    private static final String DEFAULT_RELEASE = "reference-v5";

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
            names = "--peer-release",
            paramLabel = "R",
            description = "What the other firewalls run, embedded, if not the same: the rehearsal of an upgrade.")
    private String peerRelease;

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

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "1/1",
            description = "Only the I-th of N parts of the selected requirements, for machines that share the work.")
    private String shard;

    @Option(
            names = "--thorough",
            description = {
                "Cases that combine values (families, protocols, directions, states, older and newer peers) check all",
                "combinations instead of so many that every two values meet."
            })
    private boolean thorough;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs the cases N times and tells which did not come to the same verdict each time.")
    private int repeat;

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            defaultValue = "REQUIREMENTS",
            description = {
                "What the exit code follows: requirements (default), or baseline, the known deviations of the release.",
                "With baseline a failure that is not known is a change, and so is a pass that should have failed."
            })
    private Against against;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "A baseline of one's own instead of the suite's; implies --against baseline.")
    private Path baselineFile;

    @Mixin
    private ModeOptions modes;

    @Mixin
    private PreflightOptions preflight;

    @Option(
            names = "--plan",
            description = {
                "Prints what would be sent to the lab and typed on its consoles, and touches nothing.",
                "What 'release: auto' would find is not asked for; --release says it."
            })
    private boolean plan;

    /** What the exit code follows. */
    private enum Against {
        REQUIREMENTS,
        BASELINE
    }

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
            return Main.UNREACHABLE;
        } catch (ReportException | CatalogueException | YamlException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        }
    }

    private int check() throws Selection.NothingSelected, ReportException, LabException {
        if (repeat < 1) {
            throw new IllegalArgumentException("--repeat takes a number from 1 on, not " + repeat);
        }
        Shard part = Shard.parse(shard);
        Catalogue catalogue = main.catalogue();
        List<FoundCase> all = CaseFinder.in(main.cases());
        List<FoundCase> cases = part.of(new Selection(upper(ids), upper(areas)).of(catalogue, all));
        if (cases.isEmpty()) {
            spec.commandLine().getErr().println("no case was selected: shard " + shard + " is empty");
            return Conclusion.NOTHING_RAN.exitCode();
        }
        if (lab.equals(EMBEDDED)) {
            if (modes.given() || plan) {
                throw new IllegalArgumentException(
                        "modes and plans are for lab files; nobody owns the lab " + EMBEDDED);
            }
            Arena arena = embedded(release == null ? DEFAULT_RELEASE : release, peerRelease);
            return run(catalogue, all, cases, arena, place(arena));
        }
        if ((release != null || peerRelease != null) && !plan) {
            throw new IllegalArgumentException((release != null ? "--release" : "--peer-release") + " is for the lab "
                    + EMBEDDED + "; a lab file says it itself");
        }
        return inLab(catalogue, all, cases);
    }

    /** Nothing is sent before the preflight is through. */
    private int inLab(Catalogue catalogue, List<FoundCase> all, List<FoundCase> cases)
            throws ReportException, LabException {
        PrintWriter out = spec.commandLine().getOut();
        LabConfig file = LabFile.read(Path.of(lab));
        TerminalPerson person = new TerminalPerson(out);
        if (plan) {
            PlanRun.print(
                    catalogue,
                    cases,
                    file.in(modes.planned(file)),
                    embedded(planned(file), plannedPeer(file)),
                    seed,
                    out);
            return Conclusion.CONFORMANT.exitCode();
        }
        Mode mode = modes.mode(file, person, Terminal.present());
        Consoles ways = new Consoles(person);
        if (!preflight.ready(file, ways, main, out)) {
            throw new LabException(
                    file.name() + " is not ready, nothing was sent; --accept CHECK goes on nevertheless");
        }
        out.println("mode " + mode + (mode == file.mode() ? "" : ", the lab file allows " + file.mode()));
        try (LanArena arena = LanArena.open(file.in(mode), ways)) {
            String place = "--lab " + quoted(lab) + modes.typed(file, mode) + preflight.typed();
            return run(catalogue, all, cases, arena, place);
        }
    }

    /** A plan touches nothing, so it does not ask the firewalls what they are. */
    private String planned(LabConfig file) {
        if (release != null) {
            return release;
        }
        return taken(file, file.firewalls().getFirst(), "reference-v6");
    }

    /** What the firewalls beside the target are taken for; null for the same. */
    private String plannedPeer(LabConfig file) {
        return peerRelease != null || file.firewalls().size() < 2
                ? peerRelease
                : taken(file, file.firewalls().get(1), null);
    }

    private static String taken(LabConfig file, FirewallEntry firewall, String unknown) {
        String name = file.releaseOf(firewall);
        return name.equals(LabFile.AUTO) ? unknown : name;
    }

    private int run(Catalogue catalogue, List<FoundCase> all, List<FoundCase> cases, Arena arena, String place)
            throws ReportException {
        String name = RunInfo.tested(arena);
        PrintWriter out = spec.commandLine().getOut();
        Baseline baseline = baseline(name, catalogue);
        Path path = report == null ? Path.of("reports", name.replace(' ', '-')) : report;
        RunInfo info = new RunInfo(
                arena.release(),
                arena.peers(),
                arena.name(),
                place,
                seed,
                thorough,
                Main.version(),
                main.clock().instant(),
                command());
        CheckRun.Ended ended = new CheckRun(
                        catalogue, all, main.clock(), out, spec.commandLine().getErr())
                .run(info, arena, cases, path, baseline, repeat);
        ended.left().forEach(line -> out.println("LEFT     " + line));
        ended.unstable().forEach(line -> out.println("UNSTABLE " + line));
        if (repeat > 1 && ended.unstable().isEmpty() && !ended.result().interrupted()) {
            out.println("the same verdicts in all " + repeat + " runs");
        }
        Conclusion conclusion =
                baseline == null ? ended.result().conclusion() : against(baseline, ended.result(), name, out);
        boolean doubtful =
                conclusion == Conclusion.CONFORMANT && !ended.unstable().isEmpty();
        int exit = (doubtful ? Conclusion.UNKNOWN : conclusion).exitCode();
        return exit == 0 && !ended.left().isEmpty() ? Main.UNREACHABLE : exit;
    }

    /**
     * The options that run cases in this program.
     *
     * @param arena what the firewalls run
     * @return for a shell
     */
    static String place(Arena arena) {
        return "--release " + arena.release().name()
                + arena.peers().stream()
                        .limit(1)
                        .map(peer -> " --peer-release " + peer.name())
                        .collect(Collectors.joining())
                + " --lab " + EMBEDDED;
    }

    /** What was typed, as a line for a shell. */
    private String command() {
        return Stream.concat(
                        Stream.of("ci/pfsync"),
                        spec.commandLine().getParent().getParseResult().originalArgs().stream()
                                .map(CheckCommand::quoted))
                .collect(Collectors.joining(" "));
    }

    /** A word as a shell takes it. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private Baseline baseline(String name, Catalogue catalogue) {
        if (baselineFile != null) {
            try {
                return Baseline.read(baselineFile.toString(), Files.readString(baselineFile), catalogue);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "the baseline " + baselineFile + " cannot be read; 'baseline write' makes one", e);
            }
        }
        if (against == Against.REQUIREMENTS) {
            return null;
        }
        return Baseline.of(name, catalogue)
                .orElseThrow(() -> new IllegalArgumentException("the suite has no baseline of " + name
                        + "; 'baseline write' makes one, and --baseline FILE takes it"));
    }

    /** Says what changed, and what that comes to. */
    private Conclusion against(Baseline baseline, RunResult result, String name, PrintWriter out) {
        List<Change> changes = baseline.changes(result.verdicts());
        changes.forEach(change -> out.println("CHANGE   " + change));
        out.println(name + ": "
                + (changes.isEmpty() ? "no change" : changes.size() + (changes.size() == 1 ? " change" : " changes"))
                + " against the baseline");
        Conclusion conclusion = result.conclusion();
        if (conclusion == Conclusion.INTERRUPTED || conclusion == Conclusion.NOTHING_RAN) {
            return conclusion;
        }
        if (changes.isEmpty()) {
            return Conclusion.CONFORMANT;
        }
        boolean onlyUnknown = changes.stream().allMatch(change -> change.now() == Verdict.UNKNOWN);
        return onlyUnknown ? Conclusion.UNKNOWN : Conclusion.NOT_CONFORMANT;
    }

    /** Ids and areas are capitals; nobody needs to type them. */
    private static List<String> upper(List<String> names) {
        return names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    /**
     * Firewalls in this program.
     *
     * @param name of the release under test
     * @param peers name of the release that the others run; null for the same
     * @return the arena
     * @throws IllegalArgumentException if there is no such release; the message says what is possible
     */
    static Arena embedded(String name, String peers) {
        Release release = named(name);
        return new EmbeddedArena(release, peers == null ? release : named(peers), Sabotage.NONE);
    }

    private static Release named(String name) {
        List<String> names = Release.all().stream().map(Release::name).toList();
        if (!names.contains(name)) {
            List<String> near = NearMatch.near(name, names);
            throw new IllegalArgumentException("unknown release '" + name + "'"
                    + (near.isEmpty() ? "" : "; near: " + String.join(", ", near)) + "; possible: "
                    + String.join(", ", names));
        }
        return Release.of(name);
    }
}
