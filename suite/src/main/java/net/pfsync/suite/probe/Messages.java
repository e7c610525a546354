package net.pfsync.suite.probe;

import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Kind;

/** pfsync's messages, to be imported statically by cases: {@code send(insert(state))}, {@code expect(update(state))}. */
public final class Messages {

    private static final int START = 1;
    private static final int END = 2;

    private Messages() {}

    /** INS: a new state, whole. */
    public static MessageSpec insert(StateSpec state) {
        return MessageSpec.of(Kind.INS).describing(StateFields.of(state));
    }

    /** Any INS of that state. */
    public static MessageSpec insert(StateId id) {
        return MessageSpec.of(Kind.INS).about(id);
    }

    /** INS_ACK: the answer to an insert that asked for it. */
    public static MessageSpec insertAck(StateId id) {
        return MessageSpec.of(Kind.INS_ACK).about(id);
    }

    /** UPD: a changed state, whole. */
    public static MessageSpec update(StateSpec state) {
        return MessageSpec.of(Kind.UPD).describing(StateFields.of(state));
    }

    /** Any UPD of that state. */
    public static MessageSpec update(StateId id) {
        return MessageSpec.of(Kind.UPD).about(id);
    }

    /** UPD_C: a changed state, only its sides and its timeout. */
    public static MessageSpec updateCompressed(StateSpec state) {
        return MessageSpec.of(Kind.UPD_C).describing(StateFields.of(state));
    }

    /** UPD_C of a state with nothing but its name set; expected, any UPD_C of that state. */
    public static MessageSpec updateCompressed(StateId id) {
        return MessageSpec.of(Kind.UPD_C).about(id);
    }

    /** UPD_REQ: a request for a whole state. */
    public static MessageSpec updateRequest(StateId id) {
        return MessageSpec.of(Kind.UPD_REQ).about(id);
    }

    /** UPD_REQ with id 0 and creator 0: a request for all states. */
    public static MessageSpec bulkRequest() {
        return updateRequest(StateId.ALL);
    }

    /** DEL: a removed state, whole. */
    public static MessageSpec delete(StateSpec state) {
        return MessageSpec.of(Kind.DEL).describing(StateFields.of(state));
    }

    /** DEL_C: a removed state, only its name. */
    public static MessageSpec deleteCompressed(StateId id) {
        return MessageSpec.of(Kind.DEL_C).about(id);
    }

    /** CLR without an interface: all states of a creator are gone. */
    public static MessageSpec clear(int creatorId) {
        return MessageSpec.of(Kind.CLR).with("creatorid", creatorId);
    }

    /** CLR with an interface: the creator's states on it are gone. */
    public static MessageSpec clear(int creatorId, String ifname) {
        return clear(creatorId).with("ifname", ifname);
    }

    /** BUS with status START. */
    public static MessageSpec bulkStart(int creatorId) {
        return bulkStatus(START).with("creatorid", creatorId);
    }

    /** BUS with status END; {@code endtime} is 0. */
    public static MessageSpec bulkEnd(int creatorId) {
        return bulkStatus(END).with("creatorid", creatorId);
    }

    /** Any BUS with status START. */
    public static MessageSpec bulkStart() {
        return bulkStatus(START);
    }

    /** Any BUS with status END. */
    public static MessageSpec bulkEnd() {
        return bulkStatus(END);
    }

    /** BUS with any status. */
    public static MessageSpec bulkStatus(int status) {
        return MessageSpec.of(Kind.BUS).with("status", status);
    }

    /** TDB: the counters of a security association. */
    public static MessageSpec tdb(SecurityAssociation association) {
        return MessageSpec.of(Kind.TDB)
                .with("spi", Integer.toUnsignedLong(association.spi()))
                .with("dst", association.destination())
                .with("rpl", association.replay())
                .with("cur_bytes", association.bytes())
                .with("sproto", association.proto());
    }

    /** A message of that kind; sent, with nothing set; expected, whatever it says. */
    public static MessageSpec any(Kind kind) {
        return MessageSpec.of(kind);
    }
}
