package net.pfsync.suite.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;

/**
 * Asks the console and the wire about a state; if they disagree, that is the finding.
 *
 * <p>Where there is no console the wire decides alone. The second firewall is only asked through its console, because an
 * update request on the wire is answered by both.
 */
final class TwoObservers {

    private final Adapter firewall;
    private final Set<Capability> capabilities;
    private final Probe probe;

    TwoObservers(Adapter firewall, Set<Capability> capabilities, Probe probe) {
        this.firewall = firewall;
        this.capabilities = capabilities;
        this.probe = probe;
    }

    /**
     * Looks for a state.
     *
     * @param id its name
     * @param announced whether an update request for it has to be answered
     * @return the state, as the console shows it where there is one; empty if the firewall does not have it
     */
    Optional<StateView> look(StateId id, boolean announced) {
        boolean console = capabilities.contains(Capability.STATE_TABLE);
        if (!firewall.name().equals(Exchange.TARGET)) {
            if (!console) {
                throw new CannotTell("the second firewall needs " + Capability.STATE_TABLE.text());
            }
            return listed(id);
        }
        Optional<StateView> listed = console ? listed(id) : Optional.empty();
        Optional<StateView> read = probe.readBack(id);
        if (!console) {
            return read;
        }
        boolean marked = listed.isPresent() && (listed.get().flags() & StateFlag.NOSYNC) != 0;
        boolean neverAnnounced = marked || !announced;
        if (!neverAnnounced) {
            agree(id, listed, read);
        }
        return listed.isPresent() ? Optional.of(fuller(listed.get(), read)) : listed;
    }

    /** What was read, where the console leaves something of it out. */
    private StateView fuller(StateView listed, Optional<StateView> read) {
        return read.filter(whole -> !firewall.shown(whole).equals(whole)).orElse(listed);
    }

    private Optional<StateView> listed(StateId id) {
        return firewall.table().stream().filter(view -> view.id().equals(id)).findFirst();
    }

    private void agree(StateId id, Optional<StateView> listed, Optional<StateView> read) {
        if (listed.isPresent() != read.isPresent()) {
            throw new Disagreement(
                    "the state " + id,
                    listed.isPresent()
                            ? "the console lists it, an update request is not answered"
                            : "the console does not list it, an update request is answered");
        }
        if (listed.isPresent()) {
            List<String> differences = listed.get().differences(firewall.shown(read.orElseThrow()));
            if (!differences.isEmpty()) {
                throw new Disagreement(
                        "the state " + id, "they differ in " + String.join("; ", differences) + " (console, wire)");
            }
        }
    }
}
