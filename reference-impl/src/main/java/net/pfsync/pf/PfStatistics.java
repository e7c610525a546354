package net.pfsync.pf;

/** The counters of {@code pfctl -si}; how many states came in, from peers too, and went is the table's. */
@SuppressWarnings("EnumOrdinal") // one array slot per reason; the numbers are not kept anywhere else
public final class PfStatistics {

    private final long[] reasons = new long[Reason.values().length];
    private long searches;
    private long inserts;
    private long removals;

    void raise(Reason reason) {
        reasons[reason.ordinal()]++;
    }

    void countSearch() {
        searches++;
    }

    void countInsert() {
        inserts++;
    }

    void countRemoval() {
        removals++;
    }

    /**
     * How often a packet got its verdict for a reason.
     *
     * @param reason which
     * @return 0 or more
     */
    public long count(Reason reason) {
        return reasons[reason.ordinal()];
    }

    /**
     * How often the state table was searched for a packet.
     *
     * @return 0 or more
     */
    public long searches() {
        return searches;
    }

    /**
     * How many states were made here.
     *
     * @return 0 or more
     */
    public long inserts() {
        return inserts;
    }

    /**
     * How many states were removed here.
     *
     * @return 0 or more
     */
    public long removals() {
        return removals;
    }
}
