package net.pfsync.sync;

/** Asks a peer for all its states when this firewall comes up, and keeps it demoted until they are here. */
public interface BulkRequester {

    /**
     * The sync interface was configured or came up; what that means is the release's.
     *
     * @param linkUp whether it has a link
     */
    void start(boolean linkUp);

    /**
     * pfsync goes down or is destroyed: what was asked for is given up and demotion undone.
     *
     * @param destroyed true if the interface ceases to exist; some releases go on waiting while it is only down
     */
    void stop(boolean destroyed);

    /**
     * The link of the sync interface came or went.
     *
     * @param up whether there is one now
     */
    void link(boolean up);

    /**
     * A peer reported on its bulk transfer.
     *
     * @param status 1 START, 2 END, others have no meaning
     * @param endtime how long the peer's transfer took, seconds, unsigned
     */
    void status(int status, long endtime);

    /**
     * Whether an answer is still expected.
     *
     * @return true from the request until END or giving up
     */
    boolean waiting();

    /**
     * Whether this firewall believes that it has its peers' states.
     *
     * @return pfsync's "sync ok"
     */
    boolean syncOk();
}
