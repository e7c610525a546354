package net.pfsync.suite.lab;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.pfsync.suite.evidence.Evidence;
import net.pfsync.suite.evidence.Evidence.Snapshot;
import net.pfsync.suite.evidence.Journal;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Dialect;

/** The lab of one case from its opening to its evidence. */
public final class LabSession implements AutoCloseable {

    private static final Set<Capability> CONSOLE =
            EnumSet.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION);

    private final Arena arena;
    private final Bench bench;
    private final Journal journal;
    private final Exchange exchange;
    private Lab lab;
    private List<Snapshot> before = List.of();

    /**
     * Opens a lab; no firewall is up yet.
     *
     * @param arena where
     * @param extent what there is in it
     * @param seed everything random in the lab comes from it
     */
    public LabSession(Arena arena, Extent extent, long seed) {
        this.arena = arena;
        bench = arena.open(extent, seed);
        journal = new Journal(bench.pace()::elapsed, () -> bench.lan().frames().size());
        exchange = new Exchange(bench, arena.release().dialect(), journal);
    }

    /**
     * Brings the lab to where a case may begin.
     *
     * @param seed of the case
     * @param thorough whether all combinations of values are checked
     * @return the lab
     */
    public Lab begin(long seed, boolean thorough) {
        Lab begun = begin(seed);
        if (thorough) {
            begun.thorough();
        }
        return begun;
    }

    /**
     * The same with as many combinations as are needed for every two values to meet.
     *
     * @param seed of the case
     * @return the lab
     */
    public Lab begin(long seed) {
        lab = LabSetup.settle(bench, arena.release(), arena.capabilities(), exchange, seed);
        before = look();
        return lab;
    }

    /**
     * Judges a case whose body ended without complaint.
     *
     * @throws CannotTell if it observed nothing
     * @throws Mismatch if something that must hold after every case does not
     * @throws Disagreement if console and wire contradict each other
     */
    public void judge() {
        Set<Capability> capabilities = arena.capabilities();
        exchange.requireAlive("the target to work on");
        if (exchange.observations() == 0) {
            throw new CannotTell("the case observed nothing, so it proves nothing");
        }
        new Invariants(bench, exchange, lab.probe(), capabilities).check();
        lab.packetsArrivedOnce();
        if (hasConsole()) {
            new Kernels(bench, exchange, capabilities.contains(Capability.DEMOTION)).check(before);
        }
        new Agreement(bench, exchange, lab.probe(), capabilities).check();
    }

    /** What the firewalls show at this moment; nothing if a console is lost. */
    public List<Snapshot> look() {
        try {
            return Observer.look(bench, arena.capabilities());
        } catch (CannotTell lost) {
            journal.note("suite", lost.getMessage());
            return List.of();
        }
    }

    private boolean hasConsole() {
        return !Collections.disjoint(arena.capabilities(), CONSOLE);
    }

    /** Why nothing that happened says anything about the target; empty if everything was there all the time. */
    public Optional<String> lost() {
        return bench.lost();
    }

    /** Why a failure proves nothing against the target; empty if nobody else had a hand in the case. */
    public Optional<String> meddling() {
        return bench.meddling();
    }

    /** What the target said when it stopped; empty if it did not. */
    public String stopped() {
        return bench.target().stopped().orElse("");
    }

    /** What was seen of a firewall that went down and came back; empty if none did. */
    public String bootedAnew() {
        try {
            return hasConsole()
                    ? new Kernels(bench, exchange, false).bootedAnew(before).orElse("")
                    : "";
        } catch (CannotTell lost) {
            journal.note("suite", lost.getMessage());
            return "";
        }
    }

    /** Notes how the case ended. */
    public void note(String text) {
        journal.note("suite", text);
    }

    /**
     * Everything that the case leaves behind.
     *
     * @param after the firewalls when its body ended
     * @return the evidence so far
     */
    public Evidence evidence(List<Snapshot> after) {
        return new Evidence(
                dialects(),
                bench.pace().opened(),
                exchange.beginning(),
                bench.pace().elapsed(),
                bench.lan().frames(),
                journal.entries(),
                journal.asides(),
                before,
                after);
    }

    private Map<String, Dialect> dialects() {
        return bench.lan().frames().stream()
                .map(Captured::sender)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), bench::dialect));
    }

    @Override
    public void close() {
        bench.close();
    }
}
