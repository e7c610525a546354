package net.pfsync.sync;

/** The modelled kernel cannot go on, as the real one could not: the firewall stops and says so. */
public final class KernelPanic extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Stops the firewall.
     *
     * @param message what the real kernel reported
     */
    public KernelPanic(String message) {
        super(message);
    }
}
