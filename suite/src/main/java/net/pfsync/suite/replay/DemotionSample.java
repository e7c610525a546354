package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the carp demotion was at one moment.
 *
 * @param at the moment, counted from the start of the case
 * @param carp of the interface group carp
 * @param pfsync of the interface group pfsync, if it was read
 */
record DemotionSample(Duration at, int carp, OptionalInt pfsync) {

    private static final int MOST = 1_000_000;

    static DemotionSample read(Fields from) {
        return new DemotionSample(
                from.millis("at_ms", true),
                (int) from.integer("demote_carp", -MOST, MOST),
                from.has("demote_pfsync")
                        ? OptionalInt.of((int) from.integer("demote_pfsync", -MOST, MOST))
                        : OptionalInt.empty());
    }
}
