package net.pfsync.net;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.pfsync.time.EventLoop;

/**
 * IP on some interfaces: of a host, or of a router if forwarding is on.
 *
 * <p>A packet that comes in is checked, shown to the filter, and then delivered here or forwarded; one that goes out is routed, shown to the filter, and
 * handed to the neighbour. Nothing is reassembled or fragmented. Whatever comes in, there is no exception, and what is kept of it is bounded:
 * the neighbours of each interface, each with one waiting frame. Everything runs on the event loop's thread.
 */
public final class IpStack {

    private static final int ALL_HOSTS = 0xe0000001;
    private static final long ALL_NODES_HI = 0xff02_0000_0000_0000L;
    private static final int PROTOCOLS = 256;
    private static final int DEFAULT_MTU = 1500;

    private final EventLoop loop;
    private final SplittableRandom random;
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final RoutingTable routes = new RoutingTable(interfaces);
    /** The same interfaces: looked through for every packet. */
    private NetworkInterface[] attached = {};

    private final IcmpErrors errors;
    private final IcmpInput icmp = new IcmpInput(this);
    private final Forwarder forwarder;
    private final PacketReceiver[] receivers = new PacketReceiver[PROTOCOLS];
    private final IpStatistics statistics = new IpStatistics();
    private Membership membership = (ifname, group) -> false;
    private Filter filter = Filter.NONE;
    private Consumer<String> log = line -> {};
    private boolean forwarding;

    /**
     * Makes a stack without interfaces.
     *
     * @param loop its event loop
     * @param seed of the identifications of its IPv4 packets
     */
    public IpStack(EventLoop loop, long seed) {
        this.loop = loop;
        this.random = new SplittableRandom(seed);
        this.errors = new IcmpErrors(this, loop);
        this.forwarder = new Forwarder(this, routes, errors);
        receivers[Ip.ICMP] = (from, frame) -> !Ip.inet6(frame) && icmp.receive(from, frame);
        receivers[Ip.ICMPV6] = (from, frame) -> Ip.inet6(frame) && icmp.receive(from, frame);
    }

    // ---- how it is set up ----

    /**
     * Adds an interface without a link.
     *
     * @param name its name
     * @param mtu the longest packet that it takes, in bytes
     * @param addresses its addresses with the lengths of their networks
     * @return the interface
     */
    public NetworkInterface add(String name, int mtu, List<IpPrefix> addresses) {
        NetworkInterface added = new NetworkInterface(this, loop, name, mtu, addresses);
        interfaces.add(added);
        attached = interfaces.toArray(NetworkInterface[]::new);
        routes.rebuild();
        return added;
    }

    /** The interfaces, in the order in which they were added. */
    public List<NetworkInterface> interfaces() {
        return Collections.unmodifiableList(interfaces);
    }

    /**
     * Looks up an interface.
     *
     * @param name its name
     * @return null if there is none of that name
     */
    public NetworkInterface named(String name) {
        for (NetworkInterface own : interfaces) {
            if (own.name().equals(name)) {
                return own;
            }
        }
        return null;
    }

    /** The routes. */
    public RoutingTable routes() {
        return routes;
    }

    /** Sets who looks at packets on their way in and out. */
    public void filter(Filter chosen) {
        filter = chosen;
    }

    /** Sets which IPv4 groups this machine belongs to. */
    public void membership(Membership chosen) {
        membership = chosen;
    }

    /** Sets who is told when somebody else claims one of this machine's addresses. */
    public void log(Consumer<String> chosen) {
        log = chosen;
    }

    /**
     * Sets who takes the packets of a protocol that are for this machine.
     *
     * @param protocol 0 to 255; for ICMP and ICMPv6, what is not answered by the stack itself
     * @param receiver who takes them
     */
    public void receive(int protocol, PacketReceiver receiver) {
        if (protocol == Ip.ICMP || protocol == Ip.ICMPV6) {
            icmp.others(receiver);
        } else {
            receivers[protocol] = receiver;
        }
    }

    /** Whether packets for others are forwarded. */
    public boolean forwarding() {
        return forwarding;
    }

    /** Sets whether packets for others are forwarded. */
    public void forwarding(boolean on) {
        forwarding = on;
    }

    /** What has happened so far. */
    public IpStatistics statistics() {
        return statistics;
    }

    void count(IpCounter counter) {
        statistics.count(counter);
    }

    // ---- what comes in ----

    void input(NetworkInterface from, byte[] received) {
        count(IpCounter.RECEIVED);
        byte[] frame = Ip.accept(received);
        if (frame == null) {
            count(IpCounter.MALFORMED);
            return;
        }
        if (!filter.pass(Direction.IN, from.name(), frame)) {
            count(IpCounter.FILTERED);
            return;
        }
        if (forUs(from, frame)) {
            deliver(from, frame);
        } else if (forwarding) {
            forwarder.forward(from, frame);
        } else {
            count(IpCounter.NOT_FOR_US);
        }
    }

    private boolean forUs(NetworkInterface from, byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        long lo = Ip.destinationLo(frame);
        if (inet6) {
            return (hi == ALL_NODES_HI && (lo == 1 || from.solicitedNode(hi, lo)))
                    || (IpAddress.linkLocal(hi) ? from.has(true, hi, lo) : owns(true, hi, lo));
        }
        int group = (int) (hi >>> 32);
        return Addresses.group(false, hi)
                ? group == ALL_HOSTS || membership.joined(from.name(), group)
                : from.broadcast(false, hi) || owns(false, hi, lo);
    }

    /** Whether an address is one of this machine's, on whichever interface. */
    boolean owns(boolean inet6, long hi, long lo) {
        for (NetworkInterface own : attached) {
            if (own.has(inet6, hi, lo)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a packet goes to a group or to everybody on a link.
     *
     * @param frame the packet in its frame
     * @return true if its destination is such an address
     */
    public boolean toGroup(byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        return Addresses.group(inet6, hi) || broadcast(inet6, hi);
    }

    /** Whether an IPv4 address means everybody on one of this machine's links. */
    boolean broadcast(boolean inet6, long hi) {
        for (NetworkInterface own : attached) {
            if (own.broadcast(inet6, hi)) {
                return true;
            }
        }
        return false;
    }

    private void deliver(NetworkInterface from, byte[] frame) {
        PacketReceiver receiver = receivers[Ip.protocol(frame)];
        boolean taken = receiver != null && !Ip.fragment(frame) && receiver.receive(from, frame);
        count(taken ? IpCounter.DELIVERED : IpCounter.NOT_TAKEN);
    }

    // ---- what goes out ----

    /**
     * Sends a packet of this machine by its route.
     *
     * @param frame the packet in a frame of {@link Ip}; the stack's from here on
     * @return false if there is no route or the packet is too long; true also if the filter drops it or the neighbour turns out not to be there
     */
    public boolean send(byte[] frame) {
        Route route = route(frame);
        if (route == null) {
            return false;
        }
        long nextHi = route.nextHi(Ip.destinationHi(frame));
        output(route.via(), frame, nextHi, route.nextLo(Ip.destinationLo(frame)));
        count(IpCounter.SENT);
        return true;
    }

    /**
     * Whether a packet of this machine would be sent.
     *
     * @param frame the packet in a frame of {@link Ip}
     * @return false if there is no route or the packet is too long
     */
    public boolean reaches(byte[] frame) {
        return route(frame) != null;
    }

    /** The route for a packet that fits it; null if there is none, which is also so for packets to this machine itself. */
    private Route route(byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        long lo = Ip.destinationLo(frame);
        Route route = owns(inet6, hi, lo) ? null : routes.lookup(inet6, hi, lo);
        if (route == null) {
            count(IpCounter.NO_ROUTE);
            return null;
        }
        if (Ip.length(frame) > route.via().mtu()) {
            count(IpCounter.TOO_BIG);
            return null;
        }
        return route;
    }

    /**
     * Sends bytes by the route of the destination that they name; nothing else of them is looked at.
     *
     * @param frame the bytes in a frame of {@link Ip#frame}; the stack's from here on
     * @return false if there is no route
     */
    public boolean sendAsIs(byte[] frame) {
        Route route = routes.lookup(Ip.inet6(frame), Ip.destinationHi(frame), Ip.destinationLo(frame));
        if (route == null) {
            return false;
        }
        long nextHi = route.nextHi(Ip.destinationHi(frame));
        output(route.via(), frame, nextHi, route.nextLo(Ip.destinationLo(frame)));
        return true;
    }

    /**
     * Sends a packet of this machine to a group or neighbour on an interface.
     *
     * @param via the interface
     * @param frame the packet in a frame of {@link Ip}; the stack's from here on
     */
    public void send(NetworkInterface via, byte[] frame) {
        count(IpCounter.SENT);
        output(via, frame, Ip.destinationHi(frame), Ip.destinationLo(frame));
    }

    /**
     * Sends a packet that the filter kept or made: by its route as of now, not shown to the filter, as a new packet of this machine, so with a new IPv4
     * identification.
     *
     * @param frame the packet in its frame; the stack's from here on
     */
    public void sendUnfiltered(byte[] frame) {
        Route route = route(frame);
        if (route != null) {
            identify(frame);
            long nextHi = route.nextHi(Ip.destinationHi(frame));
            route.via().send(frame, nextHi, route.nextLo(Ip.destinationLo(frame)));
            count(IpCounter.SENT);
        }
    }

    /**
     * The own address from which packets to a destination are sent.
     *
     * @param destination any address
     * @return null if there is no route to it
     */
    public IpAddress sourceTowards(IpAddress destination) {
        Route route = routes.lookup(destination.inet6(), destination.hi(), destination.lo());
        if (route == null) {
            return null;
        }
        return route.via()
                .addressTowards(destination.inet6(), route.nextHi(destination.hi()), route.nextLo(destination.lo()));
    }

    /**
     * The longest packet that the first link towards a destination takes.
     *
     * @param destination any address
     * @return in bytes; 1500 if there is no route to it
     */
    public int mtuTowards(IpAddress destination) {
        Route route = routes.lookup(destination.inet6(), destination.hi(), destination.lo());
        return route == null ? DEFAULT_MTU : route.via().mtu();
    }

    /** Sends an answer to a packet, if it is to a link-local address back where it came from. */
    void reply(NetworkInterface to, byte[] frame) {
        identify(frame);
        if (Ip.inet6(frame) && IpAddress.linkLocal(Ip.destinationHi(frame))) {
            send(to, frame);
        } else {
            send(frame);
        }
    }

    /**
     * Gives an IPv4 packet of this machine an identification; of its flags "don't fragment" stays.
     *
     * @param frame the packet in its frame
     */
    public void identify(byte[] frame) {
        Ip.identify(frame, random.nextInt());
    }

    /** Shows a packet to the filter and hands it to the neighbour; false if the filter did not let it pass. */
    boolean output(NetworkInterface via, byte[] frame, long nextHi, long nextLo) {
        if (!filter.pass(Direction.OUT, via.name(), frame)) {
            count(IpCounter.FILTERED);
            return false;
        }
        via.send(frame, nextHi, nextLo);
        return true;
    }

    /**
     * Tells the sender of a packet that nobody listens at its port here.
     *
     * @param from where the packet came from
     * @param frame the packet
     */
    public void portUnreachable(NetworkInterface from, byte[] frame) {
        errors.portUnreachable(from, frame);
    }

    // ---- what the interfaces say ----

    /** A packet waited in vain for the neighbour that it was to be handed to. */
    void unreachable(NetworkInterface via, byte[] frame) {
        count(IpCounter.UNREACHABLE);
        if (!owns(Ip.inet6(frame), Ip.sourceHi(frame), Ip.sourceLo(frame))) {
            Route back = routes.lookup(Ip.inet6(frame), Ip.sourceHi(frame), Ip.sourceLo(frame));
            errors.neighbourDown(back == null ? via : back.via(), frame);
        }
    }

    void readdressed() {
        routes.rebuild();
    }

    void conflict(NetworkInterface at, IpAddress address, MacAddress claimant) {
        log.accept("duplicate IP address " + address + " sent from ethernet address " + claimant + " on " + at.name());
    }
}
