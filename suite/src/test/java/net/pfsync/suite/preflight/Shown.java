package net.pfsync.suite.preflight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.net.Ethernet;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.preflight.Site.Place;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.LanEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.FrameBuilder;

/** A lab of two firewalls in which everything is right, until a test says otherwise. */
final class Shown {

    private static final String PFSYNC = """
        pfsync0: flags=41<UP,RUNNING> mtu 1500
        \tindex 14 priority 0 llprio 3
        \tpfsync: syncdev: em0 maxupd: 128 defer: off
        """;
    private static final String DEVICE = """
        em0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500
        \tlladdr 52:54:00:01:00:00
        """;

    private final Map<String, Map<String, String>> consoles = new LinkedHashMap<>();
    private final List<SyncPacket> heard = new ArrayList<>();
    private Place place = new Place("", true, 1500, "");
    private String release = "openbsd-7.6";
    private List<IpPrefix> networks = List.of();

    Shown() {
        for (String name : List.of("a", "b")) {
            prints(name, "pfctl -s info -v", "Status: Enabled for 0 days\n\nHostid:   0x0000000" + name + "\n");
            prints(name, "ifconfig pfsync0", PFSYNC);
            prints(name, "ifconfig em0", DEVICE);
            prints(name, "pfctl -s rules", "pass quick on em0 proto pfsync\npass all flags S/SA\n");
            prints(name, "sysctl -n net.inet.ip.forwarding", "1\n");
            prints(name, "netstat -rn", "Routing tables\n\nInternet:\n10.0.0/24          10.0.0.1  UCn  em0\n");
            prints(name, "pfctl -s states -vv", "");
            prints(name, "date +%s", "1000\n");
        }
    }

    /** What a firewall prints from now on; null for a command that fails. */
    Shown prints(String firewall, String command, String text) {
        consoles.computeIfAbsent(firewall, name -> new LinkedHashMap<>()).put(command, text);
        return this;
    }

    /** Something in what a firewall prints is another thing. */
    Shown differs(String firewall, String command, String part, String other) {
        String text = consoles.get(firewall).get(command);
        if (!text.contains(part)) {
            throw new IllegalArgumentException(part);
        }
        return prints(firewall, command, text.replace(part, other));
    }

    Shown withoutConsole(String firewall) {
        consoles.put(firewall, null);
        return this;
    }

    Shown place(Place other) {
        place = other;
        return this;
    }

    Shown release(String name) {
        release = name;
        return this;
    }

    Shown networks(String... all) {
        networks = List.of(all).stream().map(IpPrefix::parse).toList();
        return this;
    }

    Shown heard(FrameBuilder frame) {
        byte[] bytes = Ethernet.frame(MacAddress.BROADCAST, new MacAddress(2), frame.build());
        heard.add(SyncPacket.of(new CapturedFrame(1, 0, LinkType.ETHERNET, bytes, bytes.length)));
        return this;
    }

    Site site() {
        Path none = Path.of("none");
        List<FirewallEntry> entries = new ArrayList<>();
        List<AskedFirewall> asked = new ArrayList<>();
        consoles.forEach((name, texts) -> {
            FirewallEntry entry = new FirewallEntry(
                    name,
                    texts == null ? new NoDoor() : new ConsoleAddress("root", "fw-" + name, 22, none, none, ""),
                    Platform.OPENBSD,
                    name.equals("a") ? "10.9.0.1" : "10.9.0.2",
                    "em0");
            entries.add(entry);
            asked.add(
                    texts == null
                            ? AskedFirewall.without(entry)
                            : texts.containsKey("unreachable")
                                    ? AskedFirewall.unreachable(entry, texts.get("unreachable"))
                                    : AskedFirewall.at(entry, console(texts)));
        });
        LabConfig lab = new LabConfig(
                "lab",
                release,
                Mode.SAFE,
                "eth1",
                "10.9.0.9",
                null,
                lan(0),
                lan(1),
                Patience.USUAL,
                List.copyOf(entries));
        return new Site(lab, place, List.copyOf(asked), List.copyOf(heard), Duration.ofSeconds(3));
    }

    private LanEntry lan(int number) {
        return number < networks.size() ? new LanEntry("eth" + (2 + number), networks.get(number)) : null;
    }

    private static Remote console(Map<String, String> texts) {
        return new Remote() {
            @Override
            public Output run(String command, String input) {
                if (texts.containsKey("lost")) {
                    throw new CannotTell(texts.get("lost"));
                }
                String text = texts.get(command);
                return text == null ? new Output("", "not found\n", 1) : new Output(text, "", 0);
            }

            @Override
            public void close() {
                // There is no connection.
            }
        };
    }
}
