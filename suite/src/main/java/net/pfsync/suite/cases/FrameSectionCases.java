package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.util.Arrays;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;

/** Which sections of a frame are processed, stepped over, or end it. */
final class FrameSectionCases {

    private static final int OLD_INSERT = 1;
    private static final int OLD_UPDATE = 3;
    private static final int INSERT_FRAGMENT = 8;
    private static final int DELETE_FRAGMENT = 9;

    @Requirement("PFSYNC-FRAME-13")
    void keepsWhatStoodBeforeABrokenSection(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        lab.probe()
                .send(lab.probe()
                        .frame(insert(state), deleteCompressed(known.id()))
                        .sectionCount(9));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 1);
        lab.target().holds(state);
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-FRAME-14")
    void processesNoneOfTheMessagesOfASectionThatIsNotAllThere(Lab lab) {
        Probe probe = lab.probe();
        StateSpec fresh = lab.states().tcp();
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        probe.send(probe.frame(insert(fresh)).sectionCount(2));
        probe.send(probe.frame(updateCompressed(fresh.id())).sectionCount(9));
        probe.send(probe.frame(updateRequest(known.id())).sectionCount(0xffff));
        probe.send(probe.frame(deleteCompressed(known.id())).sectionCount(9));
        probe.send(probe.frame(clear(lab.creator())).sectionCount(9));

        probe.expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 5);
        lab.target().lacks(fresh.id());
        lab.target().holds(known);
        Given.known(lab, fresh);
    }

    @Requirement("PFSYNC-FRAME-15")
    void passesOverEmptySections(Lab lab) {
        StateSpec state = lab.states().tcp();
        FrameBuilder frame = lab.probe().frame();
        Kind[] kinds = {Kind.CLR, Kind.INS, Kind.INS_ACK, Kind.UPD, Kind.UPD_C, Kind.UPD_REQ, Kind.DEL, Kind.DEL_C};
        for (Kind kind : kinds) {
            frame.section(lab.dialect().number(kind), 0, Given.stride(lab, kind), new byte[0]);
        }

        lab.probe().send(Given.andSection(lab.probe(), frame, insert(state)));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-16")
    void endsTheFrameAtAnUnknownAction(Lab lab) {
        StateSpec before = lab.states().tcp();
        StateSpec behind = lab.states().tcp();
        for (int action : new int[] {lab.dialect().maxAction(), 100, 255}) {
            lab.probe().send(surrounded(lab, before, action, 0, behind));
        }

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADACT, 3);
        lab.target().holds(before);
        lab.target().lacks(behind.id());
    }

    @Requirement("PFSYNC-FRAME-17")
    void endsTheFrameAtFragments(Lab lab) {
        StateSpec before = lab.states().tcp();
        StateSpec behind = lab.states().tcp();

        lab.probe().send(surrounded(lab, before, INSERT_FRAGMENT, 0, behind));
        lab.probe().send(surrounded(lab, before, DELETE_FRAGMENT, 0, behind));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADACT, 2);
        lab.target().holds(before);
        lab.target().lacks(behind.id());
    }

    @Requirement("PFSYNC-FRAME-18")
    void stepsOverAnUnknownActionThatSaysHowLongItIs(Lab lab) {
        StateSpec before = lab.states().tcp();
        StateSpec behind = lab.states().tcp();
        for (int action : new int[] {lab.dialect().maxAction(), 42, 255}) {
            lab.probe().send(surrounded(lab, before, action, 4, behind));
        }

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(before);
        lab.target().holds(behind);
    }

    /** A state, a section of one message of 16 bytes, and another state. */
    private static FrameBuilder surrounded(Lab lab, StateSpec before, int action, int dwords, StateSpec behind) {
        FrameBuilder frame = lab.probe().frame(insert(before)).section(action, 1, dwords, new byte[16]);
        return Given.andSection(lab.probe(), frame, insert(behind));
    }

    @Requirement("PFSYNC-FRAME-19")
    void endsTheFrameAtAnUnknownActionThatDoesNotSayHowLongItIs(Lab lab) {
        StateSpec state = lab.states().tcp();
        Probe probe = lab.probe();

        probe.send(Given.andSection(probe, probe.frame().section(42, 1, 0, new byte[0]), insert(state)));
        probe.send(Given.andSection(probe, probe.frame().section(42, 0, 4, new byte[0]), insert(state)));

        probe.expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADACT, 2);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-20")
    void stepsOverRetiredActions(Lab lab) {
        StateSpec state = lab.states().tcp();
        Probe probe = lab.probe();
        FrameBuilder frame = probe.frame();
        for (int action : new int[] {OLD_INSERT, OLD_UPDATE, INSERT_FRAGMENT, DELETE_FRAGMENT}) {
            frame.section(action, 1, 4, new byte[16]);
            frame.section(action, 1, 0, new byte[0]);
            frame.section(action, 0, 4, new byte[0]);
        }

        probe.send(Given.andSection(probe, frame, insert(state)));

        probe.expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(state);
    }

    @Requirement("PFSYNC-FRAME-21")
    void readsLongerMessagesAtTheDeclaredDistance(Lab lab) {
        StateSpec first = lab.states().tcp();
        StateSpec second = lab.states().tcp();
        byte[] more = {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef};
        byte[] body = Given.joined(Given.bytes(lab, insert(first)), more, Given.bytes(lab, insert(second)), more);
        int size = Given.stride(lab, Kind.INS) + 1;

        lab.probe().send(lab.probe().frame().section(lab.dialect().number(Kind.INS), 2, size, body));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(first);
        lab.target().holds(second);
    }

    @Requirement("PFSYNC-FRAME-22")
    void stepsOverMessagesThatAreTooShort(Lab lab) {
        StateSpec fresh = lab.states().tcp();
        StateSpec known = lab.states().tcp();
        StateSpec behind = lab.states().tcp();
        Given.known(lab, known);
        FrameBuilder frame = lab.probe().frame();
        shortened(lab, frame, Kind.INS, Given.bytes(lab, insert(fresh)));
        shortened(lab, frame, Kind.UPD_C, Given.bytes(lab, updateCompressed(fresh.id())));
        shortened(lab, frame, Kind.DEL_C, Given.bytes(lab, deleteCompressed(known.id())));
        shortened(lab, frame, Kind.CLR, Given.bytes(lab, clear(lab.creator())));

        lab.probe().send(Given.andSection(lab.probe(), frame, insert(behind)));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().lacks(fresh.id());
        lab.target().holds(known);
        lab.target().holds(behind);
    }

    private static void shortened(Lab lab, FrameBuilder frame, Kind kind, byte[] whole) {
        int size = Given.stride(lab, kind) - 1;
        frame.section(lab.dialect().number(kind), 1, size, Arrays.copyOf(whole, 4 * size));
    }

    @Requirement("PFSYNC-FRAME-23")
    void endsTheFrameAtAKnownActionWithoutAMessageSize(Lab lab) {
        StateSpec state = lab.states().tcp();
        Probe probe = lab.probe();
        FrameBuilder frame = probe.frame().section(lab.dialect().number(Kind.INS), 1, 0, new byte[0]);

        probe.send(Given.andSection(probe, frame, insert(state)));

        probe.expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADACT, 1);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-27")
    void ignoresWhatTheNetworkAddedBehindThePacket(Lab lab) {
        StateSpec whole = lab.states().tcp();
        StateSpec cut = lab.states().tcp();
        byte[] junk = new byte[20];
        lab.random().nextBytes(junk);
        int size = lab.probe().frame(insert(cut)).build().length;

        lab.probe().send(lab.probe().frame(insert(whole)).padding(junk));
        lab.probe().send(lab.probe().frame(insert(cut)).totalLength(size - 100));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 1);
        lab.target().holds(whole);
        lab.target().lacks(cut.id());
    }

    @Requirement("PFSYNC-FRAME-28")
    void survivesAFrameCutAtAnyByte(Lab lab) {
        StateSpec inserted = lab.states().tcp();
        StateSpec deleted = lab.states().tcp();
        Given.known(lab, deleted);
        int headers = 40;
        int insertEnds = headers + 4 + lab.probe().message(insert(inserted)).size();
        int deleteEnds = insertEnds
                + 4
                + lab.probe().message(deleteCompressed(deleted.id())).size();

        sendCut(lab, inserted, deleted, headers, insertEnds);
        lab.target().lacks(inserted.id());
        sendCut(lab, inserted, deleted, insertEnds, deleteEnds);
        lab.target().holds(inserted);
        lab.target().holds(deleted);
        sendCut(lab, inserted, deleted, deleteEnds, deleteEnds + 1);
        lab.target().lacks(deleted.id());
    }

    /** The frame with an insert and a deletion, cut to each of these sizes; both headers say so. */
    private static void sendCut(Lab lab, StateSpec inserted, StateSpec deleted, int from, int to) {
        for (int size = from; size < to; size++) {
            FrameBuilder frame = lab.probe().frame(insert(inserted), deleteCompressed(deleted.id()));
            lab.probe().send(frame.truncate(size).totalLength(size).len(size - 20));
        }
    }
}
