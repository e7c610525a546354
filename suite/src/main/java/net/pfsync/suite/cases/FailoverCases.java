package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.suite.lab.Connection;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.Kind;

/** The target is pulled out, and what it forwarded goes on through its peer. */
final class FailoverCases {

    /** The target has lost its cable, and nobody hands packets to it any more. */
    private static void fail(Lab lab) {
        lab.target().cut();
        Flows.through(lab, lab.peer());
    }

    @Requirement("PFSYNC-FAIL-01")
    void aConnectionGoesOnThroughThePeer(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        Flows.goesOn(lab, flow, 3, Duration.ofSeconds(1));

        fail(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-FAIL-02")
    void aConnectionOfIpv6GoesOnThroughThePeer(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp6());

        fail(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-FAIL-03")
    void fiftyConnectionsGoOnThroughThePeer(Lab lab) {
        Flows.pair(lab);
        List<TcpFlow> flows =
                Stream.generate(() -> lab.inside().tcp()).limit(50).toList();
        lab.control("the connections open", () -> flows.forEach(TcpFlow::open));
        Given.quiet(lab);

        fail(lab);

        flows.forEach(Flows::goesOn);
    }

    @Requirement("PFSYNC-FAIL-04")
    void exchangesWithoutTcpKeepTheirStates(Lab lab) {
        Flows.pair(lab);
        Flow udp = Flows.answered(lab, lab.inside().udp());
        Flow ping = Flows.answered(lab, lab.inside().ping());
        Flow ping6 = Flows.answered(lab, lab.inside().ping6());
        StateId[] states = Stream.of(udp, ping, ping6)
                .flatMap(flow -> Stream.of(Flows.ids(lab, flow)))
                .toArray(StateId[]::new);

        fail(lab);

        Stream.of(udp, ping, ping6).forEach(Flows::goesOn);
        lab.peer().holdsOnly(states);
    }

    @Requirement("PFSYNC-FAIL-05")
    void aTransferSurvivesTheLossOfTheFirewall(Lab lab) {
        int bytes = 2_000_000;
        Flows.pair(lab);
        Connection connection = lab.inside().connect();
        connection.opens(Duration.ofSeconds(1));
        connection.send(bytes);
        lab.control("the transfer runs", () -> connection.received(bytes / 4, Duration.ofSeconds(5)));
        lab.pass(Duration.ofMillis(700));

        fail(lab);

        connection.received(bytes, Duration.ofSeconds(10));
    }

    @Requirement("PFSYNC-FAIL-06")
    void aTranslatedConnectionKeepsItsAddress(Lab lab) {
        Flows.pair(lab);
        for (var firewall : List.of(lab.target(), lab.peer())) {
            firewall.rules("pass all keep state", Flows.natRule(firewall));
        }
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        lab.control(
                "the source is translated",
                () -> lab.equal("source", Flows.PUBLIC, flow.seenSource().address()));

        fail(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-FAIL-07")
    void aRedirectedConnectionKeepsItsAddress(Lab lab) {
        Flows.pair(lab);
        for (var firewall : List.of(lab.target(), lab.peer())) {
            firewall.rules("pass all keep state", Flows.rdrRule(firewall, lab.inside()));
        }
        TcpFlow flow = Flows.established(lab, lab.outside().tcpTo(Flows.published()));

        fail(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-FAIL-08")
    void aModulatedConnectionKeepsItsNumbers(Lab lab) {
        Flows.pair(lab);
        lab.target().rules("pass all modulate state");
        lab.peer().rules("pass all modulate state");
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        fail(lab);

        Flows.goesOn(lab, flow, 3, Duration.ofMillis(100));
    }

    @Requirement("PFSYNC-FAIL-09")
    void aConnectionThatWasIdleForAnHourGoesOn(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        lab.pass(Duration.ofHours(1));

        fail(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-FAIL-10")
    void newConnectionsAreThePeersOwn(Lab lab) {
        Flows.pair(lab);
        fail(lab);

        lab.inside().tcp().open();

        lab.probe()
                .expectFromPeer(any(Kind.INS).with("creatorid", lab.peer().hostId()))
                .afterOneSecond();
    }

    @Requirement("PFSYNC-FAIL-11")
    void aConnectionEndsThroughThePeer(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        fail(lab);
        flow.close();

        lab.pass(Duration.ofSeconds(105));
        lab.peer().holdsOnly();
    }

    @Requirement("PFSYNC-FAIL-12")
    void thePeerHoldsAConnectionToItsWindows(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        fail(lab);

        flow.beyondTheWindow().doesNotArrive();
        lab.control("a segment within the window passes", () -> Flows.goesOn(flow));
    }
}
