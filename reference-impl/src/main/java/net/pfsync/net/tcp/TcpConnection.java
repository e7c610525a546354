package net.pfsync.net.tcp;

import java.util.function.Consumer;
import net.pfsync.net.IpAddress;
import net.pfsync.time.EventLoop;

/**
 * One end of a TCP connection.
 *
 * <p>What the other end sends is handed on at once, in order and without gaps, so the window that is offered stays as it was set. Every segment with
 * data is acknowledged by itself. Source of the order of checks: RFC 9293, 3.10.7; of the care with RST and SYN: RFC 5961.
 */
public final class TcpConnection {

    private static final int LARGEST_FIELD = 0xffff;
    private static final int DEFAULT_MSS = 536;

    /** Takes the bytes that arrive. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * More bytes have arrived.
         *
         * @param bytes where they are; only valid during this call, and not to be changed
         * @param at the first of them
         * @param length how many
         */
        void received(byte[] bytes, int at, int length);
    }

    private final Tcp tcp;
    private final ConnectionId id;
    private final EventLoop loop;
    private final TcpSettings settings;
    private final int ownMss;
    private final Sender sender;
    private final Reassembly reassembly;
    private final TcpStatistics statistics = new TcpStatistics();

    private TcpState state = TcpState.CLOSED;
    private int expected;
    private long bytesInOrder;
    private boolean finExpected;
    private long finOffset;
    private boolean scaled;
    private int theirShift;
    /** The segment size that the other end has offered. */
    private int offeredMss;

    private boolean acknowledgementDue;

    private Runnable onEstablished = () -> {};
    private Receiver receiver = (bytes, at, length) -> {};
    private Runnable onEnd = () -> {};
    private Consumer<CloseReason> onClosed = reason -> {};

    TcpConnection(Tcp tcp, ConnectionId id, EventLoop loop, TcpSettings settings, int mss, int first) {
        this.tcp = tcp;
        this.id = id;
        this.loop = loop;
        this.settings = settings;
        this.ownMss = mss;
        this.sender = new Sender(loop, new Output(), settings, first);
        this.reassembly = new Reassembly(settings.window());
    }

    // ---- what the host does ----

    /**
     * Sets what happens once both ends are connected.
     *
     * @param task called once
     */
    public void onEstablished(Runnable task) {
        onEstablished = task;
    }

    /**
     * Sets who takes what the other end sends.
     *
     * @param taker called for each piece
     */
    public void onReceive(Receiver taker) {
        receiver = taker;
    }

    /**
     * Sets what happens when the other end has said its last word; what this end still has to say may be said, and then it should close, too.
     *
     * @param task called once
     */
    public void onEnd(Runnable task) {
        onEnd = task;
    }

    /**
     * Sets what happens when the connection is no more, which for an end that waits is when its wait begins.
     *
     * @param listener told once, why
     */
    public void onClosed(Consumer<CloseReason> listener) {
        onClosed = listener;
    }

    /**
     * Sends bytes, as soon as there is a connection and room for them.
     *
     * @param bytes what to send; not to be changed until it is acknowledged
     */
    public void send(byte[] bytes) {
        sender.queue().add(bytes);
        sender.send();
    }

    /** Says the last word once everything is sent; the other end may go on. */
    public void close() {
        sender.close();
    }

    /** Throws the connection away and tells the other end. */
    public void abort() {
        if (state != TcpState.CLOSED) {
            emit(Segment.make(sender.highest(), expected, Segment.RST | Segment.ACK, 0));
            end(CloseReason.ABORTED);
        }
    }

    /** How far it is. */
    public TcpState state() {
        return state;
    }

    /** What it has done so far. */
    public TcpStatistics statistics() {
        return statistics;
    }

    /** The other end's address. */
    public IpAddress remote() {
        return id.remote();
    }

    /** The other end's port. */
    public int remotePort() {
        return id.remotePort();
    }

    /** This end's port. */
    public int localPort() {
        return id.localPort();
    }

    // ---- the handshake ----

    void open() {
        state = TcpState.SYN_SENT;
        sender.open();
    }

    /** Answers a SYN. */
    void accept(Segment syn) {
        state = TcpState.SYN_RECEIVED;
        negotiate(syn);
        sender.open();
    }

    private void negotiate(Segment syn) {
        expected = syn.sequence + 1;
        scaled = syn.shift != Segment.NO_SHIFT && settings.shift() != Segment.NO_SHIFT;
        theirShift = scaled ? syn.shift : 0;
        offeredMss = syn.mss == 0 ? DEFAULT_MSS : syn.mss;
    }

    private void established(Segment segment, long window) {
        state = TcpState.ESTABLISHED;
        statistics.establishedNanos = loop.nanos();
        sender.established(Math.min(ownMss, offeredMss), segment, window);
        onEstablished.run();
    }

    // ---- what arrives ----

    void receive(Segment segment) {
        statistics.segmentsReceived++;
        if (state == TcpState.SYN_SENT) {
            synSent(segment);
        } else {
            synchronised(segment);
        }
        if (acknowledgementDue && state != TcpState.CLOSED) {
            acknowledge();
        }
    }

    private void synSent(Segment segment) {
        boolean acknowledges = segment.has(Segment.ACK) && segment.acknowledgement == sender.highest();
        if (segment.has(Segment.ACK) && !acknowledges) {
            if (!segment.has(Segment.RST)) {
                emit(Segment.make(segment.acknowledgement, 0, Segment.RST, 0));
            }
        } else if (segment.has(Segment.RST)) {
            if (acknowledges) {
                end(CloseReason.RESET);
            }
        } else if (acknowledges && segment.has(Segment.SYN)) {
            negotiate(segment);
            acknowledgementDue = true;
            established(segment, segment.window);
        }
    }

    private void synchronised(Segment segment) {
        if (sameSyn(segment)) {
            sender.openAgain();
        } else if (!acceptable(segment)) {
            acknowledgementDue |= !segment.has(Segment.RST);
        } else if (segment.has(Segment.RST)) {
            reset(segment);
        } else if (segment.has(Segment.SYN)) {
            acknowledgementDue = true;
        } else if (segment.has(Segment.ACK)) {
            acceptable(segment, (long) segment.window << theirShift);
        }
    }

    /**
     * Whether the other end has not heard our SYN, and says its own once more. It gets all of ours again, as hosts have it: a bare
     * acknowledgement would be the first that a firewall sees from here, and without options it would take the window for unscaled.
     */
    private boolean sameSyn(Segment segment) {
        return state == TcpState.SYN_RECEIVED
                && (segment.flags & (Segment.SYN | Segment.ACK | Segment.RST)) == Segment.SYN
                && segment.sequence == expected - 1;
    }

    /** Whether any of it lies in the window. Source: RFC 9293, 3.10.7.4. */
    private boolean acceptable(Segment segment) {
        int from = segment.sequence - expected;
        int length = segment.length();
        return length == 0 ? from >= 0 && from < settings.window() : from < settings.window() && from + length > 0;
    }

    /** Only a reset with exactly the expected number is believed at once. */
    private void reset(Segment segment) {
        if (segment.sequence == expected) {
            end(CloseReason.RESET);
        } else {
            acknowledgementDue = true;
        }
    }

    private void acceptable(Segment segment, long window) {
        if (state == TcpState.SYN_RECEIVED) {
            if (segment.acknowledgement != sender.highest()) {
                emit(Segment.make(segment.acknowledgement, 0, Segment.RST, 0));
                return;
            }
            established(segment, window);
        } else if (!sender.acknowledged(segment, window)) {
            acknowledgementDue = true;
            return;
        }
        if (sender.finAcknowledged()) {
            ownFinAcknowledged();
        }
        if (state != TcpState.CLOSED && segment.length() > 0) {
            acknowledgementDue = true;
            take(segment);
        }
    }

    private void ownFinAcknowledged() {
        switch (state) {
            case FIN_WAIT_1 -> state = TcpState.FIN_WAIT_2;
            case CLOSING -> waitForStragglers();
            case LAST_ACK -> end(CloseReason.CLOSED);
            default -> {}
        }
    }

    /** Takes data and FIN; what is ahead of its turn is kept. */
    private void take(Segment segment) {
        if (finExpected && bytesInOrder >= finOffset) {
            return;
        }
        long offset = bytesInOrder + (segment.sequence - expected);
        if (segment.has(Segment.FIN) && !finExpected) {
            finExpected = true;
            finOffset = offset + segment.dataLength;
        }
        int known = (int) Math.max(0, bytesInOrder - offset);
        int room = (int) (bytesInOrder + settings.window() - offset);
        int length = Math.min(segment.dataLength, room) - known;
        if (length > 0 && offset > bytesInOrder) {
            reassembly.keep(offset, segment.frame, segment.dataAt, length);
        } else if (length > 0) {
            deliver(segment.frame, segment.dataAt + known, length);
            drain();
        }
        if (finExpected && bytesInOrder == finOffset && state != TcpState.CLOSED) {
            expected++;
            theirFin();
        }
    }

    private void drain() {
        for (byte[] bytes = reassembly.take(bytesInOrder);
                bytes != null && state != TcpState.CLOSED;
                bytes = reassembly.take(bytesInOrder)) {
            deliver(bytes, 0, bytes.length);
        }
    }

    private void deliver(byte[] bytes, int at, int length) {
        int wanted = finExpected ? (int) Math.min(length, finOffset - bytesInOrder) : length;
        expected += wanted;
        bytesInOrder += wanted;
        statistics.bytesReceived += wanted;
        if (wanted > 0) {
            receiver.received(bytes, at, wanted);
        }
    }

    private void theirFin() {
        switch (state) {
            case ESTABLISHED -> state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> state = TcpState.CLOSING;
            case FIN_WAIT_2 -> waitForStragglers();
            default -> {}
        }
        onEnd.run();
    }

    // ---- the end ----

    private void waitForStragglers() {
        state = TcpState.TIME_WAIT;
        sender.stop();
        statistics.closedNanos = loop.nanos();
        onClosed.accept(CloseReason.CLOSED);
        loop.schedule(settings.timeWait().toNanos(), () -> {
            state = TcpState.CLOSED;
            tcp.remove(id, this);
        });
    }

    private void end(CloseReason reason) {
        boolean waited = state == TcpState.TIME_WAIT;
        state = TcpState.CLOSED;
        sender.stop();
        tcp.remove(id, this);
        if (!waited) {
            statistics.closedNanos = loop.nanos();
            onClosed.accept(reason);
        }
    }

    // ---- what is sent ----

    /** Its number is behind all that was ever sent: the other end would take a lower one for old, and answer it. */
    private void acknowledge() {
        emit(Segment.make(sender.highest(), expected, Segment.ACK, windowField()));
    }

    private int windowField() {
        return Math.min(scaled ? settings.window() >>> settings.shift() : settings.window(), LARGEST_FIELD);
    }

    private void emit(Segment segment) {
        segment.layOut(id);
        segment.seal();
        hand(segment);
    }

    private void hand(Segment segment) {
        acknowledgementDue &= !segment.has(Segment.ACK);
        statistics.segmentsSent++;
        statistics.segmentsSentAgain = sender.sentAgain();
        tcp.send(segment.frame);
    }

    /** What the sending half sends. */
    private final class Output implements Sender.Output {
        @Override
        public void segment(int sequence, boolean syn, long from, int length, boolean fin) {
            int flags = (syn ? Segment.SYN : 0)
                    | (fin ? Segment.FIN : 0)
                    | (length > 0 ? Segment.PSH : 0)
                    | (state == TcpState.SYN_SENT ? 0 : Segment.ACK);
            int window = syn ? Math.min(settings.window(), LARGEST_FIELD) : windowField();
            Segment segment = Segment.make(sequence, state == TcpState.SYN_SENT ? 0 : expected, flags, window);
            segment.dataLength = length;
            if (syn) {
                segment.mss = ownMss;
                segment.shift = state == TcpState.SYN_SENT || scaled ? settings.shift() : Segment.NO_SHIFT;
            }
            byte[] frame = segment.layOut(id);
            sender.queue().copy(from, frame, segment.dataAt, length);
            segment.seal();
            if (fin) {
                ownFin();
            }
            hand(segment);
        }

        private void ownFin() {
            if (state == TcpState.ESTABLISHED) {
                state = TcpState.FIN_WAIT_1;
            } else if (state == TcpState.CLOSE_WAIT) {
                state = TcpState.LAST_ACK;
            }
        }

        @Override
        public void timedOut() {
            end(CloseReason.TIMED_OUT);
        }
    }
}
