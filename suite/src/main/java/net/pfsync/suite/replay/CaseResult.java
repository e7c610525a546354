package net.pfsync.suite.replay;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of one case.
 *
 * @param recorded the case
 * @param standing whether it agrees
 * @param reason why it was left out; empty text otherwise
 * @param differences what differs; empty unless it differs
 * @param outcome what our firewall did; empty if it was left out
 */
record CaseResult(
        RecordedCase recorded,
        Standing standing,
        String reason,
        List<Difference> differences,
        Optional<Outcome> outcome) {

    /** Whether a case agrees. */
    enum Standing {
        /** Everything that the case tells is as recorded. */
        AGREES("agrees"),
        /** Something is not. */
        DIFFERS("differs"),
        /** It was not compared. */
        LEFT_OUT("left out");

        private final String text;

        Standing(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final int SHOWN = 4;

    static CaseResult leftOut(RecordedCase recorded, String reason) {
        return new CaseResult(recorded, Standing.LEFT_OUT, reason, List.of(), Optional.empty());
    }

    static CaseResult compared(RecordedCase recorded, Outcome outcome) {
        List<Difference> differences = CaseComparison.compare(recorded, outcome);
        Standing standing = differences.isEmpty() ? Standing.AGREES : Standing.DIFFERS;
        return new CaseResult(recorded, standing, "", differences, Optional.of(outcome));
    }

    String id() {
        return recorded.id();
    }

    /** The case and what differs in one line. */
    String line() {
        return id() + ": " + whatDiffers();
    }

    /** The first few differences, and how many there are more. */
    String whatDiffers() {
        String shown =
                differences.stream().limit(SHOWN).map(Difference::toString).collect(Collectors.joining("; "));
        return differences.size() > SHOWN ? shown + "; and " + (differences.size() - SHOWN) + " more" : shown;
    }
}
