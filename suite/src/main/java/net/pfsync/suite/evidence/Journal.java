package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** What was done and found in one case besides the frames on the LAN, with the times. */
public final class Journal {

    /**
     * One entry.
     *
     * @param at when, since the lab was opened
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public record Entry(Duration at, String who, String text) {}

    private final Supplier<Duration> clock;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Starts empty.
     *
     * @param clock time since the lab was opened
     */
    public Journal(Supplier<Duration> clock) {
        this.clock = clock;
    }

    /**
     * Notes something at this moment.
     *
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public void note(String who, String text) {
        entries.add(new Entry(clock.get(), who, text));
    }

    /** All entries in order. */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }
}
