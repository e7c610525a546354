package net.pfsync.suite.cli;

import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.experiment.SimulateCommand;
import net.pfsync.suite.replay.ReplayCommand;
import net.pfsync.suite.scenario.ScenariosCommand;
import net.pfsync.suite.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code pfsync}: picks the subcommand and ends with its exit code. */
@Command(
        name = "pfsync",
        description = "Tells whether a firewall speaks pfsync properly.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            CheckCommand.class,
            PreflightCommand.class,
            RelayCommand.class,
            ListCommand.class,
            ReleasesCommand.class,
            DecodeCommand.class,
            DumpCommand.class,
            DissectorCommand.class,
            LintCommand.class,
            CompareCommand.class,
            WatchCommand.class,
            NodeCommand.class,
            ReplayCommand.class,
            ScenariosCommand.class,
            FaultsCommand.class,
            SimulateCommand.class,
            SoakCommand.class,
            MatrixCommand.class,
            BaselineCommand.class,
            JudgeCommand.class
        })
public final class Main implements Runnable {

    /** Wrong arguments or files. */
    static final int USAGE = 2;

    /** An interface, a console or a lab cannot be reached, or is not ready. */
    static final int UNREACHABLE = 3;

    /** Nothing selected, nothing to say. */
    static final int NOTHING = 4;

    /** The program itself is at fault ({@code EX_SOFTWARE} of sysexits). */
    static final int FAULT = 70;

    /** Where the cases are. */
    static final String CASES = "net.pfsync.suite.cases";

    private final Clock clock;
    private final String cases;
    private final Supplier<Catalogue> catalogue;

    @Spec
    private CommandSpec spec;

    private Main(Clock clock, String cases, Supplier<Catalogue> catalogue) {
        this.clock = clock;
        this.cases = cases;
        this.catalogue = catalogue;
    }

    /** Ends the JVM with the subcommand's exit code; 2 if the arguments are wrong. */
    public static void main(String[] args) {
        System.exit(commandLine(Clock.systemUTC(), CASES, Catalogue::load).execute(args));
    }

    /**
     * The program with other cases than its own.
     *
     * @param clock when a run began
     * @param cases the package that the cases are in
     * @param catalogue their requirements
     * @return the program, to be executed
     */
    static CommandLine commandLine(Clock clock, String cases, Supplier<Catalogue> catalogue) {
        return new CommandLine(new Main(clock, cases, catalogue))
                .setParameterExceptionHandler(Main::wrongArguments)
                .setExecutionExceptionHandler(Main::fault)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    Clock clock() {
        return clock;
    }

    String cases() {
        return cases;
    }

    Catalogue catalogue() {
        return catalogue.get();
    }

    static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "not packaged");
    }

    /** One line: what is wrong and what would be right. */
    private static int wrongArguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        StringBuilder line = new StringBuilder(e.getMessage().replaceAll("\\s*\\R\\s*", " "));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String near = String.join(", ", unmatched.getSuggestions());
            line.append(near.isEmpty() ? "" : "; near: " + near);
        }
        command.getErr().println(line + "; '" + command.getCommandSpec().qualifiedName() + " --help' explains");
        return USAGE;
    }

    /** Nobody's input should lead here. */
    private static int fault(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("a fault of this program, please report it:");
        e.printStackTrace(command.getErr());
        return FAULT;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pfsync " + version()};
        }
    }
}
