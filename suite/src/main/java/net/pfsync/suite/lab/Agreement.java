package net.pfsync.suite.lab;

import java.util.List;
import java.util.Set;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;

/** After a case: what the console says about some states, and what the wire says about them, must be the same. */
final class Agreement {

    private static final int SAMPLE = 4;

    private final Bench bench;
    private final Exchange exchange;
    private final Probe probe;
    private final Set<Capability> capabilities;

    Agreement(Bench bench, Exchange exchange, Probe probe, Set<Capability> capabilities) {
        this.bench = bench;
        this.exchange = exchange;
        this.probe = probe;
        this.capabilities = capabilities;
    }

    /**
     * Compares the first states of the table.
     *
     * @throws Disagreement if the observers disagree
     */
    void check() {
        if (!capabilities.contains(Capability.STATE_TABLE) || !listening()) {
            return;
        }
        List<StateId> sample =
                bench.target().table().stream().map(StateView::id).limit(SAMPLE).toList();
        for (StateId id : sample) {
            // Listed again: in real time the state has aged while the one before was read.
            bench.target().table().stream()
                    .filter(view -> view.id().equals(id) && (view.flags() & StateFlag.NOSYNC) == 0)
                    .findFirst()
                    .ifPresent(listed -> probe.readBack(id).ifPresent(read -> compare(listed, read)));
        }
    }

    /** A case may leave the target deaf on purpose: down, without pf, or out of the LAN. */
    private boolean listening() {
        try {
            probe.sentinel();
            return true;
        } catch (CannotTell deaf) {
            exchange.note("suite", "the target does not listen any more; the observers are not compared");
            return false;
        }
    }

    private void compare(StateView listed, StateView read) {
        List<String> differences = listed.differences(bench.target().shown(read));
        if (!differences.isEmpty()) {
            throw new Disagreement(
                    "the state " + listed.id() + " after the case",
                    "they differ in " + String.join("; ", differences) + " (console, wire)");
        }
    }
}
