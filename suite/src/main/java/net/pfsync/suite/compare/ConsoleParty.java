package net.pfsync.suite.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.pfsync.suite.compare.Facts.Fact;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.real.ConsoleText;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.target.real.StateListing;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;

/** A firewall with OpenBSD's tools on its console, which is only asked: nothing is set, and its states are listed once. */
public final class ConsoleParty implements Party {

    private static final String LISTING = "pfctl -s states -vv";
    private static final String MULTICAST = "multicast";

    private final FirewallEntry entry;
    private final Remote console;
    private boolean gone;

    /**
     * A firewall.
     *
     * @param entry what the lab file says of it
     * @param console its console, which stays open
     */
    public ConsoleParty(FirewallEntry entry, Remote console) {
        this.entry = entry;
        this.console = console;
    }

    @Override
    public String name() {
        return entry.name();
    }

    /** What a question may bring. */
    @FunctionalInterface
    private interface Reading {
        void read(String output);
    }

    @Override
    public Facts facts() {
        gone = false;
        Map<Fact, String> values = new EnumMap<>(Fact.class);
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        List<Integer> timeouts = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        values.put(Fact.SYNC_ADDRESS, entry.syncAddress());
        ask(silent, "sysctl -n kern.osrelease", text -> values.put(Fact.RELEASE, text.strip()));
        ask(silent, "pfctl -s info -v", text -> {
            values.put(Fact.HOST_ID, String.format("%08x", ConsoleText.hostId(text)));
            String checksum = ConsoleText.rulesetChecksum(text);
            if (!checksum.isEmpty()) {
                values.put(Fact.RULESET, checksum);
            }
        });
        ask(silent, "ifconfig pfsync0", text -> parameters(values, text));
        ask(
                silent,
                "ifconfig -g carp",
                text -> values.put(Fact.DEMOTION, Integer.toString(ConsoleText.demotion("carp", text))));
        ask(silent, "netstat -s -p pfsync", text -> counters.putAll(ConsoleText.counters(text)));
        ask(
                silent,
                "pfctl -s timeouts",
                text -> ConsoleText.timeouts(text).forEach((name, seconds) -> {
                    if (name.contains(".") && !name.startsWith("src") && !name.startsWith("adaptive")) {
                        timeouts.add(seconds.intValue());
                    }
                }));
        return new Facts(values, counters, timeouts, silent);
    }

    private static void parameters(Map<Fact, String> values, String text) {
        ConsoleText.Interface pfsync = ConsoleText.interfaces(text).getFirst();
        values.put(Fact.RUNNING, pfsync.running() ? "yes" : "no");
        values.put(Fact.MTU, Integer.toString(pfsync.mtu()));
        Map<String, String> parameters = ConsoleText.parameters(text);
        values.put(Fact.SYNCDEV, parameters.getOrDefault("syncdev", "none"));
        values.put(Fact.SYNCPEER, parameters.getOrDefault("syncpeer", MULTICAST));
        if (parameters.containsKey("maxupd")) {
            values.put(Fact.MAXUPD, parameters.get("maxupd"));
        }
        if (parameters.containsKey("defer")) {
            values.put(Fact.DEFER, parameters.get("defer"));
        }
    }

    /** A question that is refused is a sentence, and the others are asked all the same; a console that is gone is not asked again. */
    private void ask(List<String> silent, String command, Reading reading) {
        if (gone) {
            return;
        }
        Output output;
        try {
            output = console.run(command, "");
        } catch (CannotTell e) {
            gone = true;
            silent.add(e.getMessage());
            return;
        }
        try {
            if (output.exit() != 0) {
                String said = output.err().lines().findFirst().orElse("exit code " + output.exit());
                silent.add("'" + command + "' fails: " + said);
            } else {
                reading.read(output.out());
            }
        } catch (CannotTell e) {
            silent.add("'" + command + "': " + e.getMessage());
        }
    }

    @Override
    public void states(Consumer<StateView> taker) throws IOException {
        if (gone) {
            throw new IOException("its states are not asked for any more");
        }
        Output output = console.read(LISTING, text -> StateListing.read(text, taker));
        if (output.exit() != 0) {
            String said = output.err().lines().findFirst().orElse("exit code " + output.exit());
            throw new IOException("'" + LISTING + "' fails: " + said);
        }
    }
}
