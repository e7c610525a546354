package net.pfsync.suite.lab;

import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.suite.state.Endpoint;

/**
 * A TCP connection whose segments a case sends one by one. The numbers are right without its doing: each side goes on from what it sent, and
 * acknowledges what has arrived at it, as it arrived. Windows lie between 50 000 and 65 000 bytes, unscaled.
 */
public final class TcpFlow extends Flow {

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final int DATA = 100;

    private final Side initiator = new Side(1_000_000);
    private final Side responder = new Side(2_000_000);

    TcpFlow(Traffic traffic, LabHost host, Endpoint source, Endpoint destination) {
        super(traffic, host, source, destination);
    }

    /** One end: what it sends next, and what it has got. */
    private static final class Side {
        private int next;
        private int last;
        private int lastLength;
        private Packet latest;

        Side(int first) {
            next = first;
        }

        void sent(Packet packet, int length) {
            last = next;
            lastLength = length;
            latest = packet;
            next += length;
        }

        /** What the other end acknowledges: all up to the last segment, by the number under which that arrived. */
        int acknowledged() {
            if (latest == null) {
                return next;
            }
            return latest.arrived() ? PacketFields.sequence(latest.frame()) + lastLength : last;
        }
    }

    private record Segment(int flags, int sequence, int acknowledgement, int data) implements Draft {
        @Override
        public byte[] layOut(Endpoint from, Endpoint to, int tag) {
            byte[] frame = Ip.make(
                    IpAddress.parse(from.address()),
                    IpAddress.parse(to.address()),
                    Ip.TCP,
                    PacketFields.TCP_HEADER + data);
            int at = Ip.payload(frame);
            NetworkOrder.put16(frame, at, from.port());
            NetworkOrder.put16(frame, at + 2, to.port());
            NetworkOrder.put32(frame, at + 4, sequence);
            NetworkOrder.put32(frame, at + 8, (flags & ACK) == 0 ? 0 : acknowledgement);
            NetworkOrder.put16(frame, at + 12, ((PacketFields.TCP_HEADER / 4) << 12) | flags);
            NetworkOrder.put16(frame, at + 14, tag);
            NetworkOrder.put16(frame, at + 16, InternetChecksum.ofPayload(frame, at, Ip.TCP));
            return frame;
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("TCP ");
            String[] names = {"FIN", "SYN", "RST", null, "ACK"};
            for (int bit = 0; bit < names.length; bit++) {
                if ((flags & (1 << bit)) != 0 && names[bit] != null) {
                    text.append(names[bit]).append(' ');
                }
            }
            return text.append(data).append(" bytes").toString();
        }
    }

    private Packet forth(int flags, int data) {
        Packet sent = sendForth(new Segment(flags, initiator.next, responder.acknowledged(), data));
        initiator.sent(sent, length(flags, data));
        return sent;
    }

    private Packet back(int flags, int data) {
        Packet sent = sendBack(new Segment(flags, responder.next, initiator.acknowledged(), data));
        responder.sent(sent, length(flags, data));
        return sent;
    }

    private static int length(int flags, int data) {
        return data + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    }

    @Override
    public Packet first() {
        return syn();
    }

    @Override
    public Packet answer() {
        return synAck();
    }

    /** The initiator's SYN. */
    public Packet syn() {
        return forth(SYN, 0);
    }

    /** The responder's SYN and acknowledgement. */
    public Packet synAck() {
        return back(SYN | ACK, 0);
    }

    /** The initiator acknowledges what it has got. */
    public Packet ack() {
        return forth(ACK, 0);
    }

    /** The responder acknowledges what it has got. */
    public Packet ackBack() {
        return back(ACK, 0);
    }

    /** The initiator sends 100 bytes. */
    @Override
    public Packet forth() {
        return forth(DATA);
    }

    /** The responder sends 100 bytes. */
    @Override
    public Packet back() {
        return back(DATA);
    }

    /** The initiator sends so many bytes, at most 1400. */
    public Packet forth(int bytes) {
        return forth(PSH | ACK, bytes);
    }

    /** The responder sends so many bytes, at most 1400. */
    public Packet back(int bytes) {
        return back(PSH | ACK, bytes);
    }

    /** The initiator has said its last word. */
    public Packet fin() {
        return forth(FIN | ACK, 0);
    }

    /** The responder has said its last word. */
    public Packet finBack() {
        return back(FIN | ACK, 0);
    }

    /** The initiator resets the connection. */
    public Packet reset() {
        return forth(RST | ACK, 0);
    }

    /** The initiator sends 100 bytes far beyond what the responder has offered to take; its next segment goes on from where it was. */
    public Packet beyondTheWindow() {
        int beyond = 1_000_000;
        return sendForth(new Segment(PSH | ACK, initiator.next + beyond, responder.acknowledged(), DATA));
    }

    /** SYN, SYN and ACK, ACK, each after the one before has arrived. */
    public void open() {
        syn().arrives().atOnce();
        synAck().arrives().atOnce();
        ack().arrives().atOnce();
    }

    /** Both sides say their last word, and each acknowledges that of the other. */
    public void close() {
        fin().arrives().atOnce();
        finBack().arrives().atOnce();
        ack().arrives().atOnce();
    }

    @Override
    public int proto() {
        return Ip.TCP;
    }
}
