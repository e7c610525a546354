package net.pfsync;

import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/**
 * Messages of one dialect about states of {@link SyncLan#PEER}: good ones, in which a test then changes what it is about.
 *
 * <p>The state of a number is an established TCP connection whose key and sequence numbers are those of {@link States#tcp}.
 *
 * @param dialect how they are laid out
 */
public record Messages(Dialect dialect) {

    private static final int ESTABLISHED = 4;

    /** A whole state: INS, UPD or DEL. */
    public MessageBuilder state(Kind kind, long id) {
        State like = States.tcp(id, SyncLan.PEER);
        MessageBuilder message = MessageBuilder.of(dialect, kind)
                .set("id", id)
                .set("creatorid", SyncLan.PEER)
                .set("ifname", "all")
                .set("rule", -1)
                .set("anchor", -1)
                .set("nat_rule", -1)
                .set("creation", 30)
                .set("expire", 60)
                .set("af", 2)
                .set("proto", States.TCP)
                .set("direction", State.IN)
                .set("timeout", States.TCP_ESTABLISHED);
        for (String key : new String[] {"key[0]", "key[1]"}) {
            message.set(key + ".addr[0]", "192.0.2.1")
                    .set(key + ".addr[1]", "198.51.100.1")
                    .set(key + ".port[0]", like.wire.port(0))
                    .set(key + ".port[1]", like.wire.port(1));
            if (dialect.layout(kind).offset(key + ".af") >= 0) {
                message.set(key + ".af", 2);
            }
        }
        return peers(message);
    }

    /** UPD_C. */
    public MessageBuilder compressed(long id) {
        return peers(MessageBuilder.of(dialect, Kind.UPD_C)
                .set("id", id)
                .set("creatorid", SyncLan.PEER)
                .set("expire", 60)
                .set("timeout", States.TCP_ESTABLISHED));
    }

    private static MessageBuilder peers(MessageBuilder message) {
        return message.set("src.state", ESTABLISHED)
                .set("src.seqlo", 1000)
                .set("src.seqhi", 2000)
                .set("dst.state", ESTABLISHED)
                .set("dst.seqlo", 5000)
                .set("dst.seqhi", 6000);
    }

    /** INS of a state. */
    public Message insert(long id) {
        return state(Kind.INS, id).build();
    }

    /** A message that is only a name: INS_ACK, UPD_REQ or DEL_C. */
    public Message name(Kind kind, long id, int creatorId) {
        return MessageBuilder.of(dialect, kind)
                .set("id", id)
                .set("creatorid", creatorId)
                .build();
    }

    /** UPD_REQ of a state of the peer. */
    public Message request(long id) {
        return name(Kind.UPD_REQ, id, SyncLan.PEER);
    }

    /** UPD_REQ for all states. */
    public Message bulkRequest() {
        return name(Kind.UPD_REQ, 0, 0);
    }

    /** DEL_C of a state of the peer. */
    public Message delete(long id) {
        return name(Kind.DEL_C, id, SyncLan.PEER);
    }

    /** CLR. */
    public Message clear(int creatorId, String ifname) {
        return MessageBuilder.of(dialect, Kind.CLR)
                .set("creatorid", creatorId)
                .set("ifname", ifname)
                .build();
    }

    /** BUS, see {@link net.pfsync.wire.BulkStatus}. */
    public Message bulk(int status, long endtime) {
        return MessageBuilder.of(dialect, Kind.BUS)
                .set("creatorid", SyncLan.PEER)
                .set("endtime", endtime)
                .set("status", status)
                .build();
    }
}
