package net.pfsync.suite.replay;

import net.pfsync.net.Direction;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.host.VirtualHost;

/** A host that is only there to be found: it answers ARP and neighbour solicitations, and nothing else. */
public final class SilentHost {

    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private SilentHost() {}

    /**
     * Makes a host silent.
     *
     * @param host any host
     */
    public static void silence(VirtualHost host) {
        host.stack().filter((direction, ifname, frame) -> direction == Direction.OUT || neighbourDiscovery(frame));
    }

    /** Whether a frame holds a neighbour solicitation or advertisement. */
    static boolean neighbourDiscovery(byte[] frame) {
        if (Ethernet.type(frame) != Ethernet.IPV6 || Ip.protocol(frame) != Ip.ICMPV6) {
            return false;
        }
        int type = frame[Ip.payload(frame)] & 0xff;
        return type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT;
    }
}
