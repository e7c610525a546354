package net.pfsync.suite.target;

/** A firewall refused to be configured in that way. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String errno;

    /**
     * States the refusal.
     *
     * @param errno the name of the error, for example {@code EINVAL}
     * @param text what the firewall says
     */
    public Refused(String errno, String text) {
        super(errno + ": " + text);
        this.errno = errno;
    }

    /** The name of the error. */
    public String errno() {
        return errno;
    }
}
