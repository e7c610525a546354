package net.pfsync.sync;

/** What pfsync needs of the machine that it runs on. */
public interface Host {

    /**
     * An interface that pfsync can be tied to.
     *
     * @param name such as {@code em0}
     * @param address its IPv4 address, the first byte highest
     * @param mtu in bytes
     * @param multicast whether it can do multicast
     */
    record Port(String name, int address, int mtu, boolean multicast) {}

    /**
     * The host id, by which states made here are named.
     *
     * @return the 32 bits as they are on the wire
     */
    int hostId();

    /**
     * How long the machine has been up, which is the clock of every age on the wire.
     *
     * @return whole seconds
     */
    int uptimeSeconds();

    /**
     * Whether pf is enabled.
     *
     * @return false after {@code pfctl -d}
     */
    boolean pfEnabled();

    /**
     * Whether pf's debug level is misc or higher, which makes some old releases check more.
     *
     * @return true if it is
     */
    boolean debugMisc();

    /**
     * How many states there may be.
     *
     * @return pf's limit "states"
     */
    int stateLimit();

    /**
     * The checksum of the main ruleset.
     *
     * @return 16 bytes; not to be changed
     */
    byte[] rulesetChecksum();

    /**
     * How many rules the main ruleset has.
     *
     * @return 0 or more
     */
    int ruleCount();

    /**
     * Looks up an interface.
     *
     * @param name such as {@code em0}
     * @return null if there is none of that name
     */
    Port port(String name);

    /**
     * Whether an interface has a link.
     *
     * @param name such as {@code em0}
     * @return false if the cable is out
     */
    boolean linkUp(String name);

    /**
     * Hands a packet to IP output.
     *
     * @param name the interface to send from
     * @param packet a whole IPv4 packet
     * @return false if IP output returned an error
     */
    boolean output(String name, byte[] packet);

    /**
     * Writes a line to the system's log.
     *
     * @param line without a newline
     */
    void log(String line);
}
