package net.pfsync.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pfsync.net.MacAddress;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;

/**
 * How a firewall is set up before it runs; each setter returns this object.
 *
 * <p>What is not set is as on a fresh system of the release.
 */
public final class Settings {

    private static final int CHECKSUM_SIZE = 16;

    String hostname = "firewall";
    int hostId = 1;
    int stateLimit;
    boolean debugMisc;
    boolean pfEnabled = true;
    int ruleCount;
    byte[] rulesetChecksum = new byte[CHECKSUM_SIZE];
    int[] timeouts;
    long uptimeSeconds = 60;
    final List<Interface> interfaces = new ArrayList<>();

    /**
     * An interface.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param ipv4 its IPv4 address, the first byte highest
     * @param mtu in bytes
     */
    public record Interface(String name, MacAddress mac, int ipv4, int mtu) {}

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
     * Describes the main ruleset as far as pfsync looks at it.
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
     * Adds an interface with an MTU of 1500.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param ipv4 its IPv4 address, the first byte highest
     * @return this
     */
    public Settings withInterface(String name, MacAddress mac, int ipv4) {
        interfaces.add(new Interface(name, mac, ipv4, 1500));
        return this;
    }
}
