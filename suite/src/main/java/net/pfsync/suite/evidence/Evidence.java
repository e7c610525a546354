package net.pfsync.suite.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Health;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/**
 * What a case leaves behind.
 *
 * @param dialects how the frames of each station are decoded, by its name
 * @param opened the wall clock when the lab was opened
 * @param beginning when the body of the case began, since the lab was opened
 * @param end when it ended
 * @param frames every frame of the sync LAN, from the opening of the lab on
 * @param journal what was done and found besides
 * @param asides the frames that are the suite's own
 * @param before the firewalls when the body began
 * @param after the firewalls when it ended
 */
public record Evidence(
        Map<String, Dialect> dialects,
        Instant opened,
        Duration beginning,
        Duration end,
        List<Captured> frames,
        List<Journal.Entry> journal,
        List<Journal.Aside> asides,
        List<Snapshot> before,
        List<Snapshot> after) {

    /** Copies what still grows. */
    public Evidence {
        dialects = Map.copyOf(dialects);
        frames = List.copyOf(frames);
        journal = List.copyOf(journal);
        asides = List.copyOf(asides);
    }

    /**
     * A firewall at one moment.
     *
     * @param name {@code a} or {@code b}
     * @param stopped what it said when it stopped, empty while it works
     * @param table its states, null if they cannot be listed
     * @param counters its statistics, null if they cannot be read
     * @param demotion its demotion, null if it cannot be read
     * @param health what its kernel tells about itself
     */
    public record Snapshot(
            String name,
            String stopped,
            List<StateView> table,
            Map<Counter, Long> counters,
            Integer demotion,
            Health health) {}
}
