package net.pfsync.suite.lab;

import net.pfsync.net.Ip;
import net.pfsync.suite.state.Endpoint;

/**
 * An exchange between the two hosts of a lab, whose packets a case sends one by one: neither host adds any.
 *
 * <p>The responder answers to whom it has seen, so an exchange whose addresses a firewall translates is answered as a real host would.
 */
public abstract class Flow {

    private final Traffic traffic;
    private final LabHost initiator;
    private final LabHost responder;
    private final Endpoint source;
    private final Endpoint destination;
    private Packet latest;

    Flow(Traffic traffic, LabHost initiator, Endpoint source, Endpoint destination) {
        this.traffic = traffic;
        this.initiator = initiator;
        this.responder = traffic.other(initiator);
        this.source = source;
        this.destination = destination;
    }

    /** The first packet, from the initiator. */
    public abstract Packet first();

    /** The responder's answer to the first packet. */
    public abstract Packet answer();

    /** A later packet from the initiator. */
    public abstract Packet forth();

    /** A later packet from the responder. */
    public abstract Packet back();

    /** IP protocol. */
    public abstract int proto();

    /** The initiator, by its own account. */
    public Endpoint source() {
        return source;
    }

    /** Whom the initiator believes it speaks to. */
    public Endpoint destination() {
        return destination;
    }

    /** Whom the responder has seen, null if nothing has come to it yet. */
    public Endpoint seenSource() {
        return latest == null || !latest.arrived() ? null : PacketFields.source(latest.frame());
    }

    private Endpoint seenDestination() {
        return latest == null || !latest.arrived() ? null : PacketFields.destination(latest.frame());
    }

    /** Sends a packet of the initiator; what the other end sees of its addresses is what it answers to. */
    Packet sendForth(Draft draft) {
        Packet sent = traffic.send(initiator, draft, source, destination);
        if (latest == null || !latest.arrived()) {
            latest = sent;
        }
        return sent;
    }

    /** Sends a packet of the responder. */
    Packet sendBack(Draft draft) {
        Endpoint to = seenSource();
        Endpoint from = seenDestination();
        return to == null
                ? traffic.send(responder, draft, new Endpoint(responder.address(inet6()), destination.port()), source)
                : traffic.send(responder, draft, from, to);
    }

    boolean inet6() {
        return source.address().indexOf(':') >= 0;
    }

    /** Who it is between. */
    @Override
    public String toString() {
        String name = proto() == Ip.TCP ? "TCP" : proto() == Ip.UDP ? "UDP" : "echo";
        return name + " " + source + " > " + destination;
    }
}
