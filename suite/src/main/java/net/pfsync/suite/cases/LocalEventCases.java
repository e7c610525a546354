package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Kind;

/** What a firewall says when its own states are made, change and go. */
final class LocalEventCases {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    @Requirement("PFSYNC-LOCAL-01")
    void announcesANewStateWithAllItsValues(Lab lab) {
        StateSpec state = lab.states().tcp().withIfname("em0").withDirection(StateSpec.IN);
        StateId other = lab.target().addState(lab.states().udp6());

        StateId id = lab.target().addState(state);

        lab.probe().expectFrame(insert(state.withId(id)), insert(other)).afterOneSecond();
        lab.equal("creator of both", other.creatorId(), id.creatorId());
        lab.check(!id.equals(other), "two ids", id + ", " + other);
    }

    @Requirement("PFSYNC-LOCAL-02")
    void announcesAChangeInTheCompressedForm(Lab lab) {
        StateSpec state = Given.announced(lab, lab.states().tcp());
        StateSpec newer =
                state.withSrc(state.src().advanced(1000)).withDst(state.dst().advanced(10));

        Given.packetLeaves(lab, newer);

        lab.probe().expectFrame(updateCompressed(newer)).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-LOCAL-03")
    void announcesADeletionByName(Lab lab) {
        StateSpec gone = Given.announced(lab, lab.states().tcp());
        StateSpec stays = Given.announced(lab, lab.states().tcp());

        lab.target().kill(gone.id());

        lab.probe().expectFrame(deleteCompressed(gone.id())).within(Duration.ofMillis(1500));
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().lacks(gone.id());
        lab.target().holds(stays);
    }

    @Requirement("PFSYNC-LOCAL-04")
    void announcesAFlushByOneClear(Lab lab) {
        StateSpec one = Given.announced(lab, lab.states().tcp());
        StateSpec two = Given.announced(lab, lab.states().udp());

        lab.target().flush();

        lab.probe().expectFrame(clear(one.id().creatorId()).with("ifname", "")).atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().lacks(one.id());
        lab.target().lacks(two.id());
    }

    @Requirement("PFSYNC-LOCAL-05")
    void announcesAFlushOfAnInterfaceByItsName(Lab lab) {
        StateSpec there = Given.announced(lab, lab.states().tcp().withIfname("em0"));
        StateSpec elsewhere = Given.announced(lab, lab.states().tcp().withIfname("em1"));

        lab.target().flush("em0");

        lab.probe().expectFrame(clear(there.id().creatorId(), "em0")).atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().lacks(there.id());
        lab.target().holds(elsewhere);
    }

    @Requirement("PFSYNC-LOCAL-06")
    void announcesTheDeletionOfAForeignStateWithItsCreator(Lab lab) {
        StateSpec foreign = lab.states().tcp();
        Given.known(lab, foreign);
        Given.quiet(lab);

        lab.target().kill(foreign.id());

        lab.probe().expectFrame(deleteCompressed(foreign.id())).within(Duration.ofMillis(1500));
    }

    @Requirement("PFSYNC-LOCAL-07")
    void saysNothingOfAStateThatIsNotSynchronised(Lab lab) {
        StateId hidden = lab.target().addState(lab.states().tcp().withFlags(StateFlag.NOSYNC));
        lab.probe().expectSilence(LONG_ENOUGH);

        lab.target().touch(hidden);
        lab.probe().expectSilence(LONG_ENOUGH);

        lab.target().kill(hidden);
        lab.probe().expectSilence(LONG_ENOUGH);
        Given.announced(lab, lab.states().tcp());
    }

    @Requirement("PFSYNC-LOCAL-08")
    void leavesAStateThatIsNotSynchronisedOutOfABulkTransfer(Lab lab) {
        StateId hidden = lab.target().addState(lab.states().tcp().withFlags(StateFlag.NOSYNC));
        StateSpec open = Given.announced(lab, lab.states().tcp());

        lab.probe().send(bulkRequest());

        lab.probe().expect(update(open)).within(Duration.ofSeconds(1));
        lab.probe().expect(bulkEnd()).within(Duration.ofSeconds(1));
        lab.probe().expectNo(update(hidden));
    }

    @Requirement("PFSYNC-LOCAL-09")
    void doesNotAnnounceAStateThatWasFlushed(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());

        lab.target().flush();

        lab.probe().expectFrame(clear(id.creatorId())).atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
        lab.probe().expectNo(any(Kind.INS));
    }

    @Requirement("PFSYNC-LOCAL-10")
    void announcesAChangeOfAForeignStateWithItsCreator(Lab lab) {
        StateSpec foreign = lab.states().tcp();
        Given.known(lab, foreign);
        Given.quiet(lab);
        StateSpec newer = foreign.withSrc(foreign.src().advanced(1000));

        Given.packetLeaves(lab, newer);

        lab.probe().expectFrame(updateCompressed(newer)).within(Duration.ofMillis(1500));
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-LOCAL-11")
    void saysNothingOfItsOwnPackets(Lab lab) {
        int pfsync = 240;
        StateId own = lab.target().addState(lab.states().udp().withProto(pfsync));

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().touch(own);
        lab.probe().expectSilence(LONG_ENOUGH);
        Given.announced(lab, lab.states().udp());
    }
}
