package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;

/** When a frame leaves: after a second, or at once. */
final class TimerCases {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final int DEFAULT_MAXUPD = 128;

    @Requirement("PFSYNC-TIMER-01")
    void announcesANewStateAfterASecond(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());

        lab.probe().expectFrame(insert(id)).afterOneSecond();
        lab.probe().expectSilence(Duration.ofSeconds(3));
    }

    @Requirement("PFSYNC-TIMER-02")
    void countsTheSecondFromTheFirstMessage(Lab lab) {
        StateId first = lab.target().addState(lab.states().tcp());
        lab.pass(Duration.ofMillis(400));
        StateId second = lab.target().addState(lab.states().tcp());
        lab.pass(Duration.ofMillis(400));
        StateId third = lab.target().addState(lab.states().tcp());

        lab.probe()
                .expectFrame(insert(first), insert(second), insert(third))
                .between(Duration.ofMillis(180), Duration.ofMillis(310));
    }

    @Requirement("PFSYNC-TIMER-03")
    void announcesAChangeAfterASecond(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());

        lab.target().touch(state.id());

        lab.probe().expectFrame(updateCompressed(state.id())).afterOneSecond();
        lab.probe().expectSilence(Duration.ofSeconds(3));
    }

    @Requirement("PFSYNC-TIMER-04")
    void announcesADeletionAfterASecond(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());

        lab.target().kill(state.id());

        lab.probe().expectFrame(deleteCompressed(state.id())).afterOneSecond();
    }

    @Requirement("PFSYNC-TIMER-05")
    void announcesAChangeAtOnceIfAPeerJustSpoke(Lab lab) {
        StateSpec learned = lab.states().tcp();
        lab.probe().send(insert(learned));
        lab.pass(HALF_A_SECOND);
        lab.target().touch(learned.id());
        lab.probe().expectFrame(updateCompressed(learned.id())).atOnce();

        Given.quiet(lab);
        StateSpec updated = learned.withSrc(learned.src().advanced(1000));
        lab.probe().send(updateCompressed(updated));
        lab.pass(HALF_A_SECOND);
        lab.target().touch(learned.id());
        lab.probe().expectFrame(updateCompressed(updated)).atOnce();
    }

    @Requirement("PFSYNC-TIMER-06")
    void waitsAgainIfThePeersAreQuiet(Lab lab) {
        StateSpec learned = lab.states().tcp();
        lab.probe().send(insert(learned));
        Given.quiet(lab);

        lab.target().touch(learned.id());

        lab.probe().expectFrame(updateCompressed(learned.id())).afterOneSecond();
    }

    @Requirement("PFSYNC-TIMER-07")
    void announcesAStateAtOnceThatChangedMaxupdTimes(Lab lab) {
        lab.target().setMaxupd(3);
        StateSpec state = Given.announced(lab, lab.states().tcp());

        changesWithoutHurry(lab, state.id(), 3);
        lab.target().touch(state.id());

        lab.probe().expectFrame(updateCompressed(state.id())).atOnce();
        lab.probe().expectSilence(Duration.ofSeconds(3));
    }

    /** So many changes leave nothing at once. */
    private static void changesWithoutHurry(Lab lab, StateId id, int changes) {
        for (int i = 0; i < changes; i++) {
            lab.target().touch(id);
        }
        lab.probe().expectSilence(HALF_A_SECOND);
    }

    @Requirement("PFSYNC-TIMER-08")
    void doesNotCountChangesWithoutTcp(Lab lab) {
        lab.target().setMaxupd(3);
        StateSpec state = Given.announced(lab, lab.states().udp());

        changesWithoutHurry(lab, state.id(), 20);

        lab.probe().expectFrame(updateCompressed(state.id())).afterOneSecond();
    }

    @Requirement("PFSYNC-TIMER-09")
    void startsANewSecondAfterAFrame(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());
        lab.target().touch(state.id());
        HeardFrame first = lab.probe().expectFrame(updateCompressed(state.id())).afterOneSecond();
        lab.pass(Duration.ofMillis(300));

        lab.target().touch(state.id());

        HeardFrame second =
                lab.probe().expectFrame(updateCompressed(state.id())).afterOneSecond();
        Duration between = second.at().minus(first.at());
        lab.check(between.toMillis() >= 1250, "frames at least 1.3 s apart", between.toMillis() + " ms apart");
    }

    @Requirement("PFSYNC-TIMER-10")
    void collects128ChangesByDefault(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());

        changesWithoutHurry(lab, state.id(), DEFAULT_MAXUPD);
        lab.target().touch(state.id());

        lab.probe().expectFrame(updateCompressed(state.id())).atOnce();
    }

    @Requirement("PFSYNC-TIMER-11")
    void announcesAChangeAtOnceIfAPeerJustSentAStaleUpdate(Lab lab) {
        StateSpec learned = lab.states().tcp();
        Given.known(lab, learned);
        Given.quiet(lab);
        lab.probe()
                .send(updateCompressed(learned.withSrc(learned.src().advanced(-1000))
                        .withDst(learned.dst().advanced(-1000))));
        lab.probe().expectFrame(updateCompressed(learned)).atOnce();
        lab.pass(HALF_A_SECOND);

        lab.target().touch(learned.id());

        lab.probe().expectFrame(updateCompressed(learned)).atOnce();
    }

    @Requirement("PFSYNC-TIMER-12")
    void countsChangesWhileTheInsertWaits(Lab lab) {
        lab.target().setMaxupd(3);
        StateId id = lab.target().addState(lab.states().tcp());

        changesWithoutHurry(lab, id, 2);
        lab.target().touch(id);

        lab.probe().expectFrame(insert(id)).atOnce();
    }

    @Requirement("PFSYNC-TIMER-13")
    void doesNotCountChangesWhileTheInsertWaits(Lab lab) {
        lab.target().setMaxupd(3);
        StateId id = lab.target().addState(lab.states().tcp());

        changesWithoutHurry(lab, id, 20);

        lab.probe().expectFrame(insert(id)).within(Duration.ofSeconds(1));
    }

    @Requirement("PFSYNC-TIMER-14")
    void announcesEverySecondChangeIfMaxupdIsZero(Lab lab) {
        lab.target().setMaxupd(0);
        StateSpec state = Given.announced(lab, lab.states().tcp());

        for (int pair = 0; pair < 3; pair++) {
            changesWithoutHurry(lab, state.id(), 1);
            lab.target().touch(state.id());
            lab.probe().expectFrame(updateCompressed(state.id())).atOnce();
            Given.quiet(lab);
        }
    }
}
