package net.pfsync.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One end of a TCP connection that keeps the rules: it sends no more than the other end's window allows, acknowledges what it has received in
 * order, never takes back a window, and retransmits from the first byte that was not acknowledged.
 */
final class TcpHost {

    /** Above it an answer to a retransmitted SYN may be dropped, see {@link TcpTrackingTest#afterARetransmittedSynAnUnluckyAnswerIsDropped}. */
    private static final int HIGHEST_ISN = 1 << 30;

    private final String address;
    private final int port;
    private final String otherAddress;
    private final int otherPort;
    private final int isn;
    /** The shift that this end offers, or -1. */
    private final int offeredShift;

    private final SplittableRandom random;
    private final List<byte[]> outbox = new ArrayList<>();

    private int ownShift;
    private int otherShift;
    private boolean connected;
    private int unacknowledged;
    private int next;
    private int highest;
    private int mayReach;
    private int expected;
    private int offeredEdge;
    private boolean finSent;
    private boolean finReceived;

    TcpHost(String address, int port, String otherAddress, int otherPort, int shift, SplittableRandom random) {
        this.address = address;
        this.port = port;
        this.otherAddress = otherAddress;
        this.otherPort = otherPort;
        this.offeredShift = shift;
        this.random = random;
        this.isn = random.nextInt(HIGHEST_ISN);
        this.unacknowledged = isn;
        this.next = isn;
        this.highest = isn;
    }

    /** What was sent since this was last asked. */
    List<byte[]> sent() {
        List<byte[]> sent = List.copyOf(outbox);
        outbox.clear();
        return sent;
    }

    boolean connected() {
        return connected;
    }

    private TestPacket segment(int seq) {
        return TestPacket.tcp(address, port, otherAddress, otherPort).seq(seq);
    }

    private int window() {
        int wanted = expected + (random.nextInt(1, 65536) << ownShift);
        if (wanted - offeredEdge > 0) {
            offeredEdge = wanted;
        }
        return Math.min(65535, (offeredEdge - expected) >>> ownShift);
    }

    private void emit(TestPacket packet) {
        outbox.add(packet.bytes());
    }

    void sendSyn() {
        offeredEdge = isn;
        emit(options(segment(isn).flags(TcpFlags.SYN).window(random.nextInt(1, 65536))));
        next = isn + 1;
        highest = next;
    }

    private TestPacket options(TestPacket syn) {
        TestPacket with = syn.mss(1460);
        return offeredShift >= 0 ? with.wscale(offeredShift) : with;
    }

    private void sendSynAck() {
        int window = random.nextInt(1, 65536);
        offeredEdge = expected + window;
        emit(options(segment(isn).ack(expected).flags(TcpFlags.SYN).window(window)));
        next = isn + 1;
        highest = next;
    }

    /** Sends a new segment if the other end's window has room. */
    void sendData() {
        int room = mayReach - next;
        if (!connected || finSent || room <= 0) {
            return;
        }
        int length = Math.min(room, random.nextInt(1, 1461));
        emit(segment(next).ack(expected).window(window()).data(length));
        next += length;
        highest = highest - next < 0 ? next : highest;
    }

    /** Sends the end of its data if the other end's window has room for it. */
    void sendFin() {
        if (!connected || finSent || mayReach - next <= 0) {
            return;
        }
        emit(segment(next).ack(expected).window(window()).flags(TcpFlags.FIN));
        next++;
        highest = next;
        finSent = true;
    }

    void retransmit() {
        if (!connected) {
            if (expected != 0) {
                sendSynAck();
            } else {
                sendSyn();
            }
            return;
        }
        int outstanding = highest - unacknowledged - (finSent ? 1 : 0);
        if (outstanding > 0) {
            emit(segment(unacknowledged)
                    .ack(expected)
                    .window(window())
                    .data(Math.min(outstanding, random.nextInt(1, 1461))));
        } else if (finSent && highest - unacknowledged > 0) {
            emit(segment(unacknowledged).ack(expected).window(window()).flags(TcpFlags.FIN));
        }
    }

    void acknowledge() {
        if (connected) {
            emit(segment(next).ack(expected).window(window()));
        }
    }

    /** Takes what came through the firewall. */
    void receive(byte[] bytes) {
        Packet packet = new Packet();
        packet.parse(bytes, 0, bytes.length);
        if (packet.has(TcpFlags.SYN)) {
            receiveSyn(packet);
            return;
        }
        if (!connected && packet.has(TcpFlags.ACK) && packet.ack() == isn + 1 && expected != 0) {
            connected = true;
        }
        if (!connected) {
            return;
        }
        take(packet);
        if (packet.seq() == expected) {
            expected += packet.dataLength();
            if (packet.has(TcpFlags.FIN)) {
                expected++;
                finReceived = true;
            }
        }
        if (packet.dataLength() > 0 || packet.has(TcpFlags.FIN)) {
            acknowledge();
        }
    }

    private void receiveSyn(Packet packet) {
        boolean first = expected == 0;
        boolean scaled = packet.wscale() != 0 && offeredShift >= 0;
        ownShift = scaled ? offeredShift : 0;
        otherShift = scaled ? packet.wscale() & 0xf : 0;
        expected = first ? packet.seq() + 1 : expected;
        if (packet.has(TcpFlags.ACK)) {
            if (first) {
                connected = true;
                unacknowledged = isn + 1;
                mayReach = packet.ack() + packet.window();
            }
            offeredEdge = expected;
            acknowledge();
        } else {
            mayReach = isn + 1;
            sendSynAck();
        }
    }

    private void take(Packet packet) {
        int ack = packet.ack();
        if (ack - unacknowledged > 0 && ack - highest <= 0) {
            unacknowledged = ack;
        }
        int edge = ack + (packet.window() << otherShift);
        if (edge - mayReach > 0) {
            mayReach = edge;
        }
    }

    boolean done() {
        return finSent && finReceived && unacknowledged == highest;
    }
}
