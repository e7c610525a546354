package net.pfsync.suite.target.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import net.pfsync.pf.State;
import net.pfsync.release.Release;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.WireView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.Refused;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;
import net.pfsync.time.EventLoop;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/** A reference firewall, seen and operated as through its console. */
final class EmbeddedFirewall implements Adapter {

    private static final int SYNC = 0;
    private static final int INSIDE_PORT = 1;
    private static final String SYNCDEV = "em0";
    private static final String INSIDE = "em1";
    private static final String OUTSIDE = "em2";
    private static final List<String> INTERFACES = List.of(SYNCDEV, INSIDE, OUTSIDE);
    private static final int UPTIME = 1000;
    private static final int RULES = 4;
    private static final byte[] RULESET = "pfsync test rule".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String OWN_TRAFFIC_PASSES = "set skip on " + SYNCDEV + "\n";
    private static final String ALL_ELSE_IS_BLOCKED = """
        block all
        pass quick inet6 proto icmp6 icmp6-type neighbrsol no state
        pass quick inet6 proto icmp6 icmp6-type neighbradv no state
        """;

    private final String name;
    private final int number;
    private final Dialect dialect;
    private final Settings settings;
    private final Firewall firewall;
    private final Console console;
    private final LocalStates local;

    /**
     * Boots a firewall on the LANs.
     *
     * @param release what it should run
     * @param sabotage what is wrong with it
     * @param lans the sync LAN, the inside and the outside LAN
     * @param stations where its Ethernet addresses are noted by its IPv4 addresses
     */
    EmbeddedFirewall(
            Release release,
            Sabotage sabotage,
            int number,
            String name,
            long seed,
            EventLoop loop,
            List<VirtualLan> lans,
            Map<Integer, MacAddress> stations) {
        this.name = name;
        this.number = number;
        this.dialect = release.dialect();
        Release installed = sabotage.release(release);
        settings = Settings.of(installed)
                .hostname(name)
                .hostId(hostId())
                .rules(OWN_TRAFFIC_PASSES)
                .ruleset(RULES, RULESET)
                .uptimeSeconds(UPTIME)
                .forwarding(true)
                .seed(seed);
        for (int port = 0; port < INTERFACES.size(); port++) {
            settings.withInterface(INTERFACES.get(port), mac(port), addresses(port));
        }
        firewall = new Firewall(installed, settings, loop);
        for (int port = 0; port < INTERFACES.size(); port++) {
            Link link = lans.get(port).attach(name, mac(port));
            firewall.connect(
                    INTERFACES.get(port),
                    switch (port) {
                        case SYNC -> sabotage.syncLink(release, link, loop);
                        case INSIDE_PORT -> link;
                        default -> sabotage.outsideLink(link);
                    });
        }
        stations.put(Ipv4Address.parse(address()), mac(0));
        stations.put(Ipv4Address.parse(otherAddress()), mac(1));
        console = new Console(firewall, path -> {
            throw new IOException("No such file or directory");
        });
        local = new LocalStates(firewall, dialect);
    }

    /** Types a line on its console. */
    Answer typed(String line, String input) {
        return console.run(line, input);
    }

    private MacAddress mac(int port) {
        return MacAddress.parse("02:00:00:00:0" + port + ":0" + number);
    }

    private String[] addresses(int port) {
        String ipv4 = address(port, false) + "/24";
        return port == 0 ? new String[] {ipv4} : new String[] {ipv4, address(port, true) + "/64"};
    }

    private String address(int port, boolean inet6) {
        return inet6 ? "fd09:" + port + "::" + number : "10.9." + port + "." + number;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    private Pfsync pfsync() {
        return firewall.pfsync();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return address(0, false);
    }

    @Override
    public String otherAddress() {
        return address(1, false);
    }

    @Override
    public String addressOn(boolean inside, boolean inet6) {
        return address(inside ? 1 : 2, inet6);
    }

    @Override
    public String interfaceOn(boolean inside) {
        return inside ? INSIDE : OUTSIDE;
    }

    @Override
    public void loadRules(String rules) {
        try {
            firewall.load(Ruleset.parse(OWN_TRAFFIC_PASSES + ALL_ELSE_IS_BLOCKED + rules));
        } catch (RulesetException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public int hostId() {
        return 0xf1e50000 + number;
    }

    @Override
    public List<String> interfaces() {
        return INTERFACES;
    }

    @Override
    public Optional<String> stopped() {
        return firewall.stopped();
    }

    @Override
    public int mtu() {
        return pfsync().mtu();
    }

    @Override
    public Map<Counter, Long> counters() {
        return pfsync().statistics().snapshot();
    }

    @Override
    public List<StateView> table() {
        return firewall.export().stream().map(WireView::of).toList();
    }

    @Override
    public int demotion(String group) {
        return pfsync().demotion().value();
    }

    @Override
    public List<String> messages() {
        return firewall.messages();
    }

    @Override
    public Health health() {
        return new Health(
                Instant.ofEpochSecond(firewall.bootEpochSeconds()).toString(),
                messages(),
                List.of(new Health.Memory("packets held", pfsync().deferred(), 0)));
    }

    @Override
    public void comeUp() {
        boolean mustBeDown = firewall.release().rules().config().busyWhileRunning() && pfsync().running();
        pfsync().create();
        configure(() -> {
            if (mustBeDown) {
                pfsync().down();
            }
            pfsync().setSyncdev(SYNCDEV);
            pfsync().up();
        });
    }

    @Override
    public void down() {
        configure(() -> pfsync().down());
    }

    @Override
    public void up() {
        configure(() -> pfsync().up());
    }

    @Override
    public void setMaxupd(int updates) {
        configure(() -> pfsync().setMaxupd(updates));
    }

    @Override
    public void setSyncpeer(String address) {
        configure(() -> pfsync().setSyncpeer(Ipv4Address.parse(address)));
    }

    @Override
    public void setSyncdev(String device) {
        configure(() -> pfsync().setSyncdev(device));
    }

    @Override
    public String syncdev() {
        return SYNCDEV;
    }

    @Override
    public void setMtu(int bytes) {
        configure(() -> pfsync().setMtu(bytes));
    }

    @Override
    public void setDefer(boolean on) {
        pfsync().setDefer(on);
    }

    @Override
    public void setStateLimit(int states) {
        Settings ignored = settings.stateLimit(states);
    }

    @Override
    public void setPfEnabled(boolean on) {
        firewall.enablePf(on);
    }

    @Override
    public StateId addState(StateSpec spec) {
        return local.add(spec);
    }

    @Override
    public void touch(StateId id, StatePeer src, StatePeer dst) {
        State state = firewall.states().find(id.id(), id.creatorId());
        if (state == null) {
            throw new CannotTell("no packet can pass on the state " + id + ": " + name + " does not have it");
        }
        LocalStates.move(state.src, src);
        LocalStates.move(state.dst, dst);
        firewall.touch(state);
    }

    @Override
    public void kill(StateId id) {
        firewall.killById(id.id(), id.creatorId());
    }

    @Override
    public void flush(String ifname) {
        firewall.flushStates(ifname);
    }

    @Override
    public void setSecurityAssociation(SecurityAssociation association) {
        local.set(association);
    }

    @Override
    public void useSecurityAssociation(SecurityAssociation association, boolean outbound) {
        local.use(association, outbound);
    }

    @Override
    public Optional<SecurityAssociation> securityAssociation(int spi) {
        return local.securityAssociation(spi);
    }

    /** A setting as the pfsync interface takes it. */
    private interface Setting {
        void make() throws ConfigException;
    }

    private static void configure(Setting setting) {
        try {
            setting.make();
        } catch (ConfigException e) {
            throw new Refused(e.errno().name(), e.getMessage());
        }
    }
}
