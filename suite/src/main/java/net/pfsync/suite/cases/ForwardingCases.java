package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import net.pfsync.suite.lab.Connection;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.TcpState;
import net.pfsync.suite.state.Timeout;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;

/** What the target says about connections that it forwards. */
final class ForwardingCases {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    @Requirement("PFSYNC-TRAFFIC-01")
    void announcesBothStatesOfAConnectionInOneFrame(Lab lab) {
        Flow flow = lab.inside().udp();
        flow.first().arrives().atOnce();

        lab.probe()
                .expectFrame(
                        any(Kind.INS).with("direction", StateSpec.IN),
                        any(Kind.INS).with("direction", StateSpec.OUT))
                .afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-TRAFFIC-02")
    void writesWhoIsWhoIntoTheKeys(Lab lab) {
        keysOf(lab, lab.inside().tcp());
        keysOf(lab, lab.inside().udp6());
    }

    private static void keysOf(Lab lab, Flow flow) {
        flow.first().arrives().atOnce();
        Given.quiet(lab);

        StateKey in = new StateKey(flow.source(), flow.destination());
        StateKey out = new StateKey(flow.destination(), flow.source());
        lab.equal(
                "key of the incoming state",
                in,
                lab.target().holds(Announced.incoming(lab, flow)).wireKey());
        lab.equal(
                "key of the outgoing state",
                out,
                lab.target().holds(Announced.outgoing(lab, flow)).wireKey());
    }

    @Requirement("PFSYNC-TRAFFIC-03")
    void writesTheIdentifierOfAnEchoIntoTheKey(Lab lab) {
        Flow ping = lab.inside().ping();
        ping.first().arrives().atOnce();
        ping.answer().arrives().atOnce();
        Flow ping6 = lab.inside().ping6();
        ping6.first().arrives().atOnce();
        Given.quiet(lab);

        lab.equal("ports of the echo", ping.source().port() + ", 8", ports(lab, ping));
        lab.equal("ports of the echo of IPv6", ping6.source().port() + ", 128", ports(lab, ping6));
    }

    private static String ports(Lab lab, Flow flow) {
        StateKey key = lab.target().holds(Announced.incoming(lab, flow)).wireKey();
        return key.first().port() + ", " + key.second().port();
    }

    @Requirement("PFSYNC-TRAFFIC-04")
    void announcesAHandshakeByTheEstablishedState(Lab lab) {
        lab.inside().tcp().open();

        MessageSpec established = any(Kind.INS)
                .with("src.state", TcpState.ESTABLISHED)
                .with("dst.state", TcpState.ESTABLISHED)
                .with("timeout", Timeout.TCP_ESTABLISHED);
        lab.probe().expectFrame(established, established).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-TRAFFIC-05")
    void announcesAShortConnectionOnce(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        Duration begun = lab.elapsed();
        flow.open();
        flow.forth().arrives().atOnce();
        flow.close();

        MessageSpec closed = any(Kind.INS)
                .with("src.state", TcpState.FIN_WAIT_2)
                .with("dst.state", TcpState.FIN_WAIT_2)
                .with("timeout", Timeout.TCP_CLOSED);
        lab.probe().expectFrame(closed, closed).since(begun).afterOneSecond();
        lab.probe().expectSilence(LONG_ENOUGH);
    }

    @Requirement("PFSYNC-TRAFFIC-06")
    void announcesTheEndOfAConnection(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        flow.close();

        closedUpdate(lab, flow, TcpState.FIN_WAIT_2);
    }

    private static void closedUpdate(Lab lab, Flow flow, int state) {
        StateId in = Announced.incoming(lab, flow);
        StateId out = Announced.outgoing(lab, flow);
        lab.probe().expectFrame(closed(in, state), closed(out, state)).afterOneSecond();
    }

    private static MessageSpec closed(StateId id, int state) {
        return updateCompressed(id)
                .with("src.state", state)
                .with("dst.state", state)
                .with("timeout", Timeout.TCP_CLOSED);
    }

    @Requirement("PFSYNC-TRAFFIC-07")
    void announcesAReset(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        flow.reset().arrives().atOnce();

        closedUpdate(lab, flow, TcpState.TIME_WAIT);
    }

    @Requirement("PFSYNC-TRAFFIC-08")
    void announcesHowFarADatagramExchangeIs(Lab lab) {
        lab.inside().udp().first().arrives().atOnce();
        MessageSpec single = any(Kind.INS).with("src.state", 1).with("dst.state", 0);
        lab.probe().expectFrame(single, single).afterOneSecond();

        Flow both = lab.inside().udp();
        both.first().arrives().atOnce();
        both.answer().arrives().atOnce();
        both.forth().arrives().atOnce();
        both.back().arrives().atOnce();
        MessageSpec multiple =
                any(Kind.INS).with("src.state", 2).with("dst.state", 2).with("timeout", Timeout.UDP_MULTIPLE);
        lab.probe().expectFrame(multiple, multiple).afterOneSecond();
    }

    @Requirement("PFSYNC-TRAFFIC-09")
    void announcesTheScaleOfWindows(Lab lab) {
        int scaleOfSeven = 0x87;
        Connection connection = lab.inside().connect();
        connection.opens(Duration.ofMillis(100));

        MessageSpec scaled = any(Kind.INS).with("src.wscale", scaleOfSeven).with("dst.wscale", scaleOfSeven);
        lab.probe().expectTogether(scaled, scaled).within(Duration.ofMillis(1200));
    }

    @Requirement("PFSYNC-TRAFFIC-10")
    void announcesTheInterfaceOfABoundState(Lab lab) {
        lab.target().rules("pass all keep state (if-bound)");
        lab.inside().udp().first().arrives().atOnce();
        lab.probe()
                .expectFrame(
                        insertOn(StateSpec.IN, lab.target().insideInterface()),
                        insertOn(StateSpec.OUT, lab.target().outsideInterface()))
                .afterOneSecond();

        lab.target().rules("pass all keep state");
        lab.inside().udp().first().arrives().atOnce();
        lab.probe()
                .expectFrame(insertOn(StateSpec.IN, "all"), insertOn(StateSpec.OUT, "all"))
                .afterOneSecond();
    }

    private static MessageSpec insertOn(int direction, String ifname) {
        return any(Kind.INS).with("direction", direction).with("ifname", ifname);
    }

    @Requirement("PFSYNC-TRAFFIC-11")
    void announcesThatAStateIsSloppy(Lab lab) {
        lab.target().rules("pass all keep state (sloppy)");
        lab.inside().tcp().open();

        MessageSpec sloppy = any(Kind.INS).with("state_flags", StateFlag.SLOPPY);
        lab.probe().expectFrame(sloppy, sloppy).afterOneSecond();
    }

    @Requirement("PFSYNC-TRAFFIC-12")
    void announcesHowSequenceNumbersAreModulated(Lab lab) {
        lab.target().rules("pass all modulate state");
        TcpFlow flow = lab.inside().tcp();
        flow.open();
        Given.quiet(lab);

        for (StateId id : new StateId[] {Announced.incoming(lab, flow), Announced.outgoing(lab, flow)}) {
            StateMessageDiffs diffs =
                    StateMessageDiffs.of(lab.probe().readMessage(id).orElseThrow());
            lab.check(
                    diffs.src() != 0 && diffs.dst() != 0,
                    "both ends of " + id + " to be modulated",
                    "differences " + diffs.src() + " and " + diffs.dst());
        }
    }

    /** By how much the numbers of each end are shifted. */
    private record StateMessageDiffs(int src, int dst) {
        static StateMessageDiffs of(StateMessage message) {
            return new StateMessageDiffs(message.src().seqdiff(), message.dst().seqdiff());
        }
    }

    @Requirement("PFSYNC-TRAFFIC-13")
    void writesBothKeysOfATranslatedConnection(Lab lab) {
        lab.target().rules("pass all keep state", Flows.natRule(lab.target()));
        TcpFlow flow = lab.inside().tcp();
        flow.open();
        Given.quiet(lab);

        StateId out = Announced.outgoing(lab, flow);
        StateKey original = new StateKey(flow.destination(), flow.source());
        StateKey translated = new StateKey(flow.destination(), flow.seenSource());
        lab.equal("translated source", Flows.PUBLIC, flow.seenSource().address());
        lab.equal("key on the wire", translated, lab.target().holds(out).wireKey());
        lab.equal("key of the stack", original, lab.target().holds(out).stackKey());
    }

    @Requirement("PFSYNC-TRAFFIC-14")
    void saysNothingOfWhatARuleKeepsToItself(Lab lab) {
        lab.target().rules("pass all keep state (no-sync)");
        TcpFlow flow = lab.inside().tcp();

        flow.open();
        flow.forth().arrives().atOnce();
        lab.probe().expectSilence(LONG_ENOUGH);
        flow.close();
        lab.probe().expectSilence(Duration.ofMinutes(2));

        lab.control("other connections are announced", () -> {
            lab.target().rules("pass all keep state");
            lab.inside().udp().first().arrives().atOnce();
            lab.probe().expect(any(Kind.INS)).afterOneSecond();
        });
    }

    @Requirement("PFSYNC-TRAFFIC-15")
    void saysNothingOfWhatItBlocks(Lab lab) {
        lab.target().rules("block all");

        lab.inside().udp().first().doesNotArrive();
        lab.inside().tcp().syn().doesNotArrive();

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().rules("pass all keep state");
        lab.control("what passes is announced", () -> {
            lab.inside().udp().first().arrives().atOnce();
            lab.probe().expect(any(Kind.INS)).afterOneSecond();
        });
    }

    @Requirement("PFSYNC-TRAFFIC-16")
    void saysNothingOfAPacketThatItDrops(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());

        flow.beyondTheWindow().doesNotArrive();

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.control("a packet within the window is announced", () -> {
            flow.forth().arrives().atOnce();
            lab.probe().expect(updateCompressed(Announced.outgoing(lab, flow))).afterOneSecond();
        });
    }

    @Requirement("PFSYNC-TRAFFIC-17")
    void answersARequestForAStateThatAPacketMade(Lab lab) {
        TcpFlow flow = Flows.established(lab, lab.inside().tcp());
        StateId out = Announced.outgoing(lab, flow);
        flow.forth().arrives().atOnce();

        lab.probe().send(updateRequest(out));

        lab.probe()
                .expect(update(out)
                        .with("proto", flow.proto())
                        .with("direction", StateSpec.OUT)
                        .with("src.state", TcpState.ESTABLISHED))
                .atOnce();
        lab.probe().expectNo(insert(out).with("direction", StateSpec.IN));
    }
}
