package net.pfsync.suite.target.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.SyncLan;

/** The virtual sync LAN with the probe on it, and the probe's place on the firewalls' other LAN. */
final class TappedLan implements SyncLan {

    static final String PROBE = "probe";

    private static final String ADDRESS = "10.9.0.9";
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:09");
    private static final String OTHER_ADDRESS = "10.9.1.9";
    private static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:01:09");
    private static final int DESTINATION = 16;
    private static final int IPV4_HEADER = 20;

    private final VirtualLan sync;
    private final Link probe;
    private final Link elsewhere;
    private final Map<Integer, MacAddress> stations;
    private final List<Captured> frames = new ArrayList<>();

    /**
     * Puts the probe on both LANs.
     *
     * @param stations the Ethernet addresses of the firewalls, by their IPv4 addresses
     */
    TappedLan(VirtualLan sync, VirtualLan other, Map<Integer, MacAddress> stations) {
        this.sync = sync;
        this.stations = Map.copyOf(stations);
        probe = sync.attach(PROBE, MAC, Ipv4Address.parse(ADDRESS));
        elsewhere = other.attach(PROBE, OTHER_MAC, Ipv4Address.parse(OTHER_ADDRESS));
        sync.tap((nanos, station, frame) -> frames.add(new Captured(Duration.ofNanos(nanos), station, frame)));
    }

    @Override
    public String probeAddress() {
        return ADDRESS;
    }

    @Override
    public void send(byte[] packet) {
        send(probe, packet);
    }

    @Override
    public void sendElsewhere(byte[] packet) {
        send(elsewhere, packet);
    }

    /** To the Ethernet address that the packet's destination has, to everybody where it has none. */
    private void send(Link link, byte[] packet) {
        MacAddress to = null;
        if (packet.length >= IPV4_HEADER) {
            int destination = destination(packet);
            to = Ipv4Address.multicast(destination) ? MacAddress.multicast(destination) : stations.get(destination);
        }
        link.send(Ethernet.frame(to == null ? MacAddress.BROADCAST : to, link.address(), packet));
    }

    private static int destination(byte[] packet) {
        int address = 0;
        for (int i = DESTINATION; i < IPV4_HEADER; i++) {
            address = (address << Byte.SIZE) | (packet[i] & 0xff);
        }
        return address;
    }

    @Override
    public List<Captured> frames() {
        return Collections.unmodifiableList(frames);
    }

    @Override
    public void cut(String firewall) {
        sync.cut(firewall);
    }

    @Override
    public void heal(String firewall) {
        sync.heal(firewall);
    }
}
