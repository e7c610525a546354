package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.pfsync.suite.target.Captured;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Message;

/** Who said what when, one line per message, with what the case did and found in between. */
final class Ladder {

    private static final String CONTINUED = " ".repeat(32);
    private static final Set<String> FIREWALLS = Set.of("a", "b", "c");
    private static final int SHOWN_PER_FRAME = 16;

    private final Evidence evidence;
    private final List<Line> lines = new ArrayList<>();

    /** Position: the frame's number, or just behind the last frame before. */
    private record Line(Duration at, double position, String text) {}

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
        for (int i = 0; i < evidence.frames().size(); i++) {
            ladder.frame(i + 1, evidence.frames().get(i));
        }
        evidence.asides().forEach(ladder::aside);
        evidence.journal().forEach(ladder::entry);
        ladder.lines.sort(Comparator.comparing(Line::at).thenComparingDouble(Line::position));
        StringBuilder text = new StringBuilder();
        text.append("seconds since the case began; #n is frame n of exchange.pcap; what precedes 0 is the lab's"
                + " preparation\n\n");
        ladder.lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    private void entry(Journal.Entry entry) {
        String firewallOrNot = FIREWALLS.contains(entry.who()) ? "console" : "";
        lines.add(new Line(
                entry.at(),
                entry.frames() + 0.5,
                String.format("%s  %-6s %-12s %s", time(entry.at()), entry.who(), firewallOrNot, entry.text())));
    }

    /** One line instead of the frames of a sentinel. */
    private void aside(Journal.Aside aside) {
        boolean inner = evidence.asides().stream()
                .anyMatch(outer ->
                        !outer.equals(aside) && outer.first() <= aside.first() && outer.last() >= aside.last());
        if (!inner && aside.last() >= aside.first()) {
            Duration at = evidence.frames().get(aside.first() - 1).at();
            lines.add(new Line(
                    at,
                    aside.first(),
                    String.format(
                            "%s  %-6s %-12s #%d to #%d: %s",
                            time(at),
                            "suite",
                            "",
                            aside.first(),
                            aside.last(),
                            aside.states().size() == 1 ? "sentinel" : "a state read back, sentinel")));
        }
    }

    /** Whether a frame is the suite's own, or an answer to it and nothing else. */
    private boolean hidden(int number, Frame frame) {
        return evidence.asides().stream()
                .filter(aside -> aside.first() <= number && number <= aside.last())
                .anyMatch(aside -> frame.messages().stream().allMatch(message -> about(message, aside)));
    }

    private static boolean about(Message message, Journal.Aside aside) {
        String summary = Summary.of(message);
        return message instanceof EndOfFrame
                || aside.states().stream().anyMatch(state -> summary.contains(state.toString()));
    }

    private void frame(int number, Captured captured) {
        Frame frame = FrameDecoder.decode(evidence.dialect(), captured.payload());
        if (hidden(number, frame)) {
            return;
        }
        List<String> said = said(frame);
        String head = String.format(
                "%s  %-6s -> %-9s ", time(captured.at()), captured.sender(), to(frame.ip()) + " #" + number);
        StringBuilder text = new StringBuilder(head).append(said.isEmpty() ? "no message" : said.get(0));
        said.stream()
                .skip(1)
                .forEach(line -> text.append('\n').append(CONTINUED).append(line));
        lines.add(new Line(captured.at(), number, text.toString()));
    }

    private static List<String> said(Frame frame) {
        List<String> said = new ArrayList<>();
        int left = 0;
        for (Message message : frame.messages()) {
            if (message instanceof EndOfFrame) {
                continue;
            }
            if (said.size() < SHOWN_PER_FRAME) {
                said.add(Summary.of(message));
            } else {
                left++;
            }
        }
        if (left > 0) {
            said.add("... and " + left + " more");
        }
        if (frame.problem() != null) {
            String counter =
                    frame.problem().counter() == null ? "" : frame.problem().counter() + " ";
            said.add("! " + counter + "at byte " + frame.problem().offset() + ": "
                    + frame.problem().text());
        }
        return said;
    }

    private static String to(IpHeader ip) {
        return IpHeader.GROUP.equals(ip.destination()) ? "all" : "one";
    }

    private String time(Duration at) {
        return String.format("%10.4f", at.minus(evidence.beginning()).toNanos() / 1e9);
    }
}
