package net.pfsync.suite.target.real;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * FreeBSD's tools, heard as OpenBSD's: what is the same stays, what is said in other words is said in OpenBSD's.
 *
 * <p>Known and rewritten: {@code netstat} counts actions besides, and says {@code send errors} (TEXT-FORMATS.md 6); {@code ifconfig} says {@code ether}
 * and a metric; the demotion is one number of the whole machine, {@code net.inet.carp.demotion}; {@code pfctl} may say on which interface a state
 * began. None of this was recorded by this project: the formats are FreeBSD's published sources as TEXT-FORMATS.md and manuals have them, and what
 * is not known is refused by the readers instead of guessed.
 */
final class FreeBsdConsole implements Remote {

    private static final String DEMOTION = "sysctl -n net.inet.carp.demotion";
    private static final Pattern GROUP = Pattern.compile("ifconfig -g ([a-z]+)");
    private static final Pattern ACTION_LINE = Pattern.compile("\\t {4}\\d+ .*");
    private static final Pattern ORIGIN = Pattern.compile(" {3}origif: \\S+");

    private final Remote console;

    FreeBsdConsole(Remote console) {
        this.console = console;
    }

    /** What is typed in place of a command of OpenBSD. */
    static String typed(String command) {
        return GROUP.matcher(command).matches() ? DEMOTION : command;
    }

    @Override
    public Output run(String command, String input) {
        if (!typed(command).equals(command)) {
            return demotion(command.substring(command.lastIndexOf(' ') + 1));
        }
        Output output = console.run(command, input);
        if (output.exit() != 0) {
            return output;
        }
        String out = output.out();
        if (command.startsWith("netstat -s")) {
            out = counters(out);
        } else if (command.startsWith("ifconfig ")) {
            out = interfaces(out);
        } else if (command.startsWith("pfctl -s states")) {
            out = without(ORIGIN, out);
        }
        return new Output(out, output.err(), 0);
    }

    private Output demotion(String group) {
        Output output = console.run(DEMOTION, "");
        return output.exit() == 0
                ? new Output(group + ": carp demote count " + output.out().strip() + "\n", output.err(), 0)
                : output;
    }

    private static String counters(String out) {
        return without(ACTION_LINE, out)
                .replaceAll(
                        "(?m)^(\\t+\\d+) failures? due to mbuf memory error$",
                        "$1 send failed due to mbuf memory error")
                .replaceAll("(?m)^(\\t+\\d+) send errors$", "$1 send error");
    }

    private static String interfaces(String out) {
        return out.replaceAll("(?m)^(\\S+: flags=[0-9a-f]+<[A-Z0-9_,]*>) metric \\d+ mtu", "$1 mtu")
                .replaceAll("(?m)^\\tether ", "\tlladdr ");
    }

    private static String without(Pattern line, String text) {
        return text.lines()
                .filter(one -> !line.matcher(one).matches())
                .map(one -> one + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        console.close();
    }
}
