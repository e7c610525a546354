package net.pfsync.suite.slow;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;

/** Cases that take real time, so that a run can be interrupted: months of the protocol, one timer a second. */
final class SlowCases {

    private static final Duration MONTHS = Duration.ofDays(60);

    @Requirement("PFSYNC-SAMPLE-01")
    void goesOnForMonths(Lab lab) {
        lab.pass(MONTHS);
        lab.check(true, "time to pass", "time passed");
    }

    @Requirement("PFSYNC-SAMPLE-02")
    void goesOnForMonthsAgain(Lab lab) {
        goesOnForMonths(lab);
    }

    @Requirement("PFSYNC-SAMPLE-03")
    void goesOnForMonthsOnceMore(Lab lab) {
        goesOnForMonths(lab);
    }
}
