package net.pfsync.suite.verdict;

/** What a case came to. */
public enum Verdict {
    /** The requirement was seen to be met. */
    PASS,
    /** The requirement was seen not to be met. */
    FAIL,
    /** Console and wire contradict each other, so the target is wrong in one of them. */
    DISAGREE,
    /** It could not be told: the lab did not answer, a control did not work, or nothing was observed. */
    UNKNOWN,
    /** The case was not run, for a reason that is given. */
    SKIPPED;

    /** Whether it counts against the target. */
    public boolean againstTarget() {
        return this == FAIL || this == DISAGREE;
    }
}
