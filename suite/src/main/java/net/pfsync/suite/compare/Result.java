package net.pfsync.suite.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import net.pfsync.suite.verdict.CannotTell;

/**
 * What came of a comparison.
 *
 * @param names of both sides
 * @param facts what their consoles tell
 * @param rows the same side by side
 * @param states their tables
 * @param incomplete why a side could not be read to its end, a line each; then nothing is said of states on one side only
 */
public record Result(
        List<String> names, List<Facts> facts, List<Facts.Row> rows, StateComparison states, List<String> incomplete) {

    /** Takes copies. */
    public Result {
        names = List.copyOf(names);
        facts = List.copyOf(facts);
        rows = List.copyOf(rows);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * Compares: asks both consoles, and then lists both tables at the same moment.
     *
     * @param a the one side
     * @param b the other side
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static Result of(Party a, Party b, Tolerance tolerance) throws InterruptedException {
        List<Party> parties = List.of(a, b);
        List<String> incomplete = new ArrayList<>();
        List<Facts> facts = both(parties, party -> parties.get(party)::facts);
        StateComparison states = new StateComparison(tolerance);
        for (int side = 0; side < parties.size(); side++) {
            states.timeouts(side, facts.get(side).timeouts());
            for (String silent : facts.get(side).silent()) {
                incomplete.add(parties.get(side).name() + ": " + silent);
            }
        }
        List<String> broken = both(parties, side -> () -> read(parties.get(side), side, states));
        broken.stream().filter(line -> !line.isEmpty()).forEach(incomplete::add);
        if (broken.stream().allMatch(String::isEmpty)) {
            int listener = a.listened() >= 0 ? 0 : b.listened() >= 0 ? 1 : -1;
            states.end(listener, Math.max(a.listened(), b.listened()));
        }
        return new Result(
                List.of(a.name(), b.name()), facts, Facts.rows(facts.get(0), facts.get(1)), states, incomplete);
    }

    /** Empty, or why the list ended early. */
    private static String read(Party party, int side, StateComparison states) {
        try {
            party.states(state -> states.add(side, state));
            return "";
        } catch (IOException | CannotTell e) {
            return party.name() + ": " + e.getMessage() + "; " + states.states(side) + " states before it were read";
        }
    }

    /** Something of one of the two sides. */
    @FunctionalInterface
    private interface OfSide<T> {
        Callable<T> of(int side);
    }

    /** Does it for both at the same time. */
    private static <T> List<T> both(List<Party> parties, OfSide<T> what) throws InterruptedException {
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int side = 0; side < parties.size(); side++) {
            FutureTask<T> task = new FutureTask<>(what.of(side));
            tasks.add(task);
            Thread thread = new Thread(task, "compare " + parties.get(side).name());
            thread.setDaemon(true);
            thread.start();
        }
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a side threw what it should say", e.getCause());
            }
        }
        return results;
    }

    /** Whether anything differs. */
    public boolean differs() {
        return !states.counts().isEmpty()
                || rows.stream().anyMatch(row -> !row.wrong().isEmpty());
    }
}
