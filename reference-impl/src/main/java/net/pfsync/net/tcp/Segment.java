package net.pfsync.net.tcp;

import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;

/** One TCP segment: a received one, looked at in its frame, or one that is being made. Source of the layout: RFC 9293, 3.1. */
final class Segment {

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    /** What {@link #shift} is without the option. */
    static final int NO_SHIFT = -1;

    private static final int HEADER = 20;
    private static final int LARGEST_SHIFT = 14;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOTHING = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_SHIFT = 3;
    private static final int MSS_LENGTH = 4;
    private static final int SHIFT_LENGTH = 3;

    byte[] frame;
    int sourcePort;
    int destinationPort;
    int sequence;
    int acknowledgement;
    int flags;
    /** As it is in the header, not scaled. */
    int window;
    /** Maximum segment size of the option; 0 without one. */
    int mss;
    /** Shift of the window scale option, or {@link #NO_SHIFT}. */
    int shift;
    /** Where the data starts in the frame. */
    int dataAt;

    int dataLength;

    /** Looks at a received segment; false if it is not sound. */
    boolean parse(byte[] received) {
        int start = Ip.payload(received);
        int end = Ip.end(received);
        if (end - start < HEADER) {
            return false;
        }
        int headerLength = (received[start + 12] >>> 4 & 0xf) * 4;
        if (headerLength < HEADER
                || headerLength > end - start
                || InternetChecksum.ofPayload(received, start, Ip.TCP) != 0) {
            return false;
        }
        frame = received;
        sourcePort = NetworkOrder.int16(received, start);
        destinationPort = NetworkOrder.int16(received, start + 2);
        sequence = NetworkOrder.int32(received, start + 4);
        acknowledgement = NetworkOrder.int32(received, start + 8);
        flags = NetworkOrder.int8(received, start + 13);
        window = NetworkOrder.int16(received, start + 14);
        dataAt = start + headerLength;
        dataLength = end - dataAt;
        options(start + HEADER, dataAt);
        return true;
    }

    private void options(int from, int end) {
        mss = 0;
        shift = NO_SHIFT;
        int at = from;
        while (at + 1 < end && frame[at] != OPTION_END) {
            if (frame[at] == OPTION_NOTHING) {
                at++;
                continue;
            }
            int length = NetworkOrder.int8(frame, at + 1);
            if (length < 2 || length > end - at) {
                return;
            }
            if (frame[at] == OPTION_MSS && length == MSS_LENGTH) {
                mss = NetworkOrder.int16(frame, at + 2);
            } else if (frame[at] == OPTION_SHIFT && length == SHIFT_LENGTH) {
                shift = Math.min(NetworkOrder.int8(frame, at + 2), LARGEST_SHIFT);
            }
            at += length;
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** How many sequence numbers it takes. */
    int length() {
        return dataLength + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    // ---- making one ----

    /** Starts a segment without options and data. */
    static Segment make(int sequence, int acknowledgement, int flags, int window) {
        Segment made = new Segment();
        made.sequence = sequence;
        made.acknowledgement = acknowledgement;
        made.flags = flags;
        made.window = window;
        made.shift = NO_SHIFT;
        return made;
    }

    /** Lays it out in a new frame, with room for its data; {@link #seal} comes last. */
    byte[] layOut(ConnectionId id) {
        int optionsLength = (mss == 0 ? 0 : MSS_LENGTH) + (shift == NO_SHIFT ? 0 : MSS_LENGTH);
        IpAddress local = id.local();
        frame = Ip.make(local, id.remote(), Ip.TCP, HEADER + optionsLength + dataLength);
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start, id.localPort());
        NetworkOrder.put16(frame, start + 2, id.remotePort());
        NetworkOrder.put32(frame, start + 4, sequence);
        NetworkOrder.put32(frame, start + 8, acknowledgement);
        NetworkOrder.put16(frame, start + 12, (((HEADER + optionsLength) / 4) << 12) | flags);
        NetworkOrder.put16(frame, start + 14, window);
        int at = start + HEADER;
        if (mss != 0) {
            NetworkOrder.put32(frame, at, OPTION_MSS << 24 | MSS_LENGTH << 16 | mss);
            at += MSS_LENGTH;
        }
        if (shift != NO_SHIFT) {
            NetworkOrder.put32(frame, at, OPTION_NOTHING << 24 | OPTION_SHIFT << 16 | SHIFT_LENGTH << 8 | shift);
        }
        dataAt = start + HEADER + optionsLength;
        return frame;
    }

    /** Fills the checksum in. */
    void seal() {
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start + 16, InternetChecksum.ofPayload(frame, start, Ip.TCP));
    }
}
