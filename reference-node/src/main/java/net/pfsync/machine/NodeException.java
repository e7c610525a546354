package net.pfsync.machine;

/** A node cannot run here; the message is one line that says why. */
public final class NodeException extends Exception {

    private static final long serialVersionUID = 1L;

    NodeException(String message, Throwable cause) {
        super(message, cause);
    }

    NodeException(String message) {
        super(message);
    }
}
