package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.pfsync.wire.Dialect;

/** What went over the LANs in a case, in order of time, with the recorded and our replies side by side. */
final class ExchangeText {

    private final CaseResult result;
    private final List<Entry> entries = new ArrayList<>();

    /** One line and its time. */
    private record Entry(Duration at, String text) {}

    ExchangeText(CaseResult result) {
        this.result = result;
        result.outcome().ifPresent(outcome -> collect(result.recorded(), outcome));
    }

    /** The title, one line per event and reply, and every difference. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("== " + result.id() + " (" + result.recorded().title() + ")");
        entries.stream()
                .sorted(Comparator.comparing(Entry::at))
                .forEach(entry -> lines.add(String.format("%12s  %s", ReplyTiming.text(entry.at()), entry.text())));
        result.differences().forEach(difference -> lines.add("      differs: " + difference));
        return lines;
    }

    private void collect(RecordedCase recorded, Outcome outcome) {
        for (Timeline.Event event : Timeline.of(recorded).events()) {
            for (Step step : event.steps()) {
                entries.add(new Entry(event.at(), event.name() + text(outcome.dialect(), step)));
            }
        }
        add("recorded: ", outcome.dialect(), recorded.replies());
        add("    ours: ", outcome.dialect(), outcome.replies());
        Optional<String> stopped = outcome.stopped();
        stopped.ifPresent(why -> entries.add(new Entry(outcome.end(), "ours stopped: " + why)));
    }

    private void add(String who, Dialect dialect, List<Reply> replies) {
        for (Reply reply : replies) {
            entries.add(new Entry(reply.after(), who + FrameText.summary(dialect, reply.bytes()) + " " + reply.hex()));
        }
    }

    private static String text(Dialect dialect, Step step) {
        return step instanceof Step.Receive receive
                ? ": " + FrameText.summary(dialect, receive.packet().bytes()) + " "
                        + receive.packet().hex()
                : "";
    }
}
