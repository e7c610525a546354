package net.pfsync.pf;

import net.pfsync.wire.WirePeer;

/**
 * What pf knows about one end of a connection.
 *
 * <p>For TCP {@link #state} is a TCP state number, 0 CLOSED to 10 TIME_WAIT, 11 and 12 for the two steps of synproxy; for UDP and
 * others 0 NO_TRAFFIC, 1 SINGLE, 2 MULTIPLE; for ICMP 0. Sequence numbers are 32-bit and compared with {@link #after}.
 */
public final class Peer {

    /** The highest TCP state number that a peer can have, waiting for the server's half of synproxy. */
    public static final int PROXY_DST = 12;

    /** The first of the two synproxy states. */
    public static final int PROXY_SRC = 11;

    /** TCP: SYN sent; below it this end has not been heard of. */
    public static final int SYN_SENT = 2;

    /** TCP: everything this end has sent so far was acknowledged once. */
    public static final int ESTABLISHED = 4;

    /** TCP: this end has sent a FIN. */
    public static final int CLOSING = 7;

    /** TCP: the FIN was acknowledged. */
    public static final int FIN_WAIT_2 = 9;

    /** TCP: reset. */
    public static final int TIME_WAIT = 10;

    /** UDP and others: this end has sent. */
    public static final int SINGLE = 1;

    /** UDP and others: this end has answered, or was answered. */
    public static final int MULTIPLE = 2;

    /** The bits of {@link #wscale} that are the shift. */
    static final int WSCALE_SHIFT = 0x0f;

    /** Lowest sequence number that this end may still send. */
    public int seqlo;
    /** Highest sequence number that this end may send, as allowed by the other end's window. */
    public int seqhi;
    /** What sequence modulation adds to the sequence numbers of this end. */
    public int seqdiff;
    /** Largest window seen, unscaled, 0 to 65535. */
    public short maxWin;
    /** Maximum segment size, 0 if unknown. */
    public short mss;
    /** State number, see the class. */
    public byte state;
    /** Window scale: shift in the low four bits, 0x80 if the option was seen. */
    public byte wscale;
    /** What scrub remembers; null if there is nothing. */
    public Scrub scrub;

    /**
     * Takes over a peer from the wire.
     *
     * <p>Scrub fields are taken only when they are marked valid. Source: {@code BEHAVIOUR.md} 9.10.
     *
     * @param received the received peer
     */
    public void take(WirePeer received) {
        seqlo = received.seqlo();
        seqhi = received.seqhi();
        seqdiff = received.seqdiff();
        maxWin = (short) received.maxWin();
        mss = (short) received.mss();
        state = (byte) received.state();
        wscale = (byte) received.wscale();
        if ((received.scrubFlag() & Scrub.VALID) != 0) {
            if (scrub == null) {
                scrub = new Scrub();
            }
            scrub.flags = (short) (received.pfssFlags() & Scrub.TIMESTAMP);
            scrub.ttl = (byte) received.pfssTtl();
            scrub.tsMod = received.pfssTsMod();
        }
    }

    /**
     * Compares sequence numbers on their circle.
     *
     * @param a a sequence number
     * @param b another one
     * @return true if {@code a} lies after {@code b}, by less than half the circle
     */
    public static boolean after(int a, int b) {
        return a - b > 0;
    }

    /** A window in units of the window scale, rounded up. */
    static int scaledDown(int window, int shift) {
        return (window + (1 << shift) - 1) >> shift;
    }

    /** {@link #maxWin} without its sign. */
    int window() {
        return maxWin & 0xffff;
    }

    /** Remembers a window if it is the largest so far. */
    void raiseWindow(int window) {
        if (window > window()) {
            maxWin = (short) window;
        }
    }

    /** Goes on to a state, never back. */
    void advance(int to) {
        if (state < to) {
            state = (byte) to;
        }
    }

    /** What {@code scrub reassemble tcp} remembers of one end. */
    public static final class Scrub {
        /** Marks the wire's scrub fields as valid. */
        public static final int VALID = 0x01;
        /** The only flag that travels: a timestamp option was seen. */
        public static final int TIMESTAMP = 0x0001;

        /** {@link #TIMESTAMP} or 0. */
        public short flags;
        /** Lowest TTL seen, 0 to 255. */
        public byte ttl;
        /** What modulation adds to timestamps. */
        public int tsMod;

        /** Not on the wire: whether the other three fields hold something. */
        boolean seen;
        /** Not on the wire: the latest timestamp of this end. */
        int latest;
        /** Not on the wire: the latest timestamp of the other end that this end has echoed. */
        int echoed;
        /** Not on the wire: when {@link #latest} came, seconds of uptime. */
        int since;
    }
}
