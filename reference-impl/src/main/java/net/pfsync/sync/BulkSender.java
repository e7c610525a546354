package net.pfsync.sync;

/** Sends all states to a peer that asked for them. */
public interface BulkSender {

    /**
     * A peer asked with a name of zeros.
     *
     * @throws KernelPanic if the release does not survive it
     */
    void request();

    /** pfsync goes down: a transfer that is running ends without END. */
    void cancel();

    /**
     * Whether a transfer is running, so that no state may be freed.
     *
     * @return true from START to END
     */
    boolean running();
}
