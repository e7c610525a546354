package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import net.pfsync.suite.replay.Nondeterminism.Table;
import net.pfsync.wire.Counter;

/**
 * Compares what our firewall did with what the kernel did, everything that the case tells: whether it stopped, the
 * table before, counters, replies, forwarded packets, demotion and the table afterwards.
 */
final class CaseComparison {

    /** A reading of the demotion and what caused it may be so far apart, as replies "at once" may. */
    private static final Duration READING_SLACK = Duration.ofMillis(100);

    private final RecordedCase recorded;
    private final Outcome ours;
    private final List<Difference> differences = new ArrayList<>();

    private CaseComparison(RecordedCase recorded, Outcome ours) {
        this.recorded = recorded;
        this.ours = ours;
    }

    /**
     * Compares one case.
     *
     * @return what differs, in the order in which it is to be read; empty if the case agrees
     */
    static List<Difference> compare(RecordedCase recorded, Outcome ours) {
        CaseComparison comparison = new CaseComparison(recorded, ours);
        comparison.compare();
        return comparison.differences;
    }

    private void compare() {
        differences.addAll(ours.mishaps());
        if (recorded.stopped() != ours.stopped().isPresent()) {
            String why = ours.stopped().orElse("running");
            differences.add(Difference.of("kernel", recorded.stopped() ? "stopped" : "running", why));
        }
        differences.addAll(TableComparison.compare(
                recorded, Table.BEFORE, recorded.tableBefore(), ours.tableBefore(), recorded.tableBeforeAt()));
        ReplyComparison.Result replies = ReplyComparison.compare(recorded, ours);
        recorded.counters().ifPresent(expected -> compareCounters(expected, replies.extraFrames()));
        differences.addAll(replies.differences());
        differences.addAll(ForwardedComparison.compare(recorded, ours.forwarded()));
        compareDemotion();
        recorded.tableAfter()
                .ifPresent(expected -> differences.addAll(
                        TableComparison.compare(recorded, Table.AFTER, expected, ours.tableAfter(), ours.end())));
    }

    /** Every counter that a case does not name is 0. */
    private void compareCounters(Map<Counter, Long> expected, int extraFrames) {
        for (Counter counter : Counter.values()) {
            long wanted = expected.getOrDefault(counter, 0L) + (counter == Counter.OPACKETS ? extraFrames : 0);
            long got = ours.counters().getOrDefault(counter, 0L);
            if (wanted != got) {
                differences.add(Difference.of("counters " + counter.text(), wanted, got));
            }
        }
    }

    private void compareDemotion() {
        recorded.demotionBefore()
                .ifPresent(expected ->
                        compareDemotion("before", expected, recorded.tableBeforeAt(), DemotionSample::carp));
        for (DemotionSample sample : recorded.demotion()) {
            String at = "at " + ReplyTiming.text(sample.at());
            compareDemotion(at + " of carp", sample.carp(), sample.at(), DemotionSample::carp);
            sample.pfsync()
                    .ifPresent(expected -> compareDemotion(
                            at + " of pfsync",
                            expected,
                            sample.at(),
                            each -> each.pfsync().orElse(0)));
        }
        recorded.demotionAfter()
                .ifPresent(expected -> compareDemotion("after", expected, ours.end(), DemotionSample::carp));
    }

    private void compareDemotion(String when, int expected, Duration at, ToIntFunction<DemotionSample> group) {
        boolean found = ours.demotion()
                .anyBetween(
                        at.minus(READING_SLACK), at.plus(READING_SLACK), each -> group.applyAsInt(each) == expected);
        if (!found) {
            int got = group.applyAsInt(ours.demotion().at(at));
            differences.add(Difference.of("demotion " + when, expected, got));
        }
    }
}
