package net.pfsync.suite.lint;

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
    private final Timeline timeline;
    private final LinkedHashMap<StateName, Pending> requests = new LinkedHashMap<>();
    private final LinkedHashMap<StateName, Pending> inserts = new LinkedHashMap<>();

    private record Pending(String by, long nanos, long number) {}

    RequestRule(Findings findings, Senders senders, Timeline timeline) {
        this.findings = findings;
        this.senders = senders;
        this.timeline = timeline;
    }

    @Override
    public void packet(Heard heard) {
        expire(heard);
    }

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        switch (message) {
            case UpdateRequest request -> ask(heard, name, known, request);
            case InsertAck ack -> acknowledge(heard, name);
            case Insert insert -> insert(heard, name, known, insert);
            case Update update -> {
                answer(heard, name);
                acknowledge(heard, name);
            }
            case UpdateCompressed update -> {
                acknowledge(heard, name);
            }
            case Delete delete -> forget(name);
            case DeleteCompressed delete -> forget(name);
            case Clear clear -> {
                requests.clear();
                inserts.clear();
            }
            default -> {}
        }
    }

    private void ask(Heard heard, StateName name, Tables.Known known, UpdateRequest request) {
        if (!request.asksForAll()
                && known != null
                && known.spokenBySomebodyElse(heard.sender(), heard.nanos() - SECOND)
                && requests.size() < MOST) {
            requests.putIfAbsent(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
        }
    }

    private void insert(Heard heard, StateName name, Tables.Known known, Insert insert) {
        answer(heard, name);
        if (known == null && (insert.stateFlags() & StateMessage.FLAG_ACK) != 0 && inserts.size() < MOST) {
            inserts.putIfAbsent(name, new Pending(heard.sender(), heard.nanos(), heard.number()));
        }
    }

    private void answer(Heard heard, StateName name) {
        Pending request = requests.isEmpty() ? null : requests.get(name);
        if (request != null && !request.by().equals(heard.sender())) {
            requests.remove(name);
            timeline.latency(heard.nanos(), heard.nanos() - request.nanos());
        }
    }

    private void acknowledge(Heard heard, StateName name) {
        Pending insert = inserts.isEmpty() ? null : inserts.get(name);
        if (insert != null && !insert.by().equals(heard.sender())) {
            inserts.remove(name);
            timeline.latency(heard.nanos(), heard.nanos() - insert.nanos());
        }
    }

    private void forget(StateName name) {
        requests.remove(name);
        inserts.remove(name);
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
}
