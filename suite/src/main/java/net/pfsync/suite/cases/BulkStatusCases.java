package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.bulkStatus;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;

/** BUS as a firewall hears it that waits for a bulk transfer, or does not. */
final class BulkStatusCases {

    private static final Duration LONGER_THAN_ANY_RETRY = Duration.ofSeconds(90);

    /** The target asks for all states and is demoted until it gets them. */
    static void waits(Lab lab) {
        lab.control("the target asks for all states and is demoted", () -> {
            lab.target().comeUp();
            lab.probe().expect(bulkRequest()).atOnce();
            lab.target().isDemoted();
        });
    }

    /** A START and an END end the wait; until now it went on. */
    private static void endsProperly(Lab lab) {
        lab.target().isDemoted();
        lab.control("START and END end the wait", () -> {
            lab.probe().send(bulkStart(lab.creator()));
            lab.probe().send(bulkEnd(lab.creator()));
            lab.target().isNotDemoted();
        });
    }

    @Requirement("PFSYNC-BUS-01")
    void ignoresTheTransfersOfOthers(Lab lab) {
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(bulkEnd(lab.creator()));

        lab.probe().expectNothing();
        lab.target().isNotDemoted();
        lab.target().statistics().unchanged();
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-BUS-02")
    void goesIntoServiceAtEnd(Lab lab) {
        waits(lab);

        lab.probe().send(bulkStart(lab.creator()));
        lab.target().isDemoted();
        lab.probe().send(bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.probe().expectSilence(LONGER_THAN_ANY_RETRY);
        lab.target().isNotDemoted();
    }

    @Requirement("PFSYNC-BUS-03")
    void goesIntoServiceAtEndWithoutStart(Lab lab) {
        waits(lab);

        lab.probe().send(bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.probe().expectSilence(LONGER_THAN_ANY_RETRY);
    }

    @Requirement("PFSYNC-BUS-04")
    void waitsForTheTransferFromItsStart(Lab lab) {
        waits(lab);
        HeardFrame repeated = lab.probe().expect(bulkRequest()).within(LONGER_THAN_ANY_RETRY);
        Duration nearlyItsWait = repeated.at().minus(Duration.ofMillis(500));
        waits(lab);
        lab.pass(nearlyItsWait);

        lab.probe().send(bulkStart(lab.creator()));

        lab.probe().expectSilence(nearlyItsWait);
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-05")
    void takesTheEndOfAnyPeer(Lab lab) {
        waits(lab);

        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(bulkEnd(lab.otherCreator()));

        lab.target().isNotDemoted();
    }

    @Requirement("PFSYNC-BUS-06")
    void ignoresAnyOtherStatus(Lab lab) {
        waits(lab);
        lab.probe().send(bulkStart(lab.creator()));

        lab.probe().send(bulkStatus(0));
        lab.probe().send(bulkStatus(3));
        lab.probe().send(bulkStatus(255));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-07")
    void readsNoMessageFromAnEmptySection(Lab lab) {
        waits(lab);
        lab.probe().send(bulkStart(lab.creator()));

        // Three empty sections whose twelve bytes look like END: creator, end time, and status 2 (which is INS_ACK).
        lab.probe()
                .send(lab.probe()
                        .frame()
                        .section(lab.dialect().number(Kind.BUS), 0, Given.stride(lab, Kind.BUS), new byte[0])
                        .section(lab.dialect().number(Kind.UPD), 0, Given.stride(lab, Kind.UPD), new byte[0])
                        .section(lab.dialect().number(Kind.CLR), 0, Given.stride(lab, Kind.CLR), new byte[0])
                        .section(lab.dialect().number(Kind.INS_ACK), 0, Given.stride(lab, Kind.INS_ACK), new byte[0]));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-08")
    void refusesASectionWithoutItsMessage(Lab lab) {
        waits(lab);
        lab.probe().send(bulkStart(lab.creator()));

        lab.probe()
                .send(lab.probe()
                        .frame()
                        .section(lab.dialect().number(Kind.BUS), 1, Given.stride(lab, Kind.BUS), new byte[0])
                        .eof(false));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 1);
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-09")
    void hearsStartAndEndInOneFrame(Lab lab) {
        waits(lab);

        lab.probe()
                .send(Given.andSection(
                        lab.probe(), lab.probe().frame(bulkStart(lab.creator())), bulkEnd(lab.creator())));

        lab.target().isNotDemoted();
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-BUS-10")
    void refusesTheEndOfAnEarlierTransfer(Lab lab) {
        waits(lab);
        lab.pass(Duration.ofSeconds(2));

        lab.probe().send(bulkEnd(lab.creator()).with("endtime", 10));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-11")
    void takesStatesThatShareTheirFrameWithEnd(Lab lab) {
        StateSpec inserted = lab.states().tcp();
        StateSpec updated = lab.states().tcp();
        waits(lab);
        lab.probe().send(bulkStart(lab.creator()));

        lab.probe().send(insert(inserted), update(updated), bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.target().holds(inserted);
        lab.target().holds(updated);
    }

    @Requirement("PFSYNC-BUS-12")
    void needsOneEndForTwoStarts(Lab lab) {
        waits(lab);

        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(bulkStart(lab.otherCreator()));
        lab.target().isDemoted();
        lab.probe().send(bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.probe().expectSilence(LONGER_THAN_ANY_RETRY);
    }

    @Requirement("PFSYNC-BUS-13")
    void refusesAnEndTimeBeforeItsOwnBoot(Lab lab) {
        waits(lab);

        lab.probe().send(bulkEnd(lab.creator()).with("endtime", 100_000_000));

        lab.probe().expectNothing();
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-14")
    void readsTheFirstMessageOfASection(Lab lab) {
        waits(lab);

        lab.probe().send(bulkStart(lab.creator()), bulkEnd(lab.creator()));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        endsProperly(lab);
    }

    @Requirement("PFSYNC-BUS-15")
    void endsItsWaitOnceWhenTheAnswerComesInTheLastMoment(Lab lab) {
        Duration last = lastMoment(lab);
        for (int offset : new int[] {-5, -2, -1, 0, 1, 2, 5}) {
            waits(lab);
            Duration asked = lab.elapsed();
            lab.pass(last.plusMillis(offset).minus(lab.elapsed().minus(asked)));

            lab.probe().send(bulkStart(lab.creator()));
            lab.probe().send(bulkEnd(lab.creator()));

            lab.target().isNotDemoted();
            lab.probe().forget();
        }
        Given.known(lab, lab.states().tcp());
    }

    /** How long after its request a target gives up that nobody answers, exact to a millisecond. */
    private static Duration lastMoment(Lab lab) {
        waits(lab);
        Duration asked = lab.elapsed();
        while (lab.target().demotion() > 0 && lab.elapsed().minus(asked).compareTo(LONGER_THAN_ANY_RETRY) < 0) {
            lab.pass(Duration.ofSeconds(1));
        }
        Duration nearly = lab.elapsed().minus(asked).minusSeconds(1);
        waits(lab);
        asked = lab.elapsed();
        lab.pass(nearly.minusMillis(10));
        while (lab.target().demotion() > 0 && lab.elapsed().minus(asked).compareTo(LONGER_THAN_ANY_RETRY) < 0) {
            lab.pass(Duration.ofMillis(1));
        }
        return lab.elapsed().minus(asked);
    }
}
