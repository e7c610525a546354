package net.pfsync.suite.evidence;

import java.time.Duration;
import java.util.List;

/**
 * One thing that happened in a case, in the order of a ladder.
 *
 * @param at when, since the lab was opened
 * @param position the frame's number, or just behind the last frame before
 * @param who who did it: {@code a}, {@code b}, {@code c}, {@code probe}, {@code inside}, {@code outside} or {@code suite}
 * @param to {@code all} or {@code one} for a frame, empty for anything else
 * @param receiver whom a frame to one station was sent to, empty if that is not known
 * @param said what was said or done, a line each; none for a frame without messages
 */
record Rung(Duration at, double position, String who, String to, String receiver, List<String> said) {

    /** Something that is no frame. */
    static Rung note(Duration at, double position, String who, String text) {
        return new Rung(at, position, who, "", "", List.of(text));
    }

    boolean isFrame() {
        return !to.isEmpty();
    }

    /** The number of its frame in the capture, from 1. */
    int number() {
        return (int) position;
    }
}
