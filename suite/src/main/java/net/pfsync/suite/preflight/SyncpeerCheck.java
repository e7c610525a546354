package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.net.Ipv4Address;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;

/**
 * All send to the group, or each to another of the lab: a {@code syncpeer} on one side alone goes unnoticed until the failover. Source: Netgate's
 * documentation, FAILURES.md E.
 */
final class SyncpeerCheck implements Check {

    private static final int DESTINATION = 16;

    @Override
    public String name() {
        return "syncpeer";
    }

    @Override
    public Finding look(Site site) {
        Map<String, String> peers = site.answers(firewall -> firewall.pfsync().map(SyncInterface::syncpeer));
        for (FirewallEntry firewall : site.lab().firewalls()) {
            site.heardOf(firewall).stream()
                    .findFirst()
                    .ifPresent(packet -> peers.putIfAbsent(firewall.name(), destination(packet)));
        }
        Map<String, String> shown = new LinkedHashMap<>();
        peers.forEach((name, peer) -> shown.put(name, "to " + (peer.isEmpty() ? "the group" : peer)));
        List<String> wrong = wrong(site, peers);
        if (!wrong.isEmpty()) {
            return Finding.notOk(
                    Site.inARow(shown) + ": " + String.join("; ", wrong),
                    "ifconfig pfsync0 -syncpeer on all, or syncpeer with the other's address on both");
        }
        return peers.size() < site.firewalls().size()
                ? Finding.cannotTell("not every firewall shows where it sends to"
                        + (shown.isEmpty() ? "" : ": " + Site.inARow(shown)))
                : Finding.ok(Site.inARow(shown));
    }

    private static List<String> wrong(Site site, Map<String, String> peers) {
        List<String> wrong = new ArrayList<>();
        long group = peers.values().stream().filter(String::isEmpty).count();
        if (group > 0 && group < peers.size()) {
            wrong.add("one way only");
        }
        peers.forEach((name, peer) -> {
            boolean known = site.lab().firewalls().stream()
                    .anyMatch(other ->
                            other.syncAddress().equals(peer) && !other.name().equals(name));
            if (!peer.isEmpty() && !known && !peer.equals(site.lab().probeAddress())) {
                wrong.add(peer + " is no other firewall of the lab");
            }
        });
        return wrong;
    }

    /** Where a packet goes to, empty for a group. */
    private static String destination(SyncPacket packet) {
        if (packet.ip() == null || packet.ip().version() != 4) {
            return "";
        }
        byte[] bytes = packet.bytes();
        int address = 0;
        for (int i = DESTINATION; i < DESTINATION + Integer.BYTES; i++) {
            address = (address << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return Ipv4Address.multicast(address) ? "" : Ipv4Address.text(address);
    }
}
