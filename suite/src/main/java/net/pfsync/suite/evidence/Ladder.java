package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.Set;

/** Who said what when, one line per message, with what the case did and found in between. */
final class Ladder {

    private static final String CONTINUED = " ".repeat(32);
    private static final Set<String> FIREWALLS = Set.of("a", "b", "c");

    private final Evidence evidence;

    private Ladder(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Draws the ladder of a case.
     *
     * @param evidence what the case left behind
     * @return the text, each line ended
     */
    static String of(Evidence evidence) {
        Ladder ladder = new Ladder(evidence);
        StringBuilder text = new StringBuilder();
        text.append("seconds since the case began; #n is frame n of exchange.pcap; what precedes 0 is the lab's"
                + " preparation\n\n");
        for (Rung rung : Rungs.of(evidence)) {
            text.append(rung.isFrame() ? ladder.frame(rung) : ladder.note(rung)).append('\n');
        }
        return text.toString();
    }

    private String note(Rung rung) {
        String firewallOrNot = FIREWALLS.contains(rung.who()) ? "console" : "";
        return String.format(
                "%s  %-6s %-12s %s",
                time(rung.at()), rung.who(), firewallOrNot, rung.said().get(0));
    }

    private String frame(Rung rung) {
        String head = String.format("%s  %-6s -> %-9s ", time(rung.at()), rung.who(), rung.to() + " #" + rung.number());
        return head + (rung.said().isEmpty() ? "no message" : String.join("\n" + CONTINUED, rung.said()));
    }

    private String time(Duration at) {
        return String.format("%10.4f", at.minus(evidence.beginning()).toNanos() / 1e9);
    }
}
