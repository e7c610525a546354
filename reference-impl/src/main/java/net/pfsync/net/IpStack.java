package net.pfsync.net;

import java.util.List;
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

    private final EventLoop loop;
    private final OwnAddresses own = new OwnAddresses();
    private final RoutingTable routes = new RoutingTable(own.interfaces());
    private final IpStatistics statistics = new IpStatistics();
    private final IpOutput output;
    private final IcmpErrors errors;
    private final IpInput input;
    private Consumer<String> log = line -> {};

    /**
     * Makes a stack without interfaces.
     *
     * @param loop its event loop
     * @param seed of the identifications of its IPv4 packets
     */
    public IpStack(EventLoop loop, long seed) {
        this.loop = loop;
        this.output = new IpOutput(own, routes, statistics, seed);
        this.errors = new IcmpErrors(own, output, statistics, loop);
        Forwarder forwarder = new Forwarder(own, routes, errors, output, statistics);
        this.input = new IpInput(own, forwarder, new IcmpInput(own, output), statistics);
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
        own.add(added);
        routes.rebuild();
        return added;
    }

    /** The interfaces, in the order in which they were added. */
    public List<NetworkInterface> interfaces() {
        return own.interfaces();
    }

    /**
     * Looks up an interface.
     *
     * @param name its name
     * @return null if there is none of that name
     */
    public NetworkInterface named(String name) {
        return own.named(name);
    }

    /** The routes. */
    public RoutingTable routes() {
        return routes;
    }

    /** Sets who looks at packets on their way in and out. */
    public void filter(Filter chosen) {
        input.filter(chosen);
        output.filter(chosen);
    }

    /** Sets which IPv4 groups this machine belongs to. */
    public void membership(Membership chosen) {
        own.membership(chosen);
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
        input.receive(protocol, receiver);
    }

    /** Whether packets for others are forwarded. */
    public boolean forwarding() {
        return input.forwarding();
    }

    /** Sets whether packets for others are forwarded. */
    public void forwarding(boolean on) {
        input.forwarding(on);
    }

    /** What has happened so far. */
    public IpStatistics statistics() {
        return statistics;
    }

    /**
     * Whether a packet goes to a group or to everybody on a link.
     *
     * @param frame the packet in its frame
     * @return true if its destination is such an address
     */
    public boolean toGroup(byte[] frame) {
        return own.toGroup(frame);
    }

    // ---- what goes out ----

    /**
     * Sends a packet of this machine by its route.
     *
     * @param frame the packet in a frame of {@link Ip}; the stack's from here on
     * @return false if there is no route or the packet is too long; true also if the filter drops it or the neighbour turns out not to be there
     */
    public boolean send(byte[] frame) {
        return output.send(frame);
    }

    /**
     * Whether a packet of this machine would be sent.
     *
     * @param frame the packet in a frame of {@link Ip}
     * @return false if there is no route or the packet is too long
     */
    public boolean reaches(byte[] frame) {
        return output.fitting(frame) != null;
    }

    /**
     * Sends bytes by the route of the destination that they name; nothing else of them is looked at.
     *
     * @param frame the bytes in a frame of {@link Ip#frame}; the stack's from here on
     * @return false if there is no route
     */
    public boolean sendAsIs(byte[] frame) {
        return output.sendAsIs(frame);
    }

    /**
     * Sends a packet of this machine to a group or neighbour on an interface.
     *
     * @param via the interface
     * @param frame the packet in a frame of {@link Ip}; the stack's from here on
     */
    public void send(NetworkInterface via, byte[] frame) {
        output.send(via, frame);
    }

    /**
     * Sends a packet that the filter kept or made: by its route as of now, not shown to the filter, as a new packet of this machine, so with a new IPv4
     * identification.
     *
     * @param frame the packet in its frame; the stack's from here on
     */
    public void sendUnfiltered(byte[] frame) {
        output.sendUnfiltered(frame);
    }

    /**
     * The own address from which packets to a destination are sent.
     *
     * @param destination any address
     * @return null if there is no route to it
     */
    public IpAddress sourceTowards(IpAddress destination) {
        return output.sourceTowards(destination);
    }

    /**
     * The longest packet that the first link towards a destination takes.
     *
     * @param destination any address
     * @return in bytes; 1500 if there is no route to it
     */
    public int mtuTowards(IpAddress destination) {
        return output.mtuTowards(destination);
    }

    /**
     * Gives an IPv4 packet of this machine an identification; of its flags "don't fragment" stays.
     *
     * @param frame the packet in its frame
     */
    public void identify(byte[] frame) {
        output.identify(frame);
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

    void input(NetworkInterface from, byte[] received) {
        input.input(from, received);
    }

    /** Sends what belongs to an interface itself to the destination on its link. */
    void output(NetworkInterface via, byte[] frame) {
        output.send(via, frame, Ip.destinationHi(frame), Ip.destinationLo(frame));
    }

    /** A packet waited in vain for the neighbour that it was to be handed to. */
    void unreachable(NetworkInterface via, byte[] frame) {
        statistics.count(IpCounter.UNREACHABLE);
        if (!own.owns(Ip.inet6(frame), Ip.sourceHi(frame), Ip.sourceLo(frame))) {
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
