package net.pfsync.suite.target.real;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.MacAddress;
import net.pfsync.release.Release;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/**
 * A firewall with OpenBSD's tools on its console: OpenBSD itself, or a reference firewall.
 *
 * <p>States cannot be made or used from there, and a limit only be set with a new ruleset; the arena does not offer what needs that.
 */
final class OpenBsdAdapter implements LanFirewall {

    private static final String RULES = "/etc/pf.conf";
    private static final String ALL_ELSE_IS_BLOCKED = """
        block all
        pass quick inet6 proto icmp6 icmp6-type neighbrsol no state
        pass quick inet6 proto icmp6 icmp6-type neighbradv no state
        """;

    private final FirewallEntry entry;
    private final FirewallConsole console;
    private final PfsyncInterface pfsync;
    private final int hostId;
    private final List<ConsoleText.Interface> ports;
    private final MacAddress mac;
    private final String boot;
    private LabConfig lab;
    private Dialect dialect;
    private boolean busyWhileRunning;
    private Predicate<StateView> concern = state -> true;
    private Map<Counter, Long> baseline = Map.of();

    /**
     * A firewall whose console answers; what does not change is asked now.
     *
     * @param entry what the lab file says of it
     * @param remote its console
     * @throws CannotTell if the console is not that of OpenBSD
     */
    OpenBsdAdapter(FirewallEntry entry, Remote remote) {
        this.entry = entry;
        console = new FirewallConsole(entry.name(), remote);
        boot = bootTime();
        hostId = ConsoleText.hostId(console.ask("pfctl -s info -v"));
        ports = ConsoleText.interfaces(console.ask("ifconfig -a")).stream()
                .filter(one -> !one.mac().isEmpty())
                .toList();
        mac = ports.stream()
                .filter(one -> one.name().equals(entry.syncInterface()))
                .map(one -> MacAddress.parse(one.mac()))
                .findFirst()
                .orElseThrow(() -> new CannotTell("firewall " + entry.name() + " has no Ethernet interface "
                        + entry.syncInterface() + "; it has " + String.join(", ", interfaces())));
        pfsync = new PfsyncInterface(console);
    }

    /**
     * What else there is to know for cases that change it.
     *
     * @param of the lab that it is part of
     * @param release what it runs
     */
    void partOf(LabConfig of, ReleaseInfo release) {
        lab = of;
        dialect = release.dialect();
        busyWhileRunning = Release.all().stream()
                .filter(one -> one.name().equals(release.name()))
                .anyMatch(one -> one.rules().config().busyWhileRunning());
    }

    @Override
    public void show(Predicate<StateView> states) {
        concern = states;
    }

    private String bootTime() {
        return console.ask("sysctl -n kern.boottime").strip();
    }

    @Override
    public boolean sameBoot() {
        return bootTime().equals(boot);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION);
    }

    @Override
    public String release() {
        String type = console.ask("sysctl -n kern.ostype").strip();
        String release = console.ask("sysctl -n kern.osrelease").strip();
        return type.equals("OpenBSD") || type.equals("FreeBSD")
                ? type.toLowerCase(Locale.ROOT) + "-" + release
                : release;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public MacAddress ethernet() {
        return mac;
    }

    @Override
    public void restartCounters() {
        baseline = ConsoleText.counters(console.ask("netstat -s -p pfsync"));
    }

    // ---- asking ----

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public String address() {
        return entry.syncAddress();
    }

    @Override
    public String otherAddress() {
        return addressOn(true, false);
    }

    @Override
    public String addressOn(boolean inside, boolean inet6) {
        return networkOn(inside, inet6).address().toString();
    }

    /** Its address on the inside or the outside LAN, with the length of the network. */
    IpPrefix networkOn(boolean inside, boolean inet6) {
        return portOn(inside).addresses().stream()
                .filter(one -> one.address().inet6() == inet6)
                .findFirst()
                .orElseThrow(() -> cannot("its interface on the " + (inside ? "inside" : "outside") + " LAN has no IPv"
                        + (inet6 ? 6 : 4) + " address"));
    }

    @Override
    public String interfaceOn(boolean inside) {
        return portOn(inside).name();
    }

    private ConsoleText.Interface portOn(boolean inside) {
        IpPrefix network = (inside ? lab.inside() : lab.outside()).network();
        return ports.stream()
                .filter(port -> port.addresses().stream()
                        .map(IpPrefix::address)
                        .anyMatch(one -> network.contains(one.inet6(), one.hi(), one.lo())))
                .findFirst()
                .orElseThrow(() -> cannot("it has no address in " + network));
    }

    /** A lost console is told by the next question. */
    @Override
    public Optional<String> stopped() {
        return Optional.empty();
    }

    @Override
    public int mtu() {
        return pfsync.mtu();
    }

    @Override
    public Map<Counter, Long> counters() {
        Map<Counter, Long> raised = new EnumMap<>(Counter.class);
        ConsoleText.counters(console.ask("netstat -s -p pfsync"))
                .forEach((counter, value) -> raised.put(counter, value - baseline.getOrDefault(counter, 0L)));
        return raised;
    }

    @Override
    public List<StateView> table() {
        return wholeTable().stream().filter(concern).toList();
    }

    @Override
    public List<StateView> wholeTable() {
        return StateListing.read(console.ask("pfctl -s states -vv"));
    }

    @Override
    public StateView shown(StateView whole) {
        return StateListing.shown(whole);
    }

    @Override
    public int demotion(String group) {
        return ConsoleText.demotion(group, console.ask("ifconfig -g " + group));
    }

    @Override
    public List<String> messages() {
        return console.ask("dmesg").lines().toList();
    }

    @Override
    public Health health() {
        Output memory = console.run("netstat -m");
        return new Health(bootTime(), messages(), memory.exit() == 0 ? ConsoleText.memory(memory.out()) : List.of());
    }

    @Override
    public int hostId() {
        return hostId;
    }

    @Override
    public List<String> interfaces() {
        return ports.stream().map(ConsoleText.Interface::name).toList();
    }

    @Override
    public String syncdev() {
        return entry.syncInterface();
    }

    // ---- operating ----

    @Override
    public void loadRules(String rules) {
        load(ALL_ELSE_IS_BLOCKED + rules);
    }

    /** Rules of which the sync LAN and the console are never part. */
    void load(String rules) {
        console.tell("pfctl -f -", "set skip on " + entry.syncInterface() + "\n" + wayToTheConsole() + rules);
    }

    private String wayToTheConsole() {
        if (!(entry.console() instanceof ConsoleAddress ssh)) {
            return "";
        }
        String port = " port " + ssh.port();
        return "pass quick proto tcp from any to any" + port + " no state\n" + "pass quick proto tcp from any" + port
                + " to any no state\n";
    }

    @Override
    public void comeUp() {
        if (busyWhileRunning && pfsync.running()) {
            pfsync.configure("down");
        }
        pfsync.configure("syncdev " + entry.syncInterface() + " up");
    }

    /** Brings its interface on the sync LAN up, or takes it down, which is as if the cable were out. */
    void plug(boolean in) {
        console.tell("ifconfig " + entry.syncInterface() + (in ? " up" : " down"));
    }

    /** The Ethernet address of its interface on the inside LAN. */
    MacAddress insideStation() {
        return MacAddress.parse(portOn(true).mac());
    }

    /** The MTU of its interface on the sync LAN, in bytes. */
    int syncMtu() {
        return ports.stream()
                .filter(port -> port.name().equals(entry.syncInterface()))
                .findFirst()
                .orElseThrow()
                .mtu();
    }

    /** How pfsync0 is set up now. */
    ConsoleText.Pfsync settings() {
        return pfsync.settings();
    }

    /**
     * Sets pfsync0 up, whatever it was before.
     *
     * @param wanted how
     */
    void set(ConsoleText.Pfsync wanted) {
        pfsync.set(wanted);
    }

    /** Whether pf is enabled. */
    boolean enabled() {
        return ConsoleText.enabled(console.ask("pfctl -s info"));
    }

    /** Its rules as pfctl shows them. */
    String rules() {
        return console.ask("pfctl -s rules");
    }

    /** Loads its rules from their file again. */
    void reloadRules() {
        console.tell("pfctl -f " + RULES);
    }

    @Override
    public void down() {
        pfsync.configure("down");
    }

    @Override
    public void up() {
        pfsync.configure("up");
    }

    @Override
    public void setMaxupd(int updates) {
        pfsync.configure("maxupd " + updates);
    }

    @Override
    public void setSyncpeer(String address) {
        pfsync.syncpeer(address);
    }

    @Override
    public void setSyncdev(String name) {
        pfsync.syncdev(name);
    }

    @Override
    public void setMtu(int bytes) {
        pfsync.configure("mtu " + bytes);
    }

    @Override
    public void setDefer(boolean on) {
        pfsync.defer(on);
    }

    @Override
    public void setStateLimit(int states) {
        load("set limit states " + states + "\n");
    }

    @Override
    public void setPfEnabled(boolean on) {
        console.tell(on ? "pfctl -e" : "pfctl -d");
    }

    @Override
    public void kill(StateId id) {
        console.tell("pfctl -k id -k " + id);
    }

    @Override
    public void flush(String ifname) {
        List<String> words = new ArrayList<>(List.of("pfctl"));
        if (!ifname.isEmpty()) {
            words.addAll(List.of("-i", ifname));
        }
        words.addAll(List.of("-F", "states"));
        console.tell(String.join(" ", words));
    }

    private CannotTell cannot(String why) {
        return new CannotTell("this cannot be done to firewall " + entry.name() + ": " + why);
    }
}
