package net.pfsync.suite.target.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.pfsync.net.IpPrefix;

/**
 * A lab as its file describes it.
 *
 * @param name what people call it
 * @param release the release that the firewalls run; {@code auto} to ask them
 * @param mode what may be done to the firewalls at most
 * @param syncInterface the interface on the sync LAN where the probe is, of this machine or of the relay's
 * @param probeAddress the probe's address there, IPv4 as text
 * @param relay the machine whose interface it is; null for this one
 * @param inside the LAN on one side of the firewalls, null if the file does not name it
 * @param outside the LAN on their other side, null if the file does not name it
 * @param patience how long firewalls are waited for
 * @param firewalls a, and the others
 */
public record LabConfig(
        String name,
        String release,
        Mode mode,
        String syncInterface,
        String probeAddress,
        RelayPlace relay,
        LanEntry inside,
        LanEntry outside,
        Patience patience,
        List<FirewallEntry> firewalls) {

    /** What may be done to the firewalls of a lab; each mode allows what those before it do. */
    public enum Mode {
        /** Nothing is sent. */
        READ_ONLY,
        /** Only states of the suite's own are sent, and nothing is left behind. */
        SAFE,
        /** Everything. */
        FULL;

        /** As in a lab file. */
        @Override
        public String toString() {
            return switch (this) {
                case READ_ONLY -> "read-only";
                case SAFE -> "safe";
                case FULL -> "full";
            };
        }
    }

    /** The system of a firewall: how its tools are asked, and what they print. */
    public enum Platform {
        /** OpenBSD, or a reference firewall. */
        OPENBSD,
        /** FreeBSD, pfSense, OPNsense. */
        FREEBSD
    }

    /**
     * How long firewalls are waited for.
     *
     * @param factor how many times as long as usual everything may take
     * @param comesBack how long one that boots, or does not answer, may be away; nobody waits again for one that was longer away
     */
    public record Patience(double factor, Duration comesBack) {

        /** That of a lab whose file says nothing of it. */
        public static final Patience USUAL = new Patience(1, Duration.ofSeconds(45));
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
     * @param system what is behind the console
     * @param syncAddress its address on the sync LAN, IPv4 as text
     * @param syncInterface its interface there, as it calls it; empty without a console
     * @param release what it runs if that is not what the others run; empty for what the lab says
     */
    public record FirewallEntry(
            String name, Door console, Platform system, String syncAddress, String syncInterface, String release) {

        /** A firewall that runs what the lab says. */
        public FirewallEntry(String name, Door console, Platform system, String syncAddress, String syncInterface) {
            this(name, console, system, syncAddress, syncInterface, "");
        }
    }

    /** The way to a console. */
    public sealed interface Door permits ConsoleAddress, ManualDoor, NoDoor {}

    /** A person at the console types what is asked, and hands back what is printed. */
    public record ManualDoor() implements Door {
        @Override
        public String toString() {
            return "manual";
        }
    }

    /** There is no console: the firewall is seen over the wire alone. */
    public record NoDoor() implements Door {
        @Override
        public String toString() {
            return "no console";
        }
    }

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
    public record ConsoleAddress(String user, String host, int port, Path key, Path knownHosts, String become)
            implements Door {

        /** As in a lab file. */
        @Override
        public String toString() {
            return "ssh://" + user + "@" + host + (port == LabFile.SSH ? "" : ":" + port);
        }
    }

    /**
     * A machine that passes on the frames of one of its interfaces.
     *
     * @param address where it is reached
     * @param program how this program is called there
     */
    public record RelayPlace(ConsoleAddress address, String program) {}

    /** The networks of the inside and the outside LAN, as far as the file names them. */
    public List<IpPrefix> networks() {
        return Stream.of(inside, outside)
                .filter(Objects::nonNull)
                .map(LanEntry::network)
                .toList();
    }

    /**
     * What a firewall runs.
     *
     * @param firewall one of this lab's
     * @return the name of a release, or {@code auto} to ask it
     */
    public String releaseOf(FirewallEntry firewall) {
        return firewall.release().isEmpty() ? release : firewall.release();
    }

    /**
     * The same lab in another mode.
     *
     * @param other what may be done to its firewalls
     * @return the lab
     */
    public LabConfig in(Mode other) {
        return new LabConfig(
                name, release, other, syncInterface, probeAddress, relay, inside, outside, patience, firewalls);
    }
}
