package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;

/**
 * A firewall with the interfaces of the recorded machine, a LAN at each with its hosts, and an injector on every LAN.
 *
 * <p>Nothing happens but while time is let pass; meanwhile the LANs and the demotion are watched.
 */
final class Stage {

    private static final String FIREWALL = "firewall";
    private static final String PEER = "peer";
    private static final String INJECTOR = "injector";
    private static final MacAddress INJECTOR_ADDRESS = MacAddress.parse("52:54:00:ff:00:09");
    private static final long HOST_ADDRESSES = 0x525400fe0000L;
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:f0");
    private static final Duration LATENCY = Duration.ofNanos(50_000);

    private static final int PROTOCOL_OFFSET = 9;
    private static final byte IPPROTO_PFSYNC = (byte) 240;

    private final VirtualTime time;
    private final Machine machine;
    private final Firewall firewall;
    private final Map<String, VirtualLan> lans = new HashMap<>();
    private final Map<String, Link> injectors = new HashMap<>();
    private final String syncPort;
    private DemotionLog demotion = new DemotionLog();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Forwarded> forwarded = new ArrayList<>();
    private long start;

    /**
     * Boots the firewall, with no pfsync interface yet.
     *
     * @param release what it runs
     * @param machine the interfaces and hosts
     * @param settings everything but the interfaces
     * @param configuration what the case tells of them
     * @param epochSeconds the wall clock when it boots
     */
    Stage(Release release, Machine machine, Settings settings, Configuration configuration, long epochSeconds) {
        this.time = new VirtualTime(epochSeconds);
        this.machine = machine;
        this.syncPort = machine.syncPort(configuration);
        for (Machine.Port port : machine.ports()) {
            addInterface(settings, port);
            lans.put(port.name(), new VirtualLan(time, LATENCY));
        }
        firewall = new Firewall(release, settings, time);
        for (Machine.Port port : machine.ports()) {
            boolean sync = port.name().equals(syncPort);
            VirtualLan lan = lans.get(port.name());
            firewall.connect(port.name(), lan.attach(FIREWALL, port.mac()));
            int[] neighbours = sync ? neighbours(configuration) : new int[0];
            injectors.put(port.name(), lan.attach(INJECTOR, INJECTOR_ADDRESS, neighbours));
            lan.tap(sync ? this::heard : (nanos, station, frame) -> left(nanos, station, port.name(), frame));
        }
        machine.hosts().forEach(this::addHost);
    }

    private static void addInterface(Settings settings, Machine.Port port) {
        settings.withInterface(port.name(), port.mac(), port.addresses().toArray(String[]::new));
    }

    private int[] neighbours(Configuration configuration) {
        List<Integer> addresses = new ArrayList<>(machine.neighbours());
        if (!configuration.multicast()) {
            addresses.add(Ipv4Address.parse(configuration.syncpeer()));
        }
        configuration.peerAddress().map(Ipv4Address::parse).ifPresent(addresses::remove);
        return addresses.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addHost(Machine.Host host) {
        MacAddress address = new MacAddress(HOST_ADDRESSES + machine.hosts().indexOf(host));
        Link link = lans.get(host.port()).attach(host.name(), address);
        VirtualHost made =
                new VirtualHost(host.name(), time, link, host.addresses().toArray(String[]::new));
        machine.ports().stream()
                .filter(port -> port.name().equals(host.port()))
                .forEach(port -> made.route(
                        "0.0.0.0/0",
                        IpPrefix.parse(port.addresses().getFirst()).address().toString()));
        if (host.silent()) {
            SilentHost.silence(made);
        }
    }

    /**
     * Boots the second machine on the sync LAN, with no pfsync interface yet.
     *
     * @param release what it runs
     * @param settings everything but the interfaces
     * @return the machine
     */
    Firewall addPeer(Release release, Settings settings) {
        Machine.Port port = machine.peer();
        addInterface(settings, port);
        Firewall peer = new Firewall(release, settings, time);
        peer.connect(port.name(), lans.get(syncPort).attach(PEER, port.mac()));
        return peer;
    }

    private void heard(long nanos, String station, byte[] frame) {
        if (station.equals(FIREWALL)
                && Ethernet.type(frame) == Ethernet.IPV4
                && frame[Ethernet.HEADER + PROTOCOL_OFFSET] == IPPROTO_PFSYNC) {
            replies.add(new Reply(Duration.ofNanos(nanos - start), hex(frame), List.of()));
        }
    }

    private void left(long nanos, String station, String port, byte[] frame) {
        if (station.equals(FIREWALL) && Ethernet.type(frame) != Ethernet.ARP && !SilentHost.neighbourDiscovery(frame)) {
            forwarded.add(new Forwarded(Duration.ofNanos(nanos - start), port, hex(frame)));
        }
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(Ip.packet(frame));
    }

    Firewall firewall() {
        return firewall;
    }

    /** The time since the start of the case, negative before it. */
    Duration now() {
        return Duration.ofNanos(time.nanos() - start);
    }

    /** Says when the case starts. */
    void startAfter(Duration delay) {
        start = time.nanos() + delay.toNanos();
        demotion = new DemotionLog();
        watch();
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        if (duration.isPositive()) {
            time.advanceUntil(this::watch, duration);
        }
    }

    /** Lets time pass until that much after the start of the case. */
    void passUntil(Duration moment) {
        pass(moment.minus(now()));
    }

    /** Lets time pass until something holds, and says whether it does. */
    boolean passUntil(BooleanSupplier condition, Duration atMost) {
        return time.advanceUntil(() -> watch() || condition.getAsBoolean(), atMost);
    }

    private boolean watch() {
        int value = firewall.pfsync().demotion().value();
        demotion.note(now(), value, value);
        return false;
    }

    /** Sends a packet to the firewall. */
    void send(Packet packet) {
        String port = packet.interfaceName().orElse(syncPort);
        Link link = injectors.get(port);
        if (link == null) {
            throw new MalformedCaseException("interface", "the recorded machine has no " + port);
        }
        MacAddress to = packet.ethernetDestination().map(MacAddress::parse).orElseGet(() -> destination(packet, port));
        byte[] bytes = packet.bytes();
        if (bytes.length > 0 && bytes[0] >>> 4 == 6) {
            link.send(Ethernet.addressed(Ip.frame(bytes), to, link.address()));
        } else {
            link.send(Ethernet.frame(to, link.address(), bytes, packet.trailerBytes()));
        }
    }

    /** A pfsync packet goes to the group unless the case says otherwise, traffic to the firewall that is to pass it on. */
    private MacAddress destination(Packet packet, String port) {
        byte[] bytes = packet.bytes();
        if (port.equals(syncPort) || bytes.length <= PROTOCOL_OFFSET || bytes[PROTOCOL_OFFSET] == IPPROTO_PFSYNC) {
            return GROUP;
        }
        return machine.ports().stream()
                .filter(each -> each.name().equals(port))
                .map(Machine.Port::mac)
                .findFirst()
                .orElse(GROUP);
    }

    /** Pulls or plugs the firewall's cable on the sync LAN. */
    void syncLink(boolean up) {
        if (up) {
            lans.get(syncPort).heal(FIREWALL);
        } else {
            lans.get(syncPort).cut(FIREWALL);
        }
    }

    /** The pfsync packets that the firewall sent, a view that grows. */
    List<Reply> replies() {
        return Collections.unmodifiableList(replies);
    }

    /** The packets that it sent towards the hosts, a view that grows. */
    List<Forwarded> forwarded() {
        return Collections.unmodifiableList(forwarded);
    }

    /** Forgets what the firewall sent until now. */
    void forget() {
        replies.clear();
        forwarded.clear();
    }

    DemotionLog demotion() {
        return demotion;
    }
}
