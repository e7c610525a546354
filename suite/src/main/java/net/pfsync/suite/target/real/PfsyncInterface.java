package net.pfsync.suite.target.real;

import java.util.Arrays;
import net.pfsync.suite.target.Refused;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.sync.ConfigException;

/** pfsync0 on a firewall's console: how it is set up, and setting it up. */
final class PfsyncInterface {

    private static final String NAME = "pfsync0";
    private static final String MULTICAST = "0.0.0.0";

    private final FirewallConsole console;
    private int mtu;

    /** Looks at it. */
    PfsyncInterface(FirewallConsole console) {
        this.console = console;
        readMtu();
    }

    private void readMtu() {
        mtu = settings().mtu();
    }

    /** Its MTU in bytes, the IP header counted, as it was after the last setting. */
    int mtu() {
        return mtu;
    }

    /** How it is set up now. */
    ConsoleText.Pfsync settings() {
        return ConsoleText.pfsync(console.ask("ifconfig " + NAME));
    }

    /** Whether it is up. */
    boolean running() {
        return settings().running();
    }

    /**
     * Sets it up, whatever it was before.
     *
     * @param wanted how
     */
    void set(ConsoleText.Pfsync wanted) {
        if (running()) {
            configure("down");
        }
        syncpeer("");
        syncdev(wanted.syncdev());
        if (!wanted.syncpeer().isEmpty()) {
            syncpeer(wanted.syncpeer());
        }
        configure("maxupd " + wanted.maxupd());
        defer(wanted.defer());
        configure("mtu " + wanted.mtu());
        if (wanted.running()) {
            configure("up");
        }
    }

    /** Sets the peer's address; "" or "0.0.0.0" for multicast. */
    void syncpeer(String address) {
        configure(address.isEmpty() || address.equals(MULTICAST) ? "-syncpeer" : "syncpeer " + address);
    }

    /** Sets the sync interface, "" for none. */
    void syncdev(String name) {
        configure(name.isEmpty() ? "-syncdev" : "syncdev " + name);
    }

    /** Switches deferral on or off. */
    void defer(boolean on) {
        configure(on ? "defer" : "-defer");
    }

    /**
     * Makes a setting; of a refused MTU the program only says so.
     *
     * @param arguments as for {@code ifconfig pfsync0}
     * @throws Refused if the firewall refuses it
     */
    void configure(String arguments) {
        Output output = console.run("ifconfig " + NAME + " " + arguments);
        if (output.exit() != 0 || !output.err().isEmpty()) {
            String said = FirewallConsole.firstLine(output.err());
            String reason = said.substring(said.lastIndexOf(": ") + 1).strip();
            throw new Refused(errno(reason), said);
        }
        readMtu();
    }

    private static String errno(String reason) {
        return Arrays.stream(ConfigException.Errno.values())
                .filter(errno -> errno.text().equals(reason))
                .map(ConfigException.Errno::name)
                .findFirst()
                .orElse(reason);
    }
}
