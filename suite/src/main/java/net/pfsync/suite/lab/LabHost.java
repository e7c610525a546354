package net.pfsync.suite.lab;

import net.pfsync.net.host.VirtualHost;
import net.pfsync.suite.state.Endpoint;

/**
 * A host on one side of the firewalls.
 *
 * <p>What a case does with it is an exchange with the host on the other side: a {@link Flow}, whose packets are sent one by one as the case wants them,
 * or a {@link Connection}, which is left to two real TCPs. Every exchange has a port, or an identifier, of its own.
 */
public final class LabHost {

    private static final int HTTPS = 443;
    private static final int DNS = 53;

    private final Traffic traffic;
    private final VirtualHost host;
    private final boolean inside;

    LabHost(Traffic traffic, VirtualHost host, boolean inside) {
        this.traffic = traffic;
        this.host = host;
        this.inside = inside;
    }

    /** {@code inside} or {@code outside}. */
    public String name() {
        return host.name();
    }

    /** Its IPv4 address as text. */
    public String address() {
        return address(false);
    }

    String address(boolean inet6) {
        return host.networkInterface().addresses().stream()
                .map(prefix -> prefix.address())
                .filter(address -> address.inet6() == inet6 && !address.linkLocal())
                .findFirst()
                .orElseThrow()
                .toString();
    }

    VirtualHost host() {
        return host;
    }

    /**
     * Hands all packets that are not for its own LAN to this firewall, from now on.
     *
     * @param firewall any firewall of the lab
     */
    public void via(TargetView firewall) {
        host.route("0.0.0.0/0", firewall.addressOn(inside, false));
        host.route("::/0", firewall.addressOn(inside, true));
        traffic.done(name() + " LAN: packets go through " + firewall.name());
    }

    /** A TCP connection to the other host, not opened yet. */
    public TcpFlow tcp() {
        return tcp(false);
    }

    /** The same over IPv6. */
    public TcpFlow tcp6() {
        return tcp(true);
    }

    private TcpFlow tcp(boolean inet6) {
        return new TcpFlow(traffic, this, initiator(inet6), responder(inet6, HTTPS));
    }

    /**
     * A TCP connection to an address that a firewall redirects to the other host.
     *
     * @param destination whom this host believes it speaks to
     */
    public TcpFlow tcpTo(Endpoint destination) {
        return new TcpFlow(traffic, this, initiator(false), destination);
    }

    /** An exchange of UDP datagrams with the other host. */
    public Flow udp() {
        return new UdpFlow(traffic, this, initiator(false), responder(false, DNS));
    }

    /** The same over IPv6. */
    public Flow udp6() {
        return new UdpFlow(traffic, this, initiator(true), responder(true, DNS));
    }

    /** Echo requests to the other host, and its answers. */
    public Flow ping() {
        return new EchoFlow(traffic, this, initiator(false), responder(false, 0));
    }

    /** The same over IPv6. */
    public Flow ping6() {
        return new EchoFlow(traffic, this, initiator(true), responder(true, 0));
    }

    private Endpoint initiator(boolean inet6) {
        return new Endpoint(address(inet6), traffic.freshPort());
    }

    private Endpoint responder(boolean inet6, int port) {
        return new Endpoint(traffic.other(this).address(inet6), port);
    }

    /** Opens a connection to the other host, between two real TCPs. */
    public Connection connect() {
        return new Connection(traffic, this);
    }
}
