package net.pfsync.sync;

import net.pfsync.pf.State;

/**
 * Where a state stands in pfsync's output: on none of the lists, on one of them, or past all of them.
 *
 * <p>The number is what {@link State#queue} holds.
 */
public enum Queue {
    /** Nothing to say about the state. */
    NONE,
    /** To be announced in full. */
    INS,
    /** A peer's insert is to be acknowledged. */
    INS_ACK,
    /** To be sent in full because a peer asked. */
    UPD,
    /** Changed since peers last heard of it. */
    UPD_C,
    /** Gone; peers are to be told. */
    DEL,
    /** Gone, and peers were told; every later event is ignored. */
    DEAD;

    private static final Queue[] ALL = values();

    /**
     * The queue that a state is on.
     *
     * @param state any state
     * @return never null
     */
    public static Queue of(State state) {
        return ALL[state.queue];
    }

    /** Puts the number into the state; the lists themselves are {@link SendQueues}' business. */
    @SuppressWarnings("EnumOrdinal") // a byte in each of a million states
    void mark(State state) {
        state.queue = (byte) ordinal();
    }
}
