package net.pfsync.net.tcp;

/**
 * How many bytes may be under way, so that a path that loses packets is not flooded: slow start, congestion avoidance, fast retransmit and fast
 * recovery. Sources: RFC 5681; RFC 6582; RFC 6928 for the first window.
 */
final class CongestionWindow {

    private static final int FIRST_SEGMENTS = 10;
    private static final int DUPLICATES = 3;

    private int mss;
    private long size;
    private long threshold = Long.MAX_VALUE;
    private int duplicates;
    private boolean recovering;
    /** After a timeout, segments are sent again that had arrived; the acknowledgements that they bring mean nothing. */
    private boolean timedOut;
    /** What must be acknowledged for the recovery to end. */
    private int recovery;

    /** The connection is established with this segment size. */
    void start(int segmentSize) {
        mss = segmentSize;
        size = (long) FIRST_SEGMENTS * mss;
    }

    long size() {
        return size;
    }

    boolean recovering() {
        return recovering;
    }

    /** New data was acknowledged; true if the next segment is missing, too, and must be sent again. */
    boolean acknowledged(int acknowledgement, int bytes) {
        duplicates = 0;
        timedOut &= SequenceNumber.before(acknowledgement, recovery);
        if (!recovering) {
            size += size < threshold ? Math.min(bytes, mss) : Math.max(1, (long) mss * mss / size);
            return false;
        }
        if (SequenceNumber.before(acknowledgement, recovery)) {
            size = Math.max(mss, size - bytes + mss);
            return true;
        }
        recovering = false;
        size = threshold;
        return false;
    }

    /** The same acknowledgement came again; true if the segment behind it is lost and must be sent again. */
    boolean duplicate(long underWay, int highest) {
        if (timedOut) {
            return false;
        }
        duplicates++;
        if (recovering) {
            size += mss;
            return false;
        }
        if (duplicates < DUPLICATES) {
            return false;
        }
        recovering = true;
        recovery = highest;
        threshold = Math.max(underWay / 2, 2L * mss);
        size = threshold + (long) DUPLICATES * mss;
        return true;
    }

    /** Nothing was acknowledged in time. */
    void expired(long underWay, int highest) {
        threshold = Math.max(underWay / 2, 2L * mss);
        size = mss;
        duplicates = 0;
        recovering = false;
        recovery = highest;
        timedOut = true;
    }
}
