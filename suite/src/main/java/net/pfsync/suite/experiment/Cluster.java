package net.pfsync.suite.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Jitter;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.VirtualTime;

/**
 * Two firewalls side by side between a client and a server, on virtual time.
 *
 * <pre>
 *   client 192.0.2.10 ---+--- A 192.0.2.1 | 198.51.100.1 ---+--- server 198.51.100.10
 *                        +--- B 192.0.2.2 | 198.51.100.2 ---+
 *                             A 203.0.113.1, B 203.0.113.2 on the sync LAN
 * </pre>
 *
 * <p>IPv6 is the same with 2001:db8:1::1 inside and 2001:db8:2::1 outside. The hosts' routes say through whom their packets go. Frames take 50 µs
 * and up to 5 µs more: on perfectly regular LANs all races between packets and updates are decided in the same way.
 */
public final class Cluster {

    /** The server's IPv4 address. */
    public static final IpAddress SERVER = IpAddress.parse("198.51.100.10");
    /** The server's IPv6 address. */
    public static final IpAddress SERVER6 = IpAddress.parse("2001:db8:2::10");

    /** The interface on the sync LAN. */
    public static final String SYNC = "em0";
    /** The interface on the inside LAN. */
    public static final String INSIDE = "em1";
    /** The interface on the outside LAN. */
    public static final String OUTSIDE = "em2";

    private static final long EPOCH = 1_800_000_000L;
    private static final Duration LATENCY = Duration.ofNanos(50_000);
    private static final Duration JITTER = Duration.ofNanos(5_000);
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(5);
    private static final int HOST_STATION = 0x10;
    private static final List<String> PORTS = List.of(SYNC, INSIDE, OUTSIDE);

    private final VirtualTime time = new VirtualTime(EPOCH);
    private final Release release;
    private final String rules;
    private final long seed;
    private final List<VirtualLan> lans;
    private final VirtualHost client;
    private final VirtualHost server;
    private final Map<Integer, List<Link>> links = new HashMap<>();
    private int boots;

    /**
     * Makes LANs and hosts; firewalls are booted by {@link #boot}.
     *
     * @param release what the firewalls run
     * @param rules what they let pass, in the syntax of pf.conf
     * @param seed of everything that is random
     */
    public Cluster(Release release, String rules, long seed) {
        this.release = release;
        this.rules = rules;
        this.seed = seed;
        this.lans = List.of(lan(0), lan(1), lan(2));
        this.client = host("client", 1, "192.0.2.10/24", "2001:db8:1::10/64");
        this.server = host("server", 2, "198.51.100.10/24", "2001:db8:2::10/64");
    }

    private VirtualLan lan(int number) {
        VirtualLan lan = new VirtualLan(time, LATENCY);
        lan.conditions(jitter(number));
        return lan;
    }

    private VirtualHost host(String name, int lan, String... addresses) {
        VirtualHost host = new VirtualHost(name, time, lans.get(lan).attach(name, mac(lan, HOST_STATION)), addresses);
        host.log().limit(0);
        return host;
    }

    private static MacAddress mac(int lan, int station) {
        return new MacAddress(0x0000_5e00_5300L + 0x20L * lan + station);
    }

    /**
     * Boots a firewall, with no pfsync interface yet. It takes the cables of the one that had its number before, which must be
     * {@link Firewall#powerOff off}.
     *
     * @param number 1 for A, 2 for B
     * @return the firewall, connected to its three LANs
     */
    public Firewall boot(int number) {
        boots++;
        Settings settings = Settings.of(release)
                .hostname(name(number))
                .hostId(0xf1000000 + number)
                .seed(seed + boots)
                .withInterface(SYNC, mac(0, number), "203.0.113." + number + "/24")
                .withInterface(INSIDE, mac(1, number), "192.0.2." + number + "/24", "2001:db8:1::" + number + "/64")
                .withInterface(OUTSIDE, mac(2, number), "198.51.100." + number + "/24", "2001:db8:2::" + number + "/64")
                .forwarding(true)
                .rules(rules);
        Firewall firewall = new Firewall(release, settings, time);
        List<Link> own = links.computeIfAbsent(number, this::attach);
        for (int port = 0; port < PORTS.size(); port++) {
            firewall.connect(PORTS.get(port), own.get(port));
        }
        return firewall;
    }

    private List<Link> attach(int number) {
        List<Link> attached = new ArrayList<>();
        for (int port = 0; port < PORTS.size(); port++) {
            attached.add(lans.get(port).attach(name(number), mac(port, number)));
        }
        return attached;
    }

    /**
     * The name of a firewall on its LANs.
     *
     * @param number 1 or 2
     * @return {@code A} or {@code B}
     */
    public static String name(int number) {
        return number == 1 ? "A" : "B";
    }

    /**
     * Makes pfsync0 on firewalls, brings it up, and waits until none of them asks for states any more.
     *
     * @param defer whether first packets are held
     * @param firewalls which
     */
    public void synchronise(boolean defer, List<Firewall> firewalls) {
        firewalls.forEach(firewall -> up(firewall, defer));
        time.advanceUntil(
                () -> firewalls.stream().noneMatch(firewall -> firewall.pfsync().waitingForBulk()), LONGEST_REQUEST);
    }

    private static void up(Firewall firewall, boolean defer) {
        try {
            firewall.pfsync().create();
            firewall.pfsync().setSyncdev(SYNC);
            firewall.pfsync().setDefer(defer);
            firewall.pfsync().up();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Says through whom packets go out and come back.
     *
     * @param out the firewall that the client's packets take, 1 for A and 2 for B
     * @param back the firewall that the server's packets take
     */
    public void paths(int out, int back) {
        client.route("198.51.100.0/24", "192.0.2." + out);
        client.route("2001:db8:2::/64", "2001:db8:1::" + out);
        server.route("192.0.2.0/24", "198.51.100." + back);
        server.route("2001:db8:1::/64", "2001:db8:2::" + back);
    }

    /** The clock of everything. */
    public VirtualTime time() {
        return time;
    }

    /** How late frames are on a LAN of this cluster unless somebody says otherwise. */
    private VirtualLan.Conditions jitter(int lan) {
        return new Jitter(time, JITTER, seed * PORTS.size() + lan);
    }

    /**
     * Loses some of pfsync's frames from now on.
     *
     * @param share of all frames, 0 for none to 1 for all
     */
    public void loseSyncFrames(double share) {
        VirtualLan.Conditions late = jitter(0);
        SplittableRandom random = new SplittableRandom(time.nanos() ^ seed);
        syncLan()
                .conditions((station, frame) ->
                        random.nextDouble() < share ? VirtualLan.Conditions.LOST : late.delayNanos(station, frame));
    }

    /** Where pfsync's frames go. */
    public VirtualLan syncLan() {
        return lans.get(0);
    }

    /** The client's LAN. */
    public VirtualLan insideLan() {
        return lans.get(1);
    }

    /** The server's LAN. */
    public VirtualLan outsideLan() {
        return lans.get(2);
    }

    /** The host on the inside LAN. */
    public VirtualHost client() {
        return client;
    }

    /** The host on the outside LAN. */
    public VirtualHost server() {
        return server;
    }
}
