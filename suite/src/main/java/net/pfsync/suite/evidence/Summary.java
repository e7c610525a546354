package net.pfsync.suite.evidence;

import java.util.Map;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.Unknown;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;

/** Messages in a few words, for failures and ladders. */
public final class Summary {

    private static final Map<Integer, String> STATUS = Map.of(1, "START", 2, "END");

    private Summary() {}

    /**
     * A message in a few words.
     *
     * @param message any message
     * @return its kind and what tells it from others of its kind
     */
    public static String of(Message message) {
        return switch (message) {
            case StateMessage state ->
                state.kind() + " " + new StateId(state.id(), state.creatorId()) + sides(state.src(), state.dst());
            case UpdateCompressed update ->
                "UPD_C " + new StateId(update.id(), update.creatorId()) + sides(update.src(), update.dst());
            case Identified named -> named.kind() + " " + name(named);
            case Clear clear ->
                String.format("CLR %08x", clear.creatorId())
                        + (clear.ifname().isEmpty() ? "" : " on " + clear.ifname());
            case BulkStatus status ->
                String.format("BUS %s %08x endtime %d", status(status.status()), status.creatorId(), status.endtime());
            case TdbUpdate tdb -> String.format("TDB spi %08x", tdb.spi());
            case EndOfFrame ignored -> "EOF";
            case Unknown unknown -> unknown.size() + " unknown bytes";
        };
    }

    /**
     * The status of a BUS message.
     *
     * @param number as on the wire
     * @return START, END, or the number
     */
    public static String status(int number) {
        return STATUS.getOrDefault(number, "status " + number);
    }

    private static String name(Identified named) {
        StateId id = new StateId(named.id(), named.creatorId());
        return id.equals(StateId.ALL) ? "0/0" : id.toString();
    }

    private static String sides(WirePeer src, WirePeer dst) {
        return " " + side(src) + ":" + side(dst);
    }

    private static String side(WirePeer peer) {
        return peer.seqlo() == 0
                ? String.valueOf(peer.state())
                : peer.state() + "@" + Integer.toUnsignedString(peer.seqlo());
    }
}
