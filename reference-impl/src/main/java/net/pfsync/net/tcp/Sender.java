package net.pfsync.net.tcp;

import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;

/**
 * The sending half of a connection: what is under way, and what is sent again.
 *
 * <p>Sequence numbers from {@link #unacknowledged} to {@link #highest} are under way; {@link #next} lies between them, and before {@link #highest} only
 * after a timeout, while everything is sent again. The SYN takes the first number, the FIN the one behind the last byte.
 */
final class Sender {

    private static final int MOST_ATTEMPTS = 10;

    /** Sends segments for this half. */
    interface Output {
        /** Sends a segment with the connection's acknowledgement and window, if {@code syn} with its options. */
        void segment(int sequence, boolean syn, long from, int length, boolean fin);

        /** Gives the connection up. */
        void timedOut();
    }

    private final EventLoop loop;
    private final Output output;
    private final SendQueue queue = new SendQueue();
    private final CongestionWindow congestion = new CongestionWindow();
    private final RetransmissionTimeout timeout;
    private final Pacer pacer;
    private final int first;
    private int unacknowledged;
    private int next;
    private int highest;
    private int mss;
    private long window;
    private int windowSequence;
    private int windowAcknowledgement;
    private boolean established;
    private boolean closing;
    private boolean finSent;
    private int attempts;
    private Timer retransmit;
    private int timed;
    private long timedNanos;
    private boolean timing;
    private long sentAgain;

    Sender(EventLoop loop, Output output, TcpSettings settings, int first) {
        this.loop = loop;
        this.output = output;
        this.first = first;
        this.unacknowledged = first;
        this.next = first;
        this.highest = first;
        this.timeout = new RetransmissionTimeout(settings.shortestTimeout().toNanos());
        this.pacer = new Pacer(loop, settings.packetsPerSecond(), this::send);
    }

    SendQueue queue() {
        return queue;
    }

    int highest() {
        return highest;
    }

    long sentAgain() {
        return sentAgain;
    }

    // ---- sending ----

    /** Sends the SYN. */
    void open() {
        time(first);
        emit(first, 0, false);
    }

    /** Sends the SYN again because the other end has not heard it. */
    void openAgain() {
        emit(first, 0, false);
    }

    /** The other end has answered the SYN: from now on data goes in segments of this size. */
    void established(int segmentSize, Segment answer, long scaledWindow) {
        mss = segmentSize;
        established = true;
        congestion.start(segmentSize);
        window = scaledWindow;
        windowSequence = answer.sequence;
        windowAcknowledgement = answer.acknowledgement;
        advance(answer.acknowledgement);
        send();
    }

    /** Nothing comes behind what is in the queue. */
    void close() {
        closing = true;
        send();
    }

    /** The number of the FIN, which is the one behind the last byte. */
    private int finSequence() {
        return unacknowledged + (int) queue.size();
    }

    boolean finAcknowledged() {
        return closing && queue.size() == 0 && finSent && unacknowledged == highest;
    }

    /** Sends what windows and rate let through. */
    void send() {
        while (established && sendOne()) {
            // one more
        }
        if (established && retransmit == null && window == 0 && !allSent()) {
            arm();
        }
    }

    private boolean allSent() {
        return next == highest && (closing ? finSent : next == finSequence());
    }

    private boolean sendOne() {
        if (allSent()) {
            return false;
        }
        int underWay = next - unacknowledged;
        long usable = Math.min(window, congestion.size()) - underWay;
        int bytes = finSequence() - next;
        int length = (int) Math.max(0, Math.min(Math.min(bytes, usable), mss));
        boolean last = length == bytes;
        boolean fin = closing && last;
        if (length == 0 ? !(fin && usable >= 0) : length < mss && !last && underWay > 0) {
            return false;
        }
        if (length > 0 && !pacer.ready()) {
            return false;
        }
        transmit(length, fin);
        return true;
    }

    private void transmit(int length, boolean fin) {
        if (length > 0) {
            pacer.sent();
        }
        if (!timing && next == highest) {
            time(next);
        }
        emit(next, length, fin);
    }

    private void time(int sequence) {
        timing = true;
        timed = sequence;
        timedNanos = loop.nanos();
    }

    private void emit(int sequence, int length, boolean fin) {
        boolean syn = sequence == first;
        if (SequenceNumber.before(sequence, highest)) {
            sentAgain++;
            timing = false;
        }
        output.segment(sequence, syn, offset(sequence), length, fin);
        finSent |= fin;
        next = SequenceNumber.later(next, sequence + length + (syn ? 1 : 0) + (fin ? 1 : 0));
        highest = SequenceNumber.later(highest, next);
        if (retransmit == null) {
            arm();
        }
    }

    /** Where the bytes of a sequence number are in the queue. */
    private long offset(int sequence) {
        return sequence == first ? 0 : sequence - unacknowledged;
    }

    /** Sends the first segment that is under way once more. */
    private void sendFirstAgain() {
        int length = (int) Math.min(Math.min(queue.size(), mss), highest - unacknowledged);
        boolean fin = finSent && length == queue.size();
        if (unacknowledged == first) {
            length = 0;
            fin = false;
        }
        emit(unacknowledged, length, fin);
        pacer.sent();
    }

    // ---- what is acknowledged ----

    /** Takes the acknowledgement and window of a segment; false if it acknowledges what was never sent. */
    boolean acknowledged(Segment segment, long scaledWindow) {
        int acknowledgement = segment.acknowledgement;
        if (SequenceNumber.after(acknowledgement, highest)) {
            return false;
        }
        attempts = 0;
        if (SequenceNumber.after(acknowledgement, unacknowledged)) {
            advance(acknowledgement);
        } else if (duplicate(segment, scaledWindow) && congestion.duplicate(highest - unacknowledged, highest)) {
            sendFirstAgain();
        }
        updateWindow(segment, scaledWindow);
        send();
        return true;
    }

    private boolean duplicate(Segment segment, long scaledWindow) {
        return segment.acknowledgement == unacknowledged
                && segment.length() == 0
                && scaledWindow == window
                && highest != unacknowledged;
    }

    private void advance(int acknowledgement) {
        int numbers = acknowledgement - unacknowledged;
        int syn = unacknowledged == first ? 1 : 0;
        int bytes = (int) Math.min(numbers - syn, queue.size());
        if (timing && SequenceNumber.after(acknowledgement, timed)) {
            timing = false;
            timeout.measured(loop.nanos() - timedNanos);
        }
        queue.discard(bytes);
        unacknowledged = acknowledgement;
        next = SequenceNumber.later(next, acknowledgement);
        disarm();
        if (highest != unacknowledged) {
            arm();
        }
        if (established && bytes > 0 && congestion.acknowledged(acknowledgement, bytes)) {
            sendFirstAgain();
        }
    }

    private void updateWindow(Segment segment, long scaledWindow) {
        boolean newer = SequenceNumber.before(windowSequence, segment.sequence)
                || (windowSequence == segment.sequence
                        && !SequenceNumber.after(windowAcknowledgement, segment.acknowledgement));
        if (newer) {
            if (window == 0) {
                next = unacknowledged;
            }
            window = scaledWindow;
            windowSequence = segment.sequence;
            windowAcknowledgement = segment.acknowledgement;
        }
    }

    // ---- the timer ----

    private void arm() {
        retransmit = loop.schedule(timeout.nanos(), this::expired);
    }

    private void disarm() {
        if (retransmit != null) {
            retransmit.cancel();
            retransmit = null;
        }
    }

    private void expired() {
        retransmit = null;
        if (++attempts > MOST_ATTEMPTS) {
            output.timedOut();
            return;
        }
        timeout.expired();
        timing = false;
        if (!established) {
            sendFirstAgain();
        } else if (window == 0) {
            probe();
        } else {
            congestion.expired(highest - unacknowledged, highest);
            next = unacknowledged;
            send();
        }
    }

    /** The other end takes nothing: one byte asks whether that is still so. Source: RFC 9293, 3.8.6.1. */
    private void probe() {
        next = unacknowledged;
        int length = (int) Math.min(1, queue.size());
        emit(next, length, closing && length == queue.size());
    }

    /** Sends nothing any more. */
    void stop() {
        disarm();
        pacer.stop();
        established = false;
    }
}
