package net.pfsync.sync;

import java.util.Arrays;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.sync.StateImporter.Outcome;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Insert;
import net.pfsync.wire.InsertAck;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.Problem;
import net.pfsync.wire.RangeCheck;
import net.pfsync.wire.SectionCursor;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;
import net.pfsync.wire.WirePeer;

/**
 * What happens to a received frame: the checks in their order, each failure with its counter, then message after message.
 *
 * <p>A broken section does not undo the ones before it. Source: {@code BEHAVIOUR.md} sections 2 to 10.
 */
final class FrameInput {

    private static final int TTL_OFFSET = 8;
    private static final int TTL = 255;
    private static final int CHECKSUM_OFFSET = 4;
    private static final int CHECKSUM_SIZE = 16;
    private static final int HEADER = 20;
    private static final byte TCP = 6;

    private final Pfsync pfsync;
    private final Rules rules;
    private final Dialect dialect;
    private final StateTable table;
    private final Statistics statistics;
    private final StateImporter importer;
    private final SectionCursor cursor;
    private byte[] packet;
    private boolean sameRuleset;
    private int now;

    FrameInput(Pfsync pfsync, Rules rules, StateTable table, Timeouts timeouts) {
        this.pfsync = pfsync;
        this.rules = rules;
        this.dialect = rules.dialect();
        this.table = table;
        this.statistics = pfsync.statistics();
        this.importer = new StateImporter(pfsync.host(), table, timeouts, dialect, rules.imports());
        this.cursor = new SectionCursor(dialect);
    }

    /** Takes a whole IPv4 packet of protocol 240; bytes behind its total length are not in the array. */
    void receive(String ifname, byte[] received) {
        packet = received;
        statistics.count(Counter.IPACKETS);
        if (!pfsync.host().pfEnabled() || !pfsync.running() || pfsync.syncdev().isEmpty()) {
            return;
        }
        if (!ifname.equals(pfsync.syncdev())) {
            statistics.count(Counter.BADIF);
            return;
        }
        if ((packet[TTL_OFFSET] & 0xff) != TTL) {
            statistics.count(Counter.BADTTL);
            return;
        }
        int payload = (packet[0] & 0xf) * 4;
        cursor.start(packet, payload, packet.length);
        if (cursor.problem() == null && !rules.input().processesHeaderUnderflow() && announced(payload) < HEADER) {
            return;
        }
        now = pfsync.now();
        sameRuleset = cursor.problem() == null && sameRuleset(payload);
        while (cursor.next()) {
            if (!section()) {
                return;
            }
        }
        report(cursor.problem());
    }

    private int announced(int payload) {
        return (packet[payload + 2] & 0xff) << 8 | (packet[payload + 3] & 0xff);
    }

    private boolean sameRuleset(int payload) {
        int at = payload + CHECKSUM_OFFSET;
        return Arrays.equals(packet, at, at + CHECKSUM_SIZE, pfsync.host().rulesetChecksum(), 0, CHECKSUM_SIZE);
    }

    private void report(Problem problem) {
        if (problem == null) {
            return;
        }
        if (problem.counter() != null) {
            statistics.count(problem.counter());
        } else if (rules.input().panicsPastTheEnd()) {
            throw new KernelPanic("panic: " + problem.text());
        } else {
            statistics.count(Counter.BADLEN);
        }
    }

    /** Handles one section; false if the rest of the frame is to be left alone. */
    private boolean section() {
        if (cursor.action().kind() == Kind.BUS) {
            return bulkStatus();
        }
        for (int i = 0; i < cursor.count(); i++) {
            if (!handle(cursor.message(i))) {
                break;
            }
        }
        return true;
    }

    /** Only the first message of a section is looked at, and only if somebody waits for it. */
    private boolean bulkStatus() {
        if (!cursor.present()) {
            if (pfsync.requester().waiting()) {
                statistics.count(Counter.BADLEN);
                return false;
            }
        } else if (cursor.count() > 0) {
            bulkStatus(cursor.message(0));
        } else if (rules.input().readsUncountedBus()) {
            Layout layout = cursor.action().layout();
            if (cursor.messages() + layout.size() <= packet.length) {
                bulkStatus(layout.message(packet, cursor.messages()));
            }
        }
        return true;
    }

    private void bulkStatus(Message message) {
        if (message instanceof BulkStatus status) {
            pfsync.requester().status(status.status(), status.endtime());
        }
    }

    /** Handles one message; false if the rest of its section is to be left alone. */
    private boolean handle(Message message) {
        if (RangeCheck.wrong(dialect, message) != null) {
            statistics.count(RangeCheck.counter(message));
            return true;
        }
        switch (message) {
            case Insert insert -> {
                return insert(insert);
            }
            case UpdateCompressed update -> compressed(update);
            case Update update -> update(update);
            case UpdateRequest request -> request(request);
            case DeleteCompressed delete -> delete(delete.id(), delete.creatorId());
            case Delete delete -> delete(delete.id(), delete.creatorId());
            case InsertAck acknowledgement -> acknowledged(acknowledgement);
            case Clear clear -> clear(clear);
            case TdbUpdate association -> pfsync.securityAssociations().receive(association);
            default -> {
                // The end marker says nothing, and BUS has a handler of its own.
            }
        }
        return true;
    }

    private boolean insert(Insert message) {
        Outcome outcome = importer.take(message, true, sameRuleset, now);
        if (outcome == Outcome.INSERTED) {
            acknowledgeIfWanted(message);
        }
        return outcome != Outcome.NO_MEMORY;
    }

    private void acknowledgeIfWanted(StateMessage message) {
        if ((message.stateFlags() & StateFlags.ACK) != 0) {
            pfsync.queues().event(Event.ACKNOWLEDGE, table.find(message.id(), message.creatorId()), now);
        }
    }

    private void update(Update message) {
        State state = table.find(message.id(), message.creatorId());
        if (state != null) {
            merge(state, message.src(), message.dst(), (int) message.expire(), message.timeout());
            return;
        }
        Outcome outcome = importer.take(message, false, sameRuleset, now);
        if (outcome == Outcome.INSERTED) {
            acknowledgeIfWanted(message);
        } else if (outcome != Outcome.IGNORED) {
            statistics.count(Counter.BADSTATE);
        }
    }

    private void compressed(UpdateCompressed message) {
        State state = table.find(message.id(), message.creatorId());
        if (state == null) {
            pfsync.queues().requestUpdate(message.id(), message.creatorId());
        } else {
            merge(state, message.src(), message.dst(), (int) message.expire(), message.timeout());
        }
    }

    private void merge(State state, WirePeer src, WirePeer dst, int remaining, int timeout) {
        pfsync.deferral().updatedByPeer(state);
        int outcome = rules.merge().merge(state, state.proto == TCP, src, dst);
        if ((outcome & MergeRule.TAKE_TIMES) != 0) {
            state.expire = rules.imports().expiry().updated(now, remaining);
            state.timeout = (byte) timeout;
        }
        if ((outcome & MergeRule.NEWS) != 0) {
            state.pfsyncTime = now;
        }
        if ((outcome & MergeRule.STALE) != 0) {
            statistics.count(Counter.STALE);
            pfsync.queues().event(Event.UPDATE, state, now);
            pfsync.queues().flushSoon();
        }
    }

    private void request(UpdateRequest message) {
        if (message.id() == 0 && message.creatorId() == 0) {
            pfsync.sender().request();
            return;
        }
        State state = table.find(message.id(), message.creatorId());
        if (state == null || (state.has(StateFlags.NOSYNC) && rules.input().countsSilentRequests())) {
            statistics.count(Counter.BADSTATE);
        } else {
            pfsync.queues().event(Event.REQUEST, state, now);
        }
    }

    private void delete(long id, int creatorId) {
        State state = table.find(id, creatorId);
        if (state == null) {
            statistics.count(Counter.BADSTATE);
        } else {
            pfsync.removeSilently(state);
        }
    }

    private void acknowledged(InsertAck message) {
        State state = table.find(message.id(), message.creatorId());
        if (state != null) {
            pfsync.deferral().acknowledged(state);
        }
    }

    private void clear(Clear message) {
        String ifname = message.ifname();
        int creatorId = message.creatorId();
        for (State state : table) {
            if (state.creatorId == creatorId && rules.clear().removes(state, ifname)) {
                pfsync.removeSilently(state);
            }
        }
    }
}
