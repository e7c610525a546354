package net.pfsync.suite.samples.howto;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;

/** The cases that show how one is written. */
final class HowtoCases {

    @Requirement("PFSYNC-HOWTO-01")
    void asksForAStateItDoesNotKnow(Lab lab) {
        StateId unknown = lab.freshStateId();

        lab.probe().send(updateCompressed(unknown));

        lab.probe().expectFrame(updateRequest(unknown)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().lacks(unknown);
    }

    @Requirement("PFSYNC-HOWTO-02")
    void dropsAFrameOfAnotherVersion(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec other = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).version(lab.dialect().versionByte() + 1));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVER, 1);
        lab.target().lacks(state.id());
        lab.control("the same frame with the right version inserts its state", () -> {
            lab.probe().send(insert(other));
            lab.target().holds(other);
        });
    }

    @Requirement("PFSYNC-HOWTO-03")
    void collectsUpdatesForOneSecond(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());
        lab.probe().expect(insert(id)).afterOneSecond();
        lab.pass(Duration.ofSeconds(3));

        lab.target().touch(id);

        HeardFrame first = lab.probe().expectFrame(updateCompressed(id)).afterOneSecond();
        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.check(first.size() <= lab.target().mtu(), "a frame within the MTU", first.size() + " bytes");
    }

    @Requirement("PFSYNC-HOWTO-04")
    void sendsEveryStateOnceInABulkTransfer(Lab lab) {
        List<StateSpec> states = lab.states().tcp(10);
        states.forEach(state -> lab.probe().send(insert(state)));
        lab.pass(Duration.ofSeconds(3));
        lab.probe().forget();

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart()).atOnce();
        lab.probe().expect(bulkEnd()).since(start).within(Duration.ofSeconds(5));
        Set<StateId> missing = new HashSet<>();
        for (StateSpec state : states) {
            if (lab.probe().heard(update(state)).size() != 1) {
                missing.add(state.id());
            }
        }
        lab.check(missing.isEmpty(), "one UPD of each of the 10 states", missing.size() + " of them not sent once");
    }
}
