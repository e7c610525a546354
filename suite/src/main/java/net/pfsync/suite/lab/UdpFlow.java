package net.pfsync.suite.lab;

import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.suite.state.Endpoint;

/** UDP datagrams of 100 bytes of data. */
final class UdpFlow extends Flow {

    private static final int DATA = 100;
    private static final Draft DATAGRAM = new Draft() {
        @Override
        public byte[] layOut(Endpoint from, Endpoint to, int tag) {
            int length = PacketFields.UDP_HEADER + DATA;
            byte[] frame = Ip.make(IpAddress.parse(from.address()), IpAddress.parse(to.address()), Ip.UDP, length);
            int at = Ip.payload(frame);
            NetworkOrder.put16(frame, at, from.port());
            NetworkOrder.put16(frame, at + 2, to.port());
            NetworkOrder.put16(frame, at + 4, length);
            NetworkOrder.put16(frame, at + PacketFields.UDP_HEADER, tag);
            NetworkOrder.put16(frame, at + 6, InternetChecksum.ofPayload(frame, at, Ip.UDP));
            return frame;
        }

        @Override
        public String text() {
            return "UDP";
        }
    };

    UdpFlow(Traffic traffic, LabHost initiator, Endpoint source, Endpoint destination) {
        super(traffic, initiator, source, destination);
    }

    @Override
    public Packet first() {
        return forth();
    }

    @Override
    public Packet answer() {
        return back();
    }

    @Override
    public Packet forth() {
        return sendForth(DATAGRAM);
    }

    @Override
    public Packet back() {
        return sendBack(DATAGRAM);
    }

    @Override
    public int proto() {
        return Ip.UDP;
    }
}
