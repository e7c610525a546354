package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.pfsync.suite.replay.Nondeterminism.Table;

/**
 * Compares two tables of states as sets, field by field.
 *
 * <p>States are matched by id and creator id; where the case leaves the id out, by everything that makes the
 * connection. Ages and remaining times ({@code creation}, {@code expire}) may differ by one second, and by two in
 * states that came with a setup packet long before: whole seconds were read on both sides. Source:
 * {@code fixtures/observed/README.md}, "States".
 */
final class TableComparison {

    private static final Set<String> SECONDS = Set.of("creation", "expire");
    private static final List<String> CONNECTION = List.of(
            "creatorid",
            "proto",
            "direction",
            "wire.addr[0]",
            "wire.addr[1]",
            "wire.port[0]",
            "wire.port[1]",
            "stack.addr[0]",
            "stack.addr[1]",
            "stack.port[0]",
            "stack.port[1]");
    private static final Duration LONG_AFTER = Duration.ofSeconds(4);

    private final RecordedCase recorded;
    private final Table table;
    private final Duration readAt;
    private final List<Difference> differences = new ArrayList<>();

    private TableComparison(RecordedCase recorded, Table table, Duration readAt) {
        this.recorded = recorded;
        this.table = table;
        this.readAt = readAt;
    }

    /**
     * Compares one of the tables of a case with ours.
     *
     * @param recorded the case
     * @param table which of its tables
     * @param expected that table
     * @param ours our states
     * @param readAt when ours was read
     * @return one entry per field, per missing and per extra state
     */
    static List<Difference> compare(
            RecordedCase recorded,
            Table table,
            List<RecordedState> expected,
            List<RecordedState> ours,
            Duration readAt) {
        if (recorded.nondeterminism().leavesOut(table)) {
            return List.of();
        }
        TableComparison comparison = new TableComparison(recorded, table, readAt);
        comparison.compare(expected, new ArrayList<>(ours));
        return comparison.differences;
    }

    private void compare(List<RecordedState> expected, List<RecordedState> unmatched) {
        List<Integer> withoutName = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            RecordedState state = expected.get(i);
            boolean own = state.creatorId().equals(recorded.configuration().hostId());
            if (recorded.nondeterminism().leavesOutId(table, i, own)) {
                withoutName.add(i);
            } else {
                compare(state, take(unmatched, state.name(), RecordedState::name), Set.of());
            }
        }
        for (int i : withoutName) {
            RecordedState state = expected.get(i);
            compare(state, take(unmatched, connection(state), TableComparison::connection), Set.of("id"));
        }
        unmatched.forEach(extra -> differ(extra, "", "absent", "present"));
    }

    private static Optional<RecordedState> take(
            List<RecordedState> from, Object wanted, Function<RecordedState, ?> name) {
        Optional<RecordedState> found =
                from.stream().filter(each -> name.apply(each).equals(wanted)).findFirst();
        found.ifPresent(from::remove);
        return found;
    }

    /** What makes a connection, without its id. */
    private static List<String> connection(RecordedState state) {
        return CONNECTION.stream()
                .map(path -> path + "=" + state.fields().get(path))
                .toList();
    }

    private void compare(RecordedState expected, Optional<RecordedState> found, Set<String> leftOut) {
        if (found.isEmpty()) {
            differ(expected, "", "present", "absent");
            return;
        }
        Map<String, String> ours = found.get().fields();
        expected.fields().forEach((path, value) -> {
            String got = ours.getOrDefault(path, "nothing");
            if (!got.equals(value) && !leftOut.contains(path) && !near(expected, found.get(), path)) {
                differ(expected, " " + path, value, got);
            }
        });
    }

    private boolean near(RecordedState expected, RecordedState ours, String path) {
        if (!SECONDS.contains(path)) {
            return false;
        }
        long tolerance = longAfterSetup(expected) ? 2 : 1;
        return Math.abs(expected.number(path, Long.MIN_VALUE / 4) - ours.number(path, Long.MAX_VALUE / 4)) <= tolerance;
    }

    private boolean longAfterSetup(RecordedState state) {
        Duration since = readAt;
        for (RecordedCase.SetupPacket packet : recorded.setup().reversed()) {
            since = since.plus(packet.waited());
            if (packet.packet().hex().contains(state.id())) {
                return since.compareTo(LONG_AFTER) >= 0;
            }
        }
        return false;
    }

    private void differ(RecordedState state, String field, String expected, String got) {
        String name = table == Table.BEFORE ? "table before " : "table ";
        differences.add(new Difference(name + state.name() + field, expected, got));
    }
}
