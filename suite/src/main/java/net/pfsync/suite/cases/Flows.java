package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;

import java.time.Duration;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.LabHost;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;

/** Exchanges through the firewalls, and how far they are before a case does its own. */
final class Flows {

    /** An address that no LAN of the lab has, behind which inside hosts are hidden or reached. */
    static final String PUBLIC = "203.0.113.7";

    private static final Duration SETTLED = Duration.ofSeconds(3);

    private Flows() {}

    /** A connection that is open and announced, and of which nothing waits to be sent. */
    static TcpFlow established(Lab lab, TcpFlow flow) {
        lab.control("the connection opens", flow::open);
        Given.quiet(lab);
        return flow;
    }

    /** An exchange of which both sides have sent, announced, and nothing waits to be sent. */
    static Flow answered(Lab lab, Flow flow) {
        lab.control("the exchange begins", () -> {
            flow.first().arrives().atOnce();
            flow.answer().arrives().atOnce();
        });
        Given.quiet(lab);
        return flow;
    }

    /** A packet of each side comes through. */
    static void goesOn(Flow flow) {
        flow.forth().arrives().atOnce();
        flow.back().arrives().atOnce();
    }

    /** So many packets of each side come through, one after the other. */
    static void goesOn(Lab lab, Flow flow, int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            goesOn(flow);
            lab.pass(apart);
        }
    }

    /** The second firewall comes up beside the target, and both are quiet, in service, and without states. */
    static TargetView pair(Lab lab) {
        comesUp(lab, lab.peer());
        return lab.peer();
    }

    /**
     * A firewall comes up beside others and is in service. There is a state while it asks for all, because how an empty table is answered is the
     * business of other cases.
     */
    static void comesUp(Lab lab, TargetView firewall) {
        StateSpec meanwhile = lab.states().tcp();
        lab.probe().send(insert(meanwhile));
        firewall.comeUp();
        lab.pass(SETTLED);
        lab.control("the firewall that came up is in service", firewall::isNotDemoted);
        lab.probe().send(deleteCompressed(meanwhile.id()));
        Given.quiet(lab);
        lab.target().restartStatistics();
    }

    /** All packets of both hosts go through this firewall. */
    static void through(Lab lab, TargetView firewall) {
        lab.inside().via(firewall);
        lab.outside().via(firewall);
    }

    /** Out through one firewall, back through another. */
    static void split(Lab lab, TargetView out, TargetView back) {
        lab.inside().via(out);
        lab.outside().via(back);
    }

    /** A rule that hides the inside hosts behind one address. */
    static String natRule(TargetView firewall) {
        return "pass out on " + firewall.outsideInterface() + " inet from any to any keep state nat-to " + PUBLIC;
    }

    /** A rule that hands connections to the public address to the inside host. */
    static String rdrRule(TargetView firewall, LabHost inside) {
        return "pass in on " + firewall.outsideInterface() + " inet proto tcp from any to " + PUBLIC
                + " port 80 keep state rdr-to " + inside.address() + " port 8080";
    }

    /** The address behind which {@link #rdrRule} puts the inside host. */
    static Endpoint published() {
        return new Endpoint(PUBLIC, 80);
    }

    /** The states of an established connection, as a peer would announce them: incoming, then outgoing. */
    static StateSpec[] statesOf(Lab lab, TcpFlow flow) {
        StateSpec out = lab.states().tcp().between(flow.source(), flow.destination());
        StateSpec in =
                lab.states().tcp().between(flow.source(), flow.destination()).withDirection(StateSpec.IN);
        return new StateSpec[] {in, out};
    }

    /** The names of both states of an exchange that the target has announced. */
    static StateId[] ids(Lab lab, Flow flow) {
        return new StateId[] {Announced.incoming(lab, flow), Announced.outgoing(lab, flow)};
    }
}
