package net.pfsync.net;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A station of a LAN that sends any frame and remembers what reaches it. */
public final class Bystander {

    private static final int OPERATION = 20;

    private final Link link;
    private final List<byte[]> frames = new ArrayList<>();

    /** Puts it on a LAN; for the IPv4 addresses it answers ARP. */
    public Bystander(VirtualLan lan, String name, MacAddress address, int... ipv4) {
        link = lan.attach(name, address, ipv4);
        link.onReceive(frames::add);
    }

    public MacAddress address() {
        return link.address();
    }

    public void sendFrame(byte[] frame) {
        link.send(frame);
    }

    /** Sends a packet to a station. */
    public void send(MacAddress station, byte[] packet) {
        link.send(Ethernet.addressed(Ip.frame(packet), station, link.address()));
    }

    /** Sends an ARP message: operation, sender's addresses, target's addresses. */
    public void arp(MacAddress to, int operation, MacAddress mac, String sender, String target) {
        byte[] frame = arpFrame(operation, mac, sender, target);
        link.send(Ethernet.addressed(frame, to, link.address()));
    }

    public static byte[] arpFrame(int operation, MacAddress mac, String sender, String target) {
        byte[] frame = new byte[Ethernet.SHORTEST];
        byte[] message = HexFormat.of().parseHex("0001080006040000");
        System.arraycopy(message, 0, frame, Ethernet.HEADER, message.length);
        Ethernet.type(frame, Ethernet.ARP);
        NetworkOrder.put16(frame, OPERATION, operation);
        mac.write(frame, 22);
        NetworkOrder.put32(frame, 28, Ipv4Address.parse(sender));
        NetworkOrder.put32(frame, 38, Ipv4Address.parse(target));
        return frame;
    }

    /** What has reached it since it was last asked. */
    public List<byte[]> received() {
        List<byte[]> all = List.copyOf(frames);
        frames.clear();
        return all;
    }

    /** The same, ARP only, as text. */
    public List<String> receivedArp() {
        return received().stream()
                .filter(frame -> Ethernet.type(frame) == Ethernet.ARP)
                .map(Bystander::arpText)
                .toList();
    }

    /** The same, IP only. */
    public List<byte[]> receivedPackets() {
        return received().stream()
                .filter(frame -> Ethernet.type(frame) != Ethernet.ARP)
                .toList();
    }

    private static String arpText(byte[] frame) {
        String sender = Ipv4Address.text(NetworkOrder.int32(frame, 28));
        String target = Ipv4Address.text(NetworkOrder.int32(frame, 38));
        String to = Ethernet.destination(frame).equals(MacAddress.BROADCAST) ? " to all" : "";
        return NetworkOrder.int16(frame, OPERATION) == 1
                ? sender + " asks for " + target + to
                : sender + " is at " + MacAddress.at(frame, 22) + ", says he to " + target + to;
    }
}
