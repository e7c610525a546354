package net.pfsync.net;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.pfsync.time.EventLoop;

/**
 * ARP on one interface: answers for the interface's own addresses, asks for those of neighbours, and announces addresses that were taken over.
 *
 * <pre>
 *   14 hardware type 1 | 16 protocol 0x0800 | 18 lengths 6, 4 | 20 operation
 *   22 sender's Ethernet address | 28 sender's IPv4 address | 32 target's Ethernet address | 38 target's IPv4 address
 * </pre>
 *
 * <p>A neighbour is remembered only if it has an address of a network of this interface and spoke to us or was asked for. Somebody else who says
 * that one of our addresses is his is not answered and changes nothing. Sources: RFC 826, RFC 5227 (probes, announcements).
 */
final class Arp {

    private static final int HARDWARE = 14;
    private static final int PROTOCOL = 16;
    private static final int LENGTHS = 18;
    private static final int OPERATION = 20;
    private static final int SENDER_MAC = 22;
    private static final int SENDER_IP = 28;
    private static final int TARGET_MAC = 32;
    private static final int TARGET_IP = 38;
    private static final int END = 42;

    private static final int HARDWARE_ETHERNET = 1;
    private static final int LENGTHS_ETHERNET_IPV4 = 0x0604;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int ATTEMPTS = 5;

    private final NetworkInterface at;
    private final Neighbours neighbours;

    Arp(NetworkInterface at, EventLoop loop, Consumer<byte[]> unreachable) {
        this.at = at;
        this.neighbours = new Neighbours(loop, ATTEMPTS, this::request, at::toLink, unreachable);
    }

    Neighbours neighbours() {
        return neighbours;
    }

    void receive(byte[] frame) {
        if (!sound(frame)) {
            return;
        }
        MacAddress sender = MacAddress.at(frame, SENDER_MAC);
        long senderHi = address(frame, SENDER_IP);
        long targetHi = address(frame, TARGET_IP);
        if (sender.group() || sender.value() == 0) {
            return;
        }
        if (at.has(false, senderHi, 0)) {
            conflict(sender, senderHi);
            return;
        }
        boolean asked = at.has(false, targetHi, 0);
        if (at.neighbour(false, senderHi, 0)) {
            neighbours.learn(senderHi, 0, sender, asked, true);
        } else if (senderHi != 0) {
            return;
        }
        if (asked && NetworkOrder.int16(frame, OPERATION) == REQUEST) {
            send(REPLY, sender, targetHi, sender.value(), senderHi);
        }
    }

    private static boolean sound(byte[] frame) {
        if (frame.length < END) {
            return false;
        }
        int operation = NetworkOrder.int16(frame, OPERATION);
        return NetworkOrder.int16(frame, HARDWARE) == HARDWARE_ETHERNET
                && NetworkOrder.int16(frame, PROTOCOL) == Ethernet.IPV4
                && NetworkOrder.int16(frame, LENGTHS) == LENGTHS_ETHERNET_IPV4
                && (operation == REQUEST || operation == REPLY);
    }

    private static long address(byte[] frame, int index) {
        return (long) NetworkOrder.int32(frame, index) << 32;
    }

    private void conflict(MacAddress sender, long senderHi) {
        if (!sender.equals(at.mac())) {
            at.conflict(new IpAddress(false, senderHi, 0), sender);
        }
    }

    private void request(long hi, long lo, MacAddress to) {
        IpAddress own = at.addressTowards(false, hi, lo);
        if (own != null) {
            send(REQUEST, to == null ? MacAddress.BROADCAST : to, own.hi(), 0, hi);
        }
    }

    /** Tells everybody on the link that an address is here now. */
    void announce(IpAddress address) {
        send(REQUEST, MacAddress.BROADCAST, address.hi(), 0, address.hi());
    }

    private void send(int operation, MacAddress to, long own, long mac, long about) {
        if (at.mac() != null) {
            at.toLink(message(operation, to, at.mac(), (int) (own >>> 32), mac, (int) (about >>> 32)));
        }
    }

    /**
     * What a station answers that has addresses but no stack.
     *
     * @param frame any frame
     * @param mac the station's Ethernet address
     * @param addresses its IPv4 addresses
     * @return the answer; null if the frame does not ask for any of the addresses
     */
    static byte[] answer(byte[] frame, MacAddress mac, int... addresses) {
        if (frame.length < END || Ethernet.type(frame) != Ethernet.ARP || !sound(frame)) {
            return null;
        }
        int target = NetworkOrder.int32(frame, TARGET_IP);
        if (NetworkOrder.int16(frame, OPERATION) != REQUEST
                || IntStream.of(addresses).noneMatch(own -> own == target)) {
            return null;
        }
        MacAddress asker = MacAddress.at(frame, SENDER_MAC);
        return message(REPLY, asker, mac, target, asker.value(), NetworkOrder.int32(frame, SENDER_IP));
    }

    private static byte[] message(
            int operation, MacAddress to, MacAddress from, int sender, long targetMac, int target) {
        byte[] frame = new byte[Ethernet.SHORTEST];
        Ethernet.address(frame, to.value(), from.value());
        Ethernet.type(frame, Ethernet.ARP);
        NetworkOrder.put16(frame, HARDWARE, HARDWARE_ETHERNET);
        NetworkOrder.put16(frame, PROTOCOL, Ethernet.IPV4);
        NetworkOrder.put16(frame, LENGTHS, LENGTHS_ETHERNET_IPV4);
        NetworkOrder.put16(frame, OPERATION, operation);
        from.write(frame, SENDER_MAC);
        NetworkOrder.put32(frame, SENDER_IP, sender);
        new MacAddress(targetMac).write(frame, TARGET_MAC);
        NetworkOrder.put32(frame, TARGET_IP, target);
        return frame;
    }
}
