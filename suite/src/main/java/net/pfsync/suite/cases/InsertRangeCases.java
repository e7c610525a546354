package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;

import java.util.Arrays;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;

/** INS: which values are refused. */
final class InsertRangeCases {

    /** Each of these is counted once in badval and not taken; the same state with right values is. */
    private static void refusesEach(Lab lab, StateSpec... wrong) {
        for (StateSpec state : wrong) {
            lab.probe().send(insert(state));
        }
        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVAL, wrong.length);
        Arrays.stream(wrong).forEach(state -> lab.target().lacks(state.id()));
        Given.known(lab, lab.states().tcp().withId(wrong[0].id()));
    }

    @Requirement("PFSYNC-INS-09")
    void refusesATimeoutThatItDoesNotHave(Lab lab) {
        int none = lab.dialect().timeoutMax();

        refusesEach(
                lab,
                lab.states().tcp().withTimeout(none),
                lab.states().tcp().withTimeout(none + 1),
                lab.states().tcp().withTimeout(255));
    }

    @Requirement("PFSYNC-INS-10")
    void refusesAPeerInAnImpossibleState(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec other = lab.states().tcp();
        StateSpec third = lab.states().tcp();

        refusesEach(
                lab,
                state.withSrc(state.src().withState(13)),
                other.withDst(other.dst().withState(13)),
                third.withSrc(third.src().withState(255)));
    }

    @Requirement("PFSYNC-INS-10")
    void takesAPeerInTheLastPossibleState(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec proxied = state.withSrc(state.src().withState(12));

        lab.probe().send(insert(proxied));

        lab.target().holds(proxied);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-11")
    void refusesAnImpossibleDirection(Lab lab) {
        refusesEach(
                lab, lab.states().tcp().with("direction", 3), lab.states().tcp().with("direction", 255));
    }

    @Requirement("PFSYNC-INS-12")
    void refusesAForeignAddressFamily(Lab lab) {
        refusesEach(
                lab,
                lab.states().tcp().with("af", 0),
                lab.states().tcp().with("af", 7),
                lab.states().tcp().with("af", 10));
    }

    @Requirement("PFSYNC-INS-13")
    void refusesAForeignAddressFamilyInAKey(Lab lab) {
        refusesEach(
                lab,
                lab.states().tcp().with("key[0].af", 99).with("key[1].af", 99),
                lab.states().tcp().with("key[0].af", 2).with("key[1].af", 0));
    }

    @Requirement("PFSYNC-INS-14")
    void takesKeysWithoutAFamily(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state).with("key[0].af", 0).with("key[1].af", 0));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-15")
    void takesTheOtherStatesOfTheSection(Lab lab) {
        StateSpec first = lab.states().tcp();
        StateSpec second = lab.states().udp();
        StateSpec badTimeout = lab.states().tcp().withTimeout(255);
        StateSpec badDirection = lab.states().tcp().with("direction", 3);

        lab.probe().send(insert(badTimeout), insert(first), insert(badDirection), insert(second));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVAL, 2);
        lab.target().holdsOnly(first.id(), second.id());
        lab.target().holds(first);
        lab.target().holds(second);
    }

    @Requirement("PFSYNC-INS-16")
    void refusesAStateWithoutACreator(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state.withCreator(0)));

        lab.probe().expectNothing();
        lab.target().lacks(state.id().withCreator(0));
        Given.known(lab, state);
        lab.target().holdsOnly(state.id());
    }

    @Requirement("PFSYNC-INS-31")
    void takesDirectionZero(Lab lab) {
        StateSpec state = lab.states().tcp().withDirection(0);

        lab.probe().send(insert(state));

        lab.probe().expectNothing();
        lab.target().holds(state);
    }
}
