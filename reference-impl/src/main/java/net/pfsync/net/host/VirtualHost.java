package net.pfsync.net.host;

import java.util.Arrays;
import net.pfsync.net.Direction;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.IpStack;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.tcp.Tcp;
import net.pfsync.time.EventLoop;

/**
 * A host with one interface: what sends packets through the firewalls of a lab, and what receives them.
 *
 * <p>It answers ARP, neighbour solicitations and echo requests, and for ports at which nobody listens. What it sends and receives is in its log.
 */
public final class VirtualHost {

    private static final int MTU = 1500;
    private static final String INTERFACE = "eth0";

    private final String name;
    private final EventLoop loop;
    private final Link link;
    private final IpStack stack;
    private final NetworkInterface own;
    private final PacketLog log = new PacketLog();
    private final Ping ping;
    private final Udp udp;
    private final Tcp tcp;

    /**
     * Makes a host and connects it.
     *
     * @param name its name
     * @param loop its event loop
     * @param link its attachment to a LAN
     * @param addresses such as {@code 192.0.2.2/24} and {@code 2001:db8::2/64}
     */
    public VirtualHost(String name, EventLoop loop, Link link, String... addresses) {
        this.name = name;
        this.loop = loop;
        this.link = link;
        this.stack = new IpStack(loop, link.address().value());
        stack.filter((direction, ifname, frame) -> {
            log.add(loop.nanos(), direction, frame);
            return true;
        });
        this.own = stack.add(
                INTERFACE, MTU, Arrays.stream(addresses).map(IpPrefix::parse).toList());
        own.connect(link);
        link.onReceive(own::receive);
        this.ping = new Ping(stack);
        this.udp = new Udp(stack);
        this.tcp = new Tcp(stack, loop, link.address().value());
    }

    /**
     * Says through whom a network is reached, from now on.
     *
     * @param network such as {@code 0.0.0.0/0}
     * @param gateway a neighbour
     */
    public void route(String network, String gateway) {
        stack.routes().add(IpPrefix.parse(network), IpAddress.parse(gateway));
    }

    /**
     * Sends a packet as it is, by its route.
     *
     * @param packet what begins as an IPv4 or IPv6 packet; of it only the destination address is looked at
     * @return false if there is no route
     */
    public boolean send(byte[] packet) {
        return stack.sendAsIs(Ip.frame(packet));
    }

    /**
     * Sends a packet as it is to a station of the LAN.
     *
     * @param station its Ethernet address
     * @param packet any bytes; they are said to be IPv6 if they begin so, and otherwise IPv4
     */
    public void send(MacAddress station, byte[] packet) {
        byte[] frame = Ip.frame(packet);
        log.add(loop.nanos(), Direction.OUT, frame);
        link.send(Ethernet.addressed(frame, station, link.address()));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its addresses, neighbours and routes. */
    public NetworkInterface networkInterface() {
        return own;
    }

    /** Its IP stack. */
    public IpStack stack() {
        return stack;
    }

    /** What it has sent and received. */
    public PacketLog log() {
        return log;
    }

    /** Echo requests and their answers. */
    public Ping ping() {
        return ping;
    }

    /** Its UDP ports. */
    public Udp udp() {
        return udp;
    }

    /** Its TCP ports and connections. */
    public Tcp tcp() {
        return tcp;
    }
}
