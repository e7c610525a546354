package net.pfsync.pf;

/** The counters of {@code pfctl -si}; how many states came and went is the table's. */
@SuppressWarnings("EnumOrdinal") // one array slot per reason; the numbers are not kept anywhere else
public final class PfStatistics {

    private final long[] reasons = new long[Reason.values().length];
    private long searches;

    void raise(Reason reason) {
        reasons[reason.ordinal()]++;
    }

    void countSearch() {
        searches++;
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
}
