package net.pfsync.suite.baseline;

import net.pfsync.suite.verdict.Verdict;

/**
 * A verdict that the baseline does not expect.
 *
 * @param id the requirement
 * @param now what it came to
 * @param known what is known about it, null if it is not in the baseline
 */
public record Change(String id, Verdict now, Exclusion known) {

    /** What the baseline expects. */
    public Verdict expected() {
        return known == null ? Verdict.PASS : known.verdict();
    }

    /** One line. */
    @Override
    public String toString() {
        if (known == null) {
            return id + "  unexpected " + now + ": it is not in the baseline";
        }
        String why = " (" + known.reason() + ")";
        return now == Verdict.PASS
                ? id + "  unexpected PASS: the baseline has " + known.verdict() + why + "; take it out"
                : id + "  unexpected " + now + ": the baseline has " + known.verdict() + why;
    }
}
