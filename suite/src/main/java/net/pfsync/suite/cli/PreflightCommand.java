package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.pfsync.suite.preflight.Inspection;
import net.pfsync.suite.preflight.Preflight;
import net.pfsync.suite.target.real.Consoles;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabFile;
import net.pfsync.yaml.YamlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code preflight}: what has to be right before anything is sent to a lab. */
@Command(
        name = "preflight",
        description = "Looks whether a lab is ready, and sends nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing is wrong, as far as can be seen",
            "2:wrong arguments or lab file",
            "3:something is wrong"
        })
final class PreflightCommand implements Callable<Integer> {

    /** How long is listened unless said otherwise. */
    static final int SECONDS = 3;

    private static final int MOST_SECONDS = 3600;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(
            names = "--lab",
            paramLabel = "FILE",
            required = true,
            description = "The lab file, such as fixtures/labs/netns.yaml.")
    private Path file;

    @Mixin
    private PreflightOptions options;

    /** What {@code preflight} and {@code check} have in common. */
    static final class PreflightOptions {
        @Option(
                names = "--accept",
                paramLabel = "CHECK",
                description = "The preflight may fail in this, such as rulesets; may be repeated.")
        private List<String> accepted = List.of();

        @Option(
                names = "--listen",
                paramLabel = "SECONDS",
                defaultValue = "" + SECONDS,
                description = "How long the preflight waits for frames (default: ${DEFAULT-VALUE}).")
        private int seconds;

        /** The options that accept the same again. */
        String typed() {
            return accepted.stream()
                    .map(check -> " --accept " + CheckCommand.quoted(check))
                    .collect(Collectors.joining());
        }

        /**
         * Looks at a lab.
         *
         * @return whether nothing is wrong
         * @throws IllegalArgumentException if an option makes no sense
         */
        boolean ready(LabConfig lab, Consoles ways, Main main, PrintWriter out) {
            if (seconds < 0 || seconds > MOST_SECONDS) {
                throw new IllegalArgumentException("--listen takes 0 to " + MOST_SECONDS + " seconds, not " + seconds);
            }
            Preflight preflight = new Preflight(() -> main.clock().instant().getEpochSecond(), accepted);
            try (Inspection inspection = Inspection.of(lab, ways, Duration.ofSeconds(seconds))) {
                return preflight.run(inspection, out);
            }
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            LabConfig lab = LabFile.read(file);
            boolean ready = options.ready(lab, new Consoles(new TerminalPerson(out)), main, out);
            out.println(lab.name() + (ready ? ": ready, as far as can be seen" : ": not ready"));
            return ready ? 0 : Main.UNREACHABLE;
        } catch (YamlException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Main.USAGE;
        }
    }
}
