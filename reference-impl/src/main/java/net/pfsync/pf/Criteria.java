package net.pfsync.pf;

/**
 * What a rule asks of a packet.
 *
 * @param direction {@link State#IN}, {@link State#OUT}, or 0 for both
 * @param ifname an interface or the group of a driver's interfaces; empty for all
 * @param notIfname whether all interfaces but that one are meant
 * @param family 4, 6, or 0 for both
 * @param proto the protocol, or {@link #ANY}
 * @param from where the packet comes from
 * @param fromPort and its port
 * @param to where the packet goes to
 * @param toPort and its port
 * @param flags the TCP flags that must be set out of {@code flagSet}
 * @param flagSet the TCP flags that are looked at; 0 for none
 * @param icmpType the type of ICMP, or {@link #ANY}
 * @param icmpCode the code of ICMP, or {@link #ANY}
 */
record Criteria(
        int direction,
        String ifname,
        boolean notIfname,
        int family,
        int proto,
        AddressRange from,
        PortRange fromPort,
        AddressRange to,
        PortRange toPort,
        int flags,
        int flagSet,
        int icmpType,
        int icmpCode) {

    static final int ANY = -1;

    private static final int INET = 4;
    private static final int INET6 = 6;

    boolean match(Flow flow) {
        Packet packet = flow.packet();
        boolean inet6 = packet.inet6();
        return (direction == 0 || direction == flow.direction())
                && (ifname.isEmpty() || notIfname != InterfaceGroup.contains(ifname, flow.ifname()))
                && (family == 0 || family == (inet6 ? INET6 : INET))
                && (proto == ANY || proto == packet.proto())
                && from.contains(inet6, flow.sourceHi(), flow.sourceLo())
                && to.contains(inet6, flow.destinationHi(), flow.destinationLo())
                && (packet.fragment() ? asksOnlyAddresses(packet.proto()) : matchTransport(flow, packet));
    }

    private boolean matchTransport(Flow flow, Packet packet) {
        return (fromPort.any() || fromPort.contains(flow.sourcePort()))
                && (toPort.any() || toPort.contains(flow.destinationPort()))
                && (packet.proto() != IpProtocol.TCP || (packet.flags() & flagSet) == flags)
                && (icmpType == ANY || (packet.icmp() != null && icmpType == packet.icmpType()))
                && (icmpCode == ANY || icmpCode == packet.icmpCode());
    }

    /** A fragment has no ports and no flags that could be compared. */
    private boolean asksOnlyAddresses(int of) {
        return fromPort.any() && toPort.any() && icmpType == ANY && (flagSet == 0 || of != IpProtocol.TCP);
    }
}
