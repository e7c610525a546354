package net.pfsync.suite.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scenarios}: plays the recorded scenarios and prints both sides. */
@Command(
        name = "scenarios",
        description = {
            "Plays the recorded scenarios and prints the frames of the kernels and ours side by side, in Markdown.",
            "Exit code: 0 played, 2 wrong arguments or captures."
        },
        mixinStandardHelpOptions = true)
public final class ScenariosCommand implements Callable<Integer> {

    private static final int PLAYED = 0;
    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Recordings, a folder per kernel with its captures.")
    private Path folder;

    @Option(names = "--only", paramLabel = "TEXT", description = "Play the scenarios whose name contains this.")
    private String only = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.print(table(folder, only));
            out.flush();
            return PLAYED;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    /** The table of all scenarios whose names contain a text. */
    static String table(Path observed, String only) throws IOException {
        List<PlayedScenario> played = new ArrayList<>();
        for (Scenario scenario : Scenarios.all()) {
            if (scenario.name().contains(only)) {
                played.add(PlayedScenario.play(observed, scenario));
            }
        }
        return ScenarioTable.of(played);
    }
}
