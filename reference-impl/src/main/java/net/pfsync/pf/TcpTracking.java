package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * Full tracking of TCP: whether a segment fits into the windows that both ends have offered, and what it changes.
 *
 * <p>Source: {@code PF-TRACKING.md} section 3, whose letters and numbers the comments use. "Sender" is the end that sent the segment. The
 * object holds what is computed for one segment; it is used for one after the other.
 */
final class TcpTracking {

    /** How far an acknowledgement may lie from what is known: the largest window and a segment. 3.7. */
    static final int MAX_ACK_WINDOW = 65535 + 1500;

    private static final int UNKNOWN_SEQHI = 1;
    private static final int LARGEST_WINDOW = 65535;

    private final TrackingRule rule;
    private final RandomGenerator random;
    private final TcpNormalization normalization;

    private Packet packet;
    private Peer sender;
    private Peer receiver;
    private int senderShift;
    private int receiverShift;
    private int window;
    private int seq;
    private int end;
    /** The end that is compared with the windows: without the FIN where the release leaves it out. */
    private int comparedEnd;

    private int ack;
    /** The acknowledgement as the receiver of the segment must see it. */
    private int demodulatedAck;

    TcpTracking(TrackingRule rule, RandomGenerator random, TcpNormalization normalization) {
        this.rule = rule;
        this.random = random;
        this.normalization = normalization;
    }

    /**
     * Judges a segment, brings the state up to date and, if it is modulated, rewrites the segment.
     *
     * @return null if it is accepted, otherwise why not
     */
    Reason track(State state, Packet segment, Peer from, Peer to, int now) {
        packet = segment;
        sender = from;
        receiver = to;
        measure();
        boolean modulated;
        if (sender.seqlo == 0) {
            modulated = firstOfSender(state);
        } else {
            modulated = sender.seqdiff != 0;
            demodulatedAck = packet.ack() - receiver.seqdiff;
        }
        ack = demodulatedAck;
        adjustToPlainSegments();
        Reason reason = judge(state, now);
        if (reason == null && modulated) {
            Modulation.rewrite(packet, sender, receiver, demodulatedAck);
        }
        return reason;
    }

    /** 3.1, and where the segment begins and ends. */
    private void measure() {
        boolean syn = packet.has(TcpFlags.SYN);
        boolean scaled = sender.wscale != 0 && receiver.wscale != 0 && !syn;
        senderShift = scaled ? sender.wscale & Peer.WSCALE_SHIFT : 0;
        receiverShift = scaled ? receiver.wscale & Peer.WSCALE_SHIFT : 0;
        window = packet.window();
        seq = packet.seq();
        int withoutFin = seq + packet.dataLength() + (syn ? 1 : 0);
        end = withoutFin + (packet.has(TcpFlags.FIN) ? 1 : 0);
        comparedEnd = rule.finOutsideWindow() ? withoutFin : end;
    }

    /** 3.2: what the first segment of an end tells about it. Returns whether the segment is modulated. */
    private boolean firstOfSender(State state) {
        demodulatedAck = packet.ack();
        boolean modulated = receiver.seqdiff != 0 && sender.seqdiff == 0;
        if (modulated) {
            while (sender.seqdiff == 0) {
                sender.seqdiff = random.nextInt();
            }
            demodulatedAck -= receiver.seqdiff;
        }
        if (packet.has(TcpFlags.SYN) && (receiver.wscale & Packet.WSCALE_PRESENT) != 0) {
            agreeOnScaling();
        }
        normalization.first(state, packet, sender, receiver);
        sender.seqlo = seq;
        sender.advance(Peer.SYN_SENT);
        int allowed = end + Math.max(1, receiver.window() << receiverShift);
        if (sender.seqhi == UNKNOWN_SEQHI || !Peer.after(sender.seqhi, allowed)) {
            sender.seqhi = allowed;
        }
        sender.raiseWindow(window);
        return modulated;
    }

    /** Windows are scaled if both SYNs say so; a SYN's own window never is. */
    private void agreeOnScaling() {
        sender.wscale = (byte) packet.wscale();
        int shift = receiver.wscale & Peer.WSCALE_SHIFT;
        if (sender.wscale != 0) {
            senderShift = sender.wscale & Peer.WSCALE_SHIFT;
            receiverShift = shift;
            window = Peer.scaledDown(window, senderShift);
        } else {
            int unscaled = receiver.window() << shift;
            receiver.maxWin = (short) (rule.capsWindow() ? Math.min(unscaled, LARGEST_WINDOW) : unscaled);
            receiver.wscale = 0;
        }
    }

    /** 3.4 and 3.5: segments that acknowledge nothing or carry nothing are given values that fit. */
    private void adjustToPlainSegments() {
        boolean emptyReset = ack == 0 && packet.has(TcpFlags.ACK) && packet.has(TcpFlags.RST);
        if (!packet.has(TcpFlags.ACK) || emptyReset || receiver.state < Peer.SYN_SENT) {
            ack = receiver.seqlo;
        }
        if (seq == end) {
            seq = sender.seqlo;
            end = seq;
            comparedEnd = seq;
        }
    }

    private Reason judge(State state, int now) {
        boolean normal = fits();
        if (!normal && !fitsLoosely()) {
            return Reason.STATE_MISMATCH;
        }
        if (!normalization.pass(state, packet, sender, receiver, now)) {
            return Reason.BAD_TIMESTAMP;
        }
        advanceWindows();
        if (normal) {
            advanceStates(state, now);
        } else {
            advanceStatesLoosely();
        }
        return null;
    }

    /** 3.8. */
    private boolean fits() {
        int ackskew = receiver.seqlo - ack;
        return !Peer.after(comparedEnd, sender.seqhi) // (a)
                && !Peer.after(lowestSeq(), seq) // (b)
                && ackskew >= -MAX_ACK_WINDOW // (c)
                && ackskew <= MAX_ACK_WINDOW << senderShift // (d)
                && (!packet.has(TcpFlags.RST) || rule.blindResets() || resets(ackskew)); // (e)
    }

    private int lowestSeq() {
        return sender.seqlo - (receiver.window() << receiverShift);
    }

    private boolean resets(int ackskew) {
        int original = packet.seq();
        boolean exact = Integer.compareUnsigned(original - sender.seqlo + 1, 2) <= 0;
        return exact
                || (packet.has(TcpFlags.ACK)
                        && ackskew == 0
                        && !Peer.after(lowestSeq(), original)
                        && !Peer.after(original, sender.seqlo + 1));
    }

    /** 3.9: while one end is not known yet, or gone already, a segment passes that is not too far away. */
    private boolean fitsLoosely() {
        return (receiver.state < Peer.SYN_SENT || receiver.state >= Peer.FIN_WAIT_2 || sender.state >= Peer.FIN_WAIT_2)
                && !Peer.after(comparedEnd, sender.seqhi + MAX_ACK_WINDOW) // (f)
                && !Peer.after(sender.seqlo - MAX_ACK_WINDOW, seq); // (g)
    }

    private void advanceWindows() {
        sender.raiseWindow(window);
        if (Peer.after(end, sender.seqlo)) {
            sender.seqlo = end;
        }
        int offered = window << senderShift;
        if (!Peer.after(receiver.seqhi, ack + offered)) {
            receiver.seqhi = ack + Math.max(offered, 1);
        }
    }

    private void advanceStates(State state, int now) {
        if (packet.has(TcpFlags.SYN)) {
            sender.advance(Peer.SYN_SENT);
        }
        if (packet.has(TcpFlags.FIN)) {
            sender.advance(Peer.CLOSING);
        }
        if (packet.has(TcpFlags.ACK)) {
            if (receiver.state == Peer.SYN_SENT) {
                receiver.state = Peer.ESTABLISHED;
            } else if (receiver.state == Peer.CLOSING) {
                receiver.state = Peer.FIN_WAIT_2;
            }
        }
        reset();
        state.expire = now;
        state.timeout = (byte) TcpTimeout.of(sender, receiver);
    }

    private void advanceStatesLoosely() {
        if (packet.has(TcpFlags.FIN)) {
            sender.advance(Peer.CLOSING);
        }
        reset();
    }

    private void reset() {
        if (packet.has(TcpFlags.RST)) {
            sender.state = Peer.TIME_WAIT;
            receiver.state = Peer.TIME_WAIT;
        }
    }
}
