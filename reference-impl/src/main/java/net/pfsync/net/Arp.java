package net.pfsync.net;

import java.util.function.Consumer;
import net.pfsync.time.EventLoop;

/**
 * ARP on one interface: answers for the interface's own addresses, asks for those of neighbours, and announces addresses that were taken over.
 *
 * <p>A neighbour is remembered only if it has an address of a network of this interface and spoke to us or was asked for. Somebody else who says
 * that one of our addresses is his is not answered and changes nothing. Sources: RFC 826, RFC 5227 (probes, announcements).
 */
final class Arp {

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
        ArpMessage message = ArpMessage.in(frame);
        if (message == null) {
            return;
        }
        long senderHi = address(message.sender());
        if (at.has(false, senderHi, 0)) {
            conflict(message.mac(), senderHi);
            return;
        }
        boolean asked = at.has(false, address(message.target()), 0);
        if (at.neighbour(false, senderHi, 0)) {
            neighbours.learn(senderHi, 0, message.mac(), asked, true);
        } else if (senderHi != 0) {
            return;
        }
        ArpMessage answer = asked ? message.answer(at.mac(), message.target()) : null;
        if (answer != null) {
            at.toLink(answer.frame(message.mac()));
        }
    }

    /** An IPv4 address as the first half of any address. */
    private static long address(int ipv4) {
        return (long) ipv4 << Integer.SIZE;
    }

    private void conflict(MacAddress sender, long senderHi) {
        if (!sender.equals(at.mac())) {
            at.conflict(new IpAddress(false, senderHi, 0), sender);
        }
    }

    private void request(long hi, long lo, MacAddress to) {
        IpAddress own = at.addressTowards(false, hi, lo);
        if (own != null) {
            ask(to == null ? MacAddress.BROADCAST : to, own, hi);
        }
    }

    /** Tells everybody on the link that an address is here now. */
    void announce(IpAddress address) {
        ask(MacAddress.BROADCAST, address, address.hi());
    }

    private void ask(MacAddress to, IpAddress own, long hi) {
        if (at.mac() != null) {
            at.toLink(ArpMessage.question(at.mac(), own.ipv4(), (int) (hi >>> Integer.SIZE))
                    .frame(to));
        }
    }
}
