package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.net.Ethernet;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.MacAddress;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.PcapLink;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.real.LabConfig.LanEntry;
import net.pfsync.time.RealTime;
import net.pfsync.time.VirtualTime;

/**
 * The hosts on the inside and the outside LAN, which the suite plays itself through two interfaces of this machine.
 *
 * <p>They live on the thread of the case: whenever it waits, their time is brought up to real time and they take what has arrived. Each has the
 * Ethernet address of a station of its own, so that this machine's kernel does not answer for it, and the last address but four of its networks.
 */
final class LanHosts implements AutoCloseable {

    private static final long FIRST_STATION = 0x027e_5700_0001L;
    private static final int BEFORE_THE_END = 5;
    private static final int INET6_HOST = 0xfffa;

    private final RealTime loop;
    private final List<PcapLink> interfaces = new ArrayList<>();
    private final List<HandedLink> links = new ArrayList<>();
    private final LabConfig lab;
    private VirtualTime time;
    private long began;

    /**
     * Opens the interfaces; called on the loop's thread.
     *
     * @param lab the lab, whose file names both LANs
     * @param loop on which the interfaces are
     * @throws LinkException if one cannot be opened; the message is one line
     */
    LanHosts(LabConfig lab, RealTime loop) throws LinkException {
        this.lab = lab;
        this.loop = loop;
        boolean ready = false;
        try {
            for (LanEntry lan : List.of(lab.inside(), lab.outside())) {
                MacAddress station = new MacAddress(FIRST_STATION + interfaces.size());
                PcapLink link = PcapLink.open(lan.name(), station, loop);
                interfaces.add(link);
                links.add(new HandedLink(link, loop));
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /**
     * Both hosts as they boot, in place of those before them.
     *
     * @param target a firewall, in whose IPv6 networks they have an address as well
     * @return the hosts, whose time goes on with {@link #turn}
     */
    Hosts boot(OpenBsdAdapter target) {
        links.forEach(HandedLink::forget);
        began = loop.nanos();
        time = new VirtualTime(loop.epochSeconds());
        return new Hosts(host("inside", true, target), host("outside", false, target));
    }

    private VirtualHost host(String name, boolean inside, OpenBsdAdapter target) {
        LanEntry lan = inside ? lab.inside() : lab.outside();
        IpPrefix inet6 = target.networkOn(inside, true);
        return new VirtualHost(
                name,
                time,
                links.get(inside ? 0 : 1),
                inet(lan.network()) + "/" + lan.network().length(),
                inet6(inet6) + "/" + inet6.length());
    }

    private static IpAddress inet(IpPrefix network) {
        int last = network.address().ipv4() | ~(-1 << (Integer.SIZE - network.length()));
        return IpAddress.ipv4(last - BEFORE_THE_END);
    }

    private static IpAddress inet6(IpPrefix network) {
        IpAddress address = network.address();
        return new IpAddress(true, address.hi(), (address.lo() & ~0xffffL) | INET6_HOST);
    }

    /** Their time is now, and they take what has arrived. */
    void turn() {
        if (time == null) {
            return;
        }
        links.forEach(HandedLink::turn);
        time.advance(Duration.ofNanos(Math.max(0, loop.nanos() - began - time.nanos())));
    }

    /**
     * Sends a packet from the inside host's place.
     *
     * @param to the Ethernet address of a station of the inside LAN
     * @param packet from the first byte of the IP header on
     */
    void sendInside(MacAddress to, byte[] packet) {
        HandedLink link = links.getFirst();
        link.send(Ethernet.frame(to, link.address(), packet));
    }

    /** There are no hosts any more. */
    void leave() {
        time = null;
    }

    /** Gives the interfaces back; called on the loop's thread. */
    @Override
    public void close() {
        interfaces.forEach(PcapLink::close);
    }
}
