package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.pfsync.suite.replay.Nondeterminism.Table;
import net.pfsync.wire.Counter;

/** Every small change to what our firewall did in a case, but for what the case leaves out. */
final class Changes {

    /** Bytes between two that are changed; every one would take too long. */
    private static final int STRIDE = 31;

    private final RecordedCase recorded;
    private final Outcome outcome;

    Changes(CaseResult result) {
        this.recorded = result.recorded();
        this.outcome = result.outcome().orElseThrow();
    }

    void forEach(BiConsumer<String, Outcome> consumer) {
        Optional<String> stopped = outcome.stopped().isPresent() ? Optional.empty() : Optional.of("panic");
        consumer.accept("stopped", with(stopped, outcome.tableAfter(), outcome.counters(), outcome.replies()));
        if (recorded.counters().isPresent()) {
            counters(consumer);
        }
        replies(consumer);
        recorded.forwarded().ifPresent(expected -> forwarded(consumer));
        if (recorded.tableAfter().isPresent() && !recorded.nondeterminism().leavesOut(Table.AFTER)) {
            table(consumer);
        }
    }

    private void counters(BiConsumer<String, Outcome> consumer) {
        for (Counter counter : Counter.values()) {
            Map<Counter, Long> counters = new EnumMap<>(Counter.class);
            counters.putAll(outcome.counters());
            counters.merge(counter, 1L, Long::sum);
            consumer.accept(counter.text(), with(outcome.stopped(), outcome.tableAfter(), counters, outcome.replies()));
        }
    }

    private void replies(BiConsumer<String, Outcome> consumer) {
        for (int i = 0; i < outcome.replies().size(); i++) {
            Reply reply = outcome.replies().get(i);
            List<Reply> fewer = new ArrayList<>(outcome.replies());
            fewer.remove(i);
            consumer.accept("reply " + i + " missing", withReplies(fewer));
            List<Reply> more = new ArrayList<>(outcome.replies());
            more.add(i, reply);
            consumer.accept("reply " + i + " twice", withReplies(more));
            if (!recorded.nondeterminism().leavesOutTimes()) {
                Duration late = reply.after().multipliedBy(3).plusSeconds(21);
                consumer.accept("reply " + i + " late", withReply(i, new Reply(late, reply.hex(), List.of())));
            }
            bytes(i, reply, consumer);
        }
    }

    private void bytes(int index, Reply reply, BiConsumer<String, Outcome> consumer) {
        for (int at = index % STRIDE; at < reply.bytes().length; at += STRIDE) {
            if (!recorded.replies().get(index).masked(at)) {
                byte[] bytes = reply.bytes();
                bytes[at] ^= 1;
                Reply changed = new Reply(reply.after(), HexFormat.of().formatHex(bytes), List.of());
                consumer.accept("reply " + index + " byte " + at, withReply(index, changed));
            }
        }
    }

    /** Packets on the LANs on which nothing was injected are compared. */
    private void forwarded(BiConsumer<String, Outcome> consumer) {
        Forwarded stray = new Forwarded(Duration.ofMillis(1), "elsewhere", "45");
        consumer.accept("one more forwarded", withForwarded(outcome.forwarded().size(), List.of(stray)));
        Set<String> expected = recorded.forwarded().orElseThrow().stream()
                .map(Forwarded::interfaceName)
                .collect(Collectors.toSet());
        for (int i = 0; i < outcome.forwarded().size(); i++) {
            Forwarded packet = outcome.forwarded().get(i);
            if (expected.contains(packet.interfaceName())) {
                consumer.accept("forwarded " + i + " missing", withForwarded(i, List.of()));
                Duration late = packet.at().plusMillis(27);
                consumer.accept(
                        "forwarded " + i + " late",
                        withForwarded(i, List.of(new Forwarded(late, packet.interfaceName(), packet.hex()))));
                String end = packet.hex().endsWith("0") ? "1" : "0";
                String changed = packet.hex().substring(0, packet.hex().length() - 1) + end;
                consumer.accept(
                        "forwarded " + i + " changed",
                        withForwarded(i, List.of(new Forwarded(packet.at(), packet.interfaceName(), changed))));
            }
        }
    }

    private Outcome withForwarded(int index, List<Forwarded> instead) {
        List<Forwarded> forwarded = new ArrayList<>(outcome.forwarded());
        if (index < forwarded.size()) {
            forwarded.remove(index);
        }
        forwarded.addAll(index, instead);
        return with(outcome.stopped(), outcome.tableAfter(), outcome.counters(), outcome.replies(), forwarded);
    }

    private void table(BiConsumer<String, Outcome> consumer) {
        for (int i = 0; i < outcome.tableAfter().size(); i++) {
            RecordedState state = outcome.tableAfter().get(i);
            List<RecordedState> fewer = new ArrayList<>(outcome.tableAfter());
            fewer.remove(i);
            consumer.accept(state.name() + " missing", withTable(fewer));
        }
        if (!outcome.tableAfter().isEmpty()) {
            fields(outcome.tableAfter().getFirst(), consumer);
        }
    }

    private void fields(RecordedState state, BiConsumer<String, Outcome> consumer) {
        for (String path :
                recorded.tableAfter().orElseThrow().getFirst().fields().keySet()) {
            if (!path.equals("id")) {
                SortedMap<String, String> fields = new TreeMap<>(state.fields());
                fields.merge(path, "7", String::concat);
                List<RecordedState> changed = new ArrayList<>(outcome.tableAfter());
                changed.set(0, new RecordedState(fields, ""));
                consumer.accept(state.name() + " " + path, withTable(changed));
            }
        }
    }

    private Outcome withReply(int index, Reply reply) {
        List<Reply> replies = new ArrayList<>(outcome.replies());
        replies.set(index, reply);
        return withReplies(replies);
    }

    private Outcome withReplies(List<Reply> replies) {
        return with(outcome.stopped(), outcome.tableAfter(), outcome.counters(), replies);
    }

    private Outcome withTable(List<RecordedState> table) {
        return with(outcome.stopped(), table, outcome.counters(), outcome.replies());
    }

    private Outcome with(
            Optional<String> stopped, List<RecordedState> table, Map<Counter, Long> counters, List<Reply> replies) {
        return with(stopped, table, counters, replies, outcome.forwarded());
    }

    private Outcome with(
            Optional<String> stopped,
            List<RecordedState> table,
            Map<Counter, Long> counters,
            List<Reply> replies,
            List<Forwarded> forwarded) {
        return new Outcome(
                outcome.dialect(),
                stopped,
                outcome.tableBefore(),
                table,
                counters,
                replies,
                forwarded,
                outcome.demotion(),
                outcome.end(),
                outcome.mishaps());
    }
}
