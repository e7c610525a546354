package net.pfsync.node.console;

import java.io.IOException;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import net.pfsync.pf.StateSelection;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.text.StateText;

/** {@code pfctl}: shows, flushes and kills states, shows and loads rules, switches pf. What was asked for at once is done in pfctl's order. */
final class Pfctl implements Command {

    private static final int HEX = 16;
    static final String STANDARD_INPUT = "-";

    private final Firewall firewall;
    private final Console.Files files;

    Pfctl(Firewall firewall, Console.Files files) {
        this.firewall = firewall;
        this.files = files;
    }

    @Override
    public Answer run(List<String> arguments, String input) throws Failure {
        PfctlOptions options = PfctlOptions.parse(arguments);
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        if (options.disable()) {
            switchPf(false, err);
        }
        if (!options.show().isEmpty()) {
            out.append(show(options));
        }
        if (!options.flush().isEmpty()) {
            flush(options, err);
        }
        if (!options.kill().isEmpty()) {
            err.append(kill(options.kill()));
        }
        if (!options.rules().isEmpty()) {
            out.append(load(options, input));
        }
        if (options.enable()) {
            switchPf(true, err);
        }
        return new Answer(out.toString(), options.quiet() ? "" : err.toString(), 0);
    }

    private void switchPf(boolean on, StringBuilder err) throws Failure {
        if (!firewall.enablePf(on)) {
            throw new Failure(on ? "pfctl: pf already enabled" : "pfctl: pf not enabled");
        }
        err.append(on ? "pf enabled\n" : "pf disabled\n");
    }

    // ---- show ----

    private String show(PfctlOptions options) throws Failure {
        int verbose = options.verbose();
        return switch (options.show()) {
            case "states" -> states(options.ifname(), verbose);
            case "info" -> InfoText.of(firewall, verbose > 0);
            case "rules" -> RuleText.of(firewall.filter().ruleUses(), verbose);
            case "memory" -> LimitText.memory(firewall);
            case "timeouts" -> LimitText.timeouts(firewall);
            default -> throw new Failure("pfctl: this firewall has no " + options.show());
        };
    }

    private String states(String ifname, int verbose) {
        StringBuilder text = new StringBuilder();
        for (StateMessage state : firewall.export()) {
            if (ifname.isEmpty() || state.ifname().equals(ifname)) {
                text.append(StateText.pfctl(state, verbose)).append('\n');
            }
        }
        return text.toString();
    }

    // ---- flush and kill ----

    private void flush(PfctlOptions options, StringBuilder err) throws Failure {
        switch (options.flush()) {
            case "states" -> err.append(firewall.flushStates(options.ifname())).append(" states cleared\n");
            case "rules" -> {
                firewall.load(Ruleset.EMPTY);
                err.append("rules cleared\n");
            }
            default -> throw new Failure("pfctl: this firewall has no " + options.flush() + " to clear");
        }
    }

    private String kill(List<String> kill) throws Failure {
        String first = kill.getFirst();
        if (first.equals("id")) {
            return "killed " + firewall.kill(byId(kill)) + " states\n";
        }
        if (first.equals("label") || first.equals("key")) {
            throw new Failure("pfctl: this firewall knows no states by " + first);
        }
        boolean both = kill.size() > 1;
        int killed = firewall.kill(both ? between(first, kill.get(1)) : from(first));
        return "killed " + killed + " states from 1 sources and " + (both ? 1 : 0) + " destinations\n";
    }

    private StateSelection byId(List<String> kill) throws Failure {
        if (kill.size() == 1) {
            throw PfctlOptions.usage("no id specified");
        }
        String[] parts = kill.get(1).split("/", 2);
        try {
            long id = Long.parseUnsignedLong(parts[0], HEX);
            int creator = parts.length == 1 ? firewall.hostId() : Integer.parseUnsignedInt(parts[1], HEX);
            return StateSelection.id(id, creator);
        } catch (NumberFormatException e) {
            throw PfctlOptions.usage("wrong id format specified");
        }
    }

    private static StateSelection from(String host) throws Failure {
        try {
            return StateSelection.from(host);
        } catch (IllegalArgumentException e) {
            throw new Failure("pfctl: getaddrinfo: " + host + ": no address associated with name");
        }
    }

    private static StateSelection between(String source, String destination) throws Failure {
        try {
            return from(source).and(StateSelection.between("any", destination));
        } catch (IllegalArgumentException e) {
            throw new Failure("pfctl: getaddrinfo: " + destination + ": no address associated with name");
        }
    }

    // ---- rules ----

    private String load(PfctlOptions options, String input) throws Failure {
        String file = options.rules();
        String text;
        try {
            text = file.equals(STANDARD_INPUT) ? input : files.read(file);
        } catch (IOException e) {
            throw new Failure("pfctl: " + file + ": " + e.getMessage() + "\npfctl: cannot open the main config file!");
        }
        try {
            Ruleset ruleset = Ruleset.parse(text);
            if (!options.parseOnly()) {
                firewall.load(ruleset);
            }
            return options.verbose() > 0 ? ruleset.toString() : "";
        } catch (RulesetException e) {
            String name = file.equals(STANDARD_INPUT) ? "stdin" : file;
            throw new Failure(name + ":" + e.line() + ": syntax error, " + e.getMessage()
                    + "\npfctl: Syntax error in config file: pf rules not loaded");
        }
    }
}
