package net.pfsync.pf;

/**
 * The key of a packet, to look up its state with: one object, filled anew for every packet.
 *
 * <p>Source: {@code PF-TRACKING.md} 1.1: an incoming packet has its source in slot 0, an outgoing one in slot 1. ICMP: {@code WIRE.md} 5.3.
 */
final class KeyProbe {

    private static final int INET = 2;

    private final TrackingRule rule;
    private long address0Hi;
    private long address0Lo;
    private long address1Hi;
    private long address1Lo;
    private int ports;
    private int rdomainAfProto;
    private boolean inet6;
    private int proto;

    KeyProbe(TrackingRule rule) {
        this.rule = rule;
    }

    /** Which slot of a key holds the source of packets that go in a direction. */
    static int sourceSlot(int direction) {
        return direction == State.IN ? 0 : 1;
    }

    /** Takes the key of a packet that goes in a direction. */
    KeyProbe of(Packet packet, int direction) {
        return of(
                packet.inet6(),
                packet.proto(),
                direction,
                packet.sourceHi(),
                packet.sourceLo(),
                rule.sourcePort(packet),
                packet.destinationHi(),
                packet.destinationLo(),
                rule.destinationPort(packet));
    }

    /** Takes the key of a packet with the addresses that it will have. */
    KeyProbe of(Flow flow) {
        return of(
                flow.packet().inet6(),
                flow.packet().proto(),
                flow.direction(),
                flow.sourceHi(),
                flow.sourceLo(),
                flow.sourcePort(),
                flow.destinationHi(),
                flow.destinationLo(),
                flow.destinationPort());
    }

    private KeyProbe of(
            boolean ipv6,
            int protocol,
            int direction,
            long sourceHi,
            long sourceLo,
            int sourcePort,
            long destinationHi,
            long destinationLo,
            int destinationPort) {
        boolean in = direction == State.IN;
        inet6 = ipv6;
        proto = protocol;
        address0Hi = in ? sourceHi : destinationHi;
        address0Lo = in ? sourceLo : destinationLo;
        address1Hi = in ? destinationHi : sourceHi;
        address1Lo = in ? destinationLo : sourceLo;
        ports = in ? StateKey.ports(sourcePort, destinationPort) : StateKey.ports(destinationPort, sourcePort);
        rdomainAfProto = StateKey.rdomainAfProto(0, family(), protocol);
        return this;
    }

    private int family() {
        return inet6 ? rule.inet6() : INET;
    }

    int hash() {
        return StateKey.hash(address0Hi, address0Lo, address1Hi, address1Lo, ports, rdomainAfProto);
    }

    boolean matches(StateKey key) {
        return ports == key.ports
                && address0Hi == key.address0Hi
                && address1Hi == key.address1Hi
                && rdomainAfProto == key.rdomainAfProto
                && address0Lo == key.address0Lo
                && address1Lo == key.address1Lo;
    }

    /** A key that this probe finds. */
    StateKey key() {
        return new StateKey(
                inet6,
                family(),
                proto,
                0,
                address0Hi,
                address0Lo,
                address1Hi,
                address1Lo,
                ports >>> 16,
                ports & 0xffff);
    }
}
