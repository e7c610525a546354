package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;

import java.util.Map;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Counter;
import net.pfsync.wire.FrameBuilder;

/** The checks that a packet passes before a single message is looked at. */
final class FrameHeaderCases {

    private static final int IP_HEADER = 20;
    private static final int HEADER = 20;

    @Requirement("PFSYNC-FRAME-01")
    void countsEveryPacketThatReachesPfsync(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).ttl(1));
        lab.probe().send(lab.probe().frame(insert(state)).version(0));
        lab.probe().send(lab.probe().frame().truncate(IP_HEADER + 4).totalLength(IP_HEADER + 4));
        lab.probe().send(insert(state));

        lab.target().statistics().raised(Counter.IPACKETS, 4);
        lab.target().holds(state);
    }

    @Requirement("PFSYNC-FRAME-02")
    void dropsWhatMayHaveComeThroughARouter(Lab lab) {
        StateSpec state = lab.states().tcp();
        for (int ttl : new int[] {254, 64, 1}) {
            lab.probe().send(lab.probe().frame(insert(state)).ttl(ttl));
        }

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADTTL, 3);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-03")
    void dropsAPacketWithoutRoomForAHeader(Lab lab) {
        StateSpec state = lab.states().tcp();
        for (int payload = 0; payload < HEADER; payload++) {
            int size = IP_HEADER + payload;
            lab.probe().send(lab.probe().frame(insert(state)).truncate(size).totalLength(size));
        }

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.HDROPS, HEADER);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-04")
    void dropsEveryVersionButItsOwn(Lab lab) {
        StateSpec state = lab.states().tcp();
        int own = lab.dialect().versionByte();
        for (int version : new int[] {0, own - 1, own + 1, 255}) {
            lab.probe().send(lab.probe().frame(insert(state)).version(version));
        }

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADVER, 4);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-05")
    void dropsAFrameThatLostItsEnd(Lab lab) {
        StateSpec state = lab.states().tcp();
        int right = lab.probe().frame(insert(state)).build().length - IP_HEADER;
        lab.probe().send(lab.probe().frame(insert(state)).len(right + 1));
        lab.probe().send(lab.probe().frame(insert(state)).len(0xffff));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 2);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-06")
    void countsOnlyTheFirstCheckThatFails(Lab lab) {
        StateSpec state = lab.states().tcp();
        int cut = IP_HEADER + HEADER - 1;

        lab.probe().send(broken(lab, state).ttl(64).truncate(cut).totalLength(cut));
        lab.probe().send(broken(lab, state).truncate(cut).totalLength(cut));
        lab.probe().send(broken(lab, state));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Map.of(Counter.BADTTL, 1L, Counter.HDROPS, 1L, Counter.BADVER, 1L));
        Given.known(lab, state);
    }

    private static FrameBuilder broken(Lab lab, StateSpec state) {
        return lab.probe().frame(insert(state)).version(0).len(0xffff);
    }

    @Requirement("PFSYNC-FRAME-07")
    void dropsWhatDidNotComeFromTheSyncNetwork(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe()
                .sendElsewhere(lab.probe()
                        .frame(insert(state))
                        .destination(lab.target().otherAddress()));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADIF, 1);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-08")
    void takesAFrameWithAnyPadAndAnyChecksum(Lab lab) {
        StateSpec state = lab.states().tcp();
        byte[] checksum = new byte[16];
        lab.random().nextBytes(checksum);

        lab.probe().send(lab.probe().frame(insert(state)).pad(0xff).checksum(checksum));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-09")
    void takesAFrameFromAnyAddress(Lab lab) {
        StateSpec fromElsewhere = lab.states().tcp();
        StateSpec fromItself = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(fromElsewhere)).source("192.0.2.99"));
        lab.probe()
                .send(lab.probe().frame(insert(fromItself)).source(lab.target().address()));

        lab.target().holds(fromElsewhere);
        lab.target().holds(fromItself);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-10")
    void takesAFrameSentToItAlone(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe()
                .send(lab.probe().frame(insert(state)).destination(lab.target().address()));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-11")
    void doesNotLookAtTypeOfServiceAndFragmentBit(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).tos(0).df(false));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-12")
    void findsTheFrameBehindIpOptions(Lab lab) {
        StateSpec state = lab.states().tcp();
        byte[] routerAlert = {(byte) 0x94, 4, 0, 0};

        lab.probe().send(lab.probe().frame(insert(state)).options(routerAlert));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-24")
    void looksForNoSectionBehindTheAnnouncedLength(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec state = lab.states().tcp();
        Given.known(lab, known);
        int first = HEADER + 4 + lab.probe().message(insert(state)).size();

        lab.probe()
                .send(lab.probe()
                        .frame(insert(state), deleteCompressed(known.id()))
                        .len(first));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().holds(known);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-FRAME-25")
    void refusesASectionThatRunsPastTheAnnouncedLength(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(lab.probe().frame(insert(state)).len(100));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADLEN, 1);
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }

    @Requirement("PFSYNC-FRAME-26")
    void processesNothingIfTheAnnouncedLengthIsShorterThanTheHeader(Lab lab) {
        StateSpec state = lab.states().tcp();
        for (int length : new int[] {0, 10, HEADER - 1}) {
            lab.probe().send(lab.probe().frame(insert(state)).len(length));
        }

        lab.probe().expectNothing();
        lab.target().lacks(state.id());
        Given.known(lab, state);
    }
}
