package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * {@code nat-to} and {@code rdr-to}: which addresses and ports a new connection gets, and rewriting its packets.
 *
 * <p>Source: the manual of pf.conf, "Translation"; ports from 50001 on and ICMP ids from the whole range recorded on OpenBSD 7.6,
 * {@code 260_A_pfctl_s_states_vv_established.txt}.
 */
final class Translation {

    private static final PortRange HIGH_PORTS = new PortRange(50001, 65535);
    private static final PortRange IDS = new PortRange(1, 65535);

    private final StateTable table;
    private final KeyProbe probe;
    private final RandomGenerator random;

    Translation(StateTable table, KeyProbe probe, RandomGenerator random) {
        this.table = table;
        this.probe = probe;
        this.random = random;
    }

    /**
     * Gives a flow the addresses and ports that a rule translates to.
     *
     * @return false if no port is left
     */
    boolean apply(Rule rule, Flow flow) {
        Target redirected = rule.rdrTo();
        if (redirected != null) {
            boolean port = redirected.ports() != null && hasPorts(flow.packet());
            flow.setDestination(redirected.address(), port ? redirected.ports().low() : flow.destinationPort());
        }
        return rule.natTo() == null || translateSource(rule.natTo(), flow);
    }

    private boolean translateSource(Target target, Flow flow) {
        flow.setSource(target.address(), flow.sourcePort());
        PortRange range = range(target, flow.packet());
        return range == null ? free(flow, flow.sourcePort()) : choosePort(range, flow);
    }

    /** Which ports or ids to choose from; null if the packet keeps what it has. */
    private static PortRange range(Target target, Packet packet) {
        if (hasPorts(packet)) {
            return target.staticPort() ? null : target.ports() == null ? HIGH_PORTS : target.ports();
        }
        IcmpKind icmp = packet.icmp();
        boolean query = icmp != null && !icmp.reply() && icmp.identity() == IcmpKind.Identity.ID;
        return query && !target.staticPort() ? IDS : null;
    }

    /** A random port, or the next free one from there upwards, or else downwards. */
    private boolean choosePort(PortRange range, Flow flow) {
        int cut = random.nextInt(range.low(), range.high() + 1);
        for (int port = cut; port <= range.high(); port++) {
            if (free(flow, port)) {
                return true;
            }
        }
        for (int port = cut - 1; port >= range.low(); port--) {
            if (free(flow, port)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no state has the key that the flow would have on its other side with this port; the flow has it then. */
    private boolean free(Flow flow, int port) {
        flow.setSourcePort(port);
        Side other = flow.direction() == State.IN ? Side.STACK : Side.WIRE;
        return table.find(probe.of(flow), other, null) == null;
    }

    private static boolean hasPorts(Packet packet) {
        return packet.proto() == IpProtocol.TCP || packet.proto() == IpProtocol.UDP;
    }

    /** Rewrites a packet of a state that is translated, from the key that it matched to the other one. */
    static void rewrite(Packet packet, int direction, StateKey to) {
        int source = KeyProbe.sourceSlot(direction);
        int destination = 1 - source;
        packet.setSource(to.addressHi(source), to.addressLo(source), to.port(source));
        packet.setDestination(to.addressHi(destination), to.addressLo(destination), to.port(destination));
        IcmpKind icmp = packet.icmp();
        if (icmp != null && icmp.identity() == IcmpKind.Identity.ID) {
            packet.setQueryId(to.port(icmp.reply() ? destination : source));
        }
    }
}
