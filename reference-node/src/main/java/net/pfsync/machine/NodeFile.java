package net.pfsync.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.pfsync.machine.NodeConfig.Door;
import net.pfsync.machine.NodeConfig.PfsyncSetup;
import net.pfsync.machine.NodeConfig.Port;
import net.pfsync.net.FaultyLink.Faults;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import net.pfsync.release.Release;
import net.pfsync.wire.NearMatch;
import net.pfsync.yaml.YamlException;
import net.pfsync.yaml.YamlMap;

/** Reads the configuration of a node. Every key stands with its meaning in {@code fixtures/nodes/example.yaml}. */
public final class NodeFile {

    private static final long LARGEST_HOST_ID = 0xffff_ffffL;
    private static final int LARGEST_PORT = 65_535;
    private static final int SMALLEST_MTU = 576;
    private static final int LARGEST_MTU = 9216;
    private static final int LARGEST_MAXUPD = 255;
    private static final int DEFAULT_MAXUPD = 128;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LONGEST_DELAY_MILLIS = 60_000;

    private final Path file;
    private final YamlMap root;

    private NodeFile(Path file, YamlMap root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file its path; files that it names are looked for beside it
     * @return what the node is to be
     * @throws YamlException if there is a mistake in it, or a file is missing; the message is one line with its place
     */
    public static NodeConfig read(Path file) {
        String text = text(file, YamlException::new);
        return new NodeFile(file, YamlMap.mapIn(file.toString(), text)).config();
    }

    private static String text(Path file, Function<String, YamlException> mistake) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw mistake.apply("there is no file " + file);
        } catch (IOException e) {
            throw mistake.apply(file + " cannot be read: " + e.getMessage());
        }
    }

    private NodeConfig config() {
        root.allow(Set.of(
                "hostname",
                "release",
                "host-id",
                "rules",
                "state-limit",
                "forwarding",
                "interfaces",
                "routes",
                "pfsync",
                "console",
                "seed"));
        Release release = release();
        List<Port> interfaces = interfaces(root.map("interfaces"));
        return new NodeConfig(
                root.text("hostname", "firewall"),
                release,
                (int) root.number("host-id", 1, LARGEST_HOST_ID),
                rules(),
                rulesFile(),
                (int) root.number(
                        "state-limit", 1, Integer.MAX_VALUE, release.defaults().stateLimit()),
                root.flag("forwarding", true),
                interfaces,
                routes(),
                root.has("pfsync") ? pfsync(root.map("pfsync"), interfaces) : null,
                root.has("console") ? door(root.map("console")) : null,
                root.has("seed") ? root.number("seed", Long.MIN_VALUE, Long.MAX_VALUE) : null);
    }

    private Release release() {
        List<String> names = Release.all().stream().map(Release::name).toList();
        String name = root.text("release");
        if (!names.contains(name)) {
            List<String> near = NearMatch.near(name, names);
            throw root.at(
                    "release",
                    "no such release: '" + name + "'" + (near.isEmpty() ? "" : "; near: " + String.join(", ", near))
                            + "; possible: " + String.join(", ", names));
        }
        return Release.of(name);
    }

    private Path rulesFile() {
        return root.has("rules") ? file.resolveSibling(root.text("rules")) : null;
    }

    private Ruleset rules() {
        if (!root.has("rules")) {
            return Ruleset.EMPTY;
        }
        Path rules = rulesFile();
        try {
            return Ruleset.parse(text(rules, problem -> root.at("rules", problem)));
        } catch (RulesetException e) {
            throw new YamlException(rules + ":" + e.line() + ":" + e.column() + ": "
                    + e.getMessage().replaceFirst("^line \\d+, column \\d+: ", ""));
        }
    }

    // ---- interfaces ----

    private static List<Port> interfaces(YamlMap all) {
        List<Port> ports = new ArrayList<>();
        Set<String> devices = new LinkedHashSet<>();
        Map<IpAddress, String> owners = new LinkedHashMap<>();
        for (String name : all.keys()) {
            if (!name.matches("[a-z]{1,11}[0-9]{1,3}")) {
                throw all.at(
                        name, "'" + name + "' is no name of an interface; it is letters and a number, such as em0");
            }
            Port port = port(name, all.map(name));
            if (!devices.add(port.device())) {
                throw all.map(name).at("device", port.device() + " is the device of another interface already");
            }
            for (IpPrefix address : port.addresses()) {
                String other = owners.putIfAbsent(address.address(), name);
                if (other != null) {
                    throw all.map(name).at("addresses", address.address() + " is an address of " + other + " already");
                }
            }
            ports.add(port);
        }
        return ports;
    }

    private static Port port(String name, YamlMap map) {
        map.allow(Set.of("device", "addresses", "mac", "mtu", "faults"));
        List<IpPrefix> addresses = new ArrayList<>();
        for (String text : map.has("addresses") ? map.texts("addresses") : List.<String>of()) {
            addresses.add(checked(
                    map,
                    "addresses",
                    text,
                    NodeFile::address,
                    "an address with the length of its network, such as 192.0.2.1/24"));
        }
        MacAddress mac = map.has("mac")
                ? checked(
                        map,
                        "mac",
                        map.text("mac"),
                        NodeFile::mac,
                        "the address of one station, such as 02:00:5e:00:53:01")
                : null;
        return new Port(
                name,
                map.text("device"),
                addresses,
                mac,
                (int) map.number("mtu", SMALLEST_MTU, LARGEST_MTU, 0),
                map.has("faults") ? faults(map.map("faults")) : Faults.NONE);
    }

    private static IpPrefix address(String text) {
        if (!text.contains("/")) {
            throw new IllegalArgumentException("no length");
        }
        return IpPrefix.parse(text);
    }

    private static MacAddress mac(String text) {
        MacAddress mac = MacAddress.parse(text);
        if (mac.group() || mac.value() == 0) {
            throw new IllegalArgumentException("nobody's address");
        }
        return mac;
    }

    /** Reads a value that has a form of its own. */
    private static <T> T checked(YamlMap map, String key, String text, Function<String, T> parser, String wanted) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw map.at(key, "'" + text + "' is not " + wanted);
        }
    }

    private static Faults faults(YamlMap map) {
        map.allow(Set.of("loss", "duplication", "corruption", "reordering", "delay-ms", "jitter-ms"));
        return new Faults(
                map.decimal("loss", 0, 1, 0),
                map.decimal("duplication", 0, 1, 0),
                map.decimal("corruption", 0, 1, 0),
                map.decimal("reordering", 0, 1, 0),
                (long) (map.decimal("delay-ms", 0, LONGEST_DELAY_MILLIS, 0) * NANOS_PER_MILLI),
                (long) (map.decimal("jitter-ms", 0, LONGEST_DELAY_MILLIS, 0) * NANOS_PER_MILLI));
    }

    private Map<IpPrefix, IpAddress> routes() {
        Map<IpPrefix, IpAddress> routes = new LinkedHashMap<>();
        for (YamlMap map : root.has("routes") ? root.maps("routes") : List.<YamlMap>of()) {
            map.allow(Set.of("network", "gateway"));
            routes.put(
                    checked(map, "network", map.text("network"), IpPrefix::parse, "a network, such as 0.0.0.0/0"),
                    checked(map, "gateway", map.text("gateway"), IpAddress::parse, "an address"));
        }
        return routes;
    }

    // ---- pfsync0 and the door ----

    private static PfsyncSetup pfsync(YamlMap map, List<Port> interfaces) {
        map.allow(Set.of("syncdev", "syncpeer", "maxupd", "defer", "mtu", "up"));
        String syncdev = map.text("syncdev", "");
        List<String> names = interfaces.stream().map(Port::name).toList();
        if (!syncdev.isEmpty() && !names.contains(syncdev)) {
            throw map.at("syncdev", "no interface " + syncdev + "; there are " + String.join(", ", names));
        }
        int syncpeer = map.has("syncpeer")
                ? checked(map, "syncpeer", map.text("syncpeer"), Ipv4Address::parse, "an IPv4 address")
                : 0;
        return new PfsyncSetup(
                syncdev,
                syncpeer,
                (int) map.number("maxupd", 0, LARGEST_MAXUPD, DEFAULT_MAXUPD),
                map.flag("defer", false),
                (int) map.number("mtu", 0, LARGEST_MTU, 0),
                map.flag("up", true));
    }

    private Door door(YamlMap map) {
        map.allow(Set.of("address", "port", "host-key", "authorized-keys"));
        return new Door(
                map.text("address", "127.0.0.1"),
                (int) map.number("port", 0, LARGEST_PORT),
                file.resolveSibling(map.text("host-key")),
                file.resolveSibling(map.text("authorized-keys")));
    }
}
