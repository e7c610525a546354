package net.pfsync.node;

import java.util.Map;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.IpStack;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.NetworkInterface;
import net.pfsync.pf.Ruleset;
import net.pfsync.sync.Host;

/** The machine as pfsync sees it. */
final class SyncHost implements Host {

    private final Settings settings;
    private final Uptime uptime;
    private final IpStack stack;
    private final Map<String, ? extends Link> links;
    private final SystemLog log;
    private final PacketPath path;
    private Ruleset rules;
    private boolean pfEnabled;
    private long pfSince;
    private int hostId;
    private int usualLimit;

    SyncHost(Settings settings, Uptime uptime, IpStack stack, Map<String, ? extends Link> links, SystemLog log) {
        this.settings = settings;
        this.uptime = uptime;
        this.stack = stack;
        this.links = links;
        this.log = log;
        this.path = new PacketPath(this, stack);
        this.rules = settings.rules;
        this.pfEnabled = settings.pfEnabled;
        this.hostId = settings.hostId;
    }

    PacketPath path() {
        return path;
    }

    /** With them comes their limit of states; without one it is what it was before any rules had one. */
    void rules(Ruleset loaded) {
        if (loaded.stateLimit() > 0) {
            usualLimit = usualLimit == 0 ? settings.stateLimit : usualLimit;
            settings.stateLimit = loaded.stateLimit();
        } else if (usualLimit > 0) {
            settings.stateLimit = usualLimit;
            usualLimit = 0;
        }
        rules = loaded;
    }

    void hostId(int id) {
        hostId = id;
    }

    /** Whether that was a change. */
    boolean enablePf(boolean enabled) {
        if (pfEnabled == enabled) {
            return false;
        }
        pfEnabled = enabled;
        pfSince = uptime.seconds();
        return true;
    }

    /** When pf was switched on or off, in seconds of uptime. */
    long pfSince() {
        return pfSince;
    }

    @Override
    public int hostId() {
        return hostId;
    }

    @Override
    public int uptimeSeconds() {
        return (int) uptime.seconds();
    }

    @Override
    public boolean pfEnabled() {
        return pfEnabled;
    }

    @Override
    public boolean debugMisc() {
        return settings.debugMisc;
    }

    @Override
    public int stateLimit() {
        return settings.stateLimit;
    }

    @Override
    public byte[] rulesetChecksum() {
        return settings.rulesetChecksum == null ? rules.checksum() : settings.rulesetChecksum;
    }

    @Override
    public int ruleCount() {
        return settings.rulesetChecksum == null ? rules.size() : settings.ruleCount;
    }

    @Override
    public Port port(String name) {
        NetworkInterface found = stack.named(name);
        return found == null ? null : new Port(name, ipv4(found), found.mtu(), true);
    }

    private static int ipv4(NetworkInterface at) {
        return at.addresses().stream()
                .map(IpPrefix::address)
                .filter(address -> !address.inet6())
                .mapToInt(IpAddress::ipv4)
                .findFirst()
                .orElse(0);
    }

    @Override
    public boolean linkUp(String name) {
        Link link = links.get(name);
        return link != null && link.up();
    }

    @Override
    public boolean output(String name, byte[] packet) {
        if (!links.containsKey(name)) {
            return false;
        }
        byte[] frame = Ip.frame(packet);
        if (Ipv4Address.multicast(Ip.destination(frame).ipv4())) {
            path.whenIdle(() -> stack.send(stack.named(name), frame));
            return true;
        }
        if (!stack.reaches(frame)) {
            return false;
        }
        path.whenIdle(() -> stack.send(frame));
        return true;
    }

    @Override
    public void log(String line) {
        log.add(line);
    }
}
