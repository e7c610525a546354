package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.clear;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.Packet;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.Timeout;
import net.pfsync.wire.Kind;

/** What becomes of a packet that is held. */
final class DeferralReleaseCases {

    @Requirement("PFSYNC-DEFER-20")
    void sendsItAfterTenTicks(Lab lab) {
        lab.target().setDefer(true);

        lab.inside().udp().first().arrives().between(Duration.ofMillis(80), Duration.ofMillis(120));
    }

    @Requirement("PFSYNC-DEFER-21")
    void sendsItAfterTwentyMilliseconds(Lab lab) {
        lab.target().setDefer(true);

        lab.inside().udp().first().arrives().between(Duration.ofMillis(11), Duration.ofMillis(35));
    }

    @Requirement("PFSYNC-DEFER-22")
    void isNotReleasedForAnotherState(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);
        StateId out = Announced.outgoing(lab, flow);

        lab.probe().send(insertAck(out.withCreator(lab.creator())));
        lab.probe().send(insertAck(new StateId(out.id() + 1000, out.creatorId())));

        staysHeld(lab, first);
        lab.target().statistics().unchanged();
    }

    /** Nothing of what was just sent released it; the timeout does. */
    private static void staysHeld(Lab lab, Packet packet) {
        packet.isHeld(Duration.ofMillis(2));
        lab.control("it leaves with the timeout", () -> packet.arrives().within(Duration.ofMillis(120)));
    }

    @Requirement("PFSYNC-DEFER-23")
    void isNotReleasedForTheIncomingState(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        lab.probe().send(insertAck(Announced.incoming(lab, flow)));

        staysHeld(lab, first);
    }

    @Requirement("PFSYNC-DEFER-24")
    void ignoresAnAcknowledgementThatComesTooLate(Lab lab) {
        lab.target().setDefer(true);
        Flow flow = lab.inside().udp();
        flow.first().arrives().within(Duration.ofMillis(120));
        lab.pass(Duration.ofMillis(250));
        lab.probe().forget();

        lab.probe().send(insertAck(Announced.outgoing(lab, flow)));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.target().holds(Announced.outgoing(lab, flow));
    }

    @Requirement("PFSYNC-DEFER-25")
    void letsItGoBeforeTheNextPacket(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        Packet second = flow.forth();

        first.arrives().atOnce();
        second.arrives().atOnce();
        lab.check(
                first.arrivedAt().compareTo(second.arrivedAt()) <= 0,
                "the first packet before the second",
                "the second came first");
    }

    @Requirement("PFSYNC-DEFER-26")
    void isDroppedByAnUpdate(Lab lab) {
        isDroppedBy(lab, id -> copyOfTheInsert(id, Kind.UPD));
    }

    @Requirement("PFSYNC-DEFER-26")
    void isDroppedByACompressedUpdate(Lab lab) {
        isDroppedBy(lab, id -> copyOfTheInsert(id, Kind.UPD_C));
    }

    @Requirement("PFSYNC-DEFER-27")
    void isReleasedByAnUpdate(Lab lab) {
        isReleasedBy(lab, id -> copyOfTheInsert(id, Kind.UPD));
    }

    @Requirement("PFSYNC-DEFER-27")
    void isReleasedByACompressedUpdate(Lab lab) {
        isReleasedBy(lab, id -> copyOfTheInsert(id, Kind.UPD_C));
    }

    @Requirement("PFSYNC-DEFER-28")
    void isDroppedWhenAPeerRemovesTheState(Lab lab) {
        isDroppedBy(lab, Messages::deleteCompressed);
    }

    @Requirement("PFSYNC-DEFER-28")
    void isDroppedWhenAPeerClearsTheCreatorsStates(Lab lab) {
        isDroppedBy(lab, id -> clear(id.creatorId()));
    }

    /** Makes a message of a state's name. */
    @FunctionalInterface
    private interface About {
        MessageSpec message(StateId id);
    }

    private static void isDroppedBy(Lab lab, About about) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        lab.probe().send(about.message(Announced.outgoing(lab, flow)));

        first.doesNotArrive();
    }

    private static void isReleasedBy(Lab lab, About about) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        lab.probe().send(about.message(Announced.outgoing(lab, flow)));

        first.arrives().atOnce();
    }

    /** What a peer says that has taken the state and sees no more of it than the target. */
    private static MessageSpec copyOfTheInsert(StateId id, Kind kind) {
        return any(kind)
                .with("id", id.id())
                .with("creatorid", id.creatorId())
                .with("src.state", 1)
                .with("timeout", Timeout.UDP_FIRST_PACKET);
    }

    @Requirement("PFSYNC-DEFER-29")
    void isDroppedWhenTheStateIsKilled(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        lab.target().kill(Announced.outgoing(lab, flow));

        first.doesNotArrive();
    }

    @Requirement("PFSYNC-DEFER-30")
    void isNotReleasedByARequest(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);
        StateId out = Announced.outgoing(lab, flow);

        lab.probe().send(updateRequest(out));

        lab.probe().expect(update(out)).atOnce();
        staysHeld(lab, first);
    }

    @Requirement("PFSYNC-DEFER-31")
    void isNotReleasedByItsOwnInsert(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);
        StateId out = Announced.outgoing(lab, flow);

        lab.probe()
                .send(any(Kind.INS)
                        .with("id", out.id())
                        .with("creatorid", out.creatorId())
                        .with("af", 2)
                        .with("proto", flow.proto())
                        .with("direction", 2));

        staysHeld(lab, first);
    }

    @Requirement("PFSYNC-DEFER-32")
    void sendsWhatIsHeldWhenPfsyncGoesDown(Lab lab) {
        Flow flow = lab.inside().udp();
        Packet first = Held.first(lab, flow);

        lab.target().down();

        first.arrives().within(Duration.ofMillis(120));
    }

    @Requirement("PFSYNC-DEFER-33")
    void holdsNothingAnyMoreOnceItIsSwitchedOff(Lab lab) {
        Held.first(lab, lab.inside().udp()).arrives().within(Duration.ofMillis(120));

        lab.target().setDefer(false);

        lab.inside().udp().first().arrives().atOnce();
    }

    @Requirement("PFSYNC-DEFER-34")
    void leavesOnceWhenItIsAcknowledgedInTheLastMoment(Lab lab) {
        lab.target().setDefer(true);
        Duration sent = lab.elapsed();
        Packet alone = lab.inside().udp().first();
        alone.arrives().within(Duration.ofMillis(120));
        Duration hold = alone.arrivedAt().minus(sent);
        for (int offset = -1000; offset <= 1000; offset += 250) {
            Flow flow = lab.inside().udp();
            Duration begun = lab.elapsed();
            Packet first = flow.first();
            lab.pass(hold.plusNanos(offset * 1000L).minus(lab.elapsed().minus(begun)));

            lab.probe().send(insertAck(Announced.outgoing(lab, flow)));

            first.arrives().atOnce();
            lab.pass(Duration.ofMillis(5));
        }
    }
}
