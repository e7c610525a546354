package net.pfsync.suite.report;

/** A report cannot be written: one line that says where and why. */
public final class ReportException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * States the problem.
     *
     * @param message one line
     */
    public ReportException(String message) {
        super(message);
    }
}
