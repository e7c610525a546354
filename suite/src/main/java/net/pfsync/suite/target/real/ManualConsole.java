package net.pfsync.suite.target.real;

import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.verdict.CannotTell;

/**
 * A console at which a person types: each command is shown, and what the firewall printed is pasted back.
 *
 * <pre>
 *   a: type on its console, and paste what it prints; then a line with a dot alone. Nothing printed: Enter. Refused: ! and the message
 *       pfctl -s states -vv
 * </pre>
 */
final class ManualConsole implements Remote {

    private static final String END = ".";
    private static final char REFUSED = '!';
    private static final int LONGEST = 16 << 20;

    private final FirewallEntry firewall;
    private final Person person;
    private boolean explained;

    ManualConsole(FirewallEntry firewall, Person person) {
        this.firewall = firewall;
        this.person = person;
    }

    @Override
    public Output run(String command, String input) {
        if (!explained) {
            explained = true;
            person.tell("Type each command on the console of firewall " + firewall.name() + " ("
                    + firewall.syncAddress() + ") and paste here what it prints, then a line with a dot alone.");
            person.tell("Press Enter if it prints nothing. If it fails, write '!' and what it says.");
        }
        person.tell("");
        person.tell(firewall.name() + "# " + command);
        input.lines().forEach(line -> person.tell("> " + line));
        return answered(command);
    }

    private Output answered(String command) {
        String line = next(command);
        if (!line.isEmpty() && line.charAt(0) == REFUSED) {
            return new Output("", line.substring(1).strip() + "\n", 1);
        }
        StringBuilder text = new StringBuilder();
        while (!line.equals(END) && !(line.isEmpty() && text.isEmpty())) {
            if (text.length() + line.length() > LONGEST) {
                throw new CannotTell("what was pasted for '" + command + "' does not end");
            }
            text.append(line).append('\n');
            line = next(command);
        }
        return new Output(text.toString(), "", 0);
    }

    private String next(String command) {
        String line = person.answer();
        if (line == null) {
            throw new CannotTell(
                    "nobody is at the console of firewall " + firewall.name() + " any more to type '" + command + "'");
        }
        return line.stripTrailing();
    }

    @Override
    public void close() {
        // The person may go.
    }
}
