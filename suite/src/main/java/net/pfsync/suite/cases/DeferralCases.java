package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.Packet;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.Kind;

/** First packets that are held until a peer knows the connection: which are, and how they are announced. */
final class DeferralCases {

    private static final int LIMIT = 128;
    private static final int NEWEST = 64;

    @Requirement("PFSYNC-DEFER-01")
    void holdsTheFirstPacketOfAConnection(Lab lab) {
        isHeldUntilAcknowledged(lab, lab.inside().tcp());
    }

    private static void isHeldUntilAcknowledged(Lab lab, Flow flow) {
        Packet first = Held.first(lab, flow);

        lab.probe().send(insertAck(Announced.outgoing(lab, flow)));

        first.arrives().atOnce();
    }

    @Requirement("PFSYNC-DEFER-02")
    void asksForAnAcknowledgementAtOnce(Lab lab) {
        TcpFlow flow = lab.inside().tcp();
        Held.first(lab, flow);

        StateId out = Announced.outgoing(lab, flow);
        StateId in = Announced.incoming(lab, flow);
        lab.probe()
                .expectFrame(
                        insert(out).with("state_flags", StateFlag.ACK),
                        insert(in).with("state_flags", 0))
                .atOnce();
    }

    @Requirement("PFSYNC-DEFER-03")
    void holdsDatagrams(Lab lab) {
        isHeldUntilAcknowledged(lab, lab.inside().udp());
    }

    @Requirement("PFSYNC-DEFER-03")
    void holdsEchoRequests(Lab lab) {
        isHeldUntilAcknowledged(lab, lab.inside().ping());
    }

    @Requirement("PFSYNC-DEFER-04")
    void holdsAndReleasesIpv6(Lab lab) {
        isHeldUntilAcknowledged(lab, lab.inside().tcp6());
        isHeldUntilAcknowledged(lab, lab.inside().udp6());
    }

    @Requirement("PFSYNC-DEFER-05")
    void holdsNothingUnlessItIsTold(Lab lab) {
        Flow flow = lab.inside().udp();

        flow.first().arrives().atOnce();

        lab.probe().expect(any(Kind.INS).with("state_flags", 0)).afterOneSecond();
        lab.probe().expectNo(any(Kind.INS).with("state_flags", StateFlag.ACK));
    }

    @Requirement("PFSYNC-DEFER-06")
    void holdsNoLaterPacket(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);
        lab.probe().send(insertAck(Announced.outgoing(lab, flow)));
        first.arrives().atOnce();

        flow.back().arrives().atOnce();
        flow.forth().arrives().atOnce();
    }

    @Requirement("PFSYNC-DEFER-07")
    void holdsNoPacketThatMayNotBeAnnounced(Lab lab) {
        lab.target().setDefer(true);
        lab.target().rules("pass all keep state (no-sync)");

        lab.inside().udp().first().arrives().atOnce();

        lab.probe().expectNo(any(Kind.INS));
        lab.control("connections that may be announced are held", () -> {
            lab.target().rules("pass all keep state");
            lab.inside().udp().first().isHeld(Held.NOT_YET);
        });
    }

    @Requirement("PFSYNC-DEFER-08")
    void holdsNoPacketThatMakesNoState(Lab lab) {
        lab.target().setDefer(true);
        lab.target().rules("pass all no state");

        lab.inside().udp().first().arrives().atOnce();

        lab.probe().expectNothing();
        lab.control("connections with a state are held", () -> {
            lab.target().rules("pass all keep state");
            lab.inside().udp().first().isHeld(Held.NOT_YET);
        });
    }

    @Requirement("PFSYNC-DEFER-09")
    void holdsNoMoreThan128(Lab lab) {
        lab.target().setDefer(true);
        List<Packet> first = begin(lab, LIMIT + 2);

        lab.pass(Held.NOT_YET);
        lab.equal(
                "packets that left", 2L, first.stream().filter(Packet::arrived).count());
        lab.check(
                first.get(0).arrived() && first.get(1).arrived(),
                "the two that were held longest to have left",
                "first " + first.get(0).arrived() + ", second " + first.get(1).arrived());
    }

    private static List<Packet> begin(Lab lab, int connections) {
        return Stream.generate(() -> lab.inside().udp().first())
                .limit(connections)
                .toList();
    }

    @Requirement("PFSYNC-DEFER-10")
    void letsTheOldestGoWhenTooManyAreHeld(Lab lab) {
        int room = 2 * LIMIT;
        lab.target().setDefer(true);
        List<Packet> first = begin(lab, 512);

        lab.pass(Held.NOT_YET);
        long held = first.stream().filter(packet -> !packet.arrived()).count();
        lab.check(held <= room, "at most " + room + " packets held", held + " held");
        lab.check(first.get(0).arrived(), "the oldest to have left", "it is still held");
        long newest = first.stream()
                .skip(first.size() - NEWEST)
                .filter(packet -> !packet.arrived())
                .count();
        lab.equal("newest packets held", (long) NEWEST, newest);
    }

    @Requirement("PFSYNC-DEFER-11")
    void releasesEachOfSeveralByItsOwnAcknowledgement(Lab lab) {
        Flow one = lab.inside().udp();
        Flow other = lab.inside().tcp();
        Packet firstOfOne = Held.first(lab, one);
        Packet firstOfOther = other.first();
        lab.pass(Duration.ofMillis(1));

        lab.probe().send(insertAck(Announced.outgoing(lab, other)));

        firstOfOther.arrives().atOnce();
        lab.check(!firstOfOne.arrived(), "the other packet to stay held", "it arrived");
        lab.probe().send(insertAck(Announced.outgoing(lab, one)));
        firstOfOne.arrives().atOnce();
    }

    @Requirement("PFSYNC-DEFER-12")
    void releasesSeveralByOneFrame(Lab lab) {
        lab.target().setDefer(true);
        List<Flow> flows = Stream.generate(() -> lab.inside().udp()).limit(5).toList();
        List<Packet> first = flows.stream().map(Flow::first).toList();
        lab.pass(Held.NOT_YET);

        lab.probe()
                .send(flows.stream()
                        .map(flow -> insertAck(Announced.outgoing(lab, flow)))
                        .toArray(MessageSpec[]::new));

        first.forEach(packet -> packet.arrives().atOnce());
    }

    @Requirement("PFSYNC-DEFER-13")
    void isHeldOnlyUntilThePeerHasTheState(Lab lab) {
        Flows.pair(lab);
        lab.target().setDefer(true);
        Flow flow = lab.inside().tcp();

        flow.first().arrives().atOnce();

        lab.probe().expectFromPeer(any(Kind.INS_ACK)).atOnce();
        lab.peer().holds(Announced.outgoing(lab, flow));
        lab.peer().holds(Announced.incoming(lab, flow));
    }
}
