package net.pfsync.suite.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import net.pfsync.release.Release;
import net.pfsync.suite.replay.CaseResult.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: plays recorded kernel cases with a release and says what differs. */
@Command(
        name = "replay",
        description = {
            "Plays recorded kernel cases with a release and compares what it does with what the kernel did.",
            "Prints one line per differing case, then how many agree.",
            "Exit code: 0 all agree, 1 some differ, 2 wrong arguments or file, 4 no case was compared."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final int AGREE = 0;
    private static final int DIFFER = 1;
    private static final int USAGE = 2;
    private static final int NOTHING = 4;
    private static final int NEAR = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--release",
            required = true,
            paramLabel = "RELEASE",
            description = "Who plays, such as openbsd-4.6; 'releases' lists them.")
    private String release;

    @Parameters(paramLabel = "FILE", description = "Recorded cases, one JSON object per line.")
    private Path file;

    @Option(names = "--case", paramLabel = "ID", description = "Play this case only.")
    private String id;

    @Option(names = "--json", description = "Print everything as one JSON object.")
    private boolean json;

    @Option(
            names = "--verbose",
            description = "Print what went over the sync LAN in each case that differs, or in the one chosen.")
    private boolean verbose;

    @Override
    public Integer call() {
        try {
            return run();
        } catch (BadCaseFileException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private int run() throws BadCaseFileException {
        Release player = Release.of(release);
        List<RecordedCase> cases = CaseReader.read(file);
        if (id != null) {
            Optional<RecordedCase> chosen =
                    cases.stream().filter(each -> each.id().equals(id)).findFirst();
            if (chosen.isEmpty()) {
                spec.commandLine().getErr().println(noSuchCase(cases));
                return NOTHING;
            }
            cases = List.of(chosen.get());
        }
        ReplayReport report = new Replay(new FirewallPlayer(player)).run(player.name(), file, cases);
        print(report);
        if (report.compared() == 0) {
            return NOTHING;
        }
        return report.agreeing() == report.compared() ? AGREE : DIFFER;
    }

    private String noSuchCase(List<RecordedCase> cases) {
        List<String> near = near(id, cases.stream().map(RecordedCase::id).toList());
        return file + ": no case '" + id + "'"
                + (near.isEmpty() ? "; it holds " + cases.size() + " others" : "; near: " + String.join(", ", near));
    }

    /** The ids that share most words with a name; ids are made of words with hyphens between. */
    static List<String> near(String name, List<String> ids) {
        Set<String> words = new HashSet<>(Arrays.asList(name.split("-")));
        return ids.stream()
                .filter(each -> shared(words, each) > 0)
                .sorted(Comparator.comparingLong((String each) -> -shared(words, each)))
                .limit(NEAR)
                .toList();
    }

    private static long shared(Set<String> words, String id) {
        return Arrays.stream(id.split("-")).distinct().filter(words::contains).count();
    }

    private void print(ReplayReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(report));
            return;
        }
        report.results().stream()
                .filter(each -> verbose && (id != null || each.standing() == Standing.DIFFERS))
                .forEach(each -> new ExchangeText(each).lines().forEach(out::println));
        report.lines().forEach(out::println);
    }

    private static String asJson(ReplayReport report) {
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts are always JSON", e);
        }
    }
}
