package net.pfsync.suite.preflight;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import net.pfsync.suite.preflight.Finding.Result;

/** All checks, in the order in which one would look oneself: the probe's place, the consoles, the wire, the settings. */
public final class Preflight {

    private static final int WIDTH = 14;
    private static final String INDENT = " ".repeat(13);

    private final List<Check> checks;
    private final Set<String> accepted;

    /**
     * The checks.
     *
     * @param epochSeconds this machine's clock
     * @param accepted the names of checks that may fail
     * @throws IllegalArgumentException if there is no check of such a name; the message says what is possible
     */
    public Preflight(LongSupplier epochSeconds, List<String> accepted) {
        checks = List.of(
                new InterfaceCheck(),
                new CaptureCheck(),
                new ConsoleCheck(),
                new PeersCheck(),
                new DialectCheck(),
                new TtlCheck(),
                new RunningCheck(),
                new SyncpeerCheck(),
                new MtuCheck(),
                new CreatorCheck(),
                new FilterCheck(),
                new RulesetCheck(),
                new ForwardingCheck(),
                new TestAddressCheck(),
                new ClockCheck(epochSeconds));
        List<String> names = checks.stream().map(Check::name).toList();
        for (String name : accepted) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "no such check: '" + name + "'; possible: " + String.join(", ", names));
            }
        }
        this.accepted = new TreeSet<>(accepted);
    }

    /**
     * Looks at a lab, and prints a line for each check and one for what would help.
     *
     * @param inspection the lab
     * @param out where to
     * @return whether nothing is wrong that was not accepted
     */
    public boolean run(Inspection inspection, PrintWriter out) {
        boolean ready = true;
        for (Check check : checks) {
            Finding finding = check.look(inspection.site());
            boolean wrong = finding.result() == Result.NOT_OK;
            boolean passed = wrong && accepted.contains(check.name());
            out.printf(
                    "%-11s  %-" + WIDTH + "s  %s%n",
                    passed ? "accepted" : finding.result(),
                    check.name(),
                    finding.seen());
            if (wrong && !passed) {
                out.println(INDENT + "remedy: " + finding.remedy());
                ready = false;
            }
            out.flush();
        }
        return ready;
    }
}
