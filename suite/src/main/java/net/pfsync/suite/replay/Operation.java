package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was done on the machine, or to it, at one moment of a case.
 *
 * @param at the moment, counted from the start of the case
 * @param text in the recorder's words
 * @param result what the machine said, if recorded
 * @param steps what it means, in order
 */
record Operation(Duration at, String text, Optional<String> result, List<Step> steps) {

    Operation {
        steps = List.copyOf(steps);
    }

    static Operation read(Fields from) {
        return new Operation(
                from.millis("at_ms", true), from.text("op"), from.optionalText("result"), StepParser.parse(from));
    }
}
