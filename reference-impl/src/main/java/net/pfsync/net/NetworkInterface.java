package net.pfsync.net;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.time.EventLoop;

/**
 * An interface of an {@link IpStack}: its addresses, its link, and the neighbours that it knows.
 *
 * <p>An interface with an IPv6 address also has a link-local one once it has a link. Addresses may come and go while it runs, which is how one that is
 * shared moves between firewalls.
 */
public final class NetworkInterface {

    private static final int LINK_LOCAL_LENGTH = 64;
    private static final long BROADCAST_HI = 0xffff_ffff_0000_0000L;
    private static final int IPV4_MULTICAST = 0xe;
    private static final int IPV6_MULTICAST = 0xff;

    private final IpStack stack;
    private final String name;
    private final int mtu;
    private final Arp arp;
    private final NeighbourDiscovery discovery;
    /** Replaced as a whole: looked through for every packet. */
    private IpPrefix[] addresses;

    private Link link;

    NetworkInterface(IpStack stack, EventLoop loop, String name, int mtu, List<IpPrefix> addresses) {
        this.stack = stack;
        this.name = name;
        this.mtu = mtu;
        this.addresses = addresses.toArray(IpPrefix[]::new);
        this.arp = new Arp(this, loop, frame -> stack.unreachable(this, frame));
        this.discovery = new NeighbourDiscovery(this, stack, loop, frame -> stack.unreachable(this, frame));
    }

    /** Its name, such as {@code em0}. */
    public String name() {
        return name;
    }

    /** The longest packet that it takes, in bytes. */
    public int mtu() {
        return mtu;
    }

    /**
     * Connects it to a LAN. Whoever owns the stack hands it the frames that arrive, see {@link #receive}.
     *
     * @param attachment its attachment, which names its Ethernet address
     */
    public void connect(Link attachment) {
        link = attachment;
        arp.neighbours().source(link.address());
        discovery.neighbours().source(link.address());
        addLinkLocal();
    }

    /** Its Ethernet address; null while it has no link. */
    public MacAddress mac() {
        return link == null ? null : link.address();
    }

    // ---- addresses ----

    /**
     * Its addresses.
     *
     * @return in the order in which they were given, the link-local one last
     */
    public List<IpPrefix> addresses() {
        return List.of(addresses);
    }

    /**
     * Takes an address, and tells everybody on the link that it is here now.
     *
     * @param address the address, with the length of its network
     */
    public void takeOver(IpPrefix address) {
        add(address);
        if (address.address().inet6()) {
            addLinkLocal();
            discovery.announce(address.address());
        } else {
            arp.announce(address.address());
        }
    }

    /**
     * Gives an address up; nothing is said about it on the link.
     *
     * @param address the address as it was taken
     */
    public void giveUp(IpPrefix address) {
        List<IpPrefix> fewer = new ArrayList<>(addresses());
        if (fewer.remove(address)) {
            readdress(fewer);
        }
    }

    private void add(IpPrefix address) {
        List<IpPrefix> more = new ArrayList<>(addresses());
        if (!more.contains(address)) {
            more.add(address);
            readdress(more);
        }
    }

    private void readdress(List<IpPrefix> changed) {
        addresses = changed.toArray(IpPrefix[]::new);
        stack.readdressed();
    }

    private void addLinkLocal() {
        boolean speaksIpv6 = addresses().stream().anyMatch(own -> own.address().inet6());
        if (link != null && speaksIpv6) {
            add(new IpPrefix(IpAddress.linkLocal(link.address()), LINK_LOCAL_LENGTH));
        }
    }

    /** Whether an address is one of its own. */
    boolean has(boolean inet6, long hi, long lo) {
        for (IpPrefix own : addresses) {
            IpAddress address = own.address();
            if (address.hi() == hi && address.lo() == lo && address.inet6() == inet6) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address can be that of a neighbour: in one of its networks, and not the one that means everybody. */
    boolean neighbour(boolean inet6, long hi, long lo) {
        for (IpPrefix own : addresses) {
            if (own.contains(inet6, hi, lo)) {
                return !own.broadcast(inet6, hi);
            }
        }
        return false;
    }

    /** Whether an IPv4 address means everybody on the link. */
    boolean broadcast(boolean inet6, long hi) {
        if (!inet6 && hi == BROADCAST_HI) {
            return true;
        }
        for (IpPrefix own : addresses) {
            if (own.broadcast(inet6, hi)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an IPv6 group is the one in which neighbours look for one of its addresses. */
    boolean solicitedNode(long hi, long lo) {
        for (IpPrefix own : addresses) {
            IpAddress group = own.address().solicitedNode();
            if (own.address().inet6() && group.hi() == hi && group.lo() == lo) {
                return true;
            }
        }
        return false;
    }

    /** The own address from which to speak to another: one of the same network, or the first of the family; null if there is none. */
    IpAddress addressTowards(boolean inet6, long hi, long lo) {
        IpAddress first = null;
        for (IpPrefix own : addresses) {
            if (own.contains(inet6, hi, lo)) {
                return own.address();
            }
            if (first == null && own.address().inet6() == inet6) {
                first = own.address();
            }
        }
        return first;
    }

    // ---- frames ----

    /**
     * Takes a frame that arrived on the link.
     *
     * @param frame any bytes; not changed
     */
    public void receive(byte[] frame) {
        if (link == null || frame.length < Ethernet.HEADER || !addressed(frame)) {
            return;
        }
        switch (Ethernet.type(frame)) {
            case Ethernet.ARP -> arp.receive(frame);
            case Ethernet.IPV4, Ethernet.IPV6 -> stack.input(this, frame);
            default -> {}
        }
    }

    private boolean addressed(byte[] frame) {
        return Ethernet.toGroup(frame) || Ethernet.isTo(frame, link.address());
    }

    NeighbourDiscovery discovery() {
        return discovery;
    }

    Neighbours neighbours(boolean inet6) {
        return inet6 ? discovery.neighbours() : arp.neighbours();
    }

    /** Whether a neighbour was asked for lately and did not answer. */
    boolean down(boolean inet6, long hi, long lo) {
        return neighbours(inet6).down(hi, lo);
    }

    /**
     * The Ethernet address of a neighbour.
     *
     * @param address the neighbour's address
     * @return null if it is not known
     */
    public MacAddress neighbour(IpAddress address) {
        return neighbours(address.inet6()).known(address.hi(), address.lo());
    }

    /** Sends a packet to a neighbour, a group or everybody on the link; the frame belongs to this interface from here on. */
    void send(byte[] frame, long hi, long lo) {
        if (link == null) {
            return;
        }
        boolean inet6 = Ip.inet6(frame);
        MacAddress group = group(inet6, hi, lo);
        if (group == null) {
            neighbours(inet6).send(frame, hi, lo);
        } else {
            Ethernet.address(frame, group.value(), link.address().value());
            toLink(frame);
        }
    }

    private MacAddress group(boolean inet6, long hi, long lo) {
        if (inet6) {
            return hi >>> 56 == IPV6_MULTICAST ? MacAddress.multicast6(lo) : null;
        }
        if (hi >>> 60 == IPV4_MULTICAST) {
            return MacAddress.multicast((int) (hi >>> 32));
        }
        return broadcast(false, hi) ? MacAddress.BROADCAST : null;
    }

    /** Sends a frame that is complete. */
    void toLink(byte[] frame) {
        if (link != null) {
            link.send(frame);
        }
    }

    /** Somebody else says that one of its addresses is his. */
    void conflict(IpAddress address, MacAddress claimant) {
        stack.conflict(this, address, claimant);
    }
}
