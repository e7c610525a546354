package net.pfsync.suite.target.real;

/** A lab cannot be used; the message is one line that says why. */
public final class LabException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one line */
    public LabException(String message) {
        super(message);
    }

    /**
     * @param message one line
     * @param cause what went wrong
     */
    LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
