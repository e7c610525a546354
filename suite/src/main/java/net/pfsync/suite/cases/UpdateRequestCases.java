package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;

/** UPD_REQ of single states. */
final class UpdateRequestCases {

    @Requirement("PFSYNC-UREQ-01")
    void answersWithTheWholeState(Lab lab) {
        StateSpec state = lab.states().tcp().withIfname("em0").withDirection(StateSpec.IN);
        lab.probe().send(insert(state));

        lab.probe().send(updateRequest(state.id()));

        lab.probe().expectFrame(update(state)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UREQ-02")
    void countsRequestsForUnknownStates(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe()
                .send(
                        updateRequest(lab.freshStateId()),
                        updateRequest(known.id().withCreator(lab.otherCreator())));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 2);
        Given.speaks(lab, known.id());
    }

    @Requirement("PFSYNC-UREQ-03")
    void startsNoBulkTransferForHalfAZero(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(updateRequest(new StateId(0, lab.creator())));
        lab.probe().send(updateRequest(known.id().withCreator(0)));

        lab.probe().expectNothing();
        lab.probe().expectNo(any(Kind.BUS));
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 2);
        Given.speaks(lab, known.id());
    }

    @Requirement("PFSYNC-UREQ-04")
    void answersAllRequestsOfASectionInFewFrames(Lab lab) {
        int perFrame = Given.statesPerFrame(lab);
        List<StateSpec> states = lab.states().tcp(2 * perFrame + 2);
        states.forEach(state -> lab.probe().send(insert(state)));
        lab.probe().sentinel();
        int before = lab.probe().heard().size();

        lab.probe().send(states.stream().map(state -> updateRequest(state.id())).toArray(MessageSpec[]::new));

        lab.probe().sentinel();
        long unanswered = states.stream()
                .filter(state -> lab.probe().heard(update(state)).size() != 1)
                .count();
        lab.equal("states that were not answered exactly once", 0L, unanswered);
        List<HeardFrame> answers =
                lab.probe().heard().subList(before, lab.probe().heard().size());
        long carrying = answers.stream()
                .filter(frame -> frame.messages().size() > 0
                        && frame.size() > 2 * lab.dialect().stateSize())
                .count();
        lab.check(carrying >= 2, "frames that carry several states each", carrying + " such frames");
    }

    @Requirement("PFSYNC-UREQ-05")
    void sendsAStateOnceThatIsAskedForTwice(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);

        lab.probe().send(updateRequest(state.id()), updateRequest(state.id()));

        lab.probe().expectFrame(update(state)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UREQ-06")
    void answersKnownStatesBesideUnknownOnes(Lab lab) {
        StateSpec one = lab.states().tcp();
        StateSpec two = lab.states().udp();
        Given.known(lab, one, two);

        lab.probe().send(updateRequest(one.id()), updateRequest(lab.freshStateId()), updateRequest(two.id()));

        lab.probe().expectTogether(update(one), update(two)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
    }

    @Requirement("PFSYNC-UREQ-07")
    void keepsAStateToItselfThatIsNotSynchronised(Lab lab) {
        StateId hidden = lab.target().addState(lab.states().tcp().withFlags(StateFlag.NOSYNC));
        StateSpec open = Given.announced(lab, lab.states().tcp());

        lab.probe().send(updateRequest(hidden));

        lab.probe().expectNothing();
        Given.speaks(lab, open.id());
        lab.target().holds(hidden);
    }

    @Requirement("PFSYNC-UREQ-08")
    void countsARequestForAStateThatIsNotSynchronised(Lab lab) {
        StateId hidden = lab.target().addState(lab.states().tcp().withFlags(StateFlag.NOSYNC));

        lab.probe().send(updateRequest(hidden));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().holds(hidden);
    }

    @Requirement("PFSYNC-UREQ-09")
    void speaksToTheWholeCluster(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId unknown = lab.freshStateId();
        Given.known(lab, known);

        lab.probe().send(updateRequest(known.id()));
        HeardFrame answer = lab.probe().expect(update(known)).atOnce();
        lab.probe().send(updateCompressed(unknown));
        HeardFrame question = lab.probe().expect(updateRequest(unknown)).atOnce();

        lab.equal("destination", IpHeader.GROUP, answer.frame().ip().destination());
        lab.equal("destination", IpHeader.GROUP, question.frame().ip().destination());
    }

    @Requirement("PFSYNC-UREQ-10")
    void answersWithTheNewestValues(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);
        StateSpec newer =
                state.withSrc(state.src().advanced(3000)).withDst(state.dst().advanced(4000));

        lab.probe().send(updateRequest(state.id()), updateCompressed(newer));

        lab.probe().expectFrame(update(newer)).atOnce();
        lab.probe().expectNothing();
    }
}
