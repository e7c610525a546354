package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Message;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;

/**
 * Bulk transfers: asked for, begun, ended, and whether all states were in them.
 *
 * <table>
 * <caption>What is judged</caption>
 * <tr><td>no answer</td><td>two requests in a row to which nobody says BUS although somebody else speaks meanwhile;
 * five if they come faster than answers are overdue</td></tr>
 * <tr><td>END ignored</td><td>the requester asks again within its retry time, twice, although END had come</td></tr>
 * <tr><td>no END</td><td>30 seconds without anything of a transfer that had begun, while its sender goes on speaking,
 * or a transfer that begins again after 2 seconds without anything</td></tr>
 * <tr><td>incomplete</td><td>states that its sender had announced are not in it, and are not removed in the seconds after
 * it; or are changed or removed later without ever having been announced</td></tr>
 * <tr><td>second requester</td><td>somebody asks in the middle of a transfer, and the states before are not sent again</td></tr>
 * </table>
 */
final class BulkRule implements Rule {

    private static final long SECOND = 1_000_000_000L;
    private static final long DUE = 3 * SECOND;

    /** The longest time between two requests but for the first: 5 s, and what a busy machine adds. */
    private static final long RETRY = 7 * SECOND;

    /** So many requests are sent before a firewall goes into service without an answer. */
    private static final int GIVES_UP = 12;

    /** Between the packets of a transfer lie milliseconds; who begins again behind more had nothing to send any more. */
    private static final long PAUSE = 2 * SECOND;

    private static final int IN_A_ROW = 5;

    private static final long STALLED = 30 * SECOND;

    /** A removal is announced a second late. */
    private static final long REMOVAL = 5 * SECOND / 2;

    private static final int MOST_TRANSFERS = 1000;

    private final Findings findings;
    private final Senders senders;
    private final Tables tables;
    private final Map<String, Asked> requesters = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Long> completed = new HashMap<>();
    private final List<Missing> missing = new ArrayList<>();
    private final List<Swallowed> swallowed = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();

    /** What a requester asked and heard. */
    private static final class Asked {
        private long nanos;
        private long number;
        private boolean open;
        private boolean answered;
        private long endNumber;
        private int unanswered;
        private int repeated;
        private int ignored;
        private int alone;
        private long requests;
    }

    /** A transfer that has begun. */
    private static final class Running {
        private final Transfer start;
        private final Set<StateName> states = new HashSet<>();
        private long last;
        /** Who asked in the middle of it, when, and what had been sent until then and was not since. */
        private Heard second;

        private final Set<StateName> before = new HashSet<>();

        Running(Transfer start) {
            this.start = start;
            this.last = start.started();
        }
    }

    /** A request in the middle of a transfer that ended without beginning again; another transfer may follow. */
    private record Swallowed(String answerer, Heard second, int states, long number, long due) {}

    /** States that were not in a transfer, to be looked at when removals have had their time. */
    private record Missing(Heard end, long due, List<StateName> names) {}

    BulkRule(Findings findings, Senders senders, Tables tables) {
        this.findings = findings;
        this.senders = senders;
        this.tables = tables;
    }

    @Override
    public void packet(Heard heard) {
        requesters.forEach((requester, asked) -> unanswered(requester, asked, heard));
        running.values().removeIf(each -> stalled(each, heard));
        swallowed.removeIf(each -> swallowed(each, heard));
        while (!missing.isEmpty() && heard.nanos() > missing.getFirst().due()) {
            report(missing.removeFirst());
        }
    }

    private void unanswered(String requester, Asked asked, Heard heard) {
        if (!asked.open || heard.nanos() - asked.nanos <= DUE) {
            return;
        }
        asked.open = false;
        boolean spoke = spokeSince(requester, asked);
        asked.unanswered = asked.answered || !spoke ? 0 : asked.unanswered + 1;
        asked.alone = asked.answered || spoke ? 0 : asked.alone + 1;
        if (asked.alone == GIVES_UP) {
            nobody(requester, asked, asked.alone);
        }
        if (asked.unanswered >= 2) {
            withoutAnswer(requester, asked);
        }
    }

    private boolean spokeSince(String requester, Asked asked) {
        return senders.all().entrySet().stream()
                .anyMatch(each ->
                        !each.getKey().equals(requester) && each.getValue().last() > asked.nanos);
    }

    private void withoutAnswer(String requester, Asked asked) {
        findings.add(
                Check.BULK_UNANSWERED,
                requester,
                "",
                "asks for all states and gets no answer, although another firewall speaks",
                asked.number);
    }

    /** Who asks every two seconds does not wait until an answer is overdue. */
    private void repeated(String requester, Asked asked) {
        if (asked.answered) {
            asked.repeated = 0;
        } else if (asked.open && spokeSince(requester, asked) && ++asked.repeated == IN_A_ROW) {
            withoutAnswer(requester, asked);
        }
    }

    private boolean swallowed(Swallowed each, Heard heard) {
        if (heard.nanos() <= each.due()) {
            return false;
        }
        findings.add(
                Check.SECOND_SWALLOWED,
                each.answerer(),
                "",
                "is asked by " + each.second().sender()
                        + " in the middle of a bulk transfer, and does not send again the " + each.states()
                        + " states that were sent before",
                each.second().number(),
                each.number());
        return true;
    }

    private boolean stalled(Running transfer, Heard heard) {
        Senders.Seen answerer = senders.all().get(transfer.start.answerer());
        boolean speaks = answerer != null && answerer.last() > transfer.last;
        if (heard.nanos() - transfer.last <= STALLED || !speaks) {
            return false;
        }
        withoutEnd(transfer);
        keep(transfer, 0);
        return true;
    }

    private void withoutEnd(Running transfer) {
        findings.add(
                Check.BULK_NO_END,
                transfer.start.answerer(),
                "",
                "begins a bulk transfer, sends " + transfer.states.size() + " states and no END",
                transfer.start.number());
    }

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        switch (message) {
            case UpdateRequest request when request.asksForAll() -> ask(heard);
            case BulkStatus bulk when bulk.status() == BulkStatus.START -> start(heard);
            case BulkStatus bulk when bulk.status() == BulkStatus.END -> end(heard);
            case Update update -> {
                Running transfer = running.get(heard.sender());
                if (transfer != null) {
                    transfer.last = heard.nanos();
                    if (transfer.states.size() < Tables.MOST) {
                        transfer.states.add(name);
                    }
                    transfer.before.remove(name);
                }
            }
            case UpdateCompressed update -> neverTold(heard, name, known);
            case Delete delete -> deletedUntold(heard, name, known);
            case DeleteCompressed delete -> deletedUntold(heard, name, known);
            default -> {}
        }
    }

    private void ask(Heard heard) {
        Asked asked = requesters.computeIfAbsent(heard.sender(), absent -> new Asked());
        repeated(heard.sender(), asked);
        boolean again = asked.requests > 0 && heard.nanos() - asked.nanos <= RETRY;
        asked.ignored = again && asked.endNumber > 0 ? asked.ignored + 1 : 0;
        if (asked.ignored >= 2) {
            findings.add(
                    Check.END_IGNORED,
                    heard.sender(),
                    "",
                    "asks again for all states although the END of its bulk transfer has come",
                    asked.endNumber,
                    heard.number());
        }
        running.forEach((answerer, transfer) -> {
            if (!answerer.equals(heard.sender()) && !transfer.states.isEmpty()) {
                transfer.second = heard;
                transfer.before.addAll(transfer.states);
            }
        });
        asked.nanos = heard.nanos();
        asked.number = heard.number();
        asked.open = true;
        asked.answered = false;
        asked.endNumber = 0;
        asked.requests++;
    }

    private void start(Heard heard) {
        Running before = running.get(heard.sender());
        if (before != null) {
            if (heard.nanos() - before.last > PAUSE) {
                withoutEnd(before);
            }
            keep(before, 0);
        }
        swallowed.removeIf(each -> each.answerer().equals(heard.sender()));
        Map.Entry<String, Asked> request = lastRequest(heard.sender());
        boolean asked = request != null && request.getValue().open;
        requesters.forEach((requester, each) -> each.answered |= !requester.equals(heard.sender()));
        running.put(
                heard.sender(),
                new Running(new Transfer(
                        asked ? request.getKey() : "",
                        heard.sender(),
                        asked ? request.getValue().nanos : 0,
                        heard.nanos(),
                        0,
                        0,
                        heard.number())));
    }

    private Map.Entry<String, Asked> lastRequest(String answerer) {
        return requesters.entrySet().stream()
                .filter(each -> !each.getKey().equals(answerer))
                .max((one, other) -> Long.compare(one.getValue().nanos, other.getValue().nanos))
                .orElse(null);
    }

    private void end(Heard heard) {
        Running transfer = running.remove(heard.sender());
        boolean asked = false;
        for (Map.Entry<String, Asked> each : requesters.entrySet()) {
            if (!each.getKey().equals(heard.sender())) {
                asked |= each.getValue().open;
                each.getValue().answered = true;
                each.getValue().endNumber = heard.number();
            }
        }
        if (transfer == null) {
            if (asked) {
                findings.add(Check.BULK_NO_START, heard, "answers a bulk request by END without START");
            }
            return;
        }
        keep(transfer, heard.nanos());
        transfer.before.removeIf(name -> tables.get(name) == null);
        if (transfer.second != null && !transfer.before.isEmpty()) {
            swallowed.add(new Swallowed(
                    heard.sender(), transfer.second, transfer.before.size(), heard.number(), heard.nanos() + RETRY));
        }
        completed.put(heard.sender(), heard.nanos());
        List<StateName> left = new ArrayList<>();
        tables.states().forEach((name, known) -> {
            if (known.announcer().equals(heard.sender())
                    && known.since() < transfer.start.started()
                    && !transfer.states.contains(name)) {
                left.add(name);
            }
        });
        if (!left.isEmpty()) {
            missing.add(new Missing(heard, heard.nanos() + REMOVAL, left));
        }
    }

    private void report(Missing end) {
        List<StateName> left =
                end.names().stream().filter(name -> tables.get(name) != null).toList();
        if (!left.isEmpty()) {
            findings.add(
                    Check.BULK_INCOMPLETE,
                    end.end().sender(),
                    "announced",
                    "leaves out " + left.size() + " states of its bulk transfer which it had announced, "
                            + left.getFirst() + " for one",
                    end.end().number());
        }
    }

    /** A compressed update behind a transfer of a state that was in neither the transfer nor an INS. */
    private void neverTold(Heard heard, StateName name, Tables.Known known) {
        Long end = known == null ? completed.get(heard.sender()) : null;
        if (end != null && tables.deletedBy(name).isEmpty() && tables.notFollowed() == 0 && end < heard.nanos()) {
            findings.add(
                    Check.BULK_INCOMPLETE,
                    heard.sender(),
                    "later",
                    "changes state " + name + ", which was neither in its bulk transfer nor announced",
                    heard.number());
        }
    }

    /** Only who made a state announces its removal, so it had the state, and should have told of it. */
    private void deletedUntold(Heard heard, StateName name, Tables.Known known) {
        Long end = known == null ? completed.get(heard.sender()) : null;
        if (end != null
                && heard.nanos() - end > REMOVAL
                && tables.deletedBy(name).isEmpty()
                && tables.notFollowed() == 0
                && !tables.forgot()) {
            findings.add(
                    Check.DELETED_UNKNOWN,
                    heard.sender(),
                    "",
                    "removes state " + name + ", which was neither in its bulk transfer nor announced",
                    heard.number());
        }
    }

    private void keep(Running transfer, long ended) {
        if (transfers.size() < MOST_TRANSFERS) {
            Transfer start = transfer.start;
            transfers.add(new Transfer(
                    start.requester(),
                    start.answerer(),
                    start.requested(),
                    start.started(),
                    ended,
                    transfer.states.size(),
                    start.number()));
        }
    }

    @Override
    public void end(long nanos) {
        running.values().forEach(each -> keep(each, 0));
        requesters.forEach((requester, asked) -> {
            if (asked.requests >= 2 && !senders.another(requester)) {
                nobody(requester, asked, asked.requests);
            }
        });
    }

    private void nobody(String requester, Asked asked, long requests) {
        findings.add(
                Check.BULK_NOBODY,
                requester,
                "",
                "asks " + requests + " times for all states, and nobody else is heard meanwhile",
                asked.number);
    }

    /** The transfers that were seen, in the order of their ends. */
    List<Transfer> transfers() {
        return transfers;
    }
}
