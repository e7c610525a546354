package net.pfsync.node.console;

import java.util.List;
import java.util.Map;
import net.pfsync.node.Firewall;

/** Where an administrator types: finds the program, runs it, and says what it printed. */
public final class Console {

    private static final int NOT_FOUND = 127;

    private final Map<String, Command> commands;

    /**
     * Makes the console of a firewall.
     *
     * @param firewall the firewall, on whose thread the commands are run
     * @param files where the files are that commands read
     */
    public Console(Firewall firewall, Files files) {
        this.commands = Map.of(
                "pfctl",
                new Pfctl(firewall, files),
                "ifconfig",
                new Ifconfig(firewall),
                "netstat",
                new Netstat(firewall),
                "sysctl",
                new Sysctl(firewall),
                "dmesg",
                (arguments, input) -> Answer.out(lines(firewall.messages())),
                "uptime",
                (arguments, input) -> Answer.out(UptimeText.of(firewall)),
                "date",
                (arguments, input) -> date(firewall, arguments),
                "hostname",
                (arguments, input) -> Answer.out(firewall.hostname() + "\n"),
                "true",
                (arguments, input) -> Answer.OK);
    }

    /** Reads files of the machine that the console stands on. */
    @FunctionalInterface
    public interface Files {
        /**
         * Reads a file.
         *
         * @param path as the administrator typed it
         * @return its text
         * @throws java.io.IOException if it cannot be read; the message says why, as strerror does
         */
        String read(String path) throws java.io.IOException;
    }

    /**
     * Whether a line reads standard input, which then has to be there before it is run.
     *
     * @param line as for {@link #run}
     * @return false for every line that fails
     */
    public static boolean readsInput(String line) {
        try {
            List<String> words = ShellWords.of(line);
            return !words.isEmpty()
                    && program(words).equals("pfctl")
                    && PfctlOptions.parse(words.subList(1, words.size()))
                            .rules()
                            .equals(Pfctl.STANDARD_INPUT);
        } catch (Failure e) {
            return false;
        }
    }

    /** Seconds since 1970: the one format that two clocks are compared by. */
    private static Answer date(Firewall firewall, List<String> arguments) throws Failure {
        if (!arguments.equals(List.of("+%s"))) {
            throw new Failure("date: only the seconds since 1970 are told here");
        }
        return Answer.out(firewall.bootEpochSeconds() + firewall.uptimeSeconds() + "\n");
    }

    private static String program(List<String> words) {
        return words.getFirst().replaceFirst("^(/usr)?/s?bin/", "");
    }

    private static String lines(List<String> all) {
        return all.isEmpty() ? "" : String.join("\n", all) + "\n";
    }

    /**
     * Runs a line.
     *
     * @param line a program with its arguments; quotes hold words together, and no other part of a shell is there
     * @param input standard input
     * @return what came of it: 127 if there is no such program, 2 if the line is not understood
     */
    public Answer run(String line, String input) {
        try {
            List<String> words = ShellWords.of(line);
            if (words.isEmpty()) {
                return Answer.OK;
            }
            Command command = commands.get(program(words));
            if (command == null) {
                throw new Failure(NOT_FOUND, "sh: " + words.getFirst() + ": not found");
            }
            return command.run(words.subList(1, words.size()), input);
        } catch (Failure e) {
            return Answer.error(e.exit(), e.getMessage());
        }
    }
}
