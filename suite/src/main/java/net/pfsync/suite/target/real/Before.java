package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.verdict.CannotTell;

/** How a firewall was before the first case, and whether it is so again after the last one. */
final class Before {

    /** A firewall that came up again asks for all states first, and is demoted until it has them. */
    private static final Duration IN_SERVICE = Duration.ofSeconds(60);

    private final OpenBsdAdapter firewall;
    private final ConsoleText.Pfsync settings;
    private final String rules;
    private final boolean enabled;
    private final int demotion;

    /** Looks at a firewall that the suite has done nothing to yet. */
    Before(OpenBsdAdapter firewall) {
        this.firewall = firewall;
        settings = firewall.settings();
        rules = firewall.rules();
        enabled = firewall.enabled();
        demotion = demotion();
    }

    private int demotion() {
        return firewall.demotion("carp");
    }

    /** Undoes what cases did: states, rules, settings and pf itself. */
    void putBack() {
        firewall.flush("");
        firewall.reloadRules();
        if (!firewall.settings().equals(settings)) {
            firewall.set(settings);
        }
        if (firewall.enabled() != enabled) {
            firewall.setPfEnabled(enabled);
        }
    }

    /**
     * What is not as it was.
     *
     * @param pace waits until the firewall is in service again
     * @param own tells the states that only the suite makes
     * @return a line for each; empty if nothing of the suite is left
     */
    List<String> left(Pace pace, Predicate<StateView> own) {
        List<String> lines = new ArrayList<>();
        try {
            boolean ignored = pace.until(() -> demotion() <= demotion, IN_SERVICE);
            // One that was still asking for states before the first case has gone into service since.
            compare(lines, "the demotion of carp", demotion, Math.max(demotion, demotion()));
            compare(lines, "pfsync0", settings, firewall.settings());
            compare(lines, "pf", enabled ? "enabled" : "disabled", firewall.enabled() ? "enabled" : "disabled");
            if (!firewall.rules().equals(rules)) {
                lines.add("the rules of firewall " + firewall.name() + " are others than before");
            }
            List<StateView> states = firewall.wholeTable().stream().filter(own).toList();
            if (!states.isEmpty()) {
                lines.add("firewall " + firewall.name() + " still has " + states.size()
                        + " states of the suite, for example "
                        + states.getFirst().id() + "; 'pfctl -k id -k ID/CREATOR' removes one");
            }
        } catch (CannotTell lost) {
            lines.add("what is left on firewall " + firewall.name() + " cannot be told: " + lost.getMessage());
        }
        return lines;
    }

    private void compare(List<String> lines, String what, Object before, Object now) {
        if (!Objects.equals(before, now)) {
            lines.add(what + " of firewall " + firewall.name() + " is " + now + ", and was " + before + " before");
        }
    }
}
