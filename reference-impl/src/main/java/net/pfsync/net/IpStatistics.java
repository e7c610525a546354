package net.pfsync.net;

/** The counters of an {@link IpStack}. */
@SuppressWarnings("EnumOrdinal") // counting is on the path of every packet
public final class IpStatistics {

    private final long[] values = new long[IpCounter.values().length];

    IpStatistics() {}

    /**
     * How often something has happened.
     *
     * @param counter what
     * @return 0 or more
     */
    public long get(IpCounter counter) {
        return values[counter.ordinal()];
    }

    void count(IpCounter counter) {
        values[counter.ordinal()]++;
    }
}
