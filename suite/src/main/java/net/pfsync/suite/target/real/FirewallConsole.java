package net.pfsync.suite.target.real;

import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.verdict.CannotTell;

/** The console of a firewall, and what it comes to when a command is refused there. */
final class FirewallConsole {

    private final String firewall;
    private final Remote remote;

    /**
     * A console.
     *
     * @param firewall the firewall's name
     * @param remote where commands run
     */
    FirewallConsole(String firewall, Remote remote) {
        this.firewall = firewall;
        this.remote = remote;
    }

    /** Runs a command that may be refused. */
    Output run(String command) {
        return remote.run(command, "");
    }

    /**
     * Runs a command that must not be refused.
     *
     * @param command a line for the firewall's shell
     * @return what it printed
     * @throws CannotTell if it is refused or the console is lost
     */
    String ask(String command) {
        return ask(command, "");
    }

    /** Runs a command that must not be refused; for one whose output says nothing. */
    void tell(String command) {
        tell(command, "");
    }

    /** The same, with its standard input. */
    void tell(String command, String input) {
        String ignored = ask(command, input);
    }

    private String ask(String command, String input) {
        Output output = remote.run(command, input);
        if (output.exit() != 0) {
            throw new CannotTell("firewall " + firewall + " refuses '" + command + "': " + firstLine(output.err()));
        }
        return output.out();
    }

    /** What a command said first. */
    static String firstLine(String text) {
        return text.lines().findFirst().orElse("(it says nothing)");
    }
}
