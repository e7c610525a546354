package net.pfsync.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.MacAddress;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;

/**
 * How a firewall is set up before it runs; each setter returns this object.
 *
 * <p>What is not set is as on a fresh system of the release.
 */
public final class Settings {

    private static final int CHECKSUM_SIZE = 16;
    private static final int DEFAULT_MTU = 1500;
    private static final int DEFAULT_LENGTH = 24;

    String hostname = "firewall";
    int hostId = 1;
    int stateLimit;
    boolean debugMisc;
    boolean pfEnabled = true;
    Ruleset rules = Ruleset.EMPTY;
    /** As described by hand; null if the rules themselves say. */
    byte[] rulesetChecksum;

    int ruleCount;
    long seed;
    int[] timeouts;
    long uptimeSeconds = 60;
    long statesBefore;
    boolean forwarding;
    final List<Interface> interfaces = new ArrayList<>();
    final Map<IpPrefix, IpAddress> routes = new LinkedHashMap<>();

    /**
     * An interface.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param addresses its addresses with the lengths of their networks
     * @param mtu in bytes
     */
    public record Interface(String name, MacAddress mac, List<IpPrefix> addresses, int mtu) {}

    private Settings(Release release) {
        stateLimit = release.defaults().stateLimit();
        timeouts = release.defaults().timeouts().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Starts with the defaults of a release.
     *
     * @param release the release
     * @return new settings
     */
    public static Settings of(Release release) {
        return new Settings(release);
    }

    /**
     * Names the machine.
     *
     * @param name its host name
     * @return this
     */
    public Settings hostname(String name) {
        hostname = name;
        return this;
    }

    /**
     * Sets pf's host id.
     *
     * @param id 32 bits as on the wire, not 0
     * @return this
     */
    public Settings hostId(int id) {
        hostId = id;
        return this;
    }

    /**
     * Sets pf's limit "states".
     *
     * @param limit 1 or more
     * @return this
     */
    public Settings stateLimit(int limit) {
        stateLimit = limit;
        return this;
    }

    /**
     * Sets whether pf's debug level is misc or higher.
     *
     * @param misc true for misc
     * @return this
     */
    public Settings debugMisc(boolean misc) {
        debugMisc = misc;
        return this;
    }

    /**
     * Sets the rules.
     *
     * @param ruleset the rules; a fresh system has none and lets everything pass without state
     * @return this
     */
    public Settings rules(Ruleset ruleset) {
        rules = ruleset;
        return this;
    }

    /**
     * Sets the rules.
     *
     * @param text in the syntax of pf.conf
     * @return this
     * @throws IllegalArgumentException if they are not understood, naming line and column
     */
    public Settings rules(String text) {
        try {
            return rules(Ruleset.parse(text));
        } catch (RulesetException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Describes the main ruleset as far as pfsync looks at it, in place of what the rules themselves say.
     *
     * @param rules how many rules it has
     * @param checksum its 16 bytes
     * @return this
     */
    public Settings ruleset(int rules, byte[] checksum) {
        ruleCount = rules;
        rulesetChecksum = Arrays.copyOf(checksum, CHECKSUM_SIZE);
        return this;
    }

    /**
     * Sets what the random numbers of this firewall start from; two runs with the same seed are the same.
     *
     * @param start any number
     * @return this
     */
    public Settings seed(long start) {
        seed = start;
        return this;
    }

    /**
     * Sets all timeouts.
     *
     * @param seconds {@link Timeouts#MAX} values by index
     * @return this
     */
    public Settings timeouts(int... seconds) {
        timeouts = seconds.clone();
        return this;
    }

    /**
     * Sets how long the machine has been up.
     *
     * @param seconds whole seconds
     * @return this
     */
    public Settings uptimeSeconds(long seconds) {
        uptimeSeconds = seconds;
        return this;
    }

    /**
     * Sets how many states pf has made since it was started, which is where the counter in the ids of new states begins.
     *
     * @param states 0 on a fresh system
     * @return this
     */
    public Settings statesBefore(long states) {
        statesBefore = states;
        return this;
    }

    /**
     * Adds an interface with an MTU of 1500 and one address in a network of 24 bits.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param ipv4 its IPv4 address, the first byte highest
     * @return this
     */
    public Settings withInterface(String name, MacAddress mac, int ipv4) {
        return withInterface(name, mac, DEFAULT_MTU, List.of(new IpPrefix(IpAddress.ipv4(ipv4), DEFAULT_LENGTH)));
    }

    /**
     * Adds an interface with an MTU of 1500.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param addresses such as {@code 192.0.2.1/24} and {@code 2001:db8::1/64}; pfsync speaks from the first of IPv4
     * @return this
     */
    public Settings withInterface(String name, MacAddress mac, String... addresses) {
        return withInterface(
                name,
                mac,
                DEFAULT_MTU,
                Arrays.stream(addresses).map(IpPrefix::parse).toList());
    }

    /**
     * Adds an interface.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param mtu the longest packet that it takes, in bytes
     * @param addresses its addresses with the lengths of their networks
     * @return this
     */
    public Settings withInterface(String name, MacAddress mac, int mtu, List<IpPrefix> addresses) {
        interfaces.add(new Interface(name, mac, List.copyOf(addresses), mtu));
        return this;
    }

    /**
     * Adds a route.
     *
     * @param network such as {@code 0.0.0.0/0}
     * @param gateway a neighbour of one of the interfaces
     * @return this
     */
    public Settings route(String network, String gateway) {
        routes.put(IpPrefix.parse(network), IpAddress.parse(gateway));
        return this;
    }

    /**
     * Sets whether packets for others are forwarded.
     *
     * @param on true if they are; a fresh system does not
     * @return this
     */
    public Settings forwarding(boolean on) {
        forwarding = on;
        return this;
    }
}
