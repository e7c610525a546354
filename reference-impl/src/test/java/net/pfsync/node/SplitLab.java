package net.pfsync.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.pfsync.net.Ethernet;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.VirtualTime;

/**
 * Two firewalls side by side between an inside and an outside LAN, with a host on each, as in the thesis.
 *
 * <pre>
 *   client 10.7.1.2 ---+--- A 10.7.1.11 | 10.7.2.11 ---+--- server 10.7.2.2
 *                      +--- B 10.7.1.12 | 10.7.2.12 ---+
 *                           A 10.7.0.1, B 10.7.0.2 on the sync LAN
 * </pre>
 *
 * <p>IPv6 is the same with fd00:1::11 and so on. The hosts' routes say through whom their packets go.
 */
final class SplitLab {

    static final String CLIENT = "10.7.1.2";
    static final String SERVER = "10.7.2.2";
    static final String CLIENT6 = "fd00:1::2";
    static final String SERVER6 = "fd00:2::2";
    private static final Duration LATENCY = Duration.ofNanos(50_000);

    final VirtualTime time = new VirtualTime(1_800_000_000L);
    final VirtualLan inside = new VirtualLan(time, LATENCY);
    final VirtualLan outside = new VirtualLan(time, LATENCY);
    final VirtualLan sync = new VirtualLan(time, LATENCY);
    final VirtualHost client =
            new VirtualHost("client", time, inside.attach("client", mac(1, 2)), CLIENT + "/24", CLIENT6 + "/64");
    final VirtualHost server =
            new VirtualHost("server", time, outside.attach("server", mac(2, 2)), SERVER + "/24", SERVER6 + "/64");
    /** Every frame on the sync LAN, ARP left out. */
    final List<byte[]> syncFrames = new ArrayList<>();

    final Firewall a;
    final Firewall b;

    /** Both firewalls run the same release with the same rules; their pfsync interfaces are not there yet. */
    SplitLab(Release release, String rules) {
        this(release, rules, settings -> settings);
    }

    /** The same with something set otherwise on both. */
    SplitLab(Release release, String rules, UnaryOperator<Settings> otherwise) {
        a = firewall(release, rules, 1, "a", otherwise);
        b = firewall(release, rules, 2, "b", otherwise);
        sync.tap((nanos, station, frame) -> {
            if (Ethernet.type(frame) == Ethernet.IPV4) {
                syncFrames.add(frame);
            }
        });
        clientThrough(1);
        serverThrough(1);
    }

    static MacAddress mac(int lan, int station) {
        return new MacAddress(0x0000_5e00_5300L + 0x10L * lan + station);
    }

    private Firewall firewall(
            Release release, String rules, int number, String name, UnaryOperator<Settings> otherwise) {
        Settings settings = Settings.of(release)
                .hostname(name)
                .hostId(0xa0 + number)
                .withInterface("em0", mac(0, number), "10.7.0." + number + "/24")
                .withInterface("em1", mac(1, 10 + number), "10.7.1.1" + number + "/24", "fd00:1::1" + number + "/64")
                .withInterface("em2", mac(2, 10 + number), "10.7.2.1" + number + "/24", "fd00:2::1" + number + "/64")
                .forwarding(true)
                .rules(rules);
        Firewall made = new Firewall(release, otherwise.apply(settings), time);
        made.connect("em0", sync.attach(name, mac(0, number)));
        made.connect("em1", inside.attach(name, mac(1, 10 + number)));
        made.connect("em2", outside.attach(name, mac(2, 10 + number)));
        return made;
    }

    /** The client's packets go through firewall 1 or 2. */
    void clientThrough(int number) {
        client.route("10.7.2.0/24", "10.7.1.1" + number);
        client.route("fd00:2::/64", "fd00:1::1" + number);
    }

    /** The server's packets go through firewall 1 or 2. */
    void serverThrough(int number) {
        server.route("10.7.1.0/24", "10.7.2.1" + number);
        server.route("fd00:1::/64", "fd00:2::1" + number);
    }

    /** Brings pfsync up on both, and waits until both have given up asking for states or have them. */
    SplitLab synchronised() throws ConfigException {
        for (Firewall each : List.of(a, b)) {
            each.pfsync().create();
            each.pfsync().setSyncdev("em0");
            each.pfsync().up();
        }
        time.advanceUntil(() -> !a.pfsync().waitingForBulk() && !b.pfsync().waitingForBulk(), Duration.ofMinutes(2));
        pass(2000);
        syncFrames.clear();
        return this;
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }
}
