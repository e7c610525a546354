package net.pfsync.suite.samples.stopping;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;

/** A case that one release does not survive. */
final class StoppingCases {

    @Requirement("PFSYNC-HOWTO-04")
    void answersABulkRequestWithoutStates(Lab lab) {
        lab.probe().send(bulkRequest());
        lab.probe().expect(bulkEnd()).within(Duration.ofSeconds(2));
    }
}
