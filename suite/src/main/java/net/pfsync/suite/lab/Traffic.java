package net.pfsync.suite.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.pfsync.net.Direction;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Mismatch;

/** The packets between the two hosts: each is known again at the other end, and everything that a case is not to see is kept away from it. */
final class Traffic {

    /** The rate of connections that are left to two TCPs. */
    static final int PACKETS_PER_SECOND = 1000;

    private static final Duration NEIGHBOURS_FOUND = Duration.ofSeconds(1);
    private static final String DEFAULT_RULES = "pass all keep state\n";
    private static final int FIRST_PORT = 20_000;
    private static final int FIRST_LISTENER = 5001;
    private static final int LAST_LISTENER = 5999;
    private static final int FIRST_TAG = 50_000;
    private static final int TAGS = 15_000;

    private final Exchange exchange;
    private final LabHost inside;
    private final LabHost outside;
    private final Map<Integer, Packet> byTag = new HashMap<>();
    private final List<Packet> sent = new ArrayList<>();
    private int ports = FIRST_PORT;
    private int listeners = FIRST_LISTENER;

    private Traffic(Hosts hosts, Exchange exchange) {
        this.exchange = exchange;
        this.inside = new LabHost(this, hosts.inside(), true);
        this.outside = new LabHost(this, hosts.outside(), false);
        watch(inside);
        watch(outside);
    }

    /**
     * Sets the hosts up: neighbours know each other, packets go through the target, and every firewall keeps state of what passes.
     *
     * @param hosts the hosts of the bench
     * @param target the firewall that carries all packets at first
     */
    static Traffic between(Hosts hosts, Bench bench, Exchange exchange, TargetView target) {
        Traffic traffic = new Traffic(hosts, exchange);
        List<Adapter> firewalls =
                Stream.concat(Stream.of(bench.target()), bench.peers().stream()).toList();
        traffic.meet(firewalls);
        firewalls.forEach(firewall -> firewall.loadRules(DEFAULT_RULES));
        traffic.inside.via(target);
        traffic.outside.via(target);
        return traffic;
    }

    /** Nobody has to be looked for while a case counts packets; the firewalls have no rules yet, so nothing makes a state. */
    private void meet(List<Adapter> firewalls) {
        int[] missing = {0};
        for (LabHost host : List.of(inside, outside)) {
            host.host().ping().onReply(reply -> missing[0]--);
            for (Adapter firewall : firewalls) {
                for (boolean inet6 : new boolean[] {false, true}) {
                    missing[0]++;
                    IpAddress to = IpAddress.parse(firewall.addressOn(host.equals(inside), inet6));
                    host.host().ping().send(to, 1, missing[0], new byte[0]);
                    exchange.until(() -> missing[0] == 0, NEIGHBOURS_FOUND);
                }
            }
        }
        if (missing[0] != 0) {
            throw new CannotTell("the hosts do not reach the firewalls: " + missing[0] + " echo requests unanswered");
        }
    }

    LabHost inside() {
        return inside;
    }

    LabHost outside() {
        return outside;
    }

    LabHost other(LabHost host) {
        return host.equals(inside) ? outside : inside;
    }

    int freshPort() {
        return ports++;
    }

    int freshListener() {
        return listeners++;
    }

    // ---- packets

    private void watch(LabHost host) {
        host.host().stack().filter((direction, ifname, frame) -> direction == Direction.OUT || admit(host, frame));
    }

    /** Packets of cases are taken out, and nobody answers for their ports; the rest is the host's. */
    private boolean admit(LabHost host, byte[] frame) {
        OptionalInt tag = PacketFields.tag(frame);
        Packet packet = tag.isPresent() ? byTag.get(tag.getAsInt()) : null;
        if (packet != null && packet.receiver().equals(host) && !ofConnection(frame)) {
            packet.arrived(frame);
            exchange.note(host.name(), "got " + packet + (packet.arrivals() == 1 ? "" : ", again"));
            return false;
        }
        boolean answered = Ip.protocol(frame) != Ip.TCP && Ip.protocol(frame) != Ip.UDP;
        return answered || ofConnection(frame);
    }

    private static boolean ofConnection(byte[] frame) {
        int at = Ip.payload(frame);
        return Ip.protocol(frame) == Ip.TCP
                && (listening(NetworkOrder.int16(frame, at)) || listening(NetworkOrder.int16(frame, at + 2)));
    }

    private static boolean listening(int port) {
        return port >= FIRST_LISTENER && port <= LAST_LISTENER;
    }

    Packet send(LabHost from, Draft draft, Endpoint source, Endpoint destination) {
        int tag = FIRST_TAG + sent.size() % TAGS;
        Packet packet = new Packet(exchange, other(from), draft.text() + " " + source + " > " + destination);
        byTag.put(tag, packet);
        sent.add(packet);
        byte[] frame = draft.layOut(source, destination, tag);
        done(from.name(), "sends " + packet);
        from.host().stack().identify(frame);
        if (!from.host().send(Ip.packet(frame))) {
            throw new CannotTell(from.name() + " has no route for " + packet);
        }
        return packet;
    }

    void done(String what) {
        done("suite", what);
    }

    private void done(String who, String what) {
        exchange.note(who, what);
        exchange.stimulated();
    }

    /** Lets time pass until something holds, which must be soon enough. */
    void await(BooleanSupplier condition, Duration within, String expected, Supplier<String> observed) {
        Duration least = exchange.timing().atOnce();
        Duration limit = within.compareTo(least) > 0 ? within : least;
        exchange.until(condition, limit);
        exchange.requireAlive(expected);
        if (!condition.getAsBoolean()) {
            throw new Mismatch(expected + " within " + limit.toMillis() / 1000.0 + " s", observed.get(), "hosts");
        }
        exchange.note("suite", "seen: " + expected);
        exchange.observed();
    }

    /** No packet arrived twice. */
    void arrivedOnce() {
        for (Packet packet : sent) {
            if (packet.arrivals() > 1) {
                throw new Mismatch(
                        "every packet to arrive once at most",
                        packet + " arrived " + packet.arrivals() + " times",
                        packet.receiver().name() + " LAN");
            }
        }
    }
}
