package net.pfsync.net;

import net.pfsync.time.Timer;

/** What is known about one address on a link; see {@link Neighbours} for what happens in each state. */
final class Neighbour {

    /** How far it is with finding the neighbour's Ethernet address. */
    enum State {
        /** Asked for; nothing answered yet. */
        INCOMPLETE,
        /** Known. */
        REACHABLE,
        /** Did not answer; not asked for again for a while. */
        DOWN
    }

    final long hi;
    final long lo;
    State state = State.INCOMPLETE;
    /** Its Ethernet address if {@link State#REACHABLE}. */
    long mac;
    /** When the state ends by itself: a known address is forgotten, one that is down may be asked for again. */
    long untilNanos;
    /** When it was last sent to. */
    long usedNanos;
    /** When it was last asked for. */
    long askedNanos;
    /** How often it was asked for in vain. */
    int attempts;
    /** The frame that waits for the answer; null if none does. */
    byte[] waiting;
    /** Runs while {@link State#INCOMPLETE}. */
    Timer retry;
    /** The next in the same bucket. */
    Neighbour next;

    Neighbour(long hi, long lo) {
        this.hi = hi;
        this.lo = lo;
    }
}
