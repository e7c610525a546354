package net.pfsync.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.sync.QueueTransitions.Count;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.sync.QueueTransitions.Step;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;

/**
 * What is to be sent, kept in plain lists: the output of pfsync as BEHAVIOUR.md sections 11 and 12 describe it, for tests to compare the
 * engine with.
 *
 * <p>A frame is written as the names of its messages, kind by kind: {@code INS 1, INS 2, UPD_C 3}.
 */
final class SendQueuesModel {

    private static final long SECOND = 1_000_000_000L;
    private static final int SUBHEADER = 4;
    private static final Map<Queue, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Queue.INS, Kind.INS);
        KINDS.put(Queue.INS_ACK, Kind.INS_ACK);
        KINDS.put(Queue.UPD, Kind.UPD);
        KINDS.put(Queue.UPD_C, Kind.UPD_C);
        KINDS.put(Queue.DEL, Kind.DEL_C);
    }

    private final TransitionTable table;
    private final Dialect dialect;
    private final boolean requestsAlone;
    private final List<Kind> order;
    private final int mtu;
    private final int maxupd;

    private final Map<State, Queue> queues = new LinkedHashMap<>();
    private final Map<State, Integer> updates = new LinkedHashMap<>();
    private final Map<String, Integer> furtherChanges = new LinkedHashMap<>();
    private final Map<Kind, List<String>> lists = new LinkedHashMap<>();
    private final List<Kind> soon = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private long deadline = Long.MAX_VALUE;

    SendQueuesModel(TransitionTable table, int mtu, int maxupd) {
        this.table = table;
        this.mtu = mtu;
        this.maxupd = maxupd;
        dialect = net.pfsync.release.Release.of(table.release).dialect();
        requestsAlone = table == TransitionTable.SLICED;
        order = requestsAlone
                ? List.of(Kind.INS_ACK, Kind.UPD_C, Kind.DEL_C, Kind.INS, Kind.UPD, Kind.TDB)
                : List.of(Kind.INS, Kind.INS_ACK, Kind.UPD, Kind.UPD_C, Kind.DEL_C, Kind.UPD_REQ, Kind.CLR, Kind.TDB);
        order.forEach(kind -> lists.put(kind, new ArrayList<>()));
        lists.putIfAbsent(Kind.UPD_REQ, new ArrayList<>());
    }

    // ---- what happens ----

    void event(Event event, State state, int now, long nanos) {
        Queue queue = queue(state);
        Step step = table.expected(event, queue);
        boolean counts = state.proto == States.TCP;
        if (step.count() == Count.RESTART) {
            updates.put(state, 0);
        } else if (step.count() == Count.RAISE && counts) {
            updates.merge(state, 1, Integer::sum);
        }
        if (step.to() != null) {
            move(state, queue, step.to(), nanos);
        }
        boolean recent = state.pfsyncTime != State.NEVER && now - state.pfsyncTime < 2;
        boolean busy = recent || (counts && updates.getOrDefault(state, 0) >= maxupd);
        boolean urgent = switch (step.flush()) {
            case LATER -> false;
            case NOW -> true;
            case RECENT -> recent;
            case BUSY -> busy;
        };
        if (urgent) {
            flushSoon();
        }
    }

    private void move(State state, Queue from, Queue to, long nanos) {
        if (KINDS.containsKey(from)) {
            lists.get(KINDS.get(from)).remove(name(state));
        }
        queues.put(state, Queue.NONE);
        if (KINDS.containsKey(to)) {
            add(KINDS.get(to), name(state), nanos);
            queues.put(state, to);
        }
    }

    /** Puts a message at the end of its list; what does not fit any more makes everything else go. */
    private void add(Kind kind, String name, long nanos) {
        List<String> list = lists.get(kind);
        int size = dialect.layout(kind).size();
        if (length() + size + (list.isEmpty() ? SUBHEADER : 0) > mtu) {
            flush();
        }
        if (length() == dialect.minimumPacket() && kind != Kind.UPD_REQ) {
            deadline = nanos + SECOND;
        }
        list.add(name);
    }

    void request(long id) {
        List<String> list = lists.get(Kind.UPD_REQ);
        if (!requestsAlone) {
            add(Kind.UPD_REQ, Long.toString(id), 0);
            flushSoon();
            return;
        }
        list.add(Long.toString(id));
        if (!soon.contains(Kind.UPD_REQ)) {
            soon.add(Kind.UPD_REQ);
        }
    }

    void associationChanged(SecurityAssociation association, long nanos) {
        String name = Integer.toString(association.spi);
        if (!lists.get(Kind.TDB).contains(name)) {
            add(Kind.TDB, name, nanos);
            furtherChanges.put(name, 0);
        } else if (furtherChanges.merge(name, 1, Integer::sum) >= maxupd) {
            flushSoon();
        }
    }

    void clear() {
        if (requestsAlone) {
            frames.add("CLR");
            return;
        }
        if (length() + SUBHEADER + dialect.layout(Kind.CLR).size() > mtu) {
            flush();
        }
        lists.get(Kind.CLR).add("");
        flush();
    }

    /** Time passes, and no event comes meanwhile. */
    void until(long nanos) {
        List.copyOf(soon).forEach(what -> {
            if (what == Kind.UPD_REQ && requestsAlone) {
                flushRequests();
            } else {
                flush();
            }
        });
        soon.clear();
        if (deadline <= nanos) {
            flush();
        }
    }

    private void flushSoon() {
        if (!soon.contains(Kind.EOF)) {
            soon.add(Kind.EOF);
        }
    }

    private void flushRequests() {
        List<String> list = lists.get(Kind.UPD_REQ);
        int size = dialect.layout(Kind.UPD_REQ).size();
        int fitting = (mtu - dialect.minimumPacket() - SUBHEADER) / size;
        while (!list.isEmpty()) {
            List<String> some = list.subList(0, Math.min(fitting, list.size()));
            frames.add(text(Kind.UPD_REQ, some));
            some.clear();
        }
    }

    private void flush() {
        deadline = Long.MAX_VALUE;
        StringBuilder frame = new StringBuilder();
        for (Kind kind : order) {
            List<String> list = lists.get(kind);
            frame.append(frame.isEmpty() || list.isEmpty() ? "" : ", ").append(text(kind, list));
            list.clear();
        }
        queues.replaceAll((state, queue) -> switch (queue) {
            case NONE, DEAD -> queue;
            case DEL -> Queue.DEAD;
            default -> Queue.NONE;
        });
        if (!frame.isEmpty()) {
            frames.add(frame.toString());
        }
    }

    private static String text(Kind kind, List<String> names) {
        return String.join(
                ", ", names.stream().map(name -> (kind + " " + name).trim()).toList());
    }

    // ---- what can be compared ----

    Queue queue(State state) {
        return queues.getOrDefault(state, Queue.NONE);
    }

    int updates(State state) {
        return updates.getOrDefault(state, 0);
    }

    List<State> states() {
        return List.copyOf(queues.keySet());
    }

    int count(Queue queue) {
        return Collections.frequency(queues.values(), queue);
    }

    /** How long the frame would be that everything queued makes. */
    int length() {
        int length = dialect.minimumPacket();
        for (Kind kind : order) {
            int messages = lists.get(kind).size();
            length += messages == 0
                    ? 0
                    : SUBHEADER + messages * dialect.layout(kind).size();
        }
        return length;
    }

    /** The frames that were to be sent so far. */
    List<String> frames() {
        return frames;
    }

    static String text(Sent frame) {
        return String.join(
                ", ",
                frame.frame().messages().stream()
                        .filter(message -> message.kind() != Kind.EOF)
                        .map(message -> (message.kind() + " " + name(message)).trim())
                        .toList());
    }

    private static String name(Message message) {
        return switch (message) {
            case StateMessage state -> name(state.id(), state.creatorId());
            case net.pfsync.wire.UpdateRequest request -> Long.toString(request.id());
            case net.pfsync.wire.Identified named -> name(named.id(), named.creatorId());
            case net.pfsync.wire.UpdateCompressed update -> name(update.id(), update.creatorId());
            case net.pfsync.wire.TdbUpdate association -> Long.toString(association.spi());
            default -> "";
        };
    }

    private static String name(State state) {
        return name(state.id, state.creatorId);
    }

    private static String name(long id, int creatorId) {
        return id + (creatorId == SyncLan.HOST ? "" : "/peer");
    }
}
