package net.pfsync.suite.samples.verdicts;

import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;

/** One case for every way in which a case can end. */
final class VerdictCases {

    @Requirement("PFSYNC-SAMPLE-01")
    void passes(Lab lab) {
        StateSpec state = lab.states().tcp();
        lab.probe().send(insert(state));
        lab.target().holds(state);
    }

    @Requirement("PFSYNC-SAMPLE-02")
    void failsBecauseSomethingElseComes(Lab lab) {
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));
        lab.probe().expect(bulkStart()).atOnce();
    }

    @Requirement("PFSYNC-SAMPLE-03")
    void cannotBeToldWhenTheControlDoesNotWork(Lab lab) {
        lab.control(
                "nothing is answered by a request",
                () -> lab.probe().expect(updateRequest(lab.freshStateId())).atOnce());
    }

    @Requirement("PFSYNC-SAMPLE-04")
    void needsWhatTheLabDoesNotHave(Lab lab) {
        lab.check(true, "not to be run", "it is run");
    }

    @Requirement("PFSYNC-SAMPLE-05")
    void isAboutAnotherDialect(Lab lab) {
        lab.check(true, "not to be run", "it is run");
    }

    @Requirement("PFSYNC-SAMPLE-06")
    void observesNothing(Lab lab) {
        lab.probe().send(insert(lab.states().udp()));
    }

    @Requirement("PFSYNC-SAMPLE-07")
    void isAtFaultItself(Lab lab) {
        lab.probe().send(lab.probe().frame().checksum(new byte[3]));
    }

    @Requirement("PFSYNC-SAMPLE-08")
    void isContradictedByTheConsole(Lab lab) {
        StateSpec state = lab.states().icmp();
        lab.probe().send(insert(state));
        lab.target().holds(state);
    }
}
