package net.pfsync.pf;

/**
 * How long states live without traffic, and when they die.
 *
 * <p>Indices and defaults: {@code WIRE.md} section 7. Dying: {@code PF-TRACKING.md} section 8.
 */
public final class Timeouts {

    /** First packet of a TCP connection. */
    public static final int TCP_FIRST_PACKET = 0;
    /** Not both ends of a TCP connection are established. */
    public static final int TCP_OPENING = 1;
    /** Both ends are established. */
    public static final int TCP_ESTABLISHED = 2;
    /** One end has closed. */
    public static final int TCP_CLOSING = 3;
    /** Both ends have closed, not all of it acknowledged. */
    public static final int TCP_FIN_WAIT = 4;
    /** Both ends closed. */
    public static final int TCP_CLOSED = 5;
    /** First packet of a UDP flow. */
    public static final int UDP_FIRST_PACKET = 6;
    /** Not both ends of a UDP flow have sent more than once. */
    public static final int UDP_SINGLE = 7;
    /** Both have. */
    public static final int UDP_MULTIPLE = 8;
    /** First ICMP query. */
    public static final int ICMP_FIRST_PACKET = 9;
    /** An ICMP query that was followed by a reply or another one. */
    public static final int ICMP_ERROR_REPLY = 10;
    /** First packet of another protocol. */
    public static final int OTHER_FIRST_PACKET = 11;
    /** Not both ends have sent more than once. */
    public static final int OTHER_SINGLE = 12;
    /** Both have. */
    public static final int OTHER_MULTIPLE = 13;
    /** How often a state is looked at, in seconds. */
    public static final int INTERVAL = 15;
    /** Number of states above which timeouts shrink. */
    public static final int ADAPTIVE_START = 16;
    /** Number of states at which nothing lives. */
    public static final int ADAPTIVE_END = 17;
    /** How far a TCP timestamp may run ahead of the clock, in seconds. */
    public static final int TS_DIFF = 19;
    /** How many indices there are: the first value that is invalid on the wire of OpenBSD and FreeBSD up to 13. */
    public static final int MAX = 20;
    /** Not on the wire: die at the next purge run. */
    public static final int PURGE = 21;
    /** Not meant for the wire: unlinked already. */
    public static final int UNLINKED = 22;

    private final int[] seconds;

    /**
     * Takes a set of timeouts.
     *
     * @param seconds {@link #MAX} values by index, copied
     */
    public Timeouts(int... seconds) {
        if (seconds.length != MAX) {
            throw new IllegalArgumentException(MAX + " timeouts expected, got " + seconds.length);
        }
        this.seconds = seconds.clone();
    }

    /**
     * The value of one timeout.
     *
     * @param index 0 to {@link #MAX} - 1; others have no value
     * @return seconds, 0 for other indices
     */
    public int seconds(int index) {
        return index >= 0 && index < MAX ? seconds[index] : 0;
    }

    /**
     * When a state dies if nothing more is heard of it.
     *
     * @param state the state
     * @param states how many states there are, for adaptive scaling
     * @param now seconds of uptime
     * @return seconds of uptime; a time that is not after {@code now} means that it is due
     */
    public int expiry(State state, int states, int now) {
        if (state.timeout == UNLINKED || state.timeout == PURGE) {
            return now;
        }
        int timeout = seconds(state.timeout);
        int start = seconds[ADAPTIVE_START];
        int end = seconds[ADAPTIVE_END];
        if (end != 0 && states > start && start < end) {
            if (states >= end) {
                return now;
            }
            timeout = (int) ((long) timeout * (end - states) / (end - start));
        }
        return state.expire + timeout;
    }
}
