package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is done to the firewall in a case, in order of time, and until when it is watched.
 *
 * @param events operations and injections; at the same time, operations first
 * @param end when counters and table are read
 */
record Timeline(List<Event> events, Duration end) {

    /**
     * How long the 7.6 machine was watched, which its cases do not tell. At least 1.5 s; the states it exported before
     * and after are 1.9 s apart on average.
     */
    private static final Duration USUAL_WATCH = Duration.ofMillis(1_800);

    private static final Duration AFTER_REPLY = Duration.ofMillis(500);

    /** One thing done at one moment. */
    record Event(Duration at, String name, Optional<String> result, List<Step> steps) {}

    static Timeline of(RecordedCase recorded) {
        List<Event> events = new ArrayList<>();
        for (Operation operation : recorded.operations()) {
            String name = "operation " + events.size() + " " + operation.text();
            events.add(new Event(operation.at(), name, operation.result(), operation.steps()));
        }
        int index = 0;
        for (RecordedCase.Injection injection : recorded.injections()) {
            String name = "injection " + index++;
            events.add(
                    new Event(injection.at(), name, Optional.empty(), List.of(new Step.Receive(injection.packet()))));
        }
        events.sort(Comparator.comparing(Event::at));
        return new Timeline(List.copyOf(events), end(recorded, events));
    }

    private static Duration end(RecordedCase recorded, List<Event> events) {
        if (recorded.watchedFor().isPresent()) {
            return recorded.watchedFor().get();
        }
        Duration end = USUAL_WATCH;
        for (Event event : events) {
            end = later(end, event.at().plus(USUAL_WATCH));
        }
        for (Reply reply : recorded.replies()) {
            end = later(end, reply.after().plus(AFTER_REPLY));
        }
        for (DemotionSample sample : recorded.demotion()) {
            end = later(end, sample.at());
        }
        return end;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    List<Duration> stimuli() {
        return events.stream().map(Event::at).toList();
    }
}
