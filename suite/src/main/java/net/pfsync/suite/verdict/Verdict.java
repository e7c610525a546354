package net.pfsync.suite.verdict;

/** What a case came to. */
public enum Verdict {
    /** The requirement was seen to be met. */
    PASS,
    /** The requirement was seen not to be met. */
    FAIL,
    /** It could not be told: the lab did not answer, a control did not work, or nothing was observed. */
    UNKNOWN,
    /** The case was not run, for a reason that is given. */
    SKIPPED
}
