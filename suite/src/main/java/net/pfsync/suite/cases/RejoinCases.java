package net.pfsync.suite.cases;

import java.time.Duration;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;

/** The target was away, comes back with an empty table, asks its peer for all states, and takes over again. */
final class RejoinCases {

    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static void leaves(Lab lab) {
        lab.target().down();
        lab.target().flush();
        lab.target().cut();
        Flows.through(lab, lab.peer());
    }

    /** The target is back; time stands when it is in service. Until then nothing waits at the peer that would tell it a state besides. */
    private static void comesBack(Lab lab) {
        Given.quiet(lab);
        lab.control(
                "the target has lost its states",
                () -> lab.equal("states", 0, lab.target().states().size()));
        lab.target().heal();
        lab.target().comeUp();
        for (Duration waited = Duration.ZERO;
                lab.target().demotion() > 0 && waited.compareTo(LONGEST) < 0;
                waited = waited.plus(STEP)) {
            lab.pass(STEP);
        }
        lab.target().isNotDemoted();
        Flows.through(lab, lab.target());
    }

    @Requirement("PFSYNC-REJOIN-01")
    void carriesAgainWhatItCarriedBefore(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        StateId[] states = Flows.ids(lab, flow);
        leaves(lab);
        lab.control("the peer carries the connection meanwhile", () -> Flows.goesOn(flow));

        comesBack(lab);

        Flows.goesOn(flow);
        lab.target().holdsOnly(states);
    }

    @Requirement("PFSYNC-REJOIN-02")
    void carriesWhatBeganWhileItWasAway(Lab lab) {
        Flows.pair(lab);
        leaves(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        comesBack(lab);

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-REJOIN-03")
    void doesNotLearnWhatEndedWhileItWasAway(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        StateId[] states = Flows.ids(lab, flow);
        leaves(lab);
        lab.peer().kill(states[0]);
        lab.peer().kill(states[1]);
        TcpFlow other = Flows.established(lab, lab.inside().tcp());

        comesBack(lab);

        flow.forth().doesNotArrive();
        Flows.through(lab, lab.peer());
        lab.control("the peer carries what began meanwhile", () -> Flows.goesOn(other));
    }

    @Requirement("PFSYNC-REJOIN-04")
    void leavesThePeersStatesAlone(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        leaves(lab);
        Flow begun = Flows.answered(lab, lab.inside().udp());

        comesBack(lab);
        lab.pass(Duration.ofSeconds(3));

        Flows.through(lab, lab.peer());
        Flows.goesOn(flow);
        Flows.goesOn(begun);
        lab.equal("states of the peer", 4, lab.peer().states().size());
    }
}
