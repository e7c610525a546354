package net.pfsync.suite.plan;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;

/** What a run would do, gathered from a rehearsal by requirement. */
public final class Plan implements CaseListener {

    private static final String INDENT = "    ";

    private final Dialect dialect;
    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private final Doing before = new Doing();
    private Doing current = before;

    /**
     * An empty plan.
     *
     * @param dialect in which is sent
     */
    public Plan(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void started(Entry entry, String methodName) {
        current = doings.computeIfAbsent(entry.id(), id -> new Doing());
    }

    @Override
    public void finished(CaseOutcome outcome) {
        Doing doing = doings.computeIfAbsent(outcome.entry().id(), id -> new Doing());
        if (outcome.verdict() == Verdict.SKIPPED || outcome.verdict() == Verdict.UNKNOWN) {
            doing.isLeftOut(outcome.observed());
        }
    }

    /** The probe would send a packet. */
    public void sends(byte[] packet) {
        current.sends(FrameDecoder.decode(dialect, packet));
    }

    /** A line would be typed on a console. */
    public void types(String firewall, String command) {
        current.types(firewall, command);
    }

    /** A case would take that long. */
    public void takes(Duration time) {
        current.takes(time);
    }

    /**
     * Prints it in the order of the catalogue, and the sum.
     *
     * @param catalogue the requirements
     * @param factor how many times as long firewalls of this lab may take
     * @param out where to
     */
    public void print(Catalogue catalogue, double factor, PrintWriter out) {
        Doing sum = new Doing();
        if (!before.nothing()) {
            out.println("before the first case");
            lines(before, out);
            sum.add(before);
        }
        for (Entry entry : catalogue.entries()) {
            Doing doing = doings.get(entry.id());
            if (doing != null) {
                out.println(entry.id() + "  " + entry.sentence());
                lines(doing, out);
                sum.add(doing);
            }
        }
        out.println(sum.nothing() ? "nothing is sent and nothing is typed" : "all together");
        lines(sum, out);
        long minutes = Math.round(sum.time().toSeconds() * factor / 60);
        out.println(INDENT + "takes     about " + minutes + " min and what the consoles need");
    }

    private static void lines(Doing doing, PrintWriter out) {
        doing.reasons().forEach(reason -> out.println(INDENT + "left out  " + reason));
        if (doing.frames() > 0) {
            String kinds = doing.messages().entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", "));
            out.println(INDENT + "sends     " + doing.frames() + " frames"
                    + (doing.broken() > 0 ? ", " + doing.broken() + " of them wrong on purpose" : "") + ": " + kinds);
            out.println(INDENT + "about     creators " + String.join(", ", doing.creators()));
        }
        if (!doing.addresses().isEmpty()) {
            out.println(INDENT + "between   " + String.join(", ", doing.addresses()));
        }
        doing.commands()
                .forEach((command, count) -> out.println(INDENT + "types     " + command + " (" + count + " times)"));
    }
}
