package net.pfsync.suite.lint;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Insert;
import net.pfsync.wire.InsertAck;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;

/**
 * Requests for states that nobody answers, and inserts that nobody acknowledges.
 *
 * <p>A request must be answered only by who has the state. So it counts only if another firewall spoke of the state in the
 * second before, and nobody deleted it since. An insert counts only if it is the first of its state and another firewall
 * was heard before and after. Answers are due at once; two seconds are given.
 */
final class RequestRule implements Rule {

    private static final long SECOND = 1_000_000_000L;
    private static final long DUE = 2 * SECOND;
    private static final int MOST = 65_536;

    private final Findings findings;
    private final Senders senders;
    private final Tables tables;
    private final Timeline timeline;
    private final LinkedHashMap<StateName, Pending> requests = new LinkedHashMap<>();
    private final LinkedHashMap<StateName, Pending> inserts = new LinkedHashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();

    /** The last mention of states by those who have them. */
    private final LinkedHashMap<StateName, Pending> spoken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StateName, Pending> eldest) {
            return size() > MOST;
        }
    };

    private record Pending(String by, long nanos, long number) {}

    RequestRule(Findings findings, Senders senders, Tables tables, Timeline timeline) {
        this.findings = findings;
        this.senders = senders;
        this.tables = tables;
        this.timeline = timeline;
    }

    @Override
    public void packet(Heard heard) {
        expire(heard);
    }

    @Override
    public void message(Heard heard, Message message) {
        StateName name = StateName.of(message);
        switch (message) {
            case UpdateRequest request -> ask(heard, name, request);
            case InsertAck ack -> acknowledge(heard, name);
            case Insert insert -> insert(heard, name, insert);
            case Update update -> {
                answer(heard, name);
                acknowledge(heard, name);
                spoken.put(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
            }
            case UpdateCompressed update -> {
                acknowledge(heard, name);
                spoken.put(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
            }
            case Delete delete -> forget(name);
            case DeleteCompressed delete -> forget(name);
            case Clear clear -> {
                requests.clear();
                inserts.clear();
                spoken.clear();
            }
            default -> {}
        }
    }

    private void ask(Heard heard, StateName name, UpdateRequest request) {
        Pending last = spoken.get(name);
        if (request.asksForAll() || last == null || last.by().equals(heard.sender())) {
            return;
        }
        if (heard.nanos() - last.nanos() < SECOND && requests.size() < MOST) {
            requests.putIfAbsent(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
        }
    }

    private void insert(Heard heard, StateName name, Insert insert) {
        answer(heard, name);
        boolean first = tables.get(name) == null;
        if (first && (insert.stateFlags() & StateMessage.FLAG_ACK) != 0 && inserts.size() < MOST) {
            inserts.putIfAbsent(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
        }
        spoken.put(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
    }

    private void answer(Heard heard, StateName name) {
        Pending request = requests.get(name);
        if (request != null && !request.by().equals(heard.sender())) {
            requests.remove(name);
            timeline.latency(heard.nanos(), heard.nanos() - request.nanos());
            answered.merge("UPD_REQ", 1, Integer::sum);
        }
    }

    private void acknowledge(Heard heard, StateName name) {
        Pending insert = inserts.get(name);
        if (insert != null && !insert.by().equals(heard.sender())) {
            inserts.remove(name);
            timeline.latency(heard.nanos(), heard.nanos() - insert.nanos());
            answered.merge("INS", 1, Integer::sum);
        }
    }

    private void forget(StateName name) {
        requests.remove(name);
        inserts.remove(name);
        spoken.remove(name);
    }

    private void expire(Heard heard) {
        overdue(requests, heard.nanos(), "", (name, request) -> {
            findings.add(
                    Check.REQUEST_UNANSWERED,
                    request.by(),
                    "",
                    "asks for state " + name + ", of which another firewall had just spoken, and nobody answers",
                    request.number());
        });
        overdue(inserts, heard.nanos(), heard.sender(), (name, insert) -> {
            if (senders.anotherAround(insert.by(), insert.nanos(), insert.nanos() + DUE)) {
                findings.add(
                        Check.INSERT_UNACKNOWLEDGED,
                        insert.by(),
                        "",
                        "holds a packet for state " + name + " and is not told that it was taken",
                        insert.number());
            }
        });
    }

    /** Judges what is overdue, the oldest first; what the speaker itself waits for is judged when somebody else speaks. */
    private static void overdue(
            Map<StateName, Pending> pending, long nanos, String speaker, BiConsumer<StateName, Pending> judge) {
        Iterator<Map.Entry<StateName, Pending>> each = pending.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<StateName, Pending> next = each.next();
            Pending oldest = next.getValue();
            if (nanos - oldest.nanos() <= DUE || oldest.by().equals(speaker)) {
                return;
            }
            each.remove();
            judge.accept(next.getKey(), oldest);
        }
    }

    /** How many requests and inserts were answered. */
    Map<String, Integer> answered() {
        return answered;
    }
}
