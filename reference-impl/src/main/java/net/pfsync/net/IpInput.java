package net.pfsync.net;

/** The way of packets into a machine: soundness, filter, and then whoever takes them here, or the forwarder. */
final class IpInput {

    private static final int PROTOCOLS = 256;

    private final OwnAddresses own;
    private final Forwarder forwarder;
    private final IcmpInput icmp;
    private final IpStatistics statistics;
    private final PacketReceiver[] receivers = new PacketReceiver[PROTOCOLS];
    private Filter filter = Filter.NONE;
    private boolean forwarding;

    IpInput(OwnAddresses own, Forwarder forwarder, IcmpInput icmp, IpStatistics statistics) {
        this.own = own;
        this.forwarder = forwarder;
        this.icmp = icmp;
        this.statistics = statistics;
        receivers[Ip.ICMP] = (from, frame) -> !Ip.inet6(frame) && icmp.receive(from, frame);
        receivers[Ip.ICMPV6] = (from, frame) -> Ip.inet6(frame) && icmp.receive(from, frame);
    }

    void filter(Filter chosen) {
        filter = chosen;
    }

    void forwarding(boolean on) {
        forwarding = on;
    }

    boolean forwarding() {
        return forwarding;
    }

    void receive(int protocol, PacketReceiver receiver) {
        if (protocol == Ip.ICMP || protocol == Ip.ICMPV6) {
            icmp.others(receiver);
        } else {
            receivers[protocol] = receiver;
        }
    }

    void input(NetworkInterface from, byte[] received) {
        statistics.count(IpCounter.RECEIVED);
        byte[] frame = Ip.accept(received);
        if (frame == null) {
            statistics.count(IpCounter.MALFORMED);
        } else if (!filter.pass(Direction.IN, from.name(), frame)) {
            statistics.count(IpCounter.FILTERED);
        } else if (own.forUs(from, frame)) {
            deliver(from, frame);
        } else if (forwarding) {
            forwarder.forward(from, frame);
        } else {
            statistics.count(IpCounter.NOT_FOR_US);
        }
    }

    private void deliver(NetworkInterface from, byte[] frame) {
        PacketReceiver receiver = receivers[Ip.protocol(frame)];
        boolean taken = receiver != null && !Ip.fragment(frame) && receiver.receive(from, frame);
        statistics.count(taken ? IpCounter.DELIVERED : IpCounter.NOT_TAKEN);
    }
}
