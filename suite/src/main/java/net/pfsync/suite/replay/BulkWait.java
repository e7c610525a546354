package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.Optional;

/**
 * The situation of a machine that still waits for the bulk update it asked for.
 *
 * @param sinceRequest how long before the start of the case it asked
 * @param uptime how long it had been up at the start, if recorded
 * @param note what had happened before, in words
 */
record BulkWait(Duration sinceRequest, Optional<Duration> uptime, Optional<String> note) {

    private static final Duration USUAL = Duration.ofMillis(2_500);

    /** Empty unless the case says that the machine waits. */
    static Optional<BulkWait> read(Fields from) {
        if (!from.flag("waiting_for_bulk", false)) {
            return Optional.empty();
        }
        return Optional.of(new BulkWait(
                from.optionalMillis("since_request_ms", false).orElse(USUAL),
                from.has("uptime_s") ? Optional.of(from.seconds("uptime_s")) : Optional.empty(),
                from.optionalText("setup_note")));
    }
}
