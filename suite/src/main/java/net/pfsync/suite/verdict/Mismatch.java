package net.pfsync.suite.verdict;

/**
 * The target did something else than the requirement says: verdict FAIL.
 *
 * <p>Expected and observed are for people and stand beside each other in every report.
 */
public final class Mismatch extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String observed;
    private final String where;

    /**
     * States what should have been seen and what was seen.
     *
     * @param expected what the requirement leads to, in words
     * @param observed what there was instead, in words
     * @param where which observation shows it, for example {@code frame 3 at 1.000 s} or {@code statistics}
     */
    public Mismatch(String expected, String observed, String where) {
        super("expected " + expected + ", observed " + observed + " (" + where + ")");
        this.expected = expected;
        this.observed = observed;
        this.where = where;
    }

    /** What the requirement leads to. */
    public String expected() {
        return expected;
    }

    /** What there was instead. */
    public String observed() {
        return observed;
    }

    /** Which observation shows it. */
    public String where() {
        return where;
    }
}
