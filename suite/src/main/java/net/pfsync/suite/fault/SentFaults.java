package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.V5;
import static net.pfsync.suite.fault.FaultList.V6;
import static net.pfsync.suite.fault.FaultList.sends;
import static net.pfsync.suite.fault.FaultList.sendsWith;
import static net.pfsync.suite.fault.FaultList.wired;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.pfsync.net.Link;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.Section;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateRequest;

/** Faults in the frames that a firewall sends. */
final class SentFaults {

    private static final int OTHER_TTL = 64;
    private static final long HALF_A_SECOND = 500_000_000L;
    private static final String PROBE = "10.9.0.9";

    private SentFaults() {}

    static List<Fault> all() {
        FaultList list = new FaultList();
        headers(list);
        messages(list);
        states(list);
        bulks(list);
        return list.faults();
    }

    private static void headers(FaultList list) {
        list.both(
                        "WRONG_TTL",
                        "sends with TTL 64",
                        sends(Edit.header(frame -> frame.ttl(OTHER_TTL))),
                        "PFSYNC-FRAME-29")
                .both(
                        "WRONG_TOS",
                        "sends without a type of service",
                        sends(Edit.header(frame -> frame.tos(0))),
                        "PFSYNC-FRAME-29")
                .both(
                        "FRAGMENTS_ALLOWED",
                        "sends without the don't-fragment bit",
                        sends(Edit.header(frame -> frame.df(false))),
                        "PFSYNC-FRAME-29")
                .both(
                        "WRONG_VERSION",
                        "sends the version byte 7",
                        sends(Edit.header(frame -> frame.version(7))),
                        "PFSYNC-FRAME-30")
                .both(
                        "LENGTH_WITHOUT_HEADER",
                        "announces a length that leaves out the header's 20 bytes",
                        sends(Edit.sound((frame, on) -> on.accept(shorter(frame)))),
                        "PFSYNC-FRAME-30")
                .on(
                        V6,
                        "STRIDE_IN_BYTES",
                        "declares the size of messages in bytes",
                        sends(Edit.sound(SentFaults::strideInBytes)),
                        "PFSYNC-FRAME-31")
                .on(
                        V5,
                        "EOF_LEFT_OUT",
                        "ends its frames without EOF",
                        sends(Edit.header(frame -> frame.eof(false))),
                        "PFSYNC-EOF-01")
                .on(
                        V5,
                        "RULESET_UNKNOWN",
                        "sends no checksum of its ruleset",
                        sends(Edit.header(frame -> frame.checksum(new byte[16]))),
                        "PFSYNC-INS-21")
                .both(
                        "COALESCING_LOST",
                        "sends each message in a frame of its own",
                        sends(Edit.sound((frame, on) -> Edit.content(frame)
                                .forEach(message ->
                                        on.accept(Edit.like(frame).add(message).build())))),
                        "PFSYNC-QUEUE-09",
                        "PFSYNC-IACK-03")
                .both(
                        "FRAMES_SENT_TWICE",
                        "sends every frame twice",
                        sends(Edit.sound((frame, on) -> {
                            on.accept(frame.encode());
                            on.accept(frame.encode());
                        })),
                        "PFSYNC-BULK-03",
                        "PFSYNC-IACK-01")
                .both(
                        "FORWARDS_TWICE",
                        "lets every packet leave twice on its outside interface",
                        new Sabotage() {
                            @Override
                            public Link outsideLink(Link link) {
                                return new DoublingLink(link);
                            }
                        },
                        "PFSYNC-DEFER-34",
                        "PFSYNC-COMB-12")
                .on(
                        V6,
                        "LINK_RETURN_MISSED",
                        "does not notice that the link of its sync device is back",
                        wired((release, link, loop) -> new OneWayStatusLink(link)),
                        "PFSYNC-BULK-32",
                        "PFSYNC-BULK-33")
                .both(
                        "SENDS_LATE",
                        "sends every frame half a second late",
                        wired((release, link, loop) -> new DelayedLink(link, loop, HALF_A_SECOND)),
                        "PFSYNC-IACK-01",
                        "PFSYNC-TIMER-01");
    }

    private static byte[] shorter(Frame frame) {
        return Edit.like(frame)
                .add(Edit.content(frame).toArray(Message[]::new))
                .len(frame.header().len() - 20)
                .build();
    }

    private static void strideInBytes(Frame frame, Consumer<byte[]> on) {
        FrameBuilder builder = Edit.like(frame);
        for (Section section : frame.sections()) {
            builder.add(section.messages().toArray(Message[]::new))
                    .sectionLen(section.messages().getFirst().size() & 0xff);
        }
        on.accept(builder.build());
    }

    private static void messages(FaultList list) {
        list.both(
                        "ACK_SWAPPED_ID",
                        "acknowledges with the bytes of the id in the opposite order",
                        sends(Edit.each(Kind.INS_ACK, message -> Edit.reversed(message, "id"))),
                        "PFSYNC-IACK-01")
                .both(
                        "ACK_SWAPPED_CREATOR",
                        "acknowledges with the bytes of the creator id in the opposite order",
                        sends(Edit.each(Kind.INS_ACK, message -> Edit.reversed(message, "creatorid"))),
                        "PFSYNC-IACK-01")
                .both("NEVER_ACKNOWLEDGES", "sends no INS_ACK", sends(Edit.without(Kind.INS_ACK)), "PFSYNC-IACK-01")
                .both(
                        "NEVER_REQUESTS",
                        "does not ask for states that it does not know",
                        sends(Edit.without(message -> message.kind() == Kind.UPD_REQ && !Edit.bulkRequest(message))),
                        "PFSYNC-UPDC-02")
                .both(
                        "REQUESTS_SWAPPED_ID",
                        "asks with the bytes of the id in the opposite order",
                        sends(Edit.each(Kind.UPD_REQ, message -> Edit.reversed(message, "id"))),
                        "PFSYNC-UPDC-02")
                .both(
                        "REQUESTS_UNICAST",
                        "asks the sender of an update and not the group",
                        sends(Edit.sound(SentFaults::requestsUnicast)),
                        "PFSYNC-UREQ-09")
                .both(
                        "ASKS_FOR_NO_BULK",
                        "comes up without asking for a bulk transfer",
                        sends(Edit.without(Edit::bulkRequest)),
                        "PFSYNC-BULK-20")
                .both(
                        "DELETES_SILENTLY",
                        "does not announce that states were removed",
                        sends(Edit.without(Kind.DEL_C)),
                        "PFSYNC-LOCAL-03")
                .both("CLEARS_SILENTLY", "does not announce a flush", sends(Edit.without(Kind.CLR)), "PFSYNC-LOCAL-04")
                .both(
                        "CLEARS_NOBODY",
                        "announces a flush with creator id 0",
                        sends(Edit.each(Kind.CLR, message -> Edit.set(message, "creatorid", 0))),
                        "PFSYNC-LOCAL-04")
                .both(
                        "CLEARS_EVERYWHERE",
                        "announces the flush of an interface without its name",
                        sends(Edit.each(Kind.CLR, message -> Edit.set(message, "ifname", ""))),
                        "PFSYNC-LOCAL-05")
                .both(
                        "STALE_IN_SILENCE",
                        "does not tell the sender of a stale update",
                        sends(Edit.without(Kind.UPD_C)),
                        "PFSYNC-UPD-04",
                        "PFSYNC-UPDC-07")
                .both(
                        "ANSWERS_COMPRESSED_ONLY",
                        "does not answer requests for states",
                        sends(Edit.without(Kind.UPD)),
                        "PFSYNC-UREQ-01")
                .both("NEVER_INSERTS", "does not announce new states", sends(Edit.without(Kind.INS)), "PFSYNC-LOCAL-01")
                .both("ASSOCIATIONS_NOT_SENT", "sends no TDB", sends(Edit.without(Kind.TDB)), "PFSYNC-TDB-07");
    }

    private static void requestsUnicast(Frame frame, Consumer<byte[]> on) {
        boolean asks = frame.messages().stream().anyMatch(UpdateRequest.class::isInstance);
        on.accept(
                asks
                        ? Edit.like(frame)
                                .destination(PROBE)
                                .add(Edit.content(frame).toArray(Message[]::new))
                                .build()
                        : frame.encode());
    }

    private static void states(FaultList list) {
        list.both(
                        "CREATOR_SWAPPED",
                        "sends the creator id of new states in the opposite byte order",
                        sends(Edit.each(Kind.INS, message -> Edit.reversed(message, "creatorid"))),
                        "PFSYNC-LOCAL-01")
                .both(
                        "KEYS_SWAPPED",
                        "sends wire and stack key in each other's place",
                        sends(Edit.each(Kind.INS, Edit::keysSwapped)),
                        "PFSYNC-TRAFFIC-13")
                .both(
                        "PEERS_SWAPPED",
                        "sends the peers of new states in each other's place",
                        sends(Edit.each(Kind.INS, Edit::peersSwapped)),
                        "PFSYNC-LOCAL-01")
                .both(
                        "UPDATES_PEERS_SWAPPED",
                        "sends the peers of updates in each other's place",
                        sends(Edit.each(Kind.UPD_C, Edit::peersSwapped)),
                        "PFSYNC-UPDC-07")
                .both(
                        "WINDOW_NOT_SENT",
                        "sends no upper sequence number of the initiator",
                        sends(Edit.each(Kind.UPD_C, message -> Edit.set(message, "src.seqhi", 0))),
                        "PFSYNC-UPDC-07")
                .both(
                        "ALWAYS_ASKS_FOR_ACK",
                        "asks for an acknowledgement of every new state",
                        sends(Edit.each(Kind.INS, message -> Edit.flags(message, flags -> flags | StateFlag.ACK))),
                        "PFSYNC-DEFER-05")
                .both(
                        "NEVER_ASKS_FOR_ACK",
                        "holds first packets, but does not ask for an acknowledgement",
                        sends(Edit.each(Kind.INS, message -> Edit.flags(message, flags -> flags & ~StateFlag.ACK))),
                        "PFSYNC-DEFER-02")
                .both(
                        "DIRECTION_SWAPPED",
                        "sends incoming states as outgoing ones and the other way round",
                        sends(Edit.each(
                                Kind.INS,
                                message -> Edit.set(message, "direction", 3 - ((StateMessage) message).direction()))),
                        "PFSYNC-LOCAL-01")
                .both(
                        "ANSWERS_WITH_OLD_TIMEOUT",
                        "sends full updates with timeout 0",
                        sends(Edit.each(Kind.UPD, message -> Edit.set(message, "timeout", 0))),
                        "PFSYNC-UREQ-01")
                .both(
                        "ANSWERS_WITH_OTHER_WINDOW",
                        "sends full updates with a window one higher than it is",
                        sends(Edit.each(Kind.UPD, SentFaults::higherWindow)),
                        "PFSYNC-INS-01",
                        "PFSYNC-UREQ-01")
                .both(
                        "INTERFACE_NOT_SENT",
                        "sends states without their interface",
                        sends(Edit.each(Kind.INS, message -> Edit.set(message, "ifname", ""))),
                        "PFSYNC-LOCAL-01");
    }

    private static Message higherWindow(Message message) {
        return Edit.set(message, "src.seqlo", ((StateMessage) message).src().seqlo() + 1L);
    }

    private static void bulks(FaultList list) {
        list.both(
                        "BULK_WITHOUT_START",
                        "does not announce a bulk transfer",
                        sends(Edit.without(message -> Edit.status(message) == BulkStatus.START)),
                        "PFSYNC-BULK-06")
                .both(
                        "BULK_WITHOUT_END",
                        "does not end a bulk transfer",
                        sends(Edit.without(message -> Edit.status(message) == BulkStatus.END)),
                        "PFSYNC-BULK-02")
                .both(
                        "BULK_STATUS_SWAPPED",
                        "begins with END and ends with START",
                        sends(Edit.each(Kind.BUS, message -> Edit.set(message, "status", 3 - Edit.status(message)))),
                        "PFSYNC-BULK-03")
                .both(
                        "BULK_OF_NOBODY",
                        "sends BUS with creator id 0",
                        sends(Edit.each(Kind.BUS, message -> Edit.set(message, "creatorid", 0))),
                        "PFSYNC-BULK-10")
                .on(
                        V5,
                        "BULK_END_WITHOUT_TIME",
                        "ends every transfer with end time 0",
                        sends(Edit.each(Kind.BUS, message -> Edit.set(message, "endtime", 0))),
                        "PFSYNC-BULK-15")
                .both(
                        "END_BEFORE_LAST_STATE",
                        "sends the last states of a transfer behind its END",
                        sendsWith(LastStatesHeld::new),
                        "PFSYNC-BULK-06")
                .both(
                        "BULK_STATES_TWICE",
                        "sends every state of a transfer twice",
                        sends(Edit.messages(
                                message -> message.kind() == Kind.UPD ? List.of(message, message) : List.of(message))),
                        "PFSYNC-BULK-03")
                .both(
                        "BULK_LEAVES_OUT_TENTH",
                        "leaves every tenth state out of a transfer",
                        sendsWith(() -> tenthLost()),
                        "PFSYNC-BULK-03");
    }

    private static FrameChange tenthLost() {
        int[] sent = {0};
        return Edit.without(message -> message.kind() == Kind.UPD && ++sent[0] % 10 == 0);
    }

    /** Keeps back each frame with full updates until the next one, and the last one until something follows END. */
    private static final class LastStatesHeld implements FrameChange {
        private Frame held;

        @Override
        public void change(Frame frame, Consumer<byte[]> on) {
            boolean states = frame.messages().stream().anyMatch(message -> message.kind() == Kind.UPD);
            boolean end = frame.messages().stream().anyMatch(message -> Edit.status(message) == BulkStatus.END);
            if (states && !end) {
                if (held != null) {
                    on.accept(held.encode());
                }
                held = frame;
                return;
            }
            List<Message> moved = new ArrayList<>(Edit.content(frame));
            if (end && states) {
                moved.sort((one, other) -> Integer.compare(Edit.status(other), Edit.status(one)));
            }
            on.accept(Edit.like(frame).add(moved.toArray(Message[]::new)).build());
            if (held != null) {
                on.accept(held.encode());
                held = null;
            }
        }
    }
}
