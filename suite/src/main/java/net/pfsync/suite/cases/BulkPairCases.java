package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;

/** A bulk transfer between two firewalls of the same release. */
final class BulkPairCases {

    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Requirement("PFSYNC-BULK-40")
    void comesUpBesideAFirewallWithoutStates(Lab lab) {
        lab.peer().comeUp();
        lab.pass(Duration.ofSeconds(1));

        lab.peer().isNotDemoted();
        lab.target().isNotDemoted();
        Given.known(lab, lab.states().tcp());
    }

    @Requirement("PFSYNC-BULK-41")
    void hasTenStatesWhenItGoesIntoService(Lab lab) {
        hasAllWhenItGoesIntoService(lab, 10);
    }

    @Requirement("PFSYNC-BULK-42")
    void hasFiveHundredStatesWhenItGoesIntoService(Lab lab) {
        hasAllWhenItGoesIntoService(lab, 500);
    }

    private static void hasAllWhenItGoesIntoService(Lab lab, int count) {
        StateId[] made = statesOfTheTarget(lab, count);

        comesIntoService(lab);

        lab.peer().holdsOnly(made);
    }

    /** The target has made so many states, and nothing waits to be sent. */
    private static StateId[] statesOfTheTarget(Lab lab, int count) {
        StateId[] made =
                lab.states().tcp(count).stream().map(lab.target()::addState).toArray(StateId[]::new);
        lab.control("the target has made its states", () -> lab.target().holdsOnly(made));
        Given.quiet(lab);
        return made;
    }

    /** The peer comes up; time stands when its demotion is taken back. */
    private static void comesIntoService(Lab lab) {
        TargetView peer = lab.peer();
        peer.comeUp();
        for (Duration waited = Duration.ZERO;
                peer.demotion() > 0 && waited.compareTo(LONGEST) < 0;
                waited = waited.plus(STEP)) {
            lab.pass(STEP);
        }
        peer.isNotDemoted();
    }

    @Requirement("PFSYNC-BULK-43")
    void hasAllStatesAlthoughItAskedDuringATransfer(Lab lab) {
        StateId[] made = statesOfTheTarget(lab, 300);
        lab.probe().send(bulkRequest());
        lab.probe().expect(bulkStart()).atOnce();
        lab.pass(Duration.ofMillis(45));

        comesIntoService(lab);

        lab.peer().holdsOnly(made);
    }
}
