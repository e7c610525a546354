package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Connection;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;

/** Connections that go out through the target and come back through its peer. */
final class SplitPathCases {

    private static final Duration QUICK = Duration.ofMillis(2);
    /** The longest timeout of a connection one of whose ends has said its last word: each firewall may have seen only that. */
    private static final Duration TCP_CLOSING = Duration.ofMinutes(15);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofMillis(1300);

    /** Both defer; out through the target, back through the peer. */
    private static void deferring(Lab lab) {
        TargetView peer = Flows.pair(lab);
        lab.target().setDefer(true);
        peer.setDefer(true);
        Flows.split(lab, lab.target(), peer);
    }

    /** A connection that was opened through the target alone, and whose answers come through the peer from now on. */
    private static TcpFlow split(Lab lab) {
        TargetView peer = Flows.pair(lab);
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        Flows.split(lab, lab.target(), peer);
        return flow;
    }

    @Requirement("PFSYNC-SPLIT-01")
    void aConnectionOpensAtOnce(Lab lab) {
        deferring(lab);

        lab.inside().tcp().open();
    }

    @Requirement("PFSYNC-SPLIT-16")
    void aConnectionOfIpv6OpensAtOnce(Lab lab) {
        deferring(lab);

        lab.inside().tcp6().open();
    }

    @Requirement("PFSYNC-SPLIT-02")
    void theAnswerDoesNotPassBeforeTheStateIsKnown(Lab lab) {
        TargetView peer = Flows.pair(lab);
        Flows.split(lab, lab.target(), peer);
        TcpFlow flow = lab.inside().tcp();
        flow.syn().arrives().atOnce();

        flow.synAck().doesNotArrive();

        lab.control("it passes when the state is known", () -> {
            lab.pass(REST);
            TcpFlow later = lab.inside().tcp();
            later.syn().arrives().atOnce();
            lab.pass(REST);
            later.synAck().arrives().atOnce();
        });
    }

    @Requirement("PFSYNC-SPLIT-03")
    void moreThanTheWindowComesThrough(Lab lab) {
        int largest = 1400;
        TcpFlow flow = split(lab);
        Flows.goesOn(flow);
        lab.pass(REST);

        for (int i = 0; i < 100; i++) {
            flow.forth(largest).arrives().atOnce();
            flow.ackBack().arrives().atOnce();
            lab.pass(QUICK);
        }
    }

    @Requirement("PFSYNC-SPLIT-04")
    void aConnectionSurvivesThatItsPathChanges(Lab lab) {
        TcpFlow flow = split(lab);
        TargetView a = lab.target();
        TargetView b = lab.peer();
        for (List<TargetView> path :
                List.of(List.of(a, b), List.of(a, a), List.of(b, a), List.of(b, b), List.of(a, b))) {
            Flows.split(lab, path.get(0), path.get(1));
            Flows.goesOn(lab, flow, 20, Duration.ofMillis(20));
            lab.pass(REST);
        }
    }

    @Requirement("PFSYNC-SPLIT-05")
    void aTransferRunsAtFullSpeed(Lab lab) {
        int bytes = 2_000_000;
        deferring(lab);
        Connection connection = lab.inside().connect();
        connection.opens(Duration.ofSeconds(1));

        connection.send(bytes);

        connection.received(bytes, Duration.ofSeconds(3));
        lab.equal("segments sent again", 0L, connection.sentAgain());
    }

    @Requirement("PFSYNC-SPLIT-06")
    void eachTellsTheOtherAtOnce(Lab lab) {
        TcpFlow flow = split(lab);
        StateId in = Announced.incoming(lab, flow);
        flow.back().arrives().atOnce();
        lab.probe().expectFromPeer(updateCompressed(in)).afterOneSecond();
        lab.pass(Duration.ofMillis(200));

        flow.forth().arrives().atOnce();
        lab.probe().expect(updateCompressed(in)).atOnce();
        lab.pass(Duration.ofMillis(200));

        flow.back().arrives().atOnce();
        lab.probe().expectFromPeer(updateCompressed(in)).atOnce();
    }

    @Requirement("PFSYNC-SPLIT-07")
    void collectsAgainWhenThePathIsNoLongerSplit(Lab lab) {
        TcpFlow flow = split(lab);
        Flows.goesOn(lab, flow, 20, Duration.ofMillis(20));
        Flows.split(lab, lab.target(), lab.target());
        lab.pass(Duration.ofSeconds(3));
        int before = frames(lab);

        Flows.goesOn(lab, flow, 20, Duration.ofMillis(40));

        atMost(lab, before, 2, REST);
    }

    @Requirement("PFSYNC-SPLIT-08")
    void bothAgreeInTheEnd(Lab lab) {
        TcpFlow flow = split(lab);
        Flows.goesOn(lab, flow, 100, QUICK);
        lab.pass(REST);

        agree(lab, flow);
    }

    private static void agree(Lab lab, Flow flow) {
        for (StateId id : Flows.ids(lab, flow)) {
            StateView ours = lab.target().holds(id);
            StateView theirs = lab.peer().holds(id);
            lab.equal("source of " + id, ours.src().toString(), theirs.src().toString());
            lab.equal(
                    "destination of " + id, ours.dst().toString(), theirs.dst().toString());
        }
    }

    @Requirement("PFSYNC-SPLIT-09")
    void bothFallSilentWithTheConnection(Lab lab) {
        TcpFlow flow = split(lab);
        Flows.goesOn(lab, flow, 50, QUICK);
        lab.pass(REST);

        atMost(lab, frames(lab), 0, Duration.ofSeconds(30));
    }

    /** Both together send no more frames than this in a time; who never falls silent is not listened to any longer. */
    private static void atMost(Lab lab, int before, int most, Duration time) {
        for (Duration passed = Duration.ZERO;
                frames(lab) - before <= most && passed.compareTo(time) < 0;
                passed = passed.plus(STEP)) {
            lab.pass(STEP);
        }
        int frames = frames(lab) - before;
        lab.check(frames <= most, "at most " + most + " frames", "at least " + frames + " frames");
    }

    private static int frames(Lab lab) {
        return lab.probe().heard().size() + lab.probe().heardFromPeer().size();
    }

    @Requirement("PFSYNC-SPLIT-10")
    void sendsNoMoreFramesThanItForwardsPackets(Lab lab) {
        TcpFlow flow = split(lab);
        int before = frames(lab);

        Flows.goesOn(lab, flow, 100, QUICK);

        atMost(lab, before, 2 * 100, REST);
    }

    @Requirement("PFSYNC-SPLIT-11")
    void viewsThatDifferAreSettledByAFewFrames(Lab lab) {
        TcpFlow flow = split(lab);
        lab.peer().cut();
        Flows.goesOn(lab, flow, 5, Duration.ofMillis(100));
        Given.quiet(lab);
        lab.peer().heal();
        int before = frames(lab);

        flow.forth().arrives().atOnce();

        atMost(lab, before, 4, Duration.ofSeconds(10));
        lab.check(frames(lab) > before, "at least one frame", "frames " + (frames(lab) - before));
    }

    @Requirement("PFSYNC-SPLIT-12")
    void aTranslatedConnectionComesBackThroughThePeer(Lab lab) {
        deferring(lab);
        for (TargetView firewall : List.of(lab.target(), lab.peer())) {
            firewall.rules("pass all keep state", Flows.natRule(firewall));
        }
        TcpFlow flow = lab.inside().tcp();

        flow.open();

        lab.equal("source", Flows.PUBLIC, flow.seenSource().address());
        Flows.goesOn(flow);
    }

    @Requirement("PFSYNC-SPLIT-13")
    void aModulatedConnectionComesBackThroughThePeer(Lab lab) {
        deferring(lab);
        lab.target().rules("pass all modulate state");
        lab.peer().rules("pass all modulate state");
        TcpFlow flow = lab.inside().tcp();

        flow.open();

        Flows.goesOn(lab, flow, 5, Duration.ofMillis(10));
    }

    @Requirement("PFSYNC-SPLIT-14")
    void aConnectionEndsForBoth(Lab lab) {
        TcpFlow flow = split(lab);
        Flows.goesOn(lab, flow, 5, Duration.ofMillis(20));
        flow.close();

        lab.pass(TCP_CLOSING.plusSeconds(15));

        lab.target().holdsOnly();
        lab.peer().holdsOnly();
    }

    @Requirement("PFSYNC-SPLIT-15")
    void exchangesWithoutTcpKeepTheirStates(Lab lab) {
        TargetView peer = Flows.pair(lab);
        Flow udp = Flows.answered(lab, lab.inside().udp());
        Flow ping = Flows.answered(lab, lab.inside().ping());
        Flows.split(lab, lab.target(), peer);

        Flows.goesOn(lab, udp, 20, QUICK);
        Flows.goesOn(lab, ping, 20, QUICK);

        lab.equal("states of the target", 4, lab.target().states().size());
        lab.equal("states of the peer", 4, peer.states().size());
    }
}
