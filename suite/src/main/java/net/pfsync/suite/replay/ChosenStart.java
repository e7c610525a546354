package net.pfsync.suite.replay;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the ids of the states that pf makes in a case begin: the seconds at which pf was started in the upper half, and
 * how many states it had made in the lower half. Source: {@code OBSERVED.md} of 7.6, section 1, "state id".
 *
 * @param seconds since 1970
 * @param counter of the first state
 */
record ChosenStart(long seconds, long counter) {

    /**
     * Looks for the first id that the machine chose during a case.
     *
     * @return empty if no state was made, or the case does not name one
     */
    static Optional<ChosenStart> of(RecordedCase recorded) {
        Set<String> before = new HashSet<>();
        recorded.tableBefore().forEach(state -> before.add(state.id()));
        Stream<String> made = recorded.tableAfter().orElse(List.of()).stream().map(RecordedState::id);
        Stream<String> killed = recorded.operations().stream()
                .flatMap(operation -> operation.steps().stream())
                .filter(Step.KillById.class::isInstance)
                .map(step -> "%016x".formatted(((Step.KillById) step).id()));
        return Stream.concat(made, killed)
                .filter(id -> !before.contains(id) && !sent(recorded, id))
                .map(id -> Long.parseUnsignedLong(id, 16))
                .filter(id -> id >>> 32 != 0)
                .min(Long::compareUnsigned)
                .map(id -> new ChosenStart(id >>> 32, id & 0xffff_ffffL));
    }

    private static boolean sent(RecordedCase recorded, String id) {
        return recorded.setup().stream()
                .anyMatch(packet -> packet.packet().hex().contains(id));
    }
}
