package net.pfsync.suite.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
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
import net.pfsync.suite.replay.SilentHost;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.VirtualTime;

/**
 * The LANs of a recorded site, on virtual time, with our firewalls on them.
 *
 * <p>The scenario starts {@value #BEFORE_SECONDS} s after the LANs are there, so that firewalls can have been up for a while; times
 * count from its start. A purge run comes at every full second since then, which is some fraction of a second of the
 * scenario.
 */
final class ScenarioLab {

    private static final long BEFORE_SECONDS = 300;
    private static final long UPTIME = 60;
    private static final Duration LATENCY = Duration.ofNanos(50_000);
    private static final long BATCH_NANOS = 150_000;
    private static final String INJECTOR = "injector";
    private static final MacAddress INJECTOR_ADDRESS = MacAddress.parse("52:54:00:ff:00:09");
    private static final List<String> NAMES = List.of("A", "B");

    private final Duration before;
    private final VirtualTime time;
    private final Site site;
    private final List<VirtualLan> lans = new ArrayList<>();
    private final Map<String, Firewall> firewalls = new HashMap<>();
    private final Map<String, Link> stations = new HashMap<>();
    private final List<SyncFrame> frames = new ArrayList<>();

    /**
     * Makes the LANs.
     *
     * @param site where it was recorded
     * @param pfStart when pf was started on the firewalls, in seconds since 1970
     * @param purge at which fraction of the seconds of the scenario the purge runs come
     */
    ScenarioLab(Site site, long pfStart, double purge) {
        this(site, pfStart, purge, LATENCY);
    }

    /**
     * Makes the LANs, the sync LAN with a latency of its own.
     *
     * @param site where it was recorded
     * @param pfStart when pf was started on the firewalls, in seconds since 1970
     * @param purge at which fraction of the seconds of the scenario the purge runs come
     * @param sync how long a frame takes on the sync LAN, until the other machine has seen to it
     */
    ScenarioLab(Site site, long pfStart, double purge, Duration sync) {
        this.before = Duration.ofSeconds(BEFORE_SECONDS).minusNanos(Math.round(purge * 1e9));
        this.site = site;
        this.time = new VirtualTime(pfStart + UPTIME);
        site.ports().forEach(port -> lans.add(new VirtualLan(time, lans.isEmpty() ? sync : LATENCY)));
        stations.put(INJECTOR, lans.getFirst().attach(INJECTOR, INJECTOR_ADDRESS, Ipv4Address.parse(site.injector())));
        lans.getFirst().tap(this::sent);
        addHost("client", site.client(), 1);
        addHost("server", site.server(), 2);
    }

    private void addHost(String name, Site.Station station, int lan) {
        Link link = lans.get(lan).attach(name, station.mac());
        SilentHost.silence(new VirtualHost(name, time, link, station.addresses().toArray(String[]::new)));
        stations.put(name, link);
    }

    /**
     * Boots a firewall, with no pfsync interface yet.
     *
     * @param name {@code A} or {@code B}
     * @param release what it runs
     * @param settings everything but the interfaces
     */
    Firewall boot(String name, Release release, Settings settings) {
        int number = NAMES.indexOf(name);
        settings.uptimeSeconds(UPTIME).forwarding(true);
        for (int port = 0; port < lans.size(); port++) {
            settings.withInterface(
                    site.ports().get(port),
                    site.mac(number, port),
                    site.addresses().get(number).get(port).toArray(String[]::new));
        }
        Firewall firewall = new Firewall(release, settings, time);
        for (int port = 0; port < lans.size(); port++) {
            firewall.connect(site.ports().get(port), lans.get(port).attach(name, site.mac(number, port)));
        }
        firewalls.put(name, firewall);
        return firewall;
    }

    Firewall firewall(String name) {
        return firewalls.get(name);
    }

    /** Makes pfsync0 on a firewall and brings it up. */
    void up(String name, boolean defer) {
        try {
            Firewall firewall = firewalls.get(name);
            firewall.pfsync().create();
            firewall.pfsync().setSyncdev(site.ports().getFirst());
            firewall.pfsync().setDefer(defer);
            firewall.pfsync().up();
            if (!firewall.pfsync().waitingForBulk()) {
                // The old releases ask when the sync interface is set while pfsync0 is up.
                firewall.pfsync().setSyncdev(site.ports().getFirst());
            }
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sent(long nanos, String station, byte[] frame) {
        if (firewalls.containsKey(station)) {
            Duration at = Duration.ofNanos(nanos).minus(before);
            SyncFrame.of(firewalls.get(station).release().dialect(), at, frame).ifPresent(frames::add);
        }
    }

    /** Does something at a moment of the scenario. */
    void at(Duration moment, Runnable action) {
        time.schedule(moment.plus(before).toNanos() - time.nanos(), action);
    }

    /** Does something at a moment of the scenario, in seconds. */
    void at(double seconds, Runnable action) {
        at(Duration.ofNanos(Math.round(seconds * 1e9)), action);
    }

    /** Sends a frame as it is. */
    void send(String station, byte[] frame) {
        stations.get(station).send(frame);
    }

    /** Sends a packet of a host to a firewall. */
    void forward(boolean fromClient, String through, byte[] packet) {
        int lan = fromClient ? 1 : 2;
        Link link = stations.get(fromClient ? "client" : "server");
        link.send(Ethernet.addressed(Ip.frame(packet), site.mac(NAMES.indexOf(through), lan), link.address()));
    }

    /** Plays what a station sent in a capture, IP only: neighbours find each other anew. */
    void play(String station, Capture capture, long start) {
        MacAddress address = stations.get(station).address();
        for (Capture.Frame frame : capture.frames()) {
            boolean sync = station.equals(INJECTOR);
            if (Ethernet.type(frame.bytes()) != Ethernet.ARP
                    && (sync
                            ? fromInjector(frame.bytes())
                            : Ethernet.source(frame.bytes()).equals(address))) {
                at(Duration.ofNanos(frame.nanos() - start), () -> send(station, frame.bytes()));
            }
        }
    }

    /**
     * Plays what a host sent in a capture, each packet when it had passed the firewall, as another capture tells.
     *
     * <p>The recorded machines took packets in batches, and sent one frame of pfsync for a batch; packets that left within
     * 0.15 ms of each other arrive here in the same moment.
     */
    void playForwarded(String station, Capture capture, Capture left, long start) {
        MacAddress address = stations.get(station).address();
        Map<String, Deque<Long>> times = new HashMap<>();
        for (Capture.Frame frame : left.frames()) {
            times.computeIfAbsent(key(frame.bytes()), key -> new ArrayDeque<>()).addLast(frame.nanos());
        }
        TreeMap<Long, List<byte[]>> moments = new TreeMap<>();
        for (Capture.Frame frame : capture.frames()) {
            if (Ethernet.type(frame.bytes()) != Ethernet.ARP
                    && Ethernet.source(frame.bytes()).equals(address)) {
                Deque<Long> copies = times.getOrDefault(key(frame.bytes()), new ArrayDeque<>());
                long moment = copies.isEmpty() ? frame.nanos() : copies.removeFirst();
                moments.computeIfAbsent(moment, key -> new ArrayList<>()).add(frame.bytes());
            }
        }
        long batch = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        for (Map.Entry<Long, List<byte[]>> moment : moments.entrySet()) {
            batch = moment.getKey() - BATCH_NANOS > last ? moment.getKey() : batch;
            last = moment.getKey();
            Duration at = Duration.ofNanos(batch - start);
            moment.getValue().forEach(frame -> at(at, () -> send(station, frame)));
        }
    }

    /** What a router does not change of a packet. */
    private static String key(byte[] frame) {
        byte[] packet = Ip.packet(frame);
        return HexFormat.of().formatHex(packet, Ip.payload(frame) - Ethernet.HEADER - 8, packet.length);
    }

    private boolean fromInjector(byte[] frame) {
        return Ip.source(frame).toString().equals(site.injector());
    }

    /**
     * Hears every frame on the sync LAN from the start of the scenario on.
     *
     * @param listener gets the nanoseconds since the start, and the frame
     */
    void listen(BiConsumer<Long, byte[]> listener) {
        lans.getFirst().tap((nanos, station, frame) -> {
            if (nanos >= before.toNanos()) {
                listener.accept(nanos - before.toNanos(), frame);
            }
        });
    }

    /** Lets the scenario happen until some time, and says what the firewalls sent from its start on. */
    List<SyncFrame> run(Duration until) {
        time.advance(before.plus(until).minusNanos(time.nanos()));
        return frames.stream().filter(frame -> !frame.at().isNegative()).toList();
    }

    /** The firewall with an IPv4 address on the sync LAN; null if it is not there. */
    Firewall firewallAt(String address) {
        for (int number = 0; number < NAMES.size(); number++) {
            String own = site.addresses().get(number).getFirst().getFirst();
            if (IpPrefix.parse(own).address().toString().equals(address)) {
                return firewalls.get(NAMES.get(number));
            }
        }
        return null;
    }
}
