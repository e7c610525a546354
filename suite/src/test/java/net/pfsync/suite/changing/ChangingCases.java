package net.pfsync.suite.changing;

import java.util.concurrent.atomic.AtomicInteger;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;

/** A case that fails every second time, which no case of the suite may do. */
final class ChangingCases {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @Requirement("PFSYNC-SAMPLE-01")
    void passesEverySecondTime(Lab lab) {
        lab.check(RUNS.getAndIncrement() % 2 == 0, "an even run", "an odd run");
    }
}
