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
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;

/**
 * A firewall with the interfaces of the recorded machine, a LAN at each, and an injector on every LAN.
 *
 * <p>Nothing happens but while time is let pass; meanwhile the sync LAN and the demotion are watched.
 */
final class Stage {

    private static final String FIREWALL = "firewall";
    private static final String INJECTOR = "injector";
    private static final MacAddress INJECTOR_ADDRESS = MacAddress.parse("52:54:00:ff:00:09");
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:f0");
    private static final Duration LATENCY = Duration.ofNanos(50_000);

    /** About when the machines were recorded. */
    private static final long EPOCH_SECONDS = 0x6b029e00L;

    private static final int PROTOCOL_OFFSET = 9;
    private static final byte IPPROTO_PFSYNC = (byte) 240;

    private final VirtualTime time = new VirtualTime(EPOCH_SECONDS);
    private final Firewall firewall;
    private final Map<String, Link> injectors = new HashMap<>();
    private final VirtualLan syncLan;
    private final String syncPort;
    private DemotionLog demotion = new DemotionLog();
    private final List<Reply> replies = new ArrayList<>();
    private long start;

    /**
     * Boots the firewall, with no pfsync interface yet.
     *
     * @param release what it runs
     * @param machine the interfaces
     * @param settings everything but the interfaces
     * @param configuration what the case tells of them
     */
    Stage(Release release, Machine machine, Settings settings, Configuration configuration) {
        Map<String, VirtualLan> lans = new HashMap<>();
        for (Machine.Port port : machine.ports()) {
            settings.withInterface(port.name(), port.mac(), port.ipv4());
            lans.put(port.name(), new VirtualLan(time, LATENCY));
        }
        firewall = new Firewall(release, settings, time);
        syncPort = machine.syncPort(configuration);
        syncLan = lans.get(syncPort);
        for (Machine.Port port : machine.ports()) {
            VirtualLan lan = lans.get(port.name());
            firewall.connect(port.name(), lan.attach(FIREWALL, port.mac()));
            int[] neighbours = lan == syncLan ? neighbours(machine, configuration) : new int[0];
            injectors.put(port.name(), lan.attach(INJECTOR, INJECTOR_ADDRESS, neighbours));
        }
        syncLan.tap(this::heard);
    }

    private static int[] neighbours(Machine machine, Configuration configuration) {
        List<Integer> addresses = new ArrayList<>(machine.neighbours());
        if (!configuration.multicast()) {
            addresses.add(Ipv4Address.parse(configuration.syncpeer()));
        }
        return addresses.stream().mapToInt(Integer::intValue).toArray();
    }

    private void heard(long nanos, String station, byte[] frame) {
        if (station.equals(FIREWALL)
                && Ethernet.type(frame) == Ethernet.IPV4
                && frame[Ethernet.HEADER + PROTOCOL_OFFSET] == IPPROTO_PFSYNC) {
            // Short packets are padded to the shortest frame; the IP header tells their length.
            int length = (frame[Ethernet.HEADER + 2] & 0xff) << 8 | (frame[Ethernet.HEADER + 3] & 0xff);
            String hex = HexFormat.of().formatHex(frame, Ethernet.HEADER, Ethernet.HEADER + length);
            replies.add(new Reply(Duration.ofNanos(nanos - start), hex, List.of()));
        }
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
        MacAddress to = packet.ethernetDestination().map(MacAddress::parse).orElse(GROUP);
        link.send(Ethernet.frame(to, link.address(), packet.bytes(), packet.trailerBytes()));
    }

    /** Pulls or plugs the firewall's cable on the sync LAN. */
    void syncLink(boolean up) {
        if (up) {
            syncLan.heal(FIREWALL);
        } else {
            syncLan.cut(FIREWALL);
        }
    }

    /** The pfsync packets that the firewall sent, a view that grows. */
    List<Reply> replies() {
        return Collections.unmodifiableList(replies);
    }

    void forgetReplies() {
        replies.clear();
    }

    DemotionLog demotion() {
        return demotion;
    }
}
