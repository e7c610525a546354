package net.pfsync.sync;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.pfsync.sync.QueueTransitions.Count;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.sync.QueueTransitions.Flush;
import net.pfsync.sync.QueueTransitions.Step;

/**
 * The transition table of BEHAVIOUR.md section 12, written down once more: what tests hold against the engine's.
 *
 * <p>A cell is the queue afterwards, {@code =} for the same; then {@code 0} if the count of updates starts again or {@code +} if it
 * goes up; then when the frame goes: {@code now}, {@code recent}, {@code busy}, or nothing. {@code !} is an event that cannot happen.
 */
enum TransitionTable {
    /** OpenBSD 4.5 to 7.3. */
    CLASSIC("openbsd-4.6", QueueTransitions.classic(), """
        event       | NONE           | INS      | INS_ACK        | UPD_C    | UPD      | DEL | DEAD
        INSERT      | INS 0          | !        | !              | !        | !        | !   | =
        ACKNOWLEDGE | INS_ACK now    | !        | !              | !        | !        | !   | =
        UPDATE      | UPD_C 0 recent | = + busy | UPD_C 0 recent | = + busy | = + busy | !   | =
        REQUEST     | UPD now        | =        | UPD now        | UPD now  | =        | =   | =
        DELETE      | DEL            | NONE     | DEL            | DEL      | DEL      | !   | =
        """),

    /** The same without panics. */
    FORGIVING("reference-v5", QueueTransitions.forgiving(), """
        event       | NONE           | INS      | INS_ACK        | UPD_C    | UPD      | DEL | DEAD
        INSERT      | INS 0          | =        | =              | =        | =        | =   | =
        ACKNOWLEDGE | INS_ACK now    | =        | =              | =        | =        | =   | =
        UPDATE      | UPD_C 0 recent | = + busy | UPD_C 0 recent | = + busy | = + busy | =   | =
        REQUEST     | UPD now        | =        | UPD now        | UPD now  | =        | =   | =
        DELETE      | DEL            | NONE     | DEL            | DEL      | DEL      | =   | =
        """),

    /** OpenBSD 7.4 and later. */
    SLICED("reference-v6", QueueTransitions.sliced(), """
        event       | NONE           | INS      | INS_ACK        | UPD_C    | UPD      | DEL   | DEAD
        INSERT      | INS 0          | =        | =              | INS      | =        | =     | =
        ACKNOWLEDGE | INS_ACK now    | =        | =              | =        | =        | =     | =
        UPDATE      | UPD_C 0 recent | = recent | UPD_C 0 recent | = + busy | = + busy | =     | =
        REQUEST     | UPD now        | = now    | UPD now        | UPD now  | = now    | = now | =
        DELETE      | DEL            | NONE     | DEL            | DEL      | DEL      | =     | =
        """);

    /** A release that has this table. */
    final String release;
    /** What the engine has. */
    @SuppressWarnings("ImmutableEnumChecker") // never changes once it is made
    final QueueTransitions actual;

    @SuppressWarnings("ImmutableEnumChecker") // filled once
    private final Map<Event, Map<Queue, Step>> expected = new EnumMap<>(Event.class);

    TransitionTable(String release, QueueTransitions actual, String table) {
        this.release = release;
        this.actual = actual;
        List<String[]> rows = table.lines().map(line -> line.split("\\|")).toList();
        String[] head = rows.getFirst();
        for (String[] row : rows.subList(1, rows.size())) {
            Map<Queue, Step> cells = new EnumMap<>(Queue.class);
            for (int i = 1; i < head.length; i++) {
                cells.put(Queue.valueOf(head[i].trim()), cell(row[i].trim()));
            }
            expected.put(Event.valueOf(row[0].trim()), cells);
        }
    }

    private static Step cell(String text) {
        if (text.equals("!")) {
            return new Step(null, Count.KEEP, Flush.LATER, true);
        }
        Queue to = null;
        Count count = Count.KEEP;
        Flush flush = Flush.LATER;
        for (String word : text.split(" ", -1)) {
            switch (word) {
                case "=" -> to = null;
                case "0" -> count = Count.RESTART;
                case "+" -> count = Count.RAISE;
                case "now" -> flush = Flush.NOW;
                case "recent" -> flush = Flush.RECENT;
                case "busy" -> flush = Flush.BUSY;
                default -> to = Queue.valueOf(word);
            }
        }
        return new Step(to, count, flush, false);
    }

    /** What is to happen. */
    Step expected(Event event, Queue queue) {
        return expected.get(event).get(queue);
    }
}
