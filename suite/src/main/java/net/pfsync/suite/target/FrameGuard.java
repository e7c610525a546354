package net.pfsync.suite.target;

import java.nio.ByteBuffer;
import java.util.List;
import net.pfsync.net.IpAddress;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;

/**
 * Stands where frames leave in mode safe, and refuses those that touch a state or a creator that is not the suite's own.
 *
 * <p>Every message of a frame is judged, also of one that a right receiver drops as a whole: the receiver is not known to be right. Where others on the
 * LAN speak otherwise, what has their version is also judged as they would read it. Allowed are states
 * of the suite's creators between test addresses, and whatever names such a state or creator. Two things are allowed besides, because they touch
 * nobody's states: a request for all states, and a state of the suite's without a creator, which every right receiver refuses.
 */
public final class FrameGuard {

    private static final int AF_INET = 2;

    private final List<Dialect> spoken;

    /**
     * A guard.
     *
     * @param spoken what the receivers speak, the firewall under test first
     */
    public FrameGuard(List<Dialect> spoken) {
        this.spoken = spoken.stream().distinct().toList();
    }

    /**
     * Lets a packet pass, or not.
     *
     * @param packet from its IP header on; any bytes
     * @throws CannotTell if it touches what is not the suite's own; the message says what
     */
    public void check(byte[] packet) {
        check(packet, spoken.getFirst());
        spoken.stream()
                .skip(1)
                .filter(dialect -> dialect.versionByte()
                        == FrameDecoder.decode(dialect, packet).header().version())
                .forEach(dialect -> check(packet, dialect));
    }

    private static void check(byte[] packet, Dialect dialect) {
        for (Message message : FrameDecoder.decode(dialect, packet).messages()) {
            String foreign = foreign(message, dialect);
            if (!foreign.isEmpty()) {
                throw new CannotTell(
                        "mode safe does not send " + message.layout().name() + " of " + foreign
                                + ", which is not the suite's own; mode full does");
            }
        }
    }

    /** What of a message is somebody else's, empty if nothing is. */
    private static String foreign(Message message, Dialect dialect) {
        return switch (message) {
            case StateMessage state -> foreign(state, dialect);
            case Clear clear -> own(clear.creatorId()) ? "" : creator(clear.creatorId());
            case BulkStatus bulk -> own(bulk.creatorId()) ? "" : creator(bulk.creatorId());
            case UpdateRequest request when new StateId(request.id(), request.creatorId()).equals(StateId.ALL) -> "";
            case Identified name -> named(name.id(), name.creatorId());
            case UpdateCompressed update -> named(update.id(), update.creatorId());
            case TdbUpdate tdb -> association(tdb);
            default -> "";
        };
    }

    private static String foreign(StateMessage state, Dialect dialect) {
        String named = named(state.id(), state.creatorId());
        if (!named.isEmpty()) {
            return named;
        }
        for (int key : List.of(StateMessage.WIRE, StateMessage.STACK)) {
            for (int side = 0; side < 2; side++) {
                IpAddress address = address(state, key, side, dialect);
                if (address != null && !OwnStates.has(address)) {
                    return "the address " + address;
                }
            }
        }
        return "";
    }

    /** One end of a state; null where nothing is set. */
    private static IpAddress address(StateMessage state, int key, int side, Dialect dialect) {
        long hi = state.addrHi(key, side);
        long lo = state.addrLo(key, side);
        if (hi == 0 && lo == 0) {
            return null;
        }
        IpAddress inet = IpAddress.ipv4((int) (hi >>> Integer.SIZE));
        IpAddress inet6 = new IpAddress(true, hi, lo);
        if (state.af() == AF_INET) {
            return inet;
        }
        // Of a family that nobody knows a receiver may take either.
        boolean short4 = lo == 0 && (int) hi == 0 && state.af() != dialect.inet6();
        return short4 && !OwnStates.has(inet6) ? inet : inet6;
    }

    private static String association(TdbUpdate tdb) {
        byte[] bytes = tdb.address();
        if (bytes.length == 0) {
            return "";
        }
        ByteBuffer text = ByteBuffer.wrap(bytes);
        IpAddress address = bytes.length == Integer.BYTES
                ? IpAddress.ipv4(text.getInt())
                : new IpAddress(true, text.getLong(), text.getLong());
        return OwnStates.has(address) ? "" : "the security association of " + address;
    }

    /**
     * Narrower than {@link OwnStates#named}, which is asked what may be looked at: here a state may be made, changed or removed, and a firewall that
     * counts its own ids may come by one of the suite's. A state without a creator is no firewall's, so that there the id is enough.
     */
    private static String named(long id, int creator) {
        return own(creator) || (creator == 0 && OwnStates.madeUp(id)) ? "" : "the state " + new StateId(id, creator);
    }

    private static String creator(int creator) {
        return String.format("the creator %08x", creator);
    }

    private static boolean own(int creator) {
        return OwnStates.CREATORS.contains(creator);
    }
}
