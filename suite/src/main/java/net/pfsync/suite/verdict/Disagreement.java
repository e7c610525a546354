package net.pfsync.suite.verdict;

/**
 * Console and wire contradict each other about the target: verdict DISAGREE. One of them is wrong, so nothing that either of them says about it counts.
 */
public final class Disagreement extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String about;
    private final String contradiction;

    /**
     * States the contradiction.
     *
     * @param about what they should agree about, for example {@code the state 01/02}
     * @param contradiction what each of them says, in words
     */
    public Disagreement(String about, String contradiction) {
        super("console and wire disagree about " + about + ": " + contradiction);
        this.about = about;
        this.contradiction = contradiction;
    }

    /** What they should agree about. */
    public String about() {
        return about;
    }

    /** What each of them says. */
    public String contradiction() {
        return contradiction;
    }
}
