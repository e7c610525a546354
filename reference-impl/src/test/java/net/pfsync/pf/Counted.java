package net.pfsync.pf;

import java.util.Map;

/** Gives a packet filter the counters that a recorded one had. */
public final class Counted {

    private Counted() {}

    /**
     * Raises counters.
     *
     * @param statistics of a filter that has not seen a packet
     * @param searches how often it is to have searched
     * @param reasons how often it is to have judged for each reason
     */
    public static void raise(PfStatistics statistics, long searches, Map<Reason, Long> reasons) {
        for (long i = 0; i < searches; i++) {
            statistics.countSearch();
        }
        reasons.forEach((reason, times) -> {
            for (long i = 0; i < times; i++) {
                statistics.raise(reason);
            }
        });
    }
}
