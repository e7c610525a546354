package net.pfsync.suite.plan.foreign;

import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.insert;

import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;

/** A case that is about somebody else's states. */
final class ForeignCases {

    @Requirement("PFSYNC-HOWTO-04")
    void clearsWhatIsNotItsOwn(Lab lab) {
        lab.probe().send(insert(lab.states().tcp()));
        lab.probe().send(clear(0xdeadbeef));
        lab.probe().expectNothing();
    }
}
