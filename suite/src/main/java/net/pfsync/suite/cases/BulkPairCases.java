package net.pfsync.suite.cases;

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
        TargetView peer = lab.peer();
        StateId[] made =
                lab.states().tcp(count).stream().map(lab.target()::addState).toArray(StateId[]::new);
        lab.pass(Duration.ofSeconds(3));
        lab.control("the target has made its states", () -> lab.target().holdsOnly(made));

        peer.comeUp();
        for (Duration waited = Duration.ZERO;
                peer.demotion() > 0 && waited.compareTo(LONGEST) < 0;
                waited = waited.plus(STEP)) {
            lab.pass(STEP);
        }

        peer.isNotDemoted();
        peer.holdsOnly(made);
    }
}
