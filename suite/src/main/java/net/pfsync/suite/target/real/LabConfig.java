package net.pfsync.suite.target.real;

import java.nio.file.Path;
import java.util.List;
import net.pfsync.net.IpPrefix;

/**
 * A lab as its file describes it.
 *
 * @param name what people call it
 * @param release the release that the firewalls run; {@code auto} to ask them
 * @param mode what may be done to the firewalls
 * @param syncInterface this machine's interface on the sync LAN
 * @param probeAddress the probe's address there, IPv4 as text
 * @param inside the LAN on one side of the firewalls, null if the file does not name it
 * @param outside the LAN on their other side, null if the file does not name it
 * @param timeFactor how many times as long as usual firewalls may take
 * @param firewalls a, and the others
 */
public record LabConfig(
        String name,
        String release,
        Mode mode,
        String syncInterface,
        String probeAddress,
        LanEntry inside,
        LanEntry outside,
        double timeFactor,
        List<FirewallEntry> firewalls) {

    /** What may be done to the firewalls of a lab. */
    public enum Mode {
        /** Nothing is sent. */
        READ_ONLY,
        /** Only states of the suite's own are sent, and nothing is left behind. */
        SAFE,
        /** Everything. */
        FULL
    }

    /**
     * A LAN beside the sync LAN.
     *
     * @param name this machine's interface there
     * @param network its IPv4 network
     */
    public record LanEntry(String name, IpPrefix network) {}

    /**
     * A firewall of the lab.
     *
     * @param name {@code a}, {@code b} or {@code c}
     * @param console the way to its console
     * @param syncAddress its address on the sync LAN, IPv4 as text
     * @param syncInterface its interface there, as it calls it
     */
    public record FirewallEntry(String name, ConsoleAddress console, String syncAddress, String syncInterface) {}

    /**
     * Where a console is reached with SSH.
     *
     * @param user the user's name there
     * @param host name or address
     * @param port TCP port
     * @param key the file of the private key; null for those of the user's SSH agent
     * @param knownHosts the file with the host's key, as OpenSSH writes it
     * @param become what is put before a command so that root runs it, such as {@code doas}; empty where the user may all
     */
    public record ConsoleAddress(String user, String host, int port, Path key, Path knownHosts, String become) {

        /** As in a lab file. */
        @Override
        public String toString() {
            return "ssh://" + user + "@" + host + (port == LabFile.SSH ? "" : ":" + port);
        }
    }
}
