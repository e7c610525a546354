package net.pfsync.suite.report;

import java.util.List;
import java.util.Map;
import net.pfsync.suite.baseline.Baseline;
import net.pfsync.suite.baseline.Change;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.verdict.Verdict;

/**
 * A run beside what is known of its release.
 *
 * @param known how many deviations the baseline has
 * @param changes what the run has to say that is not known
 */
public record Comparison(int known, List<Change> changes) {

    /**
     * Compares.
     *
     * @param baseline what is known
     * @param verdicts what the requirements came to
     * @return both beside each other
     */
    public static Comparison of(Baseline baseline, Map<Entry, Verdict> verdicts) {
        return new Comparison(baseline.exclusions().size(), baseline.changes(verdicts));
    }
}
