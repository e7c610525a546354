package net.pfsync.net;

import java.util.function.Consumer;
import net.pfsync.net.Neighbour.State;
import net.pfsync.time.EventLoop;

/**
 * The neighbours of one interface and address family: at most {@link #LIMIT}, each with at most one frame that waits.
 *
 * <table>
 * <caption>What happens in which state</caption>
 * <tr><th></th><th>none</th><th>INCOMPLETE</th><th>REACHABLE</th><th>DOWN</th></tr>
 * <tr><td>a frame is sent</td><td>asks, the frame waits; INCOMPLETE</td><td>the frame waits in place of the one before</td>
 *     <td>sent; near the end of the time also asks</td><td>dropped</td></tr>
 * <tr><td>address learned</td><td>REACHABLE if asked to add it</td><td>the waiting frame is sent; REACHABLE</td><td>taken</td>
 *     <td>REACHABLE</td></tr>
 * <tr><td>a second passes</td><td></td><td>asks again; after all attempts DOWN, and the waiting frame is unreachable</td><td></td><td></td></tr>
 * <tr><td>its time ends</td><td></td><td></td><td>none</td><td>none</td></tr>
 * </table>
 *
 * <p>Sources: RFC 1122, 2.3.2 (one packet waits, one request per second, entries end); RFC 4861, 7.2.2. How long entries live is
 * OpenBSD's default, sysctl(2) arptimeout and arpdown. Whether a known neighbour is still there is not probed: an address that moves is announced.
 */
final class Neighbours {

    /** How many neighbours are remembered; then those go first that are not known, and among them those used longest ago. */
    static final int LIMIT = 512;

    private static final long SECOND = 1_000_000_000L;
    private static final long KEEP_NANOS = 1200 * SECOND;
    private static final long REFRESH_NANOS = 60 * SECOND;
    private static final long DOWN_NANOS = 20 * SECOND;
    private static final int BUCKETS = 256;

    /** How a neighbour is asked for its address. */
    @FunctionalInterface
    interface Request {
        /**
         * Sends a request.
         *
         * @param hi the address's first half
         * @param lo its last half
         * @param to whom it is sent; null for all who may know
         */
        void send(long hi, long lo, MacAddress to);
    }

    private final Neighbour[] buckets = new Neighbour[BUCKETS];
    private final EventLoop loop;
    private final int attempts;
    private final Request request;
    private final Consumer<byte[]> transmit;
    private final Consumer<byte[]> unreachable;
    private long source;
    private int size;

    /**
     * Starts without neighbours.
     *
     * @param attempts how often to ask
     * @param request how to ask
     * @param transmit takes frames that are complete
     * @param unreachable takes the frame that waited for a neighbour in vain
     */
    Neighbours(EventLoop loop, int attempts, Request request, Consumer<byte[]> transmit, Consumer<byte[]> unreachable) {
        this.loop = loop;
        this.attempts = attempts;
        this.request = request;
        this.transmit = transmit;
        this.unreachable = unreachable;
    }

    /** Says what frames are sent from. */
    void source(MacAddress address) {
        source = address.value();
    }

    int size() {
        return size;
    }

    /** Sends a frame to a neighbour, now or once its address is known; the frame is this object's from here on. */
    void send(byte[] frame, long hi, long lo) {
        long now = loop.nanos();
        Neighbour neighbour = current(hi, lo, now);
        if (neighbour == null) {
            neighbour = add(hi, lo);
            neighbour.waiting = frame;
            ask(neighbour);
            return;
        }
        neighbour.usedNanos = now;
        switch (neighbour.state) {
            case INCOMPLETE -> neighbour.waiting = frame;
            case REACHABLE -> {
                transmit(frame, neighbour);
                refresh(neighbour, now);
            }
            case DOWN -> {}
        }
    }

    private void transmit(byte[] frame, Neighbour neighbour) {
        Ethernet.address(frame, neighbour.mac, source);
        transmit.accept(frame);
    }

    /** Asks a known neighbour whether it still has the address, so that no frame has to wait when its time is over. */
    private void refresh(Neighbour neighbour, long now) {
        if (neighbour.untilNanos - now < REFRESH_NANOS && now - neighbour.askedNanos >= SECOND) {
            neighbour.askedNanos = now;
            request.send(neighbour.hi, neighbour.lo, new MacAddress(neighbour.mac));
        }
    }

    private void ask(Neighbour neighbour) {
        neighbour.attempts++;
        neighbour.askedNanos = loop.nanos();
        neighbour.retry = loop.schedule(SECOND, () -> unanswered(neighbour));
        request.send(neighbour.hi, neighbour.lo, null);
    }

    private void unanswered(Neighbour neighbour) {
        if (neighbour.attempts < attempts) {
            ask(neighbour);
            return;
        }
        neighbour.state = State.DOWN;
        neighbour.untilNanos = loop.nanos() + DOWN_NANOS;
        byte[] frame = neighbour.waiting;
        neighbour.waiting = null;
        if (frame != null) {
            unreachable.accept(frame);
        }
    }

    /** Whether a neighbour was asked for lately and did not answer. */
    boolean down(long hi, long lo) {
        Neighbour neighbour = current(hi, lo, loop.nanos());
        return neighbour != null && neighbour.state == State.DOWN;
    }

    /** The Ethernet address of a neighbour as far as it is known; null if it is not. */
    MacAddress known(long hi, long lo) {
        Neighbour neighbour = current(hi, lo, loop.nanos());
        return neighbour == null || neighbour.state != State.REACHABLE ? null : new MacAddress(neighbour.mac);
    }

    /**
     * Takes what a neighbour says about its address.
     *
     * @param mac the Ethernet address
     * @param add whether to remember a neighbour that nobody asked for
     * @param override whether to take it if another one is known
     */
    void learn(long hi, long lo, MacAddress mac, boolean add, boolean override) {
        long now = loop.nanos();
        Neighbour neighbour = current(hi, lo, now);
        if (neighbour == null && add) {
            neighbour = add(hi, lo);
        }
        if (neighbour == null || (neighbour.state == State.REACHABLE && neighbour.mac != mac.value() && !override)) {
            return;
        }
        stopAsking(neighbour);
        neighbour.state = State.REACHABLE;
        neighbour.mac = mac.value();
        neighbour.attempts = 0;
        neighbour.untilNanos = now + KEEP_NANOS;
        byte[] frame = neighbour.waiting;
        neighbour.waiting = null;
        if (frame != null) {
            transmit(frame, neighbour);
        }
    }

    private static void stopAsking(Neighbour neighbour) {
        if (neighbour.retry != null) {
            neighbour.retry.cancel();
            neighbour.retry = null;
        }
    }

    // ---- the table ----

    /** The neighbour, unless its time is over. */
    private Neighbour current(long hi, long lo, long now) {
        Neighbour neighbour = buckets[bucket(hi, lo)];
        while (neighbour != null && (neighbour.hi != hi || neighbour.lo != lo)) {
            neighbour = neighbour.next;
        }
        if (neighbour != null && neighbour.state != State.INCOMPLETE && now - neighbour.untilNanos >= 0) {
            remove(neighbour);
            return null;
        }
        return neighbour;
    }

    private Neighbour add(long hi, long lo) {
        if (size == LIMIT) {
            remove(leastMissed());
        }
        Neighbour neighbour = new Neighbour(hi, lo);
        neighbour.usedNanos = loop.nanos();
        neighbour.next = buckets[bucket(hi, lo)];
        buckets[bucket(hi, lo)] = neighbour;
        size++;
        return neighbour;
    }

    private void remove(Neighbour gone) {
        stopAsking(gone);
        int bucket = bucket(gone.hi, gone.lo);
        if (buckets[bucket] == gone) {
            buckets[bucket] = gone.next;
        } else {
            Neighbour before = buckets[bucket];
            while (before.next != gone) {
                before = before.next;
            }
            before.next = gone.next;
        }
        size--;
    }

    private Neighbour leastMissed() {
        Neighbour least = null;
        for (Neighbour first : buckets) {
            for (Neighbour neighbour = first; neighbour != null; neighbour = neighbour.next) {
                if (least == null || lessMissed(neighbour, least)) {
                    least = neighbour;
                }
            }
        }
        return least;
    }

    private static boolean lessMissed(Neighbour one, Neighbour other) {
        boolean oneKnown = one.state == State.REACHABLE;
        boolean otherKnown = other.state == State.REACHABLE;
        return oneKnown == otherKnown ? one.usedNanos - other.usedNanos < 0 : otherKnown;
    }

    private static int bucket(long hi, long lo) {
        long mixed = (hi ^ Long.rotateLeft(lo, 23)) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 56);
    }
}
