package net.pfsync.pf;

/** Where the options of a TCP header are that pf looks at. Source: RFC 9293, 3.2; RFC 7323; RFC 2018. */
final class TcpOptions {

    static final int NOWHERE = -1;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int WSCALE = 3;
    private static final int SACK = 5;
    private static final int TIMESTAMP = 8;
    private static final int LARGEST_SHIFT = 14;

    private int wscale;
    private int mss;
    private int timestampAt;
    private int sackAt;
    private int sackBlocks;

    void clear() {
        wscale = 0;
        mss = 0;
        timestampAt = NOWHERE;
        sackAt = NOWHERE;
        sackBlocks = 0;
    }

    /** Walks over the options; a malformed one ends the walk. */
    void find(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int kind = bytes[at] & 0xff;
            if (kind == END) {
                return;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < end ? bytes[at + 1] & 0xff : 0;
            if (length < 2 || length > end - at) {
                return;
            }
            take(bytes, at, kind, length);
            at += length;
        }
    }

    private void take(byte[] bytes, int at, int kind, int length) {
        if (kind == MSS && length == 4) {
            mss = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
        } else if (kind == WSCALE && length == 3) {
            wscale = Packet.WSCALE_PRESENT | Math.min(bytes[at + 2] & 0xff, LARGEST_SHIFT);
        } else if (kind == TIMESTAMP && length == 10) {
            timestampAt = at + 2;
        } else if (kind == SACK && length > 2 && (length - 2) % 8 == 0) {
            sackAt = at + 2;
            sackBlocks = (length - 2) / 8;
        }
    }

    /** The window scale: {@link Packet#WSCALE_PRESENT} and the shift, 0 without the option. */
    int wscale() {
        return wscale;
    }

    /** The maximum segment size, 0 without the option. */
    int mss() {
        return mss;
    }

    /** Where the sender's timestamp is, the echoed one four bytes behind it; {@link #NOWHERE} without the option. */
    int timestampAt() {
        return timestampAt;
    }

    /** Where the first block of selective acknowledgements is; {@link #NOWHERE} without the option. */
    int sackAt() {
        return sackAt;
    }

    /** How many blocks there are, each of two sequence numbers. */
    int sackBlocks() {
        return sackBlocks;
    }
}
