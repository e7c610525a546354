package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.target.Captured;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Message;

/** What happened in a case, in order: the frames, one line for each sentinel, and what was done and found in between. */
final class Rungs {

    private static final int SHOWN_PER_FRAME = 16;

    private final Evidence evidence;
    private final Map<String, String> stations = new HashMap<>();
    private final List<Rung> rungs = new ArrayList<>();

    private Rungs(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Everything of a case.
     *
     * @param evidence what the case left behind
     * @return in order
     */
    static List<Rung> of(Evidence evidence) {
        Rungs all = new Rungs(evidence);
        List<Frame> frames = evidence.frames().stream()
                .map(captured -> FrameDecoder.decode(evidence.dialects().get(captured.sender()), captured.payload()))
                .toList();
        for (int i = 0; i < frames.size(); i++) {
            all.stations.putIfAbsent(
                    frames.get(i).ip().source(), evidence.frames().get(i).sender());
        }
        for (int i = 0; i < frames.size(); i++) {
            all.frame(i + 1, evidence.frames().get(i), frames.get(i));
        }
        evidence.asides().forEach(all::aside);
        evidence.journal()
                .forEach(
                        entry -> all.rungs.add(Rung.note(entry.at(), entry.frames() + 0.5, entry.who(), entry.text())));
        all.rungs.sort(Comparator.comparing(Rung::at).thenComparingDouble(Rung::position));
        return all.rungs;
    }

    /** One line instead of the frames of a sentinel. */
    private void aside(Journal.Aside aside) {
        boolean inner = evidence.asides().stream()
                .anyMatch(outer ->
                        !outer.equals(aside) && outer.first() <= aside.first() && outer.last() >= aside.last());
        if (!inner && aside.last() >= aside.first()) {
            Duration at = evidence.frames().get(aside.first() - 1).at();
            String what = aside.states().size() == 1 ? "sentinel" : "a state read back, sentinel";
            rungs.add(
                    Rung.note(at, aside.first(), "suite", "#" + aside.first() + " to #" + aside.last() + ": " + what));
        }
    }

    private void frame(int number, Captured captured, Frame frame) {
        if (hidden(number, frame)) {
            return;
        }
        boolean group = IpHeader.GROUP.equals(frame.ip().destination());
        rungs.add(new Rung(
                captured.at(),
                number,
                captured.sender(),
                group ? "all" : "one",
                group ? "" : stations.getOrDefault(frame.ip().destination(), ""),
                said(frame)));
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
}
