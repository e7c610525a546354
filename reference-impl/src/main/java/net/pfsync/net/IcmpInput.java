package net.pfsync.net;

/** ICMP and ICMPv6 packets for this machine: echo requests are answered, neighbours are listened to, and the rest goes to whoever wants it. */
final class IcmpInput {

    private final OwnAddresses addresses;
    private final IpOutput output;
    private PacketReceiver others = (from, frame) -> false;

    IcmpInput(OwnAddresses addresses, IpOutput output) {
        this.addresses = addresses;
        this.output = output;
    }

    void others(PacketReceiver receiver) {
        others = receiver;
    }

    boolean receive(NetworkInterface from, byte[] frame) {
        int start = Ip.payload(frame);
        int length = Ip.end(frame) - start;
        if (length < Icmp.HEADER || Icmp.checksum(frame, start) != 0) {
            return false;
        }
        int type = NetworkOrder.int8(frame, start);
        boolean inet6 = Ip.inet6(frame);
        if (inet6 && (type == NeighbourDiscovery.SOLICITATION || type == NeighbourDiscovery.ADVERTISEMENT)) {
            from.discovery().receive(frame);
            return true;
        }
        if (type == (inet6 ? Icmp.ECHO6 : Icmp.ECHO)) {
            return echo(from, frame, start, length);
        }
        return others.receive(from, frame);
    }

    /** Answers, unless the request was to a group or everybody, or comes from one. Source: RFC 1122, 3.2.2.6. */
    private boolean echo(NetworkInterface from, byte[] frame, int start, int length) {
        boolean inet6 = Ip.inet6(frame);
        IpAddress own = Ip.destination(frame);
        if (Ethernet.toGroup(frame)
                || !addresses.owns(inet6, own.hi(), own.lo())
                || !Addresses.oneStation(inet6, Ip.sourceHi(frame), Ip.sourceLo(frame))
                || addresses.broadcast(inet6, Ip.sourceHi(frame))) {
            return false;
        }
        int type = inet6 ? Icmp.ECHO_REPLY6 : Icmp.ECHO_REPLY;
        int idAndSequence = NetworkOrder.int32(frame, start + 4);
        byte[] reply = Icmp.make(
                own, Ip.source(frame), type, 0, idAndSequence, frame, start + Icmp.HEADER, length - Icmp.HEADER);
        output.reply(from, reply);
        return true;
    }
}
