package net.pfsync.suite.lab;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Refused;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Counter;

/**
 * A firewall as a case sees it: what can be asked, and what can be done to it.
 *
 * <p>Questions about states are put to both observers, the wire and, where there is one, the console; if they disagree, that
 * is what the case has found. Operations need what the requirement's {@code needs} say: {@code local-events} for states and
 * security associations made, used and removed on the firewall itself, {@code configure} for its settings, {@code disruptive}
 * for its cable, {@code traffic} for its rules.
 */
public final class TargetView {

    private final Adapter firewall;
    private final Set<Capability> capabilities;
    private final Exchange exchange;
    private final Probe probe;
    private final CounterAccount account;

    TargetView(Adapter firewall, Set<Capability> capabilities, Exchange exchange, Probe probe, CounterAccount account) {
        this.firewall = firewall;
        this.capabilities = capabilities;
        this.exchange = exchange;
        this.probe = probe;
        this.account = account;
    }

    /** {@code a}, the firewall under test, or {@code b} or {@code c}. */
    public String name() {
        return firewall.name();
    }

    /** Its address on the sync LAN, IPv4 as text. */
    public String address() {
        return firewall.address();
    }

    /** Its address on its other network, IPv4 as text; needs {@code second-interface}. */
    public String otherAddress() {
        return firewall.otherAddress();
    }

    /** Its host id: the creator of the states that it makes. */
    public int hostId() {
        return firewall.hostId();
    }

    /** The names of its interfaces, to which states may be bound; at least two. */
    public List<String> interfaces() {
        return firewall.interfaces();
    }

    /** The MTU of its pfsync interface in bytes, the IP header counted. */
    public int mtu() {
        return firewall.mtu();
    }

    // ---- asking

    /** What its statistics gained since the case began, after everything sent so far has arrived. */
    public CounterCheck statistics() {
        settle();
        Map<Counter, Long> raised = account == null ? null : account.raised();
        return new CounterCheck(firewall.name(), exchange, raised, exchange.busy());
    }

    /** Lets the statistics count from now on. */
    public void restartStatistics() {
        settle();
        if (account != null) {
            account.restart();
        }
    }

    /**
     * The firewall has the state, both observers say the same, and everything that an import copies is as described.
     *
     * @param state the state, as it was sent or made
     * @return the state as the firewall has it
     */
    public StateView holds(StateSpec state) {
        StateView view = holds(state.id());
        requireAsDescribed(view, state);
        return view;
    }

    private void requireAsDescribed(StateView view, StateSpec state) {
        List<String> differences = view.differences(state);
        if (!differences.isEmpty()) {
            throw new Mismatch(
                    "the state " + state + " in the table",
                    "it differs in " + String.join("; ", differences) + " (seen, described)",
                    "state table of " + name());
        }
    }

    /**
     * The firewall has the state, and both observers say the same about it.
     *
     * @param id the state's name
     * @return the state as the firewall has it
     */
    public StateView holds(StateId id) {
        return holds(id, true);
    }

    /**
     * The firewall has a state that it never announces, as described as far as its console shows states whole: nobody else can tell.
     *
     * @param state the state, as it was sent or made
     * @return the state as its console shows it
     */
    public StateView keepsToItself(StateSpec state) {
        StateView view = holds(state.id(), false);
        if (firewall.shown(view).equals(view) && shows(view, StateFlag.NOSYNC)) {
            requireAsDescribed(view, state);
        }
        return view;
    }

    private StateView holds(StateId id, boolean announced) {
        Optional<StateView> view = look(id, announced);
        if (view.isEmpty()) {
            throw new Mismatch("the state " + id + " in the table", "it is not there", "state table of " + name());
        }
        exchange.note(name(), "has " + view.get());
        exchange.observed();
        return view.get();
    }

    /**
     * Whether its state table shows a flag; what it does not show is left to the wire.
     *
     * @param state any state
     * @param flag one of {@link StateFlag}
     */
    public boolean shows(StateView state, int flag) {
        return firewall.shown(state.withFlags(flag)).flags() == flag;
    }

    /** The firewall does not have the state, and both observers say so. */
    public void lacks(StateId id) {
        Optional<StateView> view = look(id, true);
        if (view.isPresent()) {
            throw new Mismatch(
                    "no state " + id + " in the table", "it is there: " + view.get(), "state table of " + name());
        }
        exchange.note(name(), "has no state " + id);
        exchange.observed();
    }

    /** The firewall has exactly these states, in any order. */
    public void holdsOnly(StateId... ids) {
        settle();
        if (!capabilities.contains(Capability.STATE_TABLE)) {
            Arrays.stream(ids).forEach(this::holds);
            return;
        }
        Set<StateId> wanted = new LinkedHashSet<>(Arrays.asList(ids));
        List<StateId> seen = firewall.table().stream().map(StateView::id).toList();
        if (seen.size() != ids.length || !wanted.equals(new HashSet<>(seen))) {
            Set<StateId> doubtful = new LinkedHashSet<>(seen);
            doubtful.removeAll(wanted);
            wanted.stream().filter(id -> !seen.contains(id)).forEach(doubtful::add);
            doubtful.forEach(id -> look(id, true));
            throw new Mismatch(
                    wanted.isEmpty() ? "an empty state table" : "exactly the " + listed(wanted),
                    seen.isEmpty() ? "an empty state table" : listed(seen),
                    "state table of " + name());
        }
        exchange.note(name(), wanted.isEmpty() ? "has no state" : "has exactly " + listed(wanted));
        exchange.observed();
    }

    private static String listed(Collection<StateId> ids) {
        int shown = 8;
        String list = ids.stream().limit(shown).map(StateId::toString).collect(Collectors.joining(", "));
        return ids.size() + (ids.size() == 1 ? " state " : " states ") + list + (ids.size() > shown ? ", ..." : "");
    }

    /** The state table in its order, as the console lists it; needs {@code console}. */
    public List<StateView> states() {
        settle();
        require(Capability.STATE_TABLE);
        return firewall.table();
    }

    /** The demotion of group carp; needs {@code console}. */
    public int demotion() {
        settle();
        require(Capability.DEMOTION);
        return firewall.demotion("carp");
    }

    /** The firewall is demoted: it asks carp to let the other one be master. Not checked where it cannot be seen. */
    public void isDemoted() {
        checkDemotion(true);
    }

    /** The firewall is not demoted. Not checked where it cannot be seen. */
    public void isNotDemoted() {
        checkDemotion(false);
    }

    private void checkDemotion(boolean wanted) {
        settle();
        if (!capabilities.contains(Capability.DEMOTION)) {
            return;
        }
        int demotion = firewall.demotion("carp");
        if (demotion > 0 != wanted || demotion < 0) {
            throw new Mismatch(
                    wanted ? "carp demoted" : "carp not demoted", "demotion " + demotion, "console of " + name());
        }
        exchange.note(name(), "carp demotion is " + demotion);
        exchange.observed();
    }

    /** The security association with an SPI, as the firewall has it; needs {@code local-events}. */
    public Optional<SecurityAssociation> securityAssociation(int spi) {
        settle();
        require(Capability.LOCAL_EVENTS);
        return firewall.securityAssociation(spi);
    }

    // ---- local events

    /**
     * Makes a state on the firewall itself, as a packet or the administrator would.
     *
     * @param state what it is like; the firewall gives it a name of its own where its release does
     * @return the state's name
     */
    public StateId addState(StateSpec state) {
        StateId id = firewall.addState(state);
        done("state added: " + id);
        return id;
    }

    /** A local packet passes on the state and changes neither side. */
    public void touch(StateId id) {
        firewall.touch(id, null, null);
        done("packet on " + id);
    }

    /** A local packet passes on the state and moves its sides to these. */
    public void touch(StateId id, StatePeer src, StatePeer dst) {
        firewall.touch(id, src, dst);
        done("packet on " + id + ": src " + src + " dst " + dst);
    }

    /** Removes one state, as {@code pfctl -k id}. */
    public void kill(StateId id) {
        firewall.kill(id);
        done("state killed: " + id);
    }

    /** Removes all states, as {@code pfctl -F states}. */
    public void flush() {
        flush("");
    }

    /** Removes all states of an interface, as {@code pfctl -i IF -F states}. */
    public void flush(String ifname) {
        firewall.flush(ifname);
        done("states flushed" + (ifname.isEmpty() ? "" : " on " + ifname));
    }

    /** Sets a security association, new or known. */
    public void setSecurityAssociation(SecurityAssociation association) {
        firewall.setSecurityAssociation(association);
        done("set " + association);
    }

    /** Local traffic moves the counters of a security association to these values. */
    public void useSecurityAssociation(SecurityAssociation association, boolean outbound) {
        firewall.useSecurityAssociation(association, outbound);
        done("used " + (outbound ? "outbound " : "inbound ") + association);
    }

    // ---- rules

    /**
     * Loads rules for what passes between the LANs, as {@code pfctl -f}; states stay. What the firewall itself needs passes in any case, and what no
     * rule lets pass is blocked.
     *
     * @param lines rules in the syntax of pf.conf
     */
    public void rules(String... lines) {
        firewall.loadRules(String.join("\n", lines) + "\n");
        done("rules: " + String.join("; ", lines));
    }

    /** The name of its interface on the inside LAN, as rules and bound states have it. */
    public String insideInterface() {
        return firewall.interfaceOn(true);
    }

    /** The name of its interface on the outside LAN. */
    public String outsideInterface() {
        return firewall.interfaceOn(false);
    }

    /** Its address on the inside LAN. */
    String addressOn(boolean inside, boolean inet6) {
        return firewall.addressOn(inside, inet6);
    }

    // ---- settings

    /** Brings pfsync up in the way in which its release asks for all states, also when it is up already. */
    public void comeUp() {
        firewall.comeUp();
        exchange.handled(name());
        done("pfsync comes up");
    }

    /** Takes its pfsync interface down. */
    public void down() {
        configure("down", firewall::down);
    }

    /** Brings its pfsync interface up. */
    public void up() {
        configure("up", firewall::up);
    }

    /** Sets how many updates of one state are collected at most. */
    public void setMaxupd(int updates) {
        configure("maxupd " + updates, () -> firewall.setMaxupd(updates));
    }

    /** Sets the peer's address; "0.0.0.0" for multicast. */
    public void setSyncpeer(String address) {
        configure("syncpeer " + address, () -> firewall.setSyncpeer(address));
    }

    /** Sets the sync interface; "" for none. */
    public void setSyncdev(String name) {
        configure("syncdev " + name, () -> firewall.setSyncdev(name));
    }

    /** The name of its interface on the sync LAN. */
    public String syncdev() {
        return firewall.syncdev();
    }

    /** Sets the MTU of its pfsync interface. */
    public void setMtu(int bytes) {
        configure("mtu " + bytes, () -> firewall.setMtu(bytes));
    }

    /** Switches deferral on or off. */
    public void setDefer(boolean on) {
        configure(on ? "defer" : "-defer", () -> firewall.setDefer(on));
    }

    /** Sets how many states there may be, as {@code set limit states}. */
    public void setStateLimit(int states) {
        firewall.setStateLimit(states);
        done("set limit states " + states);
    }

    /** Switches pf on or off. */
    public void setPfEnabled(boolean on) {
        firewall.setPfEnabled(on);
        done(on ? "pfctl -e" : "pfctl -d");
    }

    /**
     * The firewall refuses a setting.
     *
     * @param setting a call of one of the methods above
     */
    public void refuses(Runnable setting) {
        try {
            setting.run();
        } catch (SettingRefused refused) {
            exchange.note(name(), "refused: " + refused.getMessage());
            exchange.observed();
            return;
        }
        throw new Mismatch("the setting to be refused", "it was accepted", "console of " + name());
    }

    /** Takes its cable out of the sync LAN. */
    public void cut() {
        exchange.cut(name());
        done("sync link cut");
    }

    /** Puts its cable back. */
    public void heal() {
        exchange.heal(name());
        done("sync link healed");
    }

    private void configure(String arguments, Runnable setting) {
        exchange.handled(name());
        try {
            setting.run();
        } catch (Refused refused) {
            throw new SettingRefused(refused);
        } finally {
            done("ifconfig pfsync0 " + arguments);
        }
    }

    // ---- inside

    private void done(String what) {
        exchange.note(name(), what);
        exchange.stimulated();
    }

    private void settle() {
        exchange.settle();
        exchange.requireAlive("the target to work on");
    }

    private void require(Capability capability) {
        if (!capabilities.contains(capability)) {
            throw new CannotTell("needs " + capability.text());
        }
    }

    /** Of a state that is never announced only the console can tell. */
    private Optional<StateView> look(StateId id, boolean announced) {
        settle();
        return new TwoObservers(firewall, capabilities, probe).look(id, announced);
    }
}
