package net.pfsync.sync;

import java.util.EnumMap;
import java.util.Map;

/**
 * What each event does to a state on each queue: the transition table of {@code BEHAVIOUR.md} section 12, as data.
 *
 * <table>
 * <caption>The classic table, OpenBSD 4.5 to 7.3. "imm": flush at once; "recent": if a peer's message came less than two seconds ago; "busy":
 * recent, or as often as maxupd</caption>
 * <tr><th>event<th>NONE<th>INS<th>INS_ACK<th>UPD_C<th>UPD<th>DEL
 * <tr><td>insert<td>INS<td>!<td>!<td>!<td>!<td>!
 * <tr><td>acknowledge<td>INS_ACK imm<td>!<td>!<td>!<td>!<td>!
 * <tr><td>update<td>UPD_C, count 0, recent<td>=, count, busy<td>UPD_C, count 0, recent<td>=, count, busy<td>=, count, busy<td>!
 * <tr><td>request<td>UPD imm<td>=<td>UPD imm<td>UPD imm<td>=<td>=
 * <tr><td>delete<td>DEL<td>NONE<td>DEL<td>DEL<td>DEL<td>!
 * </table>
 *
 * <p>"!" is an event that cannot happen; old kernels panic on it ({@link Step#impossible}). A DEAD state ignores everything.
 */
public final class QueueTransitions {

    /** What happened to a state. */
    public enum Event {
        /** It was made here. */
        INSERT,
        /** It was imported and its creator waits for an acknowledgement. */
        ACKNOWLEDGE,
        /** It changed. */
        UPDATE,
        /** A peer wants it in full. */
        REQUEST,
        /** It was removed here. */
        DELETE
    }

    /** When the frame has to go. */
    public enum Flush {
        /** When the timer fires or the frame is full. */
        LATER,
        /** At once if a peer's message about the state is younger than two seconds. */
        RECENT,
        /** As {@link #RECENT}, and at once when the state's count of updates reaches maxupd. */
        BUSY,
        /** At once. */
        NOW
    }

    /** What happens to the state's count of updates. */
    public enum Count {
        /** Nothing. */
        KEEP,
        /** It starts at 0. */
        RESTART,
        /** It goes up by one, for the protocols that the release counts. */
        RAISE
    }

    /**
     * One cell of the table.
     *
     * @param to the queue afterwards; null means that the state stays where it is
     * @param count what happens to the count of updates
     * @param flush when the frame has to go
     * @param impossible true if the kernel panics
     */
    public record Step(Queue to, Count count, Flush flush, boolean impossible) {
        /** Nothing happens. */
        static final Step STAY = new Step(null, Count.KEEP, Flush.LATER, false);
        /** The kernel panics. */
        static final Step PANIC = new Step(null, Count.KEEP, Flush.LATER, true);

        static Step to(Queue queue, Flush flush) {
            return new Step(queue, Count.KEEP, flush, false);
        }

        static Step stay(Count count, Flush flush) {
            return new Step(null, count, flush, false);
        }
    }

    private final Map<Event, Map<Queue, Step>> table = new EnumMap<>(Event.class);

    private QueueTransitions(Step impossible) {
        for (Event event : Event.values()) {
            Map<Queue, Step> row = new EnumMap<>(Queue.class);
            for (Queue queue : Queue.values()) {
                row.put(queue, queue == Queue.DEAD ? Step.STAY : impossible);
            }
            table.put(event, row);
        }
        Step changed = new Step(Queue.UPD_C, Count.RESTART, Flush.RECENT, false);
        Step changedAgain = Step.stay(Count.RAISE, Flush.BUSY);
        set(Event.INSERT, Queue.NONE, new Step(Queue.INS, Count.RESTART, Flush.LATER, false));
        set(Event.ACKNOWLEDGE, Queue.NONE, Step.to(Queue.INS_ACK, Flush.NOW));
        set(Event.UPDATE, Queue.NONE, changed);
        set(Event.UPDATE, Queue.INS, changedAgain);
        set(Event.UPDATE, Queue.INS_ACK, changed);
        set(Event.UPDATE, Queue.UPD_C, changedAgain);
        set(Event.UPDATE, Queue.UPD, changedAgain);
        Step wanted = Step.to(Queue.UPD, Flush.NOW);
        set(Event.REQUEST, Queue.NONE, wanted);
        set(Event.REQUEST, Queue.INS, Step.STAY);
        set(Event.REQUEST, Queue.INS_ACK, wanted);
        set(Event.REQUEST, Queue.UPD_C, wanted);
        set(Event.REQUEST, Queue.UPD, Step.STAY);
        set(Event.REQUEST, Queue.DEL, Step.STAY);
        Step gone = Step.to(Queue.DEL, Flush.LATER);
        set(Event.DELETE, Queue.NONE, gone);
        set(Event.DELETE, Queue.INS, Step.to(Queue.NONE, Flush.LATER));
        set(Event.DELETE, Queue.INS_ACK, gone);
        set(Event.DELETE, Queue.UPD_C, gone);
        set(Event.DELETE, Queue.UPD, gone);
    }

    private QueueTransitions set(Event event, Queue queue, Step step) {
        table.get(event).put(queue, step);
        return this;
    }

    /**
     * OpenBSD 4.5 to 7.3 and FreeBSD: impossible events panic.
     *
     * @return a new table
     */
    public static QueueTransitions classic() {
        return new QueueTransitions(Step.PANIC);
    }

    /**
     * The classic table with its panics repaired: impossible events are ignored.
     *
     * @return a new table
     */
    public static QueueTransitions forgiving() {
        return new QueueTransitions(Step.STAY);
    }

    /**
     * OpenBSD 7.4 and later: impossible events are ignored, updates of a state that waits on INS are not counted, an insert
     * overtakes an update, and a request always flushes.
     *
     * @return a new table
     */
    public static QueueTransitions sliced() {
        Step flushed = Step.stay(Count.KEEP, Flush.NOW);
        return forgiving()
                .set(Event.INSERT, Queue.UPD_C, Step.to(Queue.INS, Flush.LATER))
                .set(Event.UPDATE, Queue.INS, Step.stay(Count.KEEP, Flush.RECENT))
                .set(Event.REQUEST, Queue.INS, flushed)
                .set(Event.REQUEST, Queue.UPD, flushed)
                .set(Event.REQUEST, Queue.DEL, flushed);
    }

    /**
     * One cell.
     *
     * @param event what happened
     * @param queue where the state is
     * @return never null
     */
    public Step step(Event event, Queue queue) {
        return table.get(event).get(queue);
    }
}
