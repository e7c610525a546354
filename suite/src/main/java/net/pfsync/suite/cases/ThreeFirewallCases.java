package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.deleteCompressed;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.Kind;

/** A cluster of three. */
final class ThreeFirewallCases {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration TRANSFER = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(10);

    private static void three(Lab lab) {
        Flows.pair(lab);
        Flows.comesUp(lab, lab.third());
    }

    /** Time stands when the firewall is no longer demoted. */
    private static void inService(Lab lab, TargetView firewall) {
        for (Duration waited = Duration.ZERO;
                firewall.demotion() > 0 && waited.compareTo(LONGEST) < 0;
                waited = waited.plus(STEP)) {
            lab.pass(STEP);
        }
        firewall.isNotDemoted();
    }

    @Requirement("PFSYNC-THREE-01")
    void allHaveAConnectionOfOne(Lab lab) {
        three(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        for (TargetView peer : List.of(lab.peer(), lab.third())) {
            Flows.through(lab, peer);
            Flows.goesOn(flow);
        }
        lab.third().holdsOnly(Flows.ids(lab, flow));
    }

    @Requirement("PFSYNC-THREE-02")
    void noneHasAConnectionThatOneHasKilled(Lab lab) {
        three(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        for (StateId id : Flows.ids(lab, flow)) {
            lab.target().kill(id);
        }

        lab.probe()
                .expectTogether(
                        deleteCompressed(Announced.incoming(lab, flow)),
                        deleteCompressed(Announced.outgoing(lab, flow)))
                .afterOneSecond();
        lab.pass(STEP);
        lab.peer().holdsOnly();
        lab.third().holdsOnly();
    }

    @Requirement("PFSYNC-THREE-03")
    void twoThatComeUpAtOnceBothGetAllStates(Lab lab) {
        int count = 60;
        StateId[] made =
                lab.states().tcp(count).stream().map(lab.target()::addState).toArray(StateId[]::new);
        Given.quiet(lab);

        lab.peer().comeUp();
        lab.third().comeUp();
        lab.pass(TRANSFER);

        lab.peer().holdsOnly(made);
        lab.third().holdsOnly(made);
    }

    @Requirement("PFSYNC-THREE-04")
    void oneThatComesUpGetsTheStatesOfBothOthers(Lab lab) {
        Flows.pair(lab);
        TcpFlow first = Flows.established(lab, lab.inside().tcp());
        Flows.through(lab, lab.peer());
        TcpFlow second = Flows.established(lab, lab.inside().tcp());

        lab.third().comeUp();
        inService(lab, lab.third());

        Flows.through(lab, lab.third());
        Flows.goesOn(first);
        Flows.goesOn(second);
        lab.equal("states of the third", 4, lab.third().states().size());
    }

    @Requirement("PFSYNC-THREE-05")
    void theFirstAcknowledgementReleasesAndTheSecondIsIgnored(Lab lab) {
        three(lab);
        lab.target().setDefer(true);
        lab.target().restartStatistics();

        lab.inside().tcp().syn().arrives().atOnce();

        lab.probe().expectFromPeer(any(Kind.INS_ACK)).atOnce();
        lab.probe().expectFromThird(any(Kind.INS_ACK)).atOnce();
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-THREE-06")
    void aConnectionSurvivesTwoFirewalls(Lab lab) {
        three(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        lab.target().cut();
        Flows.through(lab, lab.peer());
        Flows.goesOn(lab, flow, 3, Duration.ofSeconds(1));
        lab.peer().cut();
        Flows.through(lab, lab.third());

        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-THREE-07")
    void nobodyRepeatsWhatOneSays(Lab lab) {
        three(lab);
        int before = lab.probe().heardFromPeer().size()
                + lab.probe().heardFromThird().size();
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        Flows.goesOn(lab, flow, 10, Duration.ofMillis(300));
        Given.quiet(lab);

        int after = lab.probe().heardFromPeer().size()
                + lab.probe().heardFromThird().size();
        lab.equal("frames of the others", 0, after - before);
        lab.third().holds(Announced.outgoing(lab, flow));
    }

    @Requirement("PFSYNC-THREE-08")
    void theThirdFollowsAPathThatIsSplitBetweenTheOthers(Lab lab) {
        three(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        Flows.split(lab, lab.target(), lab.peer());
        Flows.goesOn(lab, flow, 50, Duration.ofMillis(2));
        lab.pass(Duration.ofMillis(1200));

        Flows.through(lab, lab.third());

        Flows.goesOn(flow);
    }
}
