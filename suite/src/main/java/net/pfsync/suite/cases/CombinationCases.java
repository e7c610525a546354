package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;

/** Several messages in one frame, and several frames at one moment. */
final class CombinationCases {

    @Requirement("PFSYNC-COMB-01")
    void processesSectionsInTheirOrder(Lab lab) {
        StateSpec gone = lab.states().tcp();
        StateSpec stays = lab.states().tcp();
        StateSpec newer = gone.withSrc(gone.src().advanced(1000));

        lab.probe().send(insert(gone), updateCompressed(newer), deleteCompressed(gone.id()));
        lab.probe().send(deleteCompressed(stays.id()), insert(stays));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().lacks(gone.id());
        lab.target().holds(stays);
    }

    @Requirement("PFSYNC-COMB-02")
    void processesAMixOfActions(Lab lab) {
        StateSpec fresh = lab.states().tcp();
        StateSpec deleted = lab.states().tcp();
        StateSpec cleared = lab.states().tcp().withCreator(lab.otherCreator());
        StateId unknown = lab.freshStateId();
        Given.known(lab, deleted, cleared);

        lab.probe()
                .send(
                        insert(fresh),
                        updateCompressed(unknown),
                        deleteCompressed(deleted.id()),
                        updateRequest(lab.freshStateId()),
                        clear(lab.otherCreator()));

        lab.probe().expectFrame(updateRequest(unknown)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().holdsOnly(fresh.id());
        lab.target().holds(fresh);
    }

    @Requirement("PFSYNC-COMB-03")
    void processesTwoSectionsOfOneAction(Lab lab) {
        StateSpec one = lab.states().tcp();
        StateSpec two = lab.states().tcp();
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(insert(one), deleteCompressed(known.id()), insert(two));

        lab.probe().expectNothing();
        lab.target().holds(one);
        lab.target().holds(two);
        lab.target().lacks(known.id());
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-COMB-04")
    void answersOneFrameWithOneFrame(Lab lab) {
        StateSpec fresh = lab.states().tcp();
        StateSpec known = lab.states().tcp();
        StateSpec lagging = lab.states().udp();
        StateId unknown = lab.freshStateId();
        Given.known(lab, known, lagging);

        lab.probe()
                .send(
                        insert(fresh.withFlags(StateFlag.ACK)),
                        updateCompressed(unknown),
                        updateCompressed(lagging.withSrc(lagging.src().withState(0))
                                .withDst(lagging.dst().withState(0))),
                        updateRequest(known.id()));

        lab.probe()
                .expectFrame(insertAck(fresh.id()), updateRequest(unknown), updateCompressed(lagging), update(known))
                .atOnce();
        lab.probe().expectNothing();
    }

    @Requirement("PFSYNC-COMB-05")
    void takesAFrameFullOfStates(Lab lab) {
        List<StateSpec> states = lab.states().tcp(Given.statesPerFrame(lab));

        lab.probe().send(states.stream().map(Messages::insert).toArray(MessageSpec[]::new));

        lab.probe().expectNothing();
        lab.target().holdsOnly(states.stream().map(StateSpec::id).toArray(StateId[]::new));
        states.forEach(lab.target()::holds);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-COMB-06")
    void keepsAStateInsertedBehindAClear(Lab lab) {
        StateSpec before = lab.states().tcp();
        StateSpec behind = lab.states().tcp();

        lab.probe().send(insert(before), clear(lab.creator()), insert(behind));

        lab.probe().expectNothing();
        lab.target().lacks(before.id());
        lab.target().holds(behind);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-COMB-07")
    void replacesAStateWithinAFrame(Lab lab) {
        StateSpec old = lab.states().tcp();
        StateSpec replacement = old.withSrc(old.src().advanced(-500_000)).withIfname("em0");
        Given.known(lab, old);

        lab.probe().send(deleteCompressed(old.id()), insert(replacement));

        lab.probe().expectNothing();
        lab.target().holds(replacement);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-COMB-08")
    void answersFramesOfOneMomentTogether(Lab lab) {
        StateId one = lab.freshStateId();
        StateId two = lab.freshStateId();

        lab.probe().send(updateCompressed(one));
        lab.probe().send(updateCompressed(two));

        lab.probe().expectFrame(updateRequest(one), updateRequest(two)).atOnce();
        lab.probe().expectNothing();
    }
}
