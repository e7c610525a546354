package net.pfsync.suite.state;

/**
 * The 96-bit name of a state: the id that its creator gave it, and the creator.
 *
 * @param id the id, as the 8 bytes on the wire read in network order
 * @param creatorId the host id of the firewall that made the state, likewise
 */
public record StateId(long id, int creatorId) {

    /** Not a state: an update request for this asks for all states. */
    public static final StateId ALL = new StateId(0, 0);

    /**
     * The same id under another creator.
     *
     * @param creator the other creator's host id
     * @return another state's name
     */
    public StateId withCreator(int creator) {
        return new StateId(id, creator);
    }

    /** As {@code pfctl -ss -vv} prints it: both in hexadecimal, with a slash between them. */
    @Override
    public String toString() {
        return String.format("%016x/%08x", id, creatorId);
    }
}
