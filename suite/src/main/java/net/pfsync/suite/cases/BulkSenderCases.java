package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.probe.HeardMessage;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;

/** A bulk transfer as the firewall sends it that was asked. */
final class BulkSenderCases {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(20);

    /** The target made these states itself and has announced them; nothing waits to be sent. */
    private static List<StateSpec> announced(Lab lab, int count) {
        List<StateSpec> made = new ArrayList<>();
        for (StateSpec state : lab.states().tcp(count)) {
            made.add(state.withId(lab.target().addState(state)));
        }
        Given.quiet(lab);
        return made;
    }

    /** A complete transfer, after which each of the states was sent exactly once since the request. */
    private static void carriesEachOnce(Lab lab, List<StateSpec> states, HeardFrame start) {
        lab.probe().expect(bulkEnd()).since(start).within(PATIENCE);
        List<HeardMessage> sent = lab.probe().heard(any(Kind.UPD)).stream()
                .filter(message -> message.frame().number() >= start.number())
                .toList();
        long missed = states.stream()
                .filter(state -> lab.probe().heard(update(state)).stream()
                                .filter(sent::contains)
                                .count()
                        != 1)
                .count();
        lab.check(
                missed == 0,
                "each of the " + states.size() + " states sent once",
                missed + " states not sent exactly once, " + sent.size() + " UPD in all");
    }

    @Requirement("PFSYNC-BULK-01")
    void answersARequestWithoutHavingStates(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkEnd()).within(SOON);
        lab.equal("UPD sent", 0, lab.probe().heard(any(Kind.UPD)).size());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-BULK-14")
    void sendsStartEvenWithoutHavingStates(Lab lab) {
        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkStart()).atOnce();
        lab.probe().expect(bulkEnd()).within(SOON);
    }

    @Requirement("PFSYNC-BULK-02")
    void sendsTheOnlyState(Lab lab) {
        List<StateSpec> states = announced(lab, 1);

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, states, start);
    }

    @Requirement("PFSYNC-BULK-03")
    void sendsEveryStateOnce(Lab lab) {
        List<StateSpec> states = announced(lab, 10);

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, states, start);
    }

    @Requirement("PFSYNC-BULK-04")
    void sendsEachOf500StatesOnce(Lab lab) {
        List<StateSpec> states = announced(lab, 500);

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, states, start);
    }

    @Requirement("PFSYNC-BULK-05")
    void sendsStatesThatItLearned(Lab lab) {
        StateSpec learned = lab.states().tcp();
        StateSpec other = lab.states().udp6().withCreator(lab.otherCreator());
        Given.known(lab, learned, other);
        Given.quiet(lab);

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, List.of(learned, other), start);
    }

    @Requirement("PFSYNC-BULK-06")
    void sendsStartFirstAndEndLast(Lab lab) {
        List<StateSpec> states = announced(lab, 12);

        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkEnd()).within(PATIENCE);
        List<HeardMessage> transfer = lab.probe().heard().stream()
                .flatMap(frame -> frame.messages().stream())
                .filter(message -> message.message().kind() == Kind.BUS
                        || message.message().kind() == Kind.UPD)
                .toList();
        lab.equal("messages", states.size() + 2, transfer.size());
        lab.equal("first", lab.probe().heard(bulkStart()).getFirst(), transfer.getFirst());
        lab.equal("last", lab.probe().heard(bulkEnd()).getFirst(), transfer.getLast());
    }

    @Requirement("PFSYNC-BULK-07")
    void pacesItsFrames(Lab lab) {
        announced(lab, 30);

        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkEnd()).within(PATIENCE);
        List<HeardFrame> frames = carrying(lab);
        lab.check(frames.size() > 3, "several frames", frames.size() + " frames");
        for (int i = 1; i < frames.size(); i++) {
            Duration gap = frames.get(i).at().minus(frames.get(i - 1).at());
            lab.check(
                    gap.minus(PACE).abs().toMillis() <= 10,
                    "frames 20 ms apart",
                    "frame " + frames.get(i).number() + " " + gap.toMillis() + " ms after the one before");
        }
    }

    private static List<HeardFrame> carrying(Lab lab) {
        return lab.probe().heard().stream()
                .filter(frame -> frame.messages().stream()
                        .anyMatch(message -> message.message().kind() == Kind.UPD))
                .toList();
    }

    @Requirement("PFSYNC-BULK-08")
    void fillsItsFrames(Lab lab) {
        int perFrame = Given.statesPerFrame(lab);
        announced(lab, 5 * perFrame + 1);

        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkEnd()).within(PATIENCE);
        List<HeardFrame> frames = carrying(lab);
        lab.check(frames.size() >= 5, "at least 5 frames with states", frames.size() + " frames with states");
        for (HeardFrame frame : frames.subList(1, frames.size() - 1)) {
            lab.equal(
                    "states in frame " + frame.number(),
                    perFrame,
                    frame.messages().size());
        }
    }

    @Requirement("PFSYNC-BULK-09")
    void sendsEverythingAgainForASecondRequester(Lab lab) {
        List<StateSpec> states = announced(lab, 100);
        lab.probe().send(bulkRequest());
        lab.probe().expect(bulkStart()).atOnce();
        lab.pass(Duration.ofMillis(50));
        int before = lab.probe().heard().size();

        lab.probe().send(bulkRequest());

        lab.pass(PATIENCE);
        List<HeardFrame> after =
                lab.probe().heard().subList(before, lab.probe().heard().size());
        List<HeardMessage> messages =
                after.stream().flatMap(frame -> frame.messages().stream()).toList();
        List<HeardMessage> ends = lab.probe().heard(bulkEnd());
        long missing = states.stream()
                .filter(state -> lab.probe().heard(update(state)).stream().noneMatch(messages::contains))
                .count();
        lab.check(
                missing == 0 && !ends.isEmpty() && messages.getLast().equals(ends.getLast()),
                "all 100 states after the second request, and END behind them",
                missing + " states missing, " + ends.size() + " END");
    }

    @Requirement("PFSYNC-BULK-10")
    void signsStartAndEndWithItsHostId(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());
        int hostId = own.id().creatorId();

        lab.probe().send(bulkRequest());

        lab.probe().expect(bulkStart(hostId)).atOnce();
        lab.probe().expect(bulkEnd(hostId)).within(SOON);
    }

    @Requirement("PFSYNC-BULK-11")
    void goesOnSpeakingDuringATransfer(Lab lab) {
        StateSpec known = lab.states().udp();
        StateId unknown = lab.freshStateId();
        Given.known(lab, known);
        announced(lab, 300);
        lab.probe().send(bulkRequest());
        lab.probe().expect(bulkStart()).atOnce();
        lab.pass(Duration.ofMillis(45));

        lab.probe().send(updateCompressed(unknown));
        lab.probe().expect(updateRequest(unknown)).atOnce();

        lab.probe().send(updateRequest(known.id()));
        lab.probe().expect(update(known)).atOnce();
        lab.probe().expect(bulkEnd()).within(PATIENCE);
    }

    @Requirement("PFSYNC-BULK-12")
    void leavesOutAStateThatWasRemoved(Lab lab) {
        List<StateSpec> states = announced(lab, 3);
        StateId removed = states.get(1).id();
        lab.target().kill(removed);

        lab.probe().send(bulkRequest());

        lab.probe().expect(update(states.get(0))).within(SOON);
        lab.probe().expect(update(states.get(2))).within(SOON);
        lab.probe().expect(bulkEnd()).within(SOON);
        lab.equal(
                "UPD of the removed state",
                0,
                lab.probe().heard(update(removed)).size());
    }

    @Requirement("PFSYNC-BULK-13")
    void answersOneRequestAfterTheOther(Lab lab) {
        List<StateSpec> states = announced(lab, 12);

        lab.probe().send(bulkRequest());
        HeardFrame first = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, states, first);
        Given.quiet(lab);

        lab.probe().send(bulkRequest());
        HeardFrame second = lab.probe().expect(bulkStart()).atOnce();
        carriesEachOnce(lab, states, second);
    }

    @Requirement("PFSYNC-BULK-15")
    void saysHowLongTheTransferTook(Lab lab) {
        announced(lab, 400);
        lab.target().setMtu(600);

        lab.probe().send(bulkRequest());

        HeardFrame start = lab.probe().expect(bulkStart().with("endtime", 0)).atOnce();
        HeardFrame end = lab.probe().expect(bulkEnd()).since(start).within(PATIENCE);
        long took = end.at().minus(start.at()).toSeconds();
        long said = end.messages().stream()
                .map(HeardMessage::message)
                .filter(BulkStatus.class::isInstance)
                .mapToLong(message -> ((BulkStatus) message).endtime())
                .max()
                .orElseThrow();
        lab.check(
                said >= took && said <= took + 1,
                "an end time of " + took + " s, or one more where a second begins in it",
                "an end time of " + said + " s");
    }
}
