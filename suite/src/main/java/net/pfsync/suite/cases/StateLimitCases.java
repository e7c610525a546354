package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;

/** What a firewall does when its state table is full. The sentinel needs room too, so the limit is raised before it. */
final class StateLimitCases {

    private static final int ROOM = 10_000;
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    /** The target has this state, and room for no other. */
    private static void full(Lab lab, StateSpec only) {
        lab.target().setStateLimit(1);
        lab.probe().send(insert(only));
        lab.pass(HALF_A_SECOND);
    }

    @Requirement("PFSYNC-INS-23")
    void takesAsManyStatesAsFit(Lab lab) {
        List<StateSpec> states = lab.states().tcp(5);
        lab.target().setStateLimit(3);

        lab.probe()
                .send(
                        insert(states.get(0)),
                        insert(states.get(1)),
                        insert(states.get(2)),
                        insert(states.get(3)),
                        insert(states.get(4)),
                        deleteCompressed(lab.freshStateId()));

        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().setStateLimit(ROOM);
        states.subList(0, 3).forEach(lab.target()::holds);
        states.subList(3, 5).forEach(state -> lab.target().lacks(state.id()));
    }

    @Requirement("PFSYNC-IACK-07")
    void doesNotAcknowledgeAStateWithoutRoom(Lab lab) {
        StateSpec only = lab.states().tcp();
        StateSpec state = lab.states().tcp().withFlags(StateFlag.ACK);
        full(lab, only);

        lab.probe().send(insert(state));

        lab.probe().expectSilence(HALF_A_SECOND);
        lab.target().statistics().unchanged();
        lab.target().setStateLimit(ROOM);
        lab.target().holds(only);
        lab.target().lacks(state.id());
        lab.control("with room it is acknowledged", () -> {
            lab.probe().send(insert(state));
            lab.probe().expect(insertAck(state.id())).atOnce();
        });
    }

    @Requirement("PFSYNC-UPD-22")
    void updatesKnownStatesWithoutRoomForNewOnes(Lab lab) {
        StateSpec only = lab.states().tcp();
        StateSpec other = lab.states().tcp();
        StateSpec newer = only.withSrc(only.src().advanced(1000));
        full(lab, only);

        lab.probe().send(update(other), update(newer));

        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
        lab.target().setStateLimit(ROOM);
        lab.target().holds(newer);
        lab.target().lacks(other.id());
    }

    @Requirement("PFSYNC-UPDC-14")
    void asksForUnknownStatesWithoutRoomForThem(Lab lab) {
        StateId unknown = lab.freshStateId();
        full(lab, lab.states().tcp());

        lab.probe().send(updateCompressed(unknown));

        lab.probe().expectFrame(updateRequest(unknown)).atOnce();
    }
}
