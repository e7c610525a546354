package net.pfsync.pcap;

/** An interface cannot be used; the message is one line that says why and what would help. */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one line */
    public LinkException(String message) {
        super(message);
    }

    /**
     * @param message one line
     * @param cause what libpcap or the system said
     */
    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
