package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.wire.Kind;

/** How little pfsync costs beside the packets that are forwarded. */
final class MitigationCases {

    private static final int MAXUPD = 128;
    private static final Duration REST = Duration.ofMillis(1200);

    /** What the target has sent since so many frames had been heard. */
    private record Cost(int frames, int bytes) {
        static Cost since(Lab lab, int before) {
            List<HeardFrame> frames =
                    lab.probe().heard().subList(before, lab.probe().heard().size());
            return new Cost(
                    frames.size(), frames.stream().mapToInt(HeardFrame::size).sum());
        }

        void atMost(Lab lab, int mostFrames, int mostBytes) {
            lab.check(
                    frames <= mostFrames && bytes <= mostBytes && frames > 0,
                    "at least one frame, at most " + mostFrames + " of " + mostBytes + " bytes in all",
                    frames + " frames of " + bytes + " bytes in all");
        }
    }

    /** So many packets of each side, this far apart. */
    private static void exchange(Lab lab, Flow flow, int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            flow.forth();
            lab.pass(apart);
            flow.back();
            lab.pass(apart);
        }
    }

    @Requirement("PFSYNC-MITIG-01")
    void spendsOneFrameOnTenPackets(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        flow.open();
        exchange(lab, flow, 5, Duration.ofMillis(50));
        lab.pass(REST);

        Cost.since(lab, 0).atMost(lab, 1, 1 * lab.target().mtu());
    }

    @Requirement("PFSYNC-MITIG-02")
    void spendsOneFrameASecondOnAHundredPackets(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        flow.open();
        exchange(lab, flow, 50, Duration.ofMillis(100));
        lab.pass(REST);

        Cost.since(lab, 0).atMost(lab, 11, 100 * 40);
    }

    @Requirement("PFSYNC-MITIG-03")
    void spendsOneFrameOn128PacketsOfAFastConnection(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        int before = lab.probe().heard().size();
        exchange(lab, flow, 500, Duration.ofMillis(1));
        lab.pass(REST);

        Cost.since(lab, before).atMost(lab, 1000 / MAXUPD + 2, 1000 * 4);
    }

    @Requirement("PFSYNC-MITIG-04")
    void spendsTwoFramesOnAThousandDatagramsOfASecond(Lab lab) {
        Flow flow = Flows.answered(lab, lab.inside().udp());
        int before = lab.probe().heard().size();
        exchange(lab, flow, 500, Duration.ofMillis(1));
        lab.pass(REST);

        Cost.since(lab, before).atMost(lab, 2, 1000);
    }

    @Requirement("PFSYNC-MITIG-05")
    void fillsFramesWithTheUpdatesOfManyConnections(Lab lab) {
        List<Flow> flows = Stream.generate(() -> lab.inside().udp()).limit(50).toList();
        flows.forEach(flow -> flow.first().arrives().atOnce());
        Given.quiet(lab);
        int before = lab.probe().heard().size();

        flows.forEach(Flow::forth);
        lab.pass(REST);

        int room = lab.target().mtu() - lab.dialect().minimumPacket() - 4;
        int perFrame = room / lab.dialect().layout(Kind.UPD_C).size();
        int states = 2 * flows.size();
        Cost.since(lab, before).atMost(lab, (states + perFrame - 1) / perFrame, 100 * states);
        lab.equal("UPD_C", states, lab.probe().heard(any(Kind.UPD_C)).size());
    }

    @Requirement("PFSYNC-MITIG-06")
    void spendsNothingOnAnIdleConnection(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        lab.probe().expectSilence(Duration.ofMinutes(10));

        lab.control("the connection is still there", () -> Flows.goesOn(flow));
    }

    @Requirement("PFSYNC-MITIG-07")
    void saysNothingOfWhatAPeerForwards(Lab lab) {
        Flows.pair(lab);
        int before = lab.probe().heardFromPeer().size();
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        Flows.goesOn(lab, flow, 20, Duration.ofMillis(200));
        lab.pass(REST);

        List<HeardFrame> frames = lab.probe().heardFromPeer();
        lab.equal("frames of the peer", List.of(), frames.subList(before, frames.size()));
        lab.peer().holds(Announced.outgoing(lab, flow));
    }
}
