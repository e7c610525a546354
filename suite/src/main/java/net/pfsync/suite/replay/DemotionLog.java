package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The carp demotion of our firewall over a case: what it was at the start, and every change. */
final class DemotionLog {

    private final List<DemotionSample> changes = new ArrayList<>();

    /** Notes what the demotion is now; times do not decrease. */
    void note(Duration now, int carp, int pfsync) {
        if (changes.isEmpty()
                || changes.getLast().carp() != carp
                || changes.getLast().pfsync().orElse(0) != pfsync) {
            changes.add(new DemotionSample(now, carp, OptionalInt.of(pfsync)));
        }
    }

    /** What it was at some time; before the first note, what was noted first. */
    DemotionSample at(Duration time) {
        DemotionSample found = changes.getFirst();
        for (DemotionSample change : changes) {
            if (change.at().compareTo(time) <= 0) {
                found = change;
            }
        }
        return found;
    }

    /** Whether the condition held at some moment between two times, both included. */
    boolean anyBetween(Duration from, Duration to, Predicate<DemotionSample> condition) {
        return condition.test(at(from))
                || changes.stream()
                        .filter(change ->
                                change.at().compareTo(from) >= 0 && change.at().compareTo(to) <= 0)
                        .anyMatch(condition);
    }
}
