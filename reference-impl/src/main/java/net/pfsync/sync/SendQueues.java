package net.pfsync.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.sync.QueueTransitions.Count;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.sync.QueueTransitions.Step;
import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;

/**
 * What is waiting to be sent: the lists of states, the requests, the security associations, and the length of the frame that they will make.
 *
 * <p>A frame is built only when it goes, by walking the lists, so it always carries the newest values. The length is kept exactly, so no frame
 * is ever longer than the MTU. Source: {@code BEHAVIOUR.md} sections 11 and 12.
 */
final class SendQueues {

    private static final long ONE_SECOND = 1_000_000_000L;
    private static final int RECENT_SECONDS = 2;
    private static final int MAX_UPDATES = 255;

    private final Pfsync pfsync;
    private final OutputRule rule;
    private final EventLoop loop;
    private final StateExporter exporter;
    private final FrameWriter writer;
    private final Map<Queue, StateList> lists = new EnumMap<>(Queue.class);
    private final List<Identity> requests = new ArrayList<>();
    private final List<SecurityAssociation> associations = new ArrayList<>();
    private final int empty;
    private final int requestSize;
    private final int associationSize;
    private int length;
    private Timer timer;
    private long deadline;
    private boolean flushing;

    /** The 96-bit name of a state. */
    record Identity(long id, int creatorId) {}

    SendQueues(
            Pfsync pfsync,
            OutputRule rule,
            EventLoop loop,
            StateExporter exporter,
            FrameWriter writer,
            Dialect dialect) {
        this.pfsync = pfsync;
        this.rule = rule;
        this.loop = loop;
        this.exporter = exporter;
        this.writer = writer;
        this.empty = dialect.minimumPacket();
        this.length = empty;
        this.requestSize = dialect.layout(Kind.UPD_REQ).size();
        this.associationSize = dialect.layout(Kind.TDB).size();
        for (Part part : rule.order()) {
            if (part.queue() != null) {
                lists.put(
                        part.queue(),
                        new StateList(part.queue(), dialect.layout(part.kind()).size()));
            }
        }
    }

    /** Tells the queues what happened to a state; see {@link QueueTransitions}. */
    void event(Event event, State state, int now) {
        Queue queue = Queue.of(state);
        if (state.has(StateFlags.NOSYNC)) {
            if (lists.containsKey(queue)) {
                remove(state, queue);
            }
            return;
        }
        Step step = rule.transitions().step(event, queue);
        if (step.impossible()) {
            throw new KernelPanic("panic: pfsync: " + event + " of a state that is queued as " + queue);
        }
        count(state, step.count());
        if (step.to() != null) {
            move(state, queue, step.to());
        }
        if (urgent(state, step, now)) {
            flushSoon();
        }
    }

    private void count(State state, Count count) {
        if (count == Count.RESTART) {
            state.updates = 0;
        } else if (count == Count.RAISE && state.updates < MAX_UPDATES && rule.countsUpdatesOf(state.proto)) {
            state.updates++;
        }
    }

    private boolean urgent(State state, Step step, int now) {
        return switch (step.flush()) {
            case LATER -> false;
            case NOW -> true;
            case RECENT -> recent(state, now);
            case BUSY -> recent(state, now) || (rule.countsUpdatesOf(state.proto) && state.updates >= pfsync.maxupd());
        };
    }

    /** Whether a peer said something about the state less than two seconds ago: the path is split. */
    private static boolean recent(State state, int now) {
        return state.pfsyncTime != State.NEVER && now - state.pfsyncTime < RECENT_SECONDS;
    }

    private void move(State state, Queue from, Queue to) {
        if (lists.containsKey(from)) {
            remove(state, from);
        }
        StateList list = lists.get(to);
        if (list == null) {
            to.mark(state);
            return;
        }
        int added = list.size + (list.isEmpty() ? FrameWriter.SUBHEADER : 0);
        if (length + added > pfsync.mtu()) {
            flush();
            added = list.size + FrameWriter.SUBHEADER;
        }
        arm();
        length += added;
        list.append(state);
    }

    private void remove(State state, Queue queue) {
        StateList list = lists.get(queue);
        list.remove(state);
        length -= list.size + (list.isEmpty() ? FrameWriter.SUBHEADER : 0);
    }

    /** Starts the second after which everything goes, unless it runs already; the timer itself is only armed when none is pending. */
    private void arm() {
        if (length == empty || rule.keepsPendingTimer()) {
            if (timer == null || !timer.pending()) {
                deadline = loop.nanos() + ONE_SECOND;
                timer = loop.schedule(ONE_SECOND, this::timeout);
            } else if (!rule.keepsPendingTimer()) {
                deadline = loop.nanos() + ONE_SECOND;
            }
        }
    }

    private void timeout() {
        long early = deadline - loop.nanos();
        if (early <= 0) {
            flush();
        } else if (!isEmpty()) {
            timer = loop.schedule(early, this::timeout);
        }
    }

    /** Asks a peer for a state, or for all of them with a name of zeros. */
    void requestUpdate(long id, int creatorId) {
        Identity wanted = new Identity(id, creatorId);
        if (rule.requestsAlone()) {
            requestAlone(wanted);
            return;
        }
        int added = requestSize + (requests.isEmpty() ? FrameWriter.SUBHEADER : 0);
        if (length + added > pfsync.mtu()) {
            flush();
            added = requestSize + FrameWriter.SUBHEADER;
        }
        length += added;
        requests.add(wanted);
        flushSoon();
    }

    private void requestAlone(Identity wanted) {
        if (requests.isEmpty()) {
            loop.soon(this::flushRequests);
        }
        requests.add(wanted);
    }

    private void flushRequests() {
        if (rule.requestsReversed()) {
            Collections.reverse(requests);
        }
        int fitting = Math.max(1, (pfsync.mtu() - empty - FrameWriter.SUBHEADER) / requestSize);
        while (!requests.isEmpty() && pfsync.canSend()) {
            List<Identity> some = requests.subList(0, Math.min(fitting, requests.size()));
            writer.begin();
            writeRequests(some);
            some.clear();
            pfsync.send(writer);
        }
        requests.clear();
    }

    /** Announces the counters of a security association. */
    void announce(SecurityAssociation association) {
        if (association.queued) {
            association.updates++;
            if (association.updates >= pfsync.maxupd()) {
                flushSoon();
            }
            return;
        }
        int added = associationSize + (associations.isEmpty() ? FrameWriter.SUBHEADER : 0);
        if (length + added > pfsync.mtu()) {
            flush();
            added = associationSize + FrameWriter.SUBHEADER;
        }
        if (rule.associationsArmTimer()) {
            arm();
        }
        length += added;
        association.queued = true;
        association.updates = 0;
        associations.add(association);
    }

    /** Takes an association off again because it is gone. */
    void forget(SecurityAssociation association) {
        if (associations.remove(association)) {
            association.queued = false;
            length -= associationSize + (associations.isEmpty() ? FrameWriter.SUBHEADER : 0);
        }
    }

    /** Sends everything as soon as what was already received has been processed. */
    void flushSoon() {
        if (!flushing) {
            flushing = true;
            loop.soon(() -> {
                flushing = false;
                flush();
            });
        }
    }

    /** Whether one more state in full would make the frame too long. */
    boolean fullOfStates() {
        return length + lists.get(Queue.UPD).size > pfsync.mtu();
    }

    /** Whether nothing is waiting. */
    boolean isEmpty() {
        return length == empty;
    }

    /** How long the frame would be, in bytes from the IP header on. */
    int length() {
        return length;
    }

    /** How many states are on a queue. */
    int count(Queue queue) {
        return lists.get(queue).count;
    }

    /** Sends everything that is queued, in one frame. */
    void flush() {
        flush(null, null);
    }

    /** Sends one message of another kind at once, with everything that is queued unless such messages travel alone. */
    void flushWith(Kind kind, MessageBody body) {
        if (rule.requestsAlone()) {
            if (pfsync.canSend()) {
                writer.begin();
                writeExtra(kind, body);
                pfsync.send(writer);
            }
            return;
        }
        if (length + FrameWriter.SUBHEADER + pfsync.dialect().layout(kind).size() > pfsync.mtu()) {
            flush();
        }
        flush(kind, body);
    }

    private void flush(Kind kind, MessageBody body) {
        if (isEmpty() && kind == null) {
            return;
        }
        if (!pfsync.canSend()) {
            drop();
            return;
        }
        writer.begin();
        for (Part part : rule.order()) {
            write(part, kind, body);
        }
        length = empty;
        pfsync.send(writer);
    }

    private void write(Part part, Kind extraKind, MessageBody body) {
        switch (part) {
            case REQUESTS -> {
                if (!rule.requestsAlone() && !requests.isEmpty()) {
                    writeRequests(requests);
                    requests.clear();
                }
            }
            case ASSOCIATIONS -> writeAssociations();
            case EXTRA -> {
                if (extraKind != null) {
                    writeExtra(extraKind, body);
                }
            }
            default -> writeStates(part, lists.get(part.queue()));
        }
    }

    private void writeStates(Part part, StateList list) {
        if (list.isEmpty()) {
            return;
        }
        int now = pfsync.now();
        int at = writer.section(part.kind(), list.count);
        byte[] buffer = writer.buffer();
        for (State state = list.first; state != null; at += list.size) {
            switch (part) {
                case INSERTS, UPDATES -> exporter.full(state, now, buffer, at);
                case COMPRESSED -> exporter.compressed(state, now, buffer, at);
                default -> StateExporter.name(state.id, state.creatorId, buffer, at);
            }
            State following = state.nextQueued;
            StateList.unlink(state);
            sent(part, state);
            state = following;
        }
        list.clear();
    }

    private void sent(Part part, State state) {
        if (part == Part.DELETES) {
            state.set(StateFlags.NOSYNC);
            Queue.DEAD.mark(state);
        } else {
            Queue.NONE.mark(state);
        }
    }

    private void writeExtra(Kind kind, MessageBody body) {
        int at = writer.section(kind, 1);
        body.write(writer.buffer(), at);
    }

    private void writeRequests(List<Identity> some) {
        int at = writer.section(Kind.UPD_REQ, some.size());
        for (Identity wanted : some) {
            StateExporter.name(wanted.id, wanted.creatorId, writer.buffer(), at);
            at += requestSize;
        }
    }

    private void writeAssociations() {
        if (associations.isEmpty()) {
            return;
        }
        int at = writer.section(Kind.TDB, associations.size());
        for (SecurityAssociation association : associations) {
            association.write(pfsync.dialect().layout(Kind.TDB), writer.buffer(), at);
            association.queued = false;
            at += associationSize;
        }
        associations.clear();
    }

    /** Forgets everything that is waiting, as when the interface goes down. */
    void drop() {
        for (StateList list : lists.values()) {
            for (State state = list.first; state != null; ) {
                State following = state.nextQueued;
                StateList.unlink(state);
                Queue.NONE.mark(state);
                state = following;
            }
            list.clear();
        }
        requests.clear();
        associations.forEach(association -> association.queued = false);
        associations.clear();
        length = empty;
    }

    /** A list of states through {@link State#nextQueued}; appending and removing are O(1). */
    private static final class StateList {
        private final Queue queue;
        private final int size;
        private State first;
        private State last;
        private int count;

        StateList(Queue queue, int size) {
            this.queue = queue;
            this.size = size;
        }

        boolean isEmpty() {
            return first == null;
        }

        void append(State state) {
            state.previousQueued = last;
            if (last == null) {
                first = state;
            } else {
                last.nextQueued = state;
            }
            last = state;
            count++;
            queue.mark(state);
        }

        void remove(State state) {
            if (state.previousQueued == null) {
                first = state.nextQueued;
            } else {
                state.previousQueued.nextQueued = state.nextQueued;
            }
            if (state.nextQueued == null) {
                last = state.previousQueued;
            } else {
                state.nextQueued.previousQueued = state.previousQueued;
            }
            count--;
            unlink(state);
            Queue.NONE.mark(state);
        }

        static void unlink(State state) {
            state.nextQueued = null;
            state.previousQueued = null;
        }

        void clear() {
            first = null;
            last = null;
            count = 0;
        }
    }
}
