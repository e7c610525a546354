package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;

import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;

/** INS_ACK, sent and received; packets that are held back are another subject. */
final class InsertAckCases {

    @Requirement("PFSYNC-IACK-01")
    void acknowledgesAStateThatWantsIt(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state.withFlags(StateFlag.ACK)));

        lab.probe().expectFrame(insertAck(state.id())).atOnce();
        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-IACK-02")
    void doesNotAcknowledgeAStateThatDoesNotWantIt(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec wanting = lab.states().tcp();

        lab.probe().send(insert(state));

        lab.probe().expectNo(any(Kind.INS_ACK));
        lab.target().holds(state);
        acknowledges(lab, wanting);
    }

    private static void acknowledges(Lab lab, StateSpec state) {
        lab.control("a new state that wants it is acknowledged", () -> {
            lab.probe().send(insert(state.withFlags(StateFlag.ACK)));
            lab.probe().expect(insertAck(state.id())).atOnce();
        });
    }

    @Requirement("PFSYNC-IACK-03")
    void acknowledgesAllStatesOfAFrameTogether(Lab lab) {
        StateSpec one = lab.states().tcp();
        StateSpec two = lab.states().tcp();
        StateSpec three = lab.states().udp();

        lab.probe()
                .send(
                        insert(one.withFlags(StateFlag.ACK)),
                        insert(two.withFlags(StateFlag.ACK)),
                        insert(three.withFlags(StateFlag.ACK)));

        lab.probe()
                .expectFrame(insertAck(one.id()), insertAck(two.id()), insertAck(three.id()))
                .atOnce();
        lab.probe().expectNothing();
    }

    @Requirement("PFSYNC-IACK-04")
    void acknowledgesExactlyTheStatesThatWantIt(Lab lab) {
        StateSpec in = lab.states().tcp().withDirection(StateSpec.IN);
        StateSpec out = lab.states().tcp();

        lab.probe().send(insert(in), insert(out.withFlags(StateFlag.ACK)));

        lab.probe().expectFrame(insertAck(out.id())).atOnce();
        lab.probe().expectNo(insertAck(in.id()));
        lab.target().holds(in);
    }

    @Requirement("PFSYNC-IACK-05")
    void doesNotAcknowledgeAStateThatItHas(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(insert(known.withFlags(StateFlag.ACK)));

        lab.probe().expectNothing();
        lab.target().holds(known);
        acknowledges(lab, lab.states().tcp());
    }

    @Requirement("PFSYNC-IACK-06")
    void doesNotAcknowledgeAStateThatItRefuses(Lab lab) {
        StateSpec state = lab.states().tcp().withFlags(StateFlag.ACK).withTimeout(255);

        lab.probe().send(insert(state));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVAL, 1);
        lab.target().lacks(state.id());
        acknowledges(lab, lab.states().tcp().withId(state.id()));
    }

    @Requirement("PFSYNC-IACK-08")
    void ignoresTheAcknowledgementOfAnUnknownState(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(insertAck(lab.freshStateId()));
        lab.probe().send(insertAck(known.id().withCreator(lab.otherCreator())));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-IACK-09")
    void ignoresTheAcknowledgementOfAStateThatWaitsForNone(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(insertAck(known.id()), insertAck(known.id()));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-IACK-10")
    void doesNotKeepTheWishToBeAcknowledged(Lab lab) {
        StateSpec state = lab.states().tcp().withFlags(StateFlag.ACK | StateFlag.SLOPPY);

        lab.probe().send(insert(state));

        lab.probe().expect(insertAck(state.id())).atOnce();
        lab.equal("flags", StateFlag.SLOPPY, lab.target().holds(state).flags());
    }
}
