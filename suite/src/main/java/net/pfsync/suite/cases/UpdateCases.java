package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.util.function.Function;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.TcpState;
import net.pfsync.suite.state.Timeout;
import net.pfsync.wire.Counter;

/** UPD: which states are updated, inserted or refused; how one is merged is in {@link MergeCases}. */
final class UpdateCases {

    @Requirement("PFSYNC-UPD-01")
    void takesAnUpdateThatIsNewer(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        StateSpec newer =
                known.withSrc(known.src().advanced(1000)).withDst(known.dst().advanced(700));

        lab.probe().send(update(newer));

        lab.probe().expectNothing();
        lab.target().holds(newer);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UPD-02")
    void insertsAStateThatItDoesNotKnow(Lab lab) {
        StateSpec state = lab.states().tcp().withIfname("em0");

        lab.probe().send(update(state));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UPD-03")
    void refusesImpossibleValues(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        StateSpec newer = known.withSrc(known.src().advanced(1000));

        lab.probe().send(update(newer.withTimeout(lab.dialect().timeoutMax())));
        lab.probe().send(update(newer.withSrc(newer.src().withState(13))));
        lab.probe().send(update(newer.withDst(newer.dst().withState(255))));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVAL, 3);
        lab.target().holds(known);
        lab.control("with possible values it is taken", () -> {
            lab.probe().send(update(newer));
            lab.target().holds(newer);
        });
    }

    @Requirement("PFSYNC-UPD-16")
    void doesNotMoveAStateToAnotherKeyOrInterface(Lab lab) {
        StateSpec known = lab.states().tcp().withIfname("em0");
        Given.known(lab, known);
        StateSpec newer = known.withSrc(known.src().advanced(1000));
        StateSpec elsewhere =
                lab.states().tcp().withId(known.id()).withIfname("em1").withSrc(newer.src());

        lab.probe().send(update(elsewhere));

        lab.probe().expectNothing();
        lab.target().holds(newer);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-UPD-17")
    void takesNoSecondStateWithTheSameKey(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId other = lab.freshStateId();
        Given.known(lab, known);

        lab.probe().send(update(known.withId(other)));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().lacks(other);
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-UPD-18")
    void insertsNoStateWithoutACreator(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(update(state.withCreator(0)));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().lacks(state.id().withCreator(0));
        insertsWithRightValues(lab, state);
    }

    @Requirement("PFSYNC-UPD-19")
    void insertsNoStateWithAnImpossibleDirection(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(update(state.with("direction", 3)));
        lab.probe().send(update(state.with("direction", 9)));

        lab.probe().expectNothing();
        lab.target().lacks(state.id());
        insertsWithRightValues(lab, state);
    }

    @Requirement("PFSYNC-UPD-20")
    void insertsNoStateWithAForeignAddressFamily(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(update(state.with("af", 7)));
        lab.probe().send(update(state.with("af", 99)));

        lab.probe().expectNothing();
        lab.target().lacks(state.id());
        insertsWithRightValues(lab, state);
    }

    private static void insertsWithRightValues(Lab lab, StateSpec state) {
        lab.control("with right values it is inserted", () -> {
            lab.probe().send(update(state));
            lab.target().holds(state);
        });
    }

    @Requirement("PFSYNC-UPD-21")
    void givesTheStateTheTimeoutOfTheUpdate(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        StateSpec closed = known.withSrc(known.src().withState(TcpState.FIN_WAIT_2))
                .withDst(known.dst().withState(TcpState.FIN_WAIT_2))
                .withTimeout(Timeout.TCP_CLOSED);

        lab.probe().send(update(closed));
        lab.target().holds(closed);

        StateSpec gone =
                closed.withSrc(closed.src().withState(TcpState.TIME_WAIT)).withTimeout(Timeout.TCP_FIN_WAIT);
        lab.probe().send(updateCompressed(gone));
        lab.target().holds(gone);
    }

    @Requirement("PFSYNC-UPD-24")
    void bringsScrubDataAlong(Lab lab) {
        takesScrubData(lab, Messages::update);
    }

    @Requirement("PFSYNC-UPD-24")
    void bringsScrubDataAlongWhenCompressed(Lab lab) {
        takesScrubData(lab, Messages::updateCompressed);
    }

    private static void takesScrubData(Lab lab, Function<StateSpec, MessageSpec> message) {
        StateSpec state = lab.states().tcp();
        StateSpec known = state.withSrc(state.src().withScrub(Scrub.of(1, 63, 0x12345678)))
                .withDst(state.dst().withScrub(Scrub.of(1, 64, 0x0badcafe)));
        Given.known(lab, known);
        StateSpec newer = known.withSrc(known.src().advanced(1000).withScrub(Scrub.of(1, 62, 0x11111111)))
                .withDst(known.dst().advanced(1000).withScrub(Scrub.of(1, 61, 0x22222222)));

        lab.probe().send(message.apply(newer));

        lab.probe().expectNothing();
        lab.target().holds(newer);
    }
}
