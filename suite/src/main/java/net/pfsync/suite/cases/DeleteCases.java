package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.delete;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.TcpState;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;

/** DEL and DEL_C. */
final class DeleteCases {

    @Requirement("PFSYNC-DEL-01")
    void removesAStateInTheLongForm(Lab lab) {
        StateSpec gone = lab.states().tcp();
        StateSpec stays = lab.states().tcp();
        Given.known(lab, gone, stays);

        lab.probe().send(delete(gone));

        lab.probe().expectNothing();
        lab.target().lacks(gone.id());
        lab.target().holds(stays);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-DEL-02")
    void countsTheLongFormForAnUnknownState(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(delete(lab.states().tcp()), delete(known.withCreator(lab.otherCreator())));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 2);
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-DEL-03")
    void removesAStateHoweverOldTheMessageIs(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);

        lab.probe()
                .send(delete(state.withSrc(state.src().advanced(-5000).withState(TcpState.SYN_SENT))
                        .withDst(state.dst().advanced(-5000).withState(TcpState.CLOSED))));

        lab.target().lacks(state.id());
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-DELC-01")
    void removesAState(Lab lab) {
        StateSpec gone = lab.states().tcp();
        StateSpec alsoGone = lab.states().udp6();
        StateSpec stays = lab.states().tcp();
        Given.known(lab, gone, alsoGone, stays);

        lab.probe().send(deleteCompressed(gone.id()), deleteCompressed(alsoGone.id()));

        lab.target().lacks(gone.id());
        lab.target().lacks(alsoGone.id());
        lab.target().holds(stays);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-DELC-02")
    void doesNotSendOnADeletion(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);
        Given.quiet(lab);

        lab.probe().send(deleteCompressed(state.id()));

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.probe().expectNo(any(Kind.DEL_C));
        lab.target().lacks(state.id());
    }

    @Requirement("PFSYNC-DELC-03")
    void countsUnknownStatesAndRemovesTheOthers(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe()
                .send(
                        deleteCompressed(lab.freshStateId()),
                        deleteCompressed(known.id()),
                        deleteCompressed(lab.freshStateId()));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 2);
        lab.target().lacks(known.id());
    }

    @Requirement("PFSYNC-DELC-04")
    void leavesTheStateOfAnotherCreator(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(deleteCompressed(known.id().withCreator(lab.otherCreator())));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-DELC-05")
    void removesAStateOnce(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(deleteCompressed(known.id()), deleteCompressed(known.id()));

        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().lacks(known.id());
    }

    @Requirement("PFSYNC-DELC-06")
    void removesAStateOfItsOwn(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());

        lab.probe().send(deleteCompressed(own.id()));

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.target().lacks(own.id());
    }

    @Requirement("PFSYNC-DELC-07")
    void asksForARemovedStateThatIsUpdated(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId id = known.id();
        Given.known(lab, known);

        lab.probe().send(deleteCompressed(id));
        lab.probe().send(updateCompressed(known.withSrc(known.src().advanced(1000))));

        lab.probe().expectFrame(updateRequest(id)).atOnce();
        lab.target().lacks(id);
    }
}
