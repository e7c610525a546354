package net.pfsync.suite.cases;

import java.time.Duration;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;

/** How long a state lives in a cluster of two, where one sees its packets and the other hears of them. */
final class ClusterExpiryCases {

    private static final Duration UDP_MULTIPLE = Duration.ofSeconds(60);
    private static final Duration TCP_CLOSED = Duration.ofSeconds(90);
    /** A state that is due is removed by a purge within ten seconds, and announced within one. */
    private static final Duration PURGE = Duration.ofSeconds(12);

    /** A UDP exchange whose states have seen packets both ways. */
    private static Flow exchange(Lab lab) {
        Flow flow = lab.inside().udp();
        lab.control("the exchange goes both ways", () -> {
            flow.first().arrives().atOnce();
            flow.answer().arrives().atOnce();
            Flows.goesOn(flow);
        });
        Given.quiet(lab);
        return flow;
    }

    @Requirement("PFSYNC-EXPIRE-20")
    void aStateThatIsDueIsGoneEverywhere(Lab lab) {
        Flows.pair(lab);
        Flow flow = exchange(lab);
        lab.pass(UDP_MULTIPLE.minusSeconds(8));
        lab.peer().holds(Announced.outgoing(lab, flow));
        // To read a state back over the wire would make both firewalls say it again, and so live longer.
        lab.equal("states of the target", 2, lab.target().states().size());

        lab.pass(PURGE.plusSeconds(8));

        lab.target().holdsOnly();
        lab.peer().holdsOnly();
    }

    @Requirement("PFSYNC-EXPIRE-21")
    void aStateLivesEverywhereAsLongAsItsPacketsPassOne(Lab lab) {
        Flows.pair(lab);
        Flow flow = exchange(lab);

        Flows.goesOn(lab, flow, 10, Duration.ofSeconds(30));

        lab.peer().holds(Announced.outgoing(lab, flow));
        lab.peer().holds(Announced.incoming(lab, flow));
        lab.control("without packets it would be gone", () -> {
            lab.pass(UDP_MULTIPLE.plus(PURGE));
            lab.peer().holdsOnly();
        });
    }

    @Requirement("PFSYNC-EXPIRE-22")
    void aStateThatIsKilledIsGoneAtThePeer(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        for (StateId id : Flows.ids(lab, flow)) {
            lab.control("the peer has the state", () -> lab.peer().holds(id));
            lab.target().kill(id);
        }

        lab.pass(Duration.ofMillis(1200));

        lab.peer().holdsOnly();
        Flows.through(lab, lab.peer());
        flow.forth().doesNotArrive();
    }

    @Requirement("PFSYNC-EXPIRE-23")
    void aFlushTakesOnlyTheOwnStatesFromThePeer(Lab lab) {
        Flows.pair(lab);
        TcpFlow ours = Flows.established(lab, lab.inside().tcp());
        Flows.through(lab, lab.peer());
        TcpFlow theirs = Flows.established(lab, lab.inside().tcp());

        lab.target().flush();

        lab.pass(Duration.ofMillis(10));
        ours.forth().doesNotArrive();
        Flows.goesOn(theirs);
        lab.equal("states of the peer", 2, lab.peer().states().size());
    }

    @Requirement("PFSYNC-EXPIRE-24")
    void aStateOfADeadFirewallDiesInItsTime(Lab lab) {
        Flows.pair(lab);
        Flow flow = exchange(lab);
        lab.control("the peer has the state", () -> lab.peer().holds(Announced.outgoing(lab, flow)));
        lab.target().cut();

        lab.pass(UDP_MULTIPLE.plus(PURGE));

        lab.peer().holdsOnly();
    }

    @Requirement("PFSYNC-EXPIRE-25")
    void aConnectionThatHasEndedIsGoneEverywhere(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        flow.close();
        Given.quiet(lab);
        lab.peer().holds(Announced.outgoing(lab, flow));

        lab.pass(TCP_CLOSED.plus(PURGE));

        lab.target().holdsOnly();
        lab.peer().holdsOnly();
    }
}
