package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.Timeout;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;

/** UPD_C: which states are updated and which are asked for; how one is merged is in {@link MergeCases}. */
final class UpdateCompressedCases {

    @Requirement("PFSYNC-UPDC-01")
    void takesAnUpdateThatIsNewer(Lab lab) {
        StateSpec tcp = lab.states().tcp();
        StateSpec udp = lab.states().udp().withDst(StatePeer.plain(1));
        Given.known(lab, tcp, udp);
        StateSpec newer =
                tcp.withSrc(tcp.src().advanced(1000)).withDst(tcp.dst().advanced(700));
        StateSpec answered = udp.withDst(StatePeer.plain(2));

        lab.probe().send(updateCompressed(newer), updateCompressed(answered));

        lab.probe().expectNothing();
        lab.target().holds(newer);
        lab.target().holds(answered);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UPDC-02")
    void asksForAStateItDoesNotKnow(Lab lab) {
        StateId unknown = lab.freshStateId();

        lab.probe().send(updateCompressed(unknown));

        lab.probe().expectFrame(updateRequest(unknown)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().lacks(unknown);
    }

    @Requirement("PFSYNC-UPDC-03")
    void asksForAllUnknownStatesOfASectionTogether(Lab lab) {
        StateId one = lab.freshStateId();
        StateId two = lab.freshStateId();
        StateId three = one.withCreator(lab.otherCreator());

        lab.probe().send(updateCompressed(one), updateCompressed(two), updateCompressed(three));

        lab.probe()
                .expectFrame(updateRequest(one), updateRequest(two), updateRequest(three))
                .atOnce();
        lab.probe().expectNothing();
    }

    @Requirement("PFSYNC-UPDC-04")
    void asksForAStateOfAnotherCreator(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId other = known.id().withCreator(lab.otherCreator());
        Given.known(lab, known);

        lab.probe()
                .send(updateCompressed(known.withId(other).withSrc(known.src().advanced(1000))));

        lab.probe().expectFrame(updateRequest(other)).atOnce();
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-UPDC-05")
    void refusesImpossibleValues(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        StateSpec newer = known.withSrc(known.src().advanced(1000));

        lab.probe().send(updateCompressed(newer.withTimeout(lab.dialect().timeoutMax())));
        lab.probe().send(updateCompressed(newer.withSrc(newer.src().withState(13))));
        lab.probe().send(updateCompressed(newer.withDst(newer.dst().withState(13))));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVAL, 3);
        lab.target().holds(known);
        lab.control("with possible values it is taken", () -> {
            lab.probe().send(updateCompressed(newer));
            lab.target().holds(newer);
        });
    }

    @Requirement("PFSYNC-UPDC-06")
    void doesNotAskForAStateWithImpossibleValues(Lab lab) {
        StateSpec unknown = lab.states().tcp();

        lab.probe().send(updateCompressed(unknown.withTimeout(255)));

        lab.probe().expectNo(any(Kind.UPD_REQ));
        lab.target().statistics().raisedOnly(Counter.BADVAL, 1);
        lab.control("with possible values it is asked for", () -> {
            lab.probe().send(updateCompressed(unknown));
            lab.probe().expect(updateRequest(unknown.id())).atOnce();
        });
    }

    @Requirement("PFSYNC-UPDC-10")
    void answersStaleUpdatesTogether(Lab lab) {
        List<StateSpec> ours = lab.states().tcp(3);
        Given.known(lab, ours.toArray(StateSpec[]::new));

        lab.probe().send(older(ours.get(0)), older(ours.get(1)), older(ours.get(2)));

        lab.probe()
                .expectFrame(
                        updateCompressed(ours.get(0)), updateCompressed(ours.get(1)), updateCompressed(ours.get(2)))
                .atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.STALE, 3);
    }

    private static MessageSpec older(StateSpec state) {
        return updateCompressed(
                state.withSrc(state.src().advanced(-100)).withDst(state.dst().advanced(-100)));
    }

    @Requirement("PFSYNC-UPDC-11")
    void updatesKnownStatesBesideUnknownOnes(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId one = lab.freshStateId();
        StateId two = lab.freshStateId();
        Given.known(lab, known);
        StateSpec newer = known.withDst(known.dst().advanced(1000));

        lab.probe().send(updateCompressed(one), updateCompressed(newer), updateCompressed(two));

        lab.probe().expectFrame(updateRequest(one), updateRequest(two)).atOnce();
        lab.target().holds(newer);
    }

    @Requirement("PFSYNC-UPDC-12")
    void asksNoMoreOnceTheAnswerIsThere(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec newer = state.withSrc(state.src().advanced(1000));

        lab.probe().send(updateCompressed(state));
        lab.probe().expect(updateRequest(state.id())).atOnce();
        lab.probe().send(update(state));
        lab.probe().send(updateCompressed(newer));

        lab.probe().expectNothing();
        lab.target().holds(newer);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UPDC-13")
    void asksAgainForAStateThatStaysUnknown(Lab lab) {
        StateId unknown = lab.freshStateId();
        for (int i = 0; i < 3; i++) {
            lab.probe().send(updateCompressed(unknown));
            lab.probe().expect(updateRequest(unknown)).atOnce();
        }

        lab.probe().expectNothing();
        lab.target().lacks(unknown);
    }

    @Requirement("PFSYNC-UPDC-15")
    void takesATimeoutOfAnotherProtocol(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        StateSpec foreign = known.withSrc(known.src().advanced(1000)).withTimeout(Timeout.ICMP_FIRST_PACKET);

        lab.probe().send(updateCompressed(foreign));

        lab.probe().expectNothing();
        lab.target().holds(foreign);
    }
}
