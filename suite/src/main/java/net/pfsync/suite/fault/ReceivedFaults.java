package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.V6;
import static net.pfsync.suite.fault.FaultList.receives;
import static net.pfsync.suite.fault.FaultList.receivesWith;
import static net.pfsync.suite.fault.FaultList.wired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.Timeout;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.sync.Pfsync;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Insert;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.Section;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;

/** Faults in how a firewall reads the frames that it receives. */
final class ReceivedFaults {

    private static final int SUBHEADER = 4;
    private static final int IFNAME_CUT = 2;
    private static final int INET6 = 24;

    private ReceivedFaults() {}

    static List<Fault> all() {
        FaultList list = new FaultList();
        headers(list);
        messages(list);
        states(list);
        return list.faults();
    }

    private static void headers(FaultList list) {
        list.both(
                        "TTL_NOT_EXAMINED",
                        "takes frames of any TTL",
                        receives((frame, on) ->
                                on.accept(patched(frame, frame.ip().ttlOffset(), 255))),
                        "PFSYNC-FRAME-02")
                .both(
                        "VERSION_NOT_EXAMINED",
                        "takes frames of any version",
                        receives((frame, on) -> on.accept(rightVersion(frame))),
                        "PFSYNC-FRAME-04")
                .both(
                        "ONLY_FIRST_SECTION",
                        "reads only the first section of a frame",
                        receives(Edit.sound((frame, on) -> on.accept(firstSection(frame)))),
                        "PFSYNC-COMB-02")
                .both(
                        "SECTIONS_REVERSED",
                        "reads the last section of a frame first",
                        receives(Edit.list(List::reversed)),
                        "PFSYNC-COMB-01")
                .on(
                        V6,
                        "STRIDE_IGNORED",
                        "reads messages at the distance that it knows, whatever the section says",
                        receives(ReceivedFaults::strideIgnored),
                        "PFSYNC-FRAME-21");
    }

    private static byte[] patched(Frame frame, int at, int value) {
        byte[] packet = frame.encode();
        if (at < packet.length) {
            packet[at] = (byte) value;
            packet[10] = 0;
            packet[11] = 0;
            int sum = IpHeader.parse(packet).rightChecksum();
            packet[10] = (byte) (sum >>> 8);
            packet[11] = (byte) sum;
        }
        return packet;
    }

    /** A frame of any version, with the one of the dialect in which it was read. */
    static byte[] rightVersion(Frame frame) {
        byte[] packet = frame.encode();
        int at = frame.ip().size();
        if (frame.header().size() > 0) {
            packet[at] = (byte) frame.dialect().versionByte();
        }
        return packet;
    }

    private static byte[] firstSection(Frame frame) {
        FrameBuilder builder = Edit.like(frame);
        frame.sections().stream()
                .filter(section -> section.kind() != Kind.EOF)
                .limit(1)
                .forEach(section -> builder.add(section.messages().toArray(Message[]::new)));
        return builder.build();
    }

    private static void strideIgnored(Frame frame, Consumer<byte[]> on) {
        FrameBuilder builder = Edit.like(frame);
        for (Section section : frame.sections()) {
            byte[] whole = Arrays.copyOfRange(section.array(), section.offset(), section.offset() + section.size());
            int known = section.kind() == null || section.kind() == Kind.EOF
                    ? section.pad()
                    : frame.dialect().layout(section.kind()).size() / SUBHEADER;
            builder.section(
                    whole[0],
                    section.count(),
                    section.pad() > known ? known : section.pad(),
                    Arrays.copyOfRange(whole, SUBHEADER, whole.length));
        }
        on.accept(frame.problem() == null ? builder.build() : frame.encode());
    }

    private static void messages(FaultList list) {
        list.both("DELETE_IGNORED", "ignores DEL", receives(Edit.without(Kind.DEL)), "PFSYNC-DEL-01")
                .both(
                        "COMPRESSED_DELETE_IGNORED",
                        "ignores DEL_C",
                        receives(Edit.without(Kind.DEL_C)),
                        "PFSYNC-DELC-01")
                .both(
                        "ACKNOWLEDGEMENT_IGNORED",
                        "ignores INS_ACK",
                        receives(Edit.without(Kind.INS_ACK)),
                        "PFSYNC-DEFER-01")
                .both(
                        "BUS_END_IGNORED",
                        "ignores the END of a bulk transfer",
                        receives(Edit.without(message -> Edit.status(message) == BulkStatus.END)),
                        "PFSYNC-BUS-02",
                        "PFSYNC-BUS-15")
                .both(
                        "BUS_START_IGNORED",
                        "ignores the START of a bulk transfer",
                        receives(Edit.without(message -> Edit.status(message) == BulkStatus.START)),
                        "PFSYNC-BUS-04")
                .both(
                        "BULK_REQUEST_IGNORED",
                        "ignores bulk requests",
                        receives(Edit.without(Edit::bulkRequest)),
                        "PFSYNC-BULK-02")
                .both(
                        "HALF_A_NAME_IS_BULK",
                        "takes a request with id 0 for a bulk request, whatever its creator",
                        receives(Edit.each(Kind.UPD_REQ, ReceivedFaults::halfANameIsBulk)),
                        "PFSYNC-UREQ-03")
                .both("UPDATE_NEEDS_COMPRESSION", "ignores UPD", receives(Edit.without(Kind.UPD)), "PFSYNC-UPD-01")
                .both(
                        "ONLY_FIRST_OF_KIND",
                        "reads one message of each kind in a frame",
                        receives(Edit.list(ReceivedFaults::firstOfKind)),
                        "PFSYNC-CLR-07",
                        "PFSYNC-UREQ-04")
                .both(
                        "DELETE_OF_ANY_CREATOR",
                        "looks only at the id of a state that it is to remove",
                        receivesWith(CreatorsForgotten::new),
                        "PFSYNC-DELC-04")
                .both("ASSOCIATIONS_IGNORED", "ignores TDB", receives(Edit.without(Kind.TDB)), "PFSYNC-TDB-04")
                .both(
                        "ACKNOWLEDGES_WITHOUT_FLAG",
                        "acknowledges every new state",
                        receives(Edit.each(Kind.INS, message -> Edit.flags(message, flags -> flags | StateFlag.ACK))),
                        "PFSYNC-IACK-02")
                .both(
                        "ACKNOWLEDGES_DUPLICATES",
                        "acknowledges states that it had already",
                        acknowledgesAll(),
                        "PFSYNC-IACK-05");
    }

    private static Message halfANameIsBulk(Message message) {
        return ((UpdateRequest) message).id() == 0 ? Edit.set(message, "creatorid", 0) : message;
    }

    private static List<Message> firstOfKind(List<Message> messages) {
        Set<Kind> seen = new TreeSet<>();
        return messages.stream().filter(message -> seen.add(message.kind())).toList();
    }

    /** Gives deletions the creator of a state that was inserted with their id. */
    private static final class CreatorsForgotten implements FrameChange {
        private final List<StateId> known = new ArrayList<>();

        @Override
        public void change(Frame frame, Consumer<byte[]> on) {
            for (Message message : frame.messages()) {
                if (message instanceof Insert state) {
                    known.add(new StateId(state.id(), state.creatorId()));
                }
            }
            Edit.each(Kind.DEL_C, this::ofItsCreator).change(frame, on);
        }

        private Message ofItsCreator(Message message) {
            DeleteCompressed delete = (DeleteCompressed) message;
            StateId named = new StateId(delete.id(), delete.creatorId());
            StateId removed = known.contains(named)
                    ? named
                    : known.stream()
                            .filter(state -> state.id() == named.id())
                            .findFirst()
                            .orElse(named);
            known.remove(removed);
            return Edit.set(message, "creatorid", "0x%08x".formatted(removed.creatorId()));
        }
    }

    private static Sabotage acknowledgesAll() {
        return wired((release, link, loop) ->
                new TamperedLink(link, release.dialect(), Edit.without(Kind.INS_ACK), (frame, on) -> {
                    on.accept(frame.encode());
                    acknowledge(frame, link);
                }));
    }

    private static void acknowledge(Frame frame, Link link) {
        List<Message> answers = new ArrayList<>();
        for (Message message : frame.messages()) {
            if (message instanceof Insert state && (state.stateFlags() & StateFlag.ACK) != 0) {
                answers.add(MessageBuilder.of(frame.dialect(), Kind.INS_ACK)
                        .set("id", "0x%016x".formatted(state.id()))
                        .set("creatorid", "0x%08x".formatted(state.creatorId()))
                        .build());
            }
        }
        if (!answers.isEmpty()) {
            byte[] packet = FrameBuilder.of(frame.dialect())
                    .source("10.9.0.1")
                    .add(answers.toArray(Message[]::new))
                    .build();
            link.send(Ethernet.frame(MacAddress.multicast(Pfsync.GROUP), link.address(), packet));
        }
    }

    private static void states(FaultList list) {
        list.both(
                        "DIRECTION_ZERO_REFUSED",
                        "takes no state of direction 0",
                        receives(Edit.without(
                                message -> message instanceof StateMessage state && state.direction() == 0)),
                        "PFSYNC-INS-31")
                .both(
                        "INCOMING_OF_INET6_REFUSED",
                        "takes no incoming state of IPv6",
                        receives(Edit.without(message -> message instanceof StateMessage state
                                && state.direction() == StateSpec.IN
                                && state.af() == INET6)),
                        "PFSYNC-COMB-11")
                .both(
                        "FOREIGN_TIMEOUT_REFUSED",
                        "applies no compressed update whose timeout is one of ICMP",
                        receives(Edit.without(message -> message instanceof UpdateCompressed update
                                && update.timeout() == Timeout.ICMP_FIRST_PACKET)),
                        "PFSYNC-UPDC-15")
                .both(
                        "SCRUB_DATA_OF_UPDATES_IGNORED",
                        "does not take scrub data from updates",
                        receives(Edit.messages(message -> List.of(
                                message.kind() == Kind.UPD || message.kind() == Kind.UPD_C
                                        ? Edit.set(message, "src.scrub.scrub_flag", 0)
                                        : message))),
                        "PFSYNC-UPD-24")
                .both(
                        "SCRUB_DATA_IGNORED",
                        "does not import scrub data",
                        receives(Edit.each(Kind.INS, message -> Edit.set(message, "src.scrub.scrub_flag", 0))),
                        "PFSYNC-INS-05")
                .both(
                        "FLAGS_IGNORED",
                        "does not import the flags of states",
                        receives(Edit.each(Kind.INS, message -> Edit.flags(message, flags -> flags & StateFlag.ACK))),
                        "PFSYNC-INS-25")
                .both(
                        "INTERFACE_CUT",
                        "keeps two letters of an interface's name",
                        receives(Edit.each(
                                Kind.INS,
                                message -> Edit.set(message, "ifname", cut(((StateMessage) message).ifname())))),
                        "PFSYNC-INS-02")
                .both(
                        "KEYS_READ_SWAPPED",
                        "takes the wire key for the stack key",
                        receives(Edit.each(Kind.INS, Edit::keysSwapped)),
                        "PFSYNC-INS-04")
                .both(
                        "PEERS_READ_SWAPPED",
                        "takes the initiator for the responder",
                        receives(Edit.each(Kind.INS, Edit::peersSwapped)),
                        "PFSYNC-INS-02")
                .both(
                        "UPDATES_READ_SWAPPED",
                        "takes the initiator of an update for the responder",
                        receives(Edit.each(Kind.UPD_C, Edit::peersSwapped)),
                        "PFSYNC-UPDC-01")
                .both(
                        "IDS_READ_SWAPPED",
                        "keeps the id of a state in the opposite byte order",
                        receives(Edit.each(Kind.INS, message -> Edit.reversed(message, "id"))),
                        "PFSYNC-INS-01")
                .both(
                        "AGE_FORGOTTEN",
                        "lets an imported state begin anew",
                        receives(Edit.each(Kind.INS, message -> Edit.set(message, "creation", 0))),
                        "PFSYNC-EXPIRE-09");
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(IFNAME_CUT, name.length()));
    }
}
