package net.pfsync.net;

import java.util.function.Consumer;
import net.pfsync.time.EventLoop;

/**
 * Neighbour solicitations and advertisements on one interface, which do for IPv6 what ARP does for IPv4.
 *
 * <pre>
 *   54 type | 55 code 0 | 56 checksum | 58 flags of an advertisement: router, solicited, override | 62 target
 *   78 options: type, length in units of 8 bytes, Ethernet address of the source (1) or the target (2)
 * </pre>
 *
 * <p>There is no duplicate address detection and no probing of known neighbours, and routers, prefixes and redirects are not listened to: addresses and
 * routes are configured. Source: RFC 4861, sections 4.3, 4.4 and 7.
 */
final class NeighbourDiscovery {

    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;

    private static final int TYPE = Ip.START + Ip.IPV6_HEADER;
    private static final int CODE = TYPE + 1;
    private static final int CHECKSUM = TYPE + 2;
    private static final int FLAGS = TYPE + 4;
    private static final int TARGET = TYPE + 8;
    private static final int OPTIONS = TYPE + 24;
    private static final int LENGTH = 24;
    private static final int OPTION_UNIT = 8;

    private static final int SOURCE_LINK_ADDRESS = 1;
    private static final int TARGET_LINK_ADDRESS = 2;
    private static final int ROUTER = 0x80;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final int HOP_LIMIT = 255;
    private static final int ATTEMPTS = 3;
    private static final long NOT_SOUND = -1;
    private static final long NO_ADDRESS = 0;

    private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");
    private static final IpAddress UNSPECIFIED = IpAddress.parse("::");

    private final NetworkInterface at;
    private final IpStack stack;
    private final Neighbours neighbours;

    NeighbourDiscovery(NetworkInterface at, IpStack stack, EventLoop loop, Consumer<byte[]> unreachable) {
        this.at = at;
        this.stack = stack;
        this.neighbours = new Neighbours(loop, ATTEMPTS, this::solicit, at::toLink, unreachable);
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** Takes an ICMPv6 packet of one of the two types; anything wrong with it and it is ignored. */
    void receive(byte[] frame) {
        int end = Ip.end(frame);
        if (end - TYPE < LENGTH
                || Ip.ttl(frame) != HOP_LIMIT
                || frame[CODE] != 0
                || (frame[TARGET] & 0xff) == 0xff
                || InternetChecksum.ofPayload(frame, TYPE, Ip.ICMPV6) != 0) {
            return;
        }
        boolean solicitation = (frame[TYPE] & 0xff) == SOLICITATION;
        long mac = linkAddress(frame, end, solicitation ? SOURCE_LINK_ADDRESS : TARGET_LINK_ADDRESS);
        if (mac == NOT_SOUND) {
            return;
        }
        if (solicitation) {
            solicited(frame, mac);
        } else {
            advertised(frame, mac);
        }
    }

    /** The Ethernet address of an option; {@link #NO_ADDRESS} without one, {@link #NOT_SOUND} if the options are broken. */
    private static long linkAddress(byte[] frame, int end, int wanted) {
        long mac = NO_ADDRESS;
        int at = OPTIONS;
        while (at < end) {
            int length = at + 1 < end ? NetworkOrder.int8(frame, at + 1) * OPTION_UNIT : 0;
            if (length == 0 || length > end - at) {
                return NOT_SOUND;
            }
            if (NetworkOrder.int8(frame, at) == wanted && length == OPTION_UNIT) {
                MacAddress given = MacAddress.at(frame, at + 2);
                mac = given.group() ? NO_ADDRESS : given.value();
            }
            at += length;
        }
        return mac;
    }

    private void solicited(byte[] frame, long mac) {
        IpAddress source = Ip.source(frame);
        IpAddress target = target(frame);
        if (!at.has(true, target.hi(), target.lo())) {
            return;
        }
        if (source.equals(UNSPECIFIED)) {
            if (mac == NO_ADDRESS && Ip.destination(frame).equals(target.solicitedNode())) {
                advertise(target, ALL_NODES, OVERRIDE);
            }
            return;
        }
        if (at.has(true, source.hi(), source.lo())) {
            at.conflict(source, Ethernet.source(frame));
        } else if (at.neighbour(true, source.hi(), source.lo())) {
            if (mac != NO_ADDRESS) {
                neighbours.learn(source.hi(), source.lo(), new MacAddress(mac), true, true);
            }
            advertise(target, source, SOLICITED | OVERRIDE);
        }
    }

    private void advertised(byte[] frame, long mac) {
        IpAddress target = target(frame);
        int flags = NetworkOrder.int8(frame, FLAGS);
        boolean toGroup = Ip.destinationHi(frame) >>> 56 == 0xff;
        if (mac == NO_ADDRESS || (toGroup && (flags & SOLICITED) != 0)) {
            return;
        }
        if (at.has(true, target.hi(), target.lo())) {
            at.conflict(target, new MacAddress(mac));
        } else {
            neighbours.learn(target.hi(), target.lo(), new MacAddress(mac), false, (flags & OVERRIDE) != 0);
        }
    }

    private static IpAddress target(byte[] frame) {
        return new IpAddress(true, NetworkOrder.int64(frame, TARGET), NetworkOrder.int64(frame, TARGET + 8));
    }

    private void solicit(long hi, long lo, MacAddress to) {
        IpAddress own = at.addressTowards(true, hi, lo);
        if (own != null) {
            IpAddress target = new IpAddress(true, hi, lo);
            send(SOLICITATION, own, to == null ? target.solicitedNode() : target, target, 0, SOURCE_LINK_ADDRESS);
        }
    }

    /** Tells everybody on the link that an address is here now. */
    void announce(IpAddress address) {
        advertise(address, ALL_NODES, OVERRIDE);
    }

    private void advertise(IpAddress target, IpAddress destination, int flags) {
        int router = stack.forwarding() ? ROUTER : 0;
        send(ADVERTISEMENT, target, destination, target, flags | router, TARGET_LINK_ADDRESS);
    }

    private void send(int type, IpAddress source, IpAddress destination, IpAddress target, int flags, int option) {
        if (at.mac() == null) {
            return;
        }
        byte[] frame = Ip.make(source, destination, Ip.ICMPV6, LENGTH + OPTION_UNIT);
        Ip.ttl(frame, HOP_LIMIT);
        frame[TYPE] = (byte) type;
        frame[FLAGS] = (byte) flags;
        NetworkOrder.put64(frame, TARGET, target.hi());
        NetworkOrder.put64(frame, TARGET + 8, target.lo());
        frame[OPTIONS] = (byte) option;
        frame[OPTIONS + 1] = 1;
        at.mac().write(frame, OPTIONS + 2);
        NetworkOrder.put16(frame, CHECKSUM, InternetChecksum.ofPayload(frame, TYPE, Ip.ICMPV6));
        stack.output(at, frame);
    }
}
