package net.pfsync.suite.soak;

import java.util.List;

/** Whether a row of heap sizes stays where it begins. */
final class HeapTrend {

    private static final int PARTS = 4;
    private static final double MOST_GROWTH = 1.1;
    private static final double LOOSE = 2 << 20;

    private HeapTrend() {}

    /**
     * Compares the last quarter with the first.
     *
     * @param heaps bytes in use, after a collection each
     * @return true if it takes no more than a tenth and 2 MiB more in the mean, which is what tables of other sizes make
     */
    static boolean flat(List<Long> heaps) {
        if (heaps.isEmpty()) {
            return true;
        }
        int quarter = Math.max(1, heaps.size() / PARTS);
        double first = mean(heaps.subList(0, quarter));
        double last = mean(heaps.subList(heaps.size() - quarter, heaps.size()));
        return last <= first * MOST_GROWTH + LOOSE;
    }

    private static double mean(List<Long> some) {
        return some.stream().mapToLong(Long::longValue).average().orElse(0);
    }
}
