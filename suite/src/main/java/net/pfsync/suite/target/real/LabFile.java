package net.pfsync.suite.target.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.release.Release;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.Door;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.LanEntry;
import net.pfsync.suite.target.real.LabConfig.ManualDoor;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.LabConfig.RelayPlace;
import net.pfsync.wire.NearMatch;
import net.pfsync.yaml.YamlException;
import net.pfsync.yaml.YamlMap;

/** Reads a lab file. Every key stands with its meaning in {@code fixtures/labs/netns.yaml}. */
public final class LabFile {

    /** The release of a lab whose firewalls are asked what they are. */
    public static final String AUTO = "auto";

    /** SSH's port. */
    static final int SSH = 22;

    /** The console of a firewall at which a person types. */
    private static final String MANUAL = "manual";

    /** Where the program is on a relay, seen from the user's home. */
    private static final String PROGRAM = "ci/pfsync";

    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._~-]+");
    private static final int LARGEST_PORT = 65_535;
    private static final double SLOWEST = 100;
    /** A case waits no longer for anything. */
    private static final int LONGEST_BOOT = 180;

    private static final Set<String> FIREWALLS = Set.of("a", "b", "c");
    private static final Pattern CONSOLE = Pattern.compile("ssh://([^@/:\\s]+)@([^@/:\\s]+)(?::([0-9]{1,5}))?");

    private final Path file;
    private final YamlMap root;
    private final Map<String, String> owners = new HashMap<>();

    private LabFile(Path file, YamlMap root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file its path; files that it names are looked for beside it
     * @return the lab
     * @throws YamlException if there is a mistake in it; the message is one line with its place
     */
    public static LabConfig read(Path file) {
        try {
            return new LabFile(file, YamlMap.mapIn(file.toString(), Files.readString(file))).config();
        } catch (NoSuchFileException e) {
            throw new YamlException("there is no lab file " + file + "; the lab 'embedded' needs none");
        } catch (IOException e) {
            throw new YamlException("the lab file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private LabConfig config() {
        root.allow(Set.of(
                "name", "release", "mode", "sync", "inside", "outside", "time-factor", "comes-back", "firewalls"));
        String name = root.text("name");
        String release = release(root, AUTO);
        Mode mode = root.has("mode") ? root.word("mode", Mode.class) : Mode.SAFE;
        YamlMap sync = root.map("sync");
        sync.allow(Set.of("interface", "address", "relay", "key", "known-hosts", "become", "program"));
        String syncInterface = sync.text("interface");
        String probe = address(sync, "address", "the probe");
        RelayPlace relay = relay(sync);
        LanEntry inside = lan("inside");
        LanEntry outside = lan("outside");
        Patience patience = patience();
        List<FirewallEntry> firewalls = firewalls(root.map("firewalls"));
        return new LabConfig(name, release, mode, syncInterface, probe, relay, inside, outside, patience, firewalls);
    }

    private Patience patience() {
        double factor = root.decimal("time-factor", 1, SLOWEST, Patience.USUAL.factor());
        long usual = Patience.USUAL.comesBack().toSeconds();
        return new Patience(factor, Duration.ofSeconds(root.number("comes-back", 0, LONGEST_BOOT, usual)));
    }

    private RelayPlace relay(YamlMap sync) {
        if (!sync.has("relay")) {
            for (String key : List.of("key", "known-hosts", "become", "program")) {
                if (sync.has(key)) {
                    throw sync.at(key, "'" + key + "' belongs to a relay, such as relay: \"ssh://root@tester\"");
                }
            }
            return null;
        }
        String program = sync.text("program", PROGRAM);
        if (!PLAIN_PATH.matcher(program).matches()) {
            throw sync.at("program", "'" + program + "' is not a path of letters, digits and / . _ - ~ alone");
        }
        if (!PLAIN_PATH.matcher(sync.text("interface")).matches()) {
            throw sync.at("interface", "'" + sync.text("interface") + "' is no interface of a relay");
        }
        return new RelayPlace(ssh(sync, "relay"), program);
    }

    private static String release(YamlMap map, String otherwise) {
        String name = map.text("release", otherwise);
        List<String> names = Release.all().stream().map(Release::name).toList();
        if (!name.equals(otherwise) && !name.equals(AUTO) && !names.contains(name)) {
            List<String> near = NearMatch.near(name, names);
            throw map.at(
                    "release",
                    "no such release: '" + name + "'" + (near.isEmpty() ? "" : "; near: " + String.join(", ", near))
                            + "; possible: auto, " + String.join(", ", names));
        }
        return name;
    }

    private LanEntry lan(String side) {
        if (!root.has(side)) {
            return null;
        }
        YamlMap map = root.map(side);
        map.allow(Set.of("interface", "network"));
        String network = map.text("network");
        try {
            return new LanEntry(map.text("interface"), IpPrefix.parse(network));
        } catch (IllegalArgumentException e) {
            throw map.at("network", "'" + network + "' is not a network, such as 192.0.2.0/24");
        }
    }

    private List<FirewallEntry> firewalls(YamlMap all) {
        all.allow(FIREWALLS);
        List<FirewallEntry> entries = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            if (name.equals("a") || all.has(name)) {
                entries.add(firewall(name, all.map(name)));
            }
        }
        return entries;
    }

    private FirewallEntry firewall(String name, YamlMap map) {
        map.allow(Set.of(
                "console", "become", "key", "known-hosts", "system", "sync-address", "sync-interface", "release"));
        Door door = door(map);
        if (!(door instanceof ConsoleAddress)) {
            for (String key : List.of("key", "known-hosts", "become")) {
                if (map.has(key)) {
                    throw map.at(key, "'" + key + "' belongs to a console, such as console: \"ssh://root@10.0.0.1\"");
                }
            }
        }
        Platform system = map.has("system") ? map.word("system", Platform.class) : Platform.OPENBSD;
        String address = address(map, "sync-address", "firewall " + name);
        String syncInterface = door instanceof NoDoor ? map.text("sync-interface", "") : map.text("sync-interface");
        return new FirewallEntry(name, door, system, address, syncInterface, release(map, ""));
    }

    private Door door(YamlMap map) {
        if (!map.has("console")) {
            return new NoDoor();
        }
        return map.text("console").equals(MANUAL) ? new ManualDoor() : ssh(map, "console");
    }

    private ConsoleAddress ssh(YamlMap map, String where) {
        String text = map.text(where);
        Matcher matcher = CONSOLE.matcher(text);
        int port = matcher.matches() && matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : SSH;
        if (!matcher.matches() || port == 0 || port > LARGEST_PORT) {
            throw map.at(
                    where,
                    "'" + text + "' is not a " + where + ", such as ssh://root@10.0.0.1 or ssh://root@fw:2222"
                            + (where.equals("console") ? ", or manual" : ""));
        }
        return new ConsoleAddress(
                matcher.group(1),
                matcher.group(2),
                port,
                map.has("key") ? beside(map, "key") : null,
                beside(map, "known-hosts"),
                map.text("become", ""));
    }

    private Path beside(YamlMap map, String key) {
        return file.resolveSibling(map.text(key)).normalize();
    }

    private String address(YamlMap map, String key, String owner) {
        String text = map.text(key);
        try {
            Ipv4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw map.at(key, "'" + text + "' is not an IPv4 address");
        }
        String other = owners.putIfAbsent(text, owner);
        if (other != null) {
            throw map.at(key, text + " is the address of " + other + " already");
        }
        return text;
    }
}
