package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateSpec;

/**
 * Packets that pass because a peer has announced their state, and for no other reason: they are TCP segments without a SYN, for which no rule makes a
 * state.
 */
final class ImportedStateCases {

    @Requirement("PFSYNC-TRAFFIC-30")
    void dropsASegmentOfAConnectionThatNobodyAnnounced(Lab lab) {
        TcpFlow flow = lab.inside().tcp();

        flow.forth().doesNotArrive();
        flow.synAck().doesNotArrive();

        lab.target().holdsOnly();
        lab.control("a connection that begins passes", () -> lab.inside().tcp().open());
    }

    @Requirement("PFSYNC-TRAFFIC-31")
    void letsAnAnnouncedConnectionPass(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        StateSpec[] states = Flows.statesOf(lab, flow);
        flow.forth().doesNotArrive();

        lab.probe().send(insert(states[0]), insert(states[1]));
        lab.probe().sentinel();

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-TRAFFIC-31")
    void letsAnAnnouncedConnectionOfIpv6Pass(Lab lab) {
        TcpFlow flow = lab.inside().tcp6();
        announced(lab, flow);

        Flows.goesOn(flow);
    }

    private static StateSpec[] announced(Lab lab, TcpFlow flow) {
        StateSpec[] states = Flows.statesOf(lab, flow);
        Given.known(lab, states);
        return states;
    }

    @Requirement("PFSYNC-TRAFFIC-32")
    void dropsWhatIsOutsideTheWindowsOfAnAnnouncedConnection(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        announced(lab, flow);

        flow.beyondTheWindow().doesNotArrive();

        lab.control("a segment within the window passes", () -> Flows.goesOn(flow));
    }

    @Requirement("PFSYNC-TRAFFIC-33")
    void followsTheWindowsOfAnUpdate(Lab lab) {
        int beyond = 1_000_000;
        TcpFlow flow = lab.inside().tcp();
        StateSpec[] states = announced(lab, flow);
        flow.beyondTheWindow().doesNotArrive();

        for (StateSpec state : states) {
            lab.probe().send(updateCompressed(state.withSrc(state.src().advanced(beyond))));
        }
        lab.probe().sentinel();

        flow.beyondTheWindow().arrives().atOnce();
    }

    @Requirement("PFSYNC-TRAFFIC-34")
    void dropsAConnectionThatAPeerDeleted(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        StateSpec[] states = announced(lab, flow);
        lab.control("the connection passes before", () -> Flows.goesOn(flow));

        lab.probe().send(deleteCompressed(states[0].id()), deleteCompressed(states[1].id()));
        lab.probe().sentinel();

        flow.forth().doesNotArrive();
        flow.back().doesNotArrive();
    }

    @Requirement("PFSYNC-TRAFFIC-35")
    void dropsAConnectionWhoseCreatorClearedItsStates(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        announced(lab, flow);
        lab.control("the connection passes before", () -> Flows.goesOn(flow));

        lab.probe().send(clear(lab.creator()));
        lab.probe().sentinel();

        flow.forth().doesNotArrive();
    }

    @Requirement("PFSYNC-TRAFFIC-36")
    void letsABoundStatePassOnItsInterfaceOnly(Lab lab) {
        TcpFlow bound = lab.inside().tcp();
        StateSpec[] right = Flows.statesOf(lab, bound);
        lab.probe()
                .send(
                        insert(right[0].withIfname(lab.target().insideInterface())),
                        insert(right[1].withIfname(lab.target().outsideInterface())));
        lab.probe().sentinel();
        Flows.goesOn(bound);

        TcpFlow crossed = lab.inside().tcp();
        StateSpec[] wrong = Flows.statesOf(lab, crossed);
        lab.probe()
                .send(
                        insert(wrong[0].withIfname(lab.target().outsideInterface())),
                        insert(wrong[1].withIfname(lab.target().insideInterface())));
        lab.probe().sentinel();
        crossed.forth().doesNotArrive();
    }

    @Requirement("PFSYNC-TRAFFIC-37")
    void comparesNoNumbersOfASloppyState(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        StateSpec[] states = Flows.statesOf(lab, flow);

        lab.probe().send(insert(states[0].withFlags(StateFlag.SLOPPY)), insert(states[1].withFlags(StateFlag.SLOPPY)));
        lab.probe().sentinel();

        flow.beyondTheWindow().arrives().atOnce();
    }

    @Requirement("PFSYNC-TRAFFIC-38")
    void translatesAnAnnouncedConnection(Lab lab) {
        int port = 61_000;
        TcpFlow flow = lab.inside().tcp();
        StateSpec[] states = Flows.statesOf(lab, flow);
        lab.probe().send(insert(states[0]), insert(states[1].translatedTo(new Endpoint(Flows.PUBLIC, port))));
        lab.probe().sentinel();

        flow.forth().arrives().atOnce();

        lab.equal(
                "source at the other end",
                Flows.PUBLIC + ":" + port,
                flow.seenSource().toString());
        flow.back().arrives().atOnce();
    }
}
