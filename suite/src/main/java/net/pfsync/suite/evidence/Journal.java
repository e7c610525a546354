package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import net.pfsync.suite.state.StateId;

/** What was done and found in one case besides the frames on the LAN, with the times. */
public final class Journal {

    /**
     * One entry.
     *
     * @param at when, since the lab was opened
     * @param frames how many frames had been on the LAN
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public record Entry(Duration at, int frames, String who, String text) {}

    /**
     * Frames that are the suite's own: it asked for a state and saw it answered, and the case has nothing to do with that.
     *
     * @param first number of the first frame, from 1
     * @param last number of the last
     * @param states the names of the states that it asked for
     */
    public record Aside(int first, int last, Set<StateId> states) {}

    private final Supplier<Duration> clock;
    private final IntSupplier frames;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Aside> asides = new ArrayList<>();

    /**
     * Starts empty.
     *
     * @param clock time since the lab was opened
     * @param frames how many frames have been on the LAN
     */
    public Journal(Supplier<Duration> clock, IntSupplier frames) {
        this.clock = clock;
        this.frames = frames;
    }

    /**
     * Notes something at this moment.
     *
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public void note(String who, String text) {
        entries.add(new Entry(clock.get(), frames.getAsInt(), who, text));
    }

    /** Marks frames as the suite's own. */
    public void aside(Aside frames) {
        asides.add(frames);
    }

    /** The suite's own frames, in order; one may lie within another. */
    public List<Aside> asides() {
        return Collections.unmodifiableList(asides);
    }

    /** All entries in order. */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }
}
