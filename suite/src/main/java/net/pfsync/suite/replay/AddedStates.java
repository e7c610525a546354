package net.pfsync.suite.replay;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.pfsync.node.Firewall;
import net.pfsync.pf.State;
import net.pfsync.pf.Timeouts;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;

/**
 * The states that the recorded machine had of its own: those it had before the case, and those added during it. How
 * they looked is known from the tables of the case.
 */
final class AddedStates {

    private final RecordedCase recorded;
    private final Dialect dialect;
    private final Timeouts timeouts;
    private final Deque<RecordedState> upcoming;

    AddedStates(RecordedCase recorded, Dialect dialect, Timeouts timeouts) {
        this.recorded = recorded;
        this.dialect = dialect;
        this.timeouts = timeouts;
        Set<String> before =
                recorded.tableBefore().stream().map(RecordedState::name).collect(Collectors.toCollection(HashSet::new));
        this.upcoming = recorded.tableAfter().orElse(List.of()).stream()
                .filter(state ->
                        state.creatorId().equals(recorded.configuration().hostId()))
                .filter(state -> !before.contains(state.name()))
                .sorted(Comparator.comparing(RecordedState::id))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** Puts in the states of the table before that no setup packet brings, in its order and without announcing them. */
    void restore(Stage stage) {
        Firewall firewall = stage.firewall();
        for (RecordedState state : recorded.tableBefore()) {
            boolean sent = recorded.setup().stream()
                    .anyMatch(packet -> packet.packet().hex().contains(state.id()));
            if (!sent) {
                firewall.states().insert(state(state, state.number("creation", 0), firewall));
            }
        }
    }

    /**
     * Adds the next states by the system call.
     *
     * @return how many were added
     * @throws IllegalArgumentException if the tables do not tell of so many
     */
    int add(int count, Stage stage) {
        int added = 0;
        for (int i = 0; i < count; i++) {
            RecordedState next = Optional.ofNullable(upcoming.poll())
                    .orElseThrow(
                            () -> new IllegalArgumentException("table_after does not tell which states were added"));
            if (stage.firewall().addState(state(next, 0, stage.firewall()))) {
                added++;
            }
        }
        return added;
    }

    private State state(RecordedState from, long age, Firewall firewall) {
        byte[] structure = HexFormat.of().parseHex(from.hex());
        if (structure.length != dialect.stateSize()) {
            throw new IllegalArgumentException("state " + from.name() + " has an exported structure of "
                    + structure.length + " bytes, " + dialect.name() + " has " + dialect.stateSize());
        }
        StateMessage exported = (StateMessage) dialect.layout(Kind.INS).message(structure, 0);
        long passed = from.number("creation", 0) - age;
        return LocalState.of(exported, age, exported.expire() + passed, timeouts, (int) firewall.uptimeSeconds());
    }
}
