package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Kind;

/** What becomes of messages that wait to be sent. */
final class QueueCases {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    @Requirement("PFSYNC-QUEUE-01")
    void sendsSeveralChangesAsOne(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());
        StateSpec once = state.withSrc(state.src().advanced(1000));
        StateSpec twice = once.withDst(once.dst().advanced(2000));

        Given.packetLeaves(lab, once);
        Given.packetLeaves(lab, twice);

        lab.probe().expectFrame(updateCompressed(twice)).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-02")
    void announcesANewStateThatChangedByItsInsertAlone(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateId id = lab.target().addState(state);
        StateSpec newer = state.withId(id).withSrc(state.src().advanced(1000));

        Given.packetLeaves(lab, newer);

        lab.probe().expectFrame(insert(newer)).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-03")
    void saysNothingOfAStateThatWasNeverAnnounced(Lab lab) {
        StateId shortLived = lab.target().addState(lab.states().tcp());
        lab.target().kill(shortLived);

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().lacks(shortLived);
        Given.announced(lab, lab.states().tcp());
    }

    @Requirement("PFSYNC-QUEUE-04")
    void announcesADeletionInsteadOfTheUpdateBefore(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());

        lab.target().touch(state.id());
        lab.target().kill(state.id());

        lab.probe().expectFrame(deleteCompressed(state.id())).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-05")
    void sendsTheFullStateInsteadOfTheCompressedOne(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());
        StateSpec newer = state.withSrc(state.src().advanced(1000));

        Given.packetLeaves(lab, newer);
        lab.probe().send(updateRequest(state.id()));

        lab.probe().expectFrame(update(newer)).atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-06")
    void sendsTheInsertInsteadOfAnUpdate(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());

        lab.probe().send(updateRequest(id));

        lab.probe().expectFrame(insert(id)).within(Duration.ofMillis(1200));
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-07")
    void sendsAFullFrameAtOnceAndTheRestAfterASecond(Lab lab) {
        int perFrame = Given.statesPerFrame(lab);
        lab.states().tcp(2 * perFrame + 2).forEach(lab.target()::addState);

        lab.pass(Duration.ofMillis(500));
        lab.equal(
                "states in frames that left at once",
                List.of(perFrame, perFrame),
                sizes(lab.probe().heard()));
        lab.pass(Duration.ofSeconds(1));
        lab.equal(
                "states in all frames",
                List.of(perFrame, perFrame, 2),
                sizes(lab.probe().heard()));
    }

    private static List<Integer> sizes(List<HeardFrame> frames) {
        return frames.stream().map(frame -> frame.messages().size()).toList();
    }

    @Requirement("PFSYNC-QUEUE-08")
    void neverSendsAFrameAboveTheMtu(Lab lab) {
        for (int mtu : new int[] {1500, 1499, 1111, 733, 576}) {
            lab.target().setMtu(mtu);
            int before = lab.probe().heard().size();
            everyKindOfMessage(lab);
            List<HeardFrame> frames =
                    lab.probe().heard().subList(before, lab.probe().heard().size());
            int longest = frames.stream().mapToInt(HeardFrame::size).max().orElse(0);
            lab.check(
                    longest > 0 && longest <= mtu, "frames of at most " + mtu + " bytes", "the longest has " + longest);
        }
    }

    /** Inserts, acknowledged and requested states, updates, deletions and requests, in an order that the seed gives. */
    private static void everyKindOfMessage(Lab lab) {
        List<StateId> own = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            switch (lab.random().nextInt(5)) {
                case 0 -> own.add(lab.target().addState(lab.states().tcp()));
                case 1 -> lab.probe().send(updateCompressed(lab.freshStateId()), updateCompressed(lab.freshStateId()));
                case 2 -> own.stream().skip(own.size() / 2).forEach(lab.target()::touch);
                case 3 ->
                    own.stream().findAny().ifPresent(id -> {
                        lab.target().kill(id);
                        own.remove(id);
                    });
                default -> own.stream().limit(8).forEach(id -> lab.probe().send(updateRequest(id)));
            }
        }
        lab.pass(LONG_ENOUGH);
        own.forEach(lab.target()::kill);
        lab.pass(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-QUEUE-09")
    void sendsEverythingThatWaitsInOneFrame(Lab lab) {
        StateSpec changed = Given.announced(lab, lab.states().tcp());
        StateSpec removed = Given.announced(lab, lab.states().udp());

        lab.target().touch(changed.id());
        lab.target().kill(removed.id());
        StateId fresh = lab.target().addState(lab.states().tcp());

        lab.probe()
                .expectFrame(insert(fresh), updateCompressed(changed.id()), deleteCompressed(removed.id()))
                .afterOneSecond();
    }

    @Requirement("PFSYNC-QUEUE-10")
    void saysNothingOfAStateThatAPeerRemoved(Lab lab) {
        StateSpec deleted = Given.announced(lab, lab.states().tcp());
        StateSpec cleared = Given.announced(lab, lab.states().tcp());

        lab.target().touch(deleted.id());
        lab.probe().send(deleteCompressed(deleted.id()));
        lab.probe().expectSilence(LONG_ENOUGH);

        lab.target().touch(cleared.id());
        lab.probe().send(clear(cleared.id().creatorId()));
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().lacks(deleted.id());
        lab.target().lacks(cleared.id());
    }

    @Requirement("PFSYNC-QUEUE-11")
    void takesWhatWaitsAlongWithAnUrgentMessage(Lab lab) {
        StateSpec foreign = lab.states().udp();
        lab.probe().send(insert(foreign));
        StateId fresh = lab.target().addState(lab.states().tcp());
        lab.pass(Duration.ofMillis(500));

        lab.target().touch(foreign.id());

        lab.probe().expectFrame(updateCompressed(foreign.id()), insert(fresh)).atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.equal("INS sent", 1, lab.probe().heard(any(Kind.INS)).size());
    }
}
