package net.pfsync.suite.target.real;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.pfsync.net.IpPrefix;
import net.pfsync.suite.target.Health.Memory;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;

/** What OpenBSD's tools print about pfsync and interfaces, read back. Source: TEXT-FORMATS.md 6 and 7, and the recorded outputs. */
public final class ConsoleText {

    private static final int HEX = 16;
    private static final Pattern COUNT = Pattern.compile("\\t+(\\d+) (\\S.*)");
    private static final Pattern DEMOTION = Pattern.compile("([a-z]+): carp demote count (-?\\d+)");
    private static final Pattern INTERFACE =
            Pattern.compile("([a-z]+\\d+): flags=[0-9a-f]+<([A-Z0-9,]*)>(?: mtu (\\d+))?");
    private static final Pattern MAC = Pattern.compile("\\tlladdr ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})");
    private static final Pattern MBUFS = Pattern.compile("(?m)^(\\d+) mbufs? in use:$");
    private static final Pattern DENIED = Pattern.compile("(?m)^(\\d+) requests? for memory denied$");

    /** A card's receive ring is filled and emptied: the recorded outputs of one session have 107 to 114. */
    private static final long MBUF_SWING = 64;

    private static final Pattern INET = Pattern.compile("\\tinet (\\S+) netmask 0x([0-9a-f]{8})(?: .*)?");
    private static final Pattern INET6 = Pattern.compile("\\tinet6 ([0-9a-f:.]+) prefixlen (\\d{1,3})(?: .*)?");
    private static final Pattern PFSYNC = Pattern.compile(
            "(?m)^\\tpfsync: syncdev: (\\S+)(?: syncpeer: (\\S+))? maxupd: (\\d{1,3}) defer: (on|off)$");
    private static final Pattern STATUS = Pattern.compile("(?m)^Status: (Enabled|Disabled)");
    /** How many updates of a state pfsync0 collects unless told. */
    static final int DEFAULT_MAXUPD = 128;

    private static final Pattern HOST_ID = Pattern.compile("(?m)^Hostid: +0x([0-9a-f]{8})$");

    private static final Pattern CHECKSUM = Pattern.compile("(?m)^Checksum: 0x([0-9a-f]{32})$");
    private static final Pattern PARAMETERS =
            Pattern.compile("(?m)^\\t(?:pfsync: )?((?:(?:syncdev|syncpeer|maxupd|defer): \\S+ ?)+)$");
    private static final Pattern TIMEOUT = Pattern.compile("(?m)^([a-z.]+) +(\\d+)s$");

    /** What stands behind a number, in the singular; a plural differs by its {@code s} alone. */
    private static final Map<String, Counter> COUNTERS = Map.ofEntries(
            Map.entry("packet received (IPv4)", Counter.IPACKETS),
            Map.entry("packet received (IPv6)", Counter.IPACKETS6),
            Map.entry("packet discarded for bad interface", Counter.BADIF),
            Map.entry("packet discarded for bad ttl", Counter.BADTTL),
            Map.entry("packet shorter than header", Counter.HDROPS),
            Map.entry("packet discarded for bad version", Counter.BADVER),
            Map.entry("packet discarded for bad HMAC", Counter.BADAUTH),
            Map.entry("packet discarded for bad action", Counter.BADACT),
            Map.entry("packet discarded for short packet", Counter.BADLEN),
            Map.entry("state discarded for bad values", Counter.BADVAL),
            Map.entry("stale state", Counter.STALE),
            Map.entry("failed state lookup/insert", Counter.BADSTATE),
            Map.entry("packet sent (IPv4)", Counter.OPACKETS),
            Map.entry("packet sent (IPv6)", Counter.OPACKETS6),
            Map.entry("send failed due to mbuf memory error", Counter.ONOMEM),
            Map.entry("send error", Counter.OERRORS));

    private static final Pattern PLURAL = Pattern.compile("(packet|state|insert|error)s(?= |$)");

    private ConsoleText() {}

    /**
     * {@code netstat -s -p pfsync}.
     *
     * @param text what it printed
     * @return every counter
     * @throws CannotTell if one is missing, or a line is none of its lines
     */
    public static Map<Counter, Long> counters(String text) {
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals("pfsync:")) {
            throw unreadable("the pfsync statistics", text);
        }
        for (String line : lines.subList(1, lines.size())) {
            Matcher matcher = COUNT.matcher(line);
            Counter counter = matcher.matches()
                    ? COUNTERS.get(PLURAL.matcher(matcher.group(2)).replaceAll("$1"))
                    : null;
            if (counter == null || counters.put(counter, number(matcher.group(1), line)) != null) {
                throw unreadable("a line of the pfsync statistics", line);
            }
        }
        for (Counter counter : COUNTERS.values()) {
            if (!counters.containsKey(counter)) {
                throw new CannotTell("the pfsync statistics end before " + counter);
            }
        }
        return counters;
    }

    private static long number(String digits, String line) {
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw unreadable("a line of the pfsync statistics", line);
        }
    }

    /**
     * {@code ifconfig -g GROUP}.
     *
     * @param group the interface group
     * @param text what it printed
     * @return the group's demotion
     */
    public static int demotion(String group, String text) {
        Matcher matcher = DEMOTION.matcher(text.strip());
        if (!matcher.matches() || !matcher.group(1).equals(group)) {
            throw unreadable("the demotion of " + group, text);
        }
        return Integer.parseInt(matcher.group(2));
    }

    /**
     * An interface.
     *
     * @param name its name
     * @param running whether it is up and running
     * @param mtu in bytes, 0 where it has none
     * @param mac its Ethernet address as text, empty without
     * @param addresses its IPv4 and IPv6 addresses, those of the link alone left out
     */
    public record Interface(String name, boolean running, int mtu, String mac, List<IpPrefix> addresses) {}

    /**
     * {@code ifconfig}, {@code ifconfig -a} or {@code ifconfig IF}.
     *
     * @param text what it printed
     * @return the interfaces in its order, at least one
     */
    public static List<Interface> interfaces(String text) {
        List<Interface> found = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher head = INTERFACE.matcher(line);
            Matcher mac = MAC.matcher(line);
            if (head.matches()) {
                List<String> flags = List.of(head.group(2).split(",", -1));
                boolean running = flags.contains("UP") && flags.contains("RUNNING");
                int mtu = head.group(3) == null ? 0 : Integer.parseInt(head.group(3));
                found.add(new Interface(head.group(1), running, mtu, "", List.of()));
            } else if (!line.startsWith("\t") || found.isEmpty()) {
                throw unreadable("an interface", line);
            } else if (mac.matches()) {
                Interface last = found.removeLast();
                found.add(new Interface(last.name(), last.running(), last.mtu(), mac.group(1), last.addresses()));
            } else {
                address(line).ifPresent(address -> {
                    Interface last = found.removeLast();
                    List<IpPrefix> more = Stream.concat(last.addresses().stream(), Stream.of(address))
                            .toList();
                    found.add(new Interface(last.name(), last.running(), last.mtu(), last.mac(), more));
                });
            }
        }
        if (found.isEmpty()) {
            throw unreadable("an interface", text);
        }
        return found;
    }

    private static Optional<IpPrefix> address(String line) {
        Matcher inet = INET.matcher(line);
        Matcher inet6 = INET6.matcher(line);
        try {
            if (inet.matches()) {
                int mask = Integer.parseUnsignedInt(inet.group(2), HEX);
                return Optional.of(IpPrefix.parse(inet.group(1) + "/" + Integer.bitCount(mask)));
            }
            return inet6.matches()
                    ? Optional.of(IpPrefix.parse(inet6.group(1) + "/" + inet6.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw unreadable("an address", line);
        }
    }

    /**
     * How pfsync0 is set up.
     *
     * @param running whether it is up and running
     * @param mtu in bytes
     * @param syncdev its sync interface, empty without
     * @param syncpeer its peer's address, empty for the group
     * @param maxupd how many updates of a state it collects
     * @param defer whether it holds first packets back
     */
    record Pfsync(boolean running, int mtu, String syncdev, String syncpeer, int maxupd, boolean defer) {}

    /**
     * {@code ifconfig pfsync0}.
     *
     * @param text what it printed
     * @return its settings; without a sync interface it shows no others, which are then the defaults
     */
    static Pfsync pfsync(String text) {
        Interface own = interfaces(text).getFirst();
        Matcher settings = PFSYNC.matcher(text);
        return settings.find()
                ? new Pfsync(
                        own.running(),
                        own.mtu(),
                        settings.group(1),
                        settings.group(2) == null ? "" : settings.group(2),
                        Integer.parseInt(settings.group(3)),
                        settings.group(4).equals("on"))
                : new Pfsync(own.running(), own.mtu(), "", "", DEFAULT_MAXUPD, false);
    }

    /**
     * {@code pfctl -s info}.
     *
     * @param text what it printed
     * @return whether pf is enabled
     */
    static boolean enabled(String text) {
        Matcher matcher = STATUS.matcher(text);
        if (!matcher.find()) {
            throw unreadable("whether pf is enabled", text);
        }
        return matcher.group(1).equals("Enabled");
    }

    /**
     * {@code pfctl -s info -v}.
     *
     * @param text what it printed
     * @return the host id
     */
    public static int hostId(String text) {
        Matcher matcher = HOST_ID.matcher(text);
        if (!matcher.find()) {
            throw unreadable("the host id", text);
        }
        return Integer.parseUnsignedInt(matcher.group(1), HEX);
    }

    /**
     * {@code netstat -m}.
     *
     * @param text what it printed
     * @return the mbufs in use, and the requests for memory that were denied
     */
    static List<Memory> memory(String text) {
        return List.of(
                memory(MBUFS, "mbufs in use", MBUF_SWING, text), memory(DENIED, "requests for memory denied", 0, text));
    }

    private static Memory memory(Pattern pattern, String what, long swing, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw unreadable("the " + what, text);
        }
        return new Memory(what, number(matcher.group(1), matcher.group()), swing);
    }

    /**
     * {@code pfctl -s info -v}.
     *
     * @param text what it printed
     * @return the checksum of the ruleset, empty if it is not shown
     */
    public static String rulesetChecksum(String text) {
        Matcher matcher = CHECKSUM.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /**
     * What {@code ifconfig pfsync0} shows of pfsync.
     *
     * @param text what it printed
     * @return {@code syncdev}, {@code syncpeer}, {@code maxupd} and {@code defer}, as far as they are shown
     */
    public static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher line = PARAMETERS.matcher(text);
        if (line.find()) {
            String[] words = line.group(1).strip().split(" ", -1);
            for (int i = 0; i + 1 < words.length; i += 2) {
                parameters.put(words[i].replace(":", ""), words[i + 1]);
            }
        }
        return parameters;
    }

    /**
     * {@code pfctl -s timeouts}.
     *
     * @param text what it printed
     * @return seconds by name, such as {@code tcp.established}
     */
    public static Map<String, Long> timeouts(String text) {
        Map<String, Long> timeouts = new LinkedHashMap<>();
        Matcher matcher = TIMEOUT.matcher(text);
        while (matcher.find()) {
            timeouts.put(matcher.group(1), number(matcher.group(2), matcher.group()));
        }
        if (timeouts.isEmpty()) {
            throw unreadable("the timeouts", text);
        }
        return timeouts;
    }

    private static CannotTell unreadable(String what, String text) {
        String first = text.lines().findFirst().orElse("");
        return new CannotTell("the console does not show " + what + ": '" + first + "'");
    }
}
