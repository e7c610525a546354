package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;

import java.util.Arrays;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;

/** How a received frame ends. */
final class EndOfFrameCases {

    private static final int EOF = 12;
    private static final int HMAC = 20;

    @Requirement("PFSYNC-EOF-02")
    void complainsAboutBytesBehindEofAndKeepsWhatStoodBefore(Lab lab) {
        StateSpec inside = lab.states().tcp();
        StateSpec outside = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(inside)).hmac(new byte[HMAC]));
        lab.probe().send(lab.probe().frame(insert(outside)).trailing(new byte[HMAC]));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 2);
        lab.target().holds(inside);
        lab.target().holds(outside);
    }

    @Requirement("PFSYNC-EOF-03")
    void complainsAboutAMissingHmacAndKeepsWhatStoodBefore(Lab lab) {
        StateSpec without = lab.states().tcp();
        StateSpec withMore = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(without)).hmac(new byte[0]));
        lab.probe().send(lab.probe().frame(insert(withMore)).hmac(new byte[HMAC + 4]));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADACT, 2);
        lab.target().holds(without);
        lab.target().holds(withMore);
    }

    @Requirement("PFSYNC-EOF-04")
    void processesNothingBehindEof(Lab lab) {
        StateSpec before = lab.states().tcp();
        StateSpec behind = lab.states().tcp();
        Probe probe = lab.probe();
        FrameBuilder frame = probe.frame(insert(before)).section(EOF, 1, 0, hmac(lab));

        probe.send(Given.andSection(probe, frame, insert(behind)));

        probe.expectNothing();
        lab.target().holds(before);
        lab.target().lacks(behind.id());
        Given.known(lab, behind);
    }

    @Requirement("PFSYNC-EOF-05")
    void doesNotLookAtTheCountOfEof(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).eof(false).section(EOF, 5, 0, hmac(lab)));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    private static byte[] hmac(Lab lab) {
        return new byte[lab.dialect().layout(Kind.EOF).size()];
    }

    @Requirement("PFSYNC-EOF-06")
    void processesAFrameWithoutEof(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).eof(false));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-EOF-07")
    void doesNotLookAtTheHmac(Lab lab) {
        StateSpec state = lab.states().tcp();
        byte[] ones = new byte[HMAC];
        Arrays.fill(ones, (byte) 0xff);

        lab.probe().send(lab.probe().frame(insert(state)).hmac(ones));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-EOF-09")
    void stepsOverEof(Lab lab) {
        StateSpec state = lab.states().tcp();
        FrameBuilder frame = lab.probe().frame();
        frame.section(EOF, 1, 4, new byte[16]);
        frame.section(EOF, 1, 0, new byte[0]);
        frame.section(EOF, 0, 4, new byte[0]);

        lab.probe().send(Given.andSection(lab.probe(), frame, insert(state)));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-EOF-10")
    void acceptsAFrameWithNothingInIt(Lab lab) {
        lab.probe().send(lab.probe().frame());

        lab.probe().expectNothing();
        lab.target().statistics().raised(Counter.IPACKETS, 1);
        lab.target().statistics().unchanged();
    }
}
