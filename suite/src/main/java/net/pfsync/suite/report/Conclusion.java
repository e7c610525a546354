package net.pfsync.suite.report;

/** What a run comes to, with the exit code of the process. */
public enum Conclusion {
    /** Every requirement that was checked is met. */
    CONFORMANT(0, "conformant"),
    /** At least one requirement is not met, or console and wire contradict each other. */
    NOT_CONFORMANT(1, "not conformant"),
    /** No case was executed, so nothing is proven. */
    NOTHING_RAN(4, "nothing ran"),
    /** Nothing failed, but something could not be told. */
    UNKNOWN(5, "could not be told"),
    /** The run was interrupted; 128 and the number of SIGINT. */
    INTERRUPTED(130, "interrupted");

    private final int exitCode;
    private final String text;

    Conclusion(int exitCode, String text) {
        this.exitCode = exitCode;
        this.text = text;
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
