package net.pfsync.suite.preflight;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.verdict.CannotTell;

/** A firewall at whose console questions are asked, each of them once. */
final class AskedFirewall {

    private final FirewallEntry entry;
    private final Remote console;
    private final String unreachable;
    private final Map<String, Optional<String>> answers = new HashMap<>();
    private String lost = "";

    private AskedFirewall(FirewallEntry entry, Remote console, String unreachable) {
        this.entry = entry;
        this.console = console;
        this.unreachable = unreachable;
    }

    /** One whose console answers. */
    static AskedFirewall at(FirewallEntry entry, Remote console) {
        return new AskedFirewall(entry, console, "");
    }

    /** One without a console. */
    static AskedFirewall without(FirewallEntry entry) {
        return new AskedFirewall(entry, null, "");
    }

    /** One whose console is not reached. */
    static AskedFirewall unreachable(FirewallEntry entry, String why) {
        return new AskedFirewall(entry, null, why);
    }

    FirewallEntry entry() {
        return entry;
    }

    String name() {
        return entry.name();
    }

    boolean hasConsole() {
        return console != null;
    }

    /** Why the console is not reached or was lost, empty if there is none or it answers. */
    String trouble() {
        return unreachable.isEmpty() ? lost : unreachable;
    }

    /**
     * What a command prints.
     *
     * @param command that changes nothing
     * @return its output; empty if there is no console, or the command fails there
     */
    Optional<String> ask(String command) {
        if (console == null || !lost.isEmpty()) {
            return Optional.empty();
        }
        return answers.computeIfAbsent(command, this::run);
    }

    private Optional<String> run(String command) {
        try {
            Output output = console.run(command, "");
            return output.exit() == 0 ? Optional.of(output.out()) : Optional.empty();
        } catch (CannotTell e) {
            lost = e.getMessage();
            return Optional.empty();
        }
    }

    /** Its pfsync interface. */
    Optional<SyncInterface> pfsync() {
        return ask("ifconfig pfsync0").flatMap(SyncInterface::of);
    }
}
