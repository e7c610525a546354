package net.pfsync.suite.lab;

import net.pfsync.net.Icmp;
import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.suite.state.Endpoint;

/** Echo requests of 56 bytes of data, and answers. */
final class EchoFlow extends Flow {

    private static final int DATA = 56;
    private static final int IDENTIFIER = 4;

    EchoFlow(Traffic traffic, LabHost initiator, Endpoint source, Endpoint destination) {
        super(traffic, initiator, source, destination);
    }

    private record Echo(boolean request) implements Draft {
        @Override
        public byte[] layOut(Endpoint from, Endpoint to, int tag) {
            IpAddress source = IpAddress.parse(from.address());
            int proto = source.inet6() ? Ip.ICMPV6 : Ip.ICMP;
            byte[] frame = Ip.make(source, IpAddress.parse(to.address()), proto, Icmp.HEADER + DATA);
            int at = Ip.payload(frame);
            frame[at] = (byte) type(source.inet6());
            NetworkOrder.put16(frame, at + IDENTIFIER, request ? from.port() : to.port());
            NetworkOrder.put16(frame, at + Icmp.HEADER, tag);
            int checksum = source.inet6()
                    ? InternetChecksum.ofPayload(frame, at, proto)
                    : InternetChecksum.of(frame, at, Icmp.HEADER + DATA);
            NetworkOrder.put16(frame, at + 2, checksum);
            return frame;
        }

        private int type(boolean inet6) {
            if (inet6) {
                return request ? PacketFields.ECHO6 : PacketFields.ECHO_REPLY6;
            }
            return request ? PacketFields.ECHO : PacketFields.ECHO_REPLY;
        }

        @Override
        public String text() {
            return request ? "echo request" : "echo reply";
        }
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
        return sendForth(new Echo(true));
    }

    @Override
    public Packet back() {
        return sendBack(new Echo(false));
    }

    @Override
    public int proto() {
        return inet6() ? Ip.ICMPV6 : Ip.ICMP;
    }
}
