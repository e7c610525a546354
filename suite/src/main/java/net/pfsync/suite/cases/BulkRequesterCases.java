package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.update;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardMessage;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;

/** A bulk transfer as the firewall asks for it that comes up. */
final class BulkRequesterCases {

    private static final Duration ALL_TRIES = Duration.ofSeconds(150);
    private static final Duration LONGEST_TRANSFER = Duration.ofSeconds(2000);

    @Requirement("PFSYNC-BULK-20")
    void asksForAllStatesWhenItComesUp(Lab lab) {
        lab.target().comeUp();

        lab.probe().expectFrame(bulkRequest()).atOnce();
    }

    @Requirement("PFSYNC-BULK-21")
    void isDemotedUntilItHasTheStates(Lab lab) {
        int before = lab.target().demotion();

        lab.target().comeUp();
        lab.probe().expect(bulkRequest()).atOnce();
        int meanwhile = lab.target().demotion();
        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(bulkEnd(lab.creator()));

        lab.check(meanwhile > before, "a demotion above " + before, "demotion " + meanwhile);
        lab.equal("demotion afterwards", before, lab.target().demotion());
    }

    @Requirement("PFSYNC-BULK-22")
    void repeatsItsRequestTwelveTimes(Lab lab) {
        lab.target().comeUp();

        lab.pass(ALL_TRIES);

        List<HeardMessage> requests = lab.probe().heard(bulkRequest());
        lab.equal("requests", 13, requests.size());
        for (int i = 2; i < requests.size(); i++) {
            areApart(lab, requests.get(i - 1), requests.get(i), Duration.ofSeconds(5));
        }
    }

    @Requirement("PFSYNC-BULK-23")
    void sendsItsRequestTwelveTimes(Lab lab) {
        lab.target().comeUp();

        lab.pass(ALL_TRIES);

        List<HeardMessage> requests = lab.probe().heard(bulkRequest());
        lab.equal("requests", 12, requests.size());
        for (int i = 1; i < requests.size(); i++) {
            areApart(lab, requests.get(i - 1), requests.get(i), Duration.ofSeconds(2));
        }
    }

    private static void areApart(Lab lab, HeardMessage one, HeardMessage other, Duration wanted) {
        Duration gap = other.at().minus(one.at());
        lab.check(
                gap.minus(wanted).abs().toMillis() <= 100,
                "requests " + wanted.toSeconds() + " s apart",
                "requests " + gap.toMillis() + " ms apart");
    }

    @Requirement("PFSYNC-BULK-24")
    void givesUpWhenNobodyAnswers(Lab lab) {
        BulkStatusCases.waits(lab);

        lab.pass(ALL_TRIES);

        lab.target().isNotDemoted();
        lab.probe().forget();
        lab.probe().expectSilence(ALL_TRIES);
    }

    @Requirement("PFSYNC-BULK-25")
    void asksAgainWhenTheEndOfTheTransferWasLost(Lab lab) {
        StateSpec state = lab.states().tcp();
        BulkStatusCases.waits(lab);
        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(update(state));

        lab.probe().expect(bulkRequest()).within(LONGEST_TRANSFER);

        lab.target().isDemoted();
        lab.control("the answer to the second request ends the wait", () -> {
            lab.probe().send(bulkStart(lab.creator()));
            lab.probe().send(bulkEnd(lab.creator()));
            lab.target().isNotDemoted();
        });
    }

    @Requirement("PFSYNC-BULK-26")
    void takesTheAnswerToARepeatedRequest(Lab lab) {
        StateSpec state = lab.states().tcp();
        BulkStatusCases.waits(lab);
        lab.probe().expect(bulkRequest()).within(Duration.ofSeconds(30));

        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(update(state), bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.target().holds(state);
        lab.probe().expectSilence(ALL_TRIES);
    }

    @Requirement("PFSYNC-BULK-27")
    void answersAnotherRequesterWhileItWaits(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());
        BulkStatusCases.waits(lab);

        lab.probe().send(bulkRequest());

        lab.probe().expect(update(own)).within(Duration.ofSeconds(1));
        lab.probe().expect(bulkEnd()).within(Duration.ofSeconds(1));
        lab.target().isDemoted();
    }

    @Requirement("PFSYNC-BULK-28")
    void asksNoMoreWhenItIsTakenDown(Lab lab) {
        BulkStatusCases.waits(lab);

        lab.target().down();

        lab.target().isNotDemoted();
        lab.probe().expectSilence(ALL_TRIES);
    }

    @Requirement("PFSYNC-BULK-29")
    void takesTheStatesOfTheTransfer(Lab lab) {
        StateSpec one = lab.states().tcp();
        StateSpec two = lab.states().udp6();
        StateSpec three = lab.states().tcp().withCreator(lab.otherCreator());
        BulkStatusCases.waits(lab);

        lab.probe().send(bulkStart(lab.creator()));
        lab.probe().send(update(one), update(two));
        lab.target().holds(one);
        lab.target().holds(two);
        lab.probe().send(update(three));
        lab.probe().send(bulkEnd(lab.creator()));

        lab.target().isNotDemoted();
        lab.target().holds(three);
    }

    @Requirement("PFSYNC-BULK-30")
    void waitsLongerForALargeTable(Lab lab) {
        BulkStatusCases.waits(lab);
        lab.probe().expectSilence(Duration.ofSeconds(15));

        lab.probe().send(bulkStart(lab.creator()));

        lab.probe().expectSilence(Duration.ofSeconds(15));
        lab.probe().expect(bulkRequest()).within(Duration.ofMinutes(1));
    }

    @Requirement("PFSYNC-BULK-32")
    void isDemotedWithoutALink(Lab lab) {
        int before = lab.target().demotion();

        lab.target().cut();
        int meanwhile = lab.target().demotion();
        lab.target().heal();

        lab.check(meanwhile > before, "a demotion above " + before, "demotion " + meanwhile);
        lab.equal("demotion with the link back", before, lab.target().demotion());
    }

    @Requirement("PFSYNC-BULK-33")
    void isNotDemotedByALinkThatComesAndGoes(Lab lab) {
        int before = lab.target().demotion();
        for (int flap = 0; flap < 10; flap++) {
            lab.target().cut();
            lab.pass(Duration.ofMillis(300));
            lab.target().heal();
            lab.pass(Duration.ofMillis(700));
        }
        lab.equal("demotion after ten times", before, lab.target().demotion());
    }
}
