package net.pfsync.suite.target.real;

import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.ManualDoor;
import net.pfsync.suite.target.real.LabConfig.NoDoor;

/** The ways to the consoles of a lab's firewalls. */
public final class Consoles {

    private final Person person;

    /**
     * The ways.
     *
     * @param person who sits at the consoles that are manual
     */
    public Consoles(Person person) {
        this.person = person;
    }

    /**
     * Goes to a console.
     *
     * @param firewall whose
     * @return the console; null if the firewall has none
     * @throws LabException if it is not reached; the message is one line
     */
    public Remote open(FirewallEntry firewall) throws LabException {
        return switch (firewall.console()) {
            case ConsoleAddress ssh -> ofItsSystem(firewall, SshConsole.connect(ssh));
            case ManualDoor manual -> ofItsSystem(firewall, new ManualConsole(firewall, person));
            case NoDoor none -> null;
        };
    }

    private static Remote ofItsSystem(FirewallEntry firewall, Remote console) {
        return switch (firewall.system()) {
            case OPENBSD -> console;
            case FREEBSD -> new FreeBsdConsole(console);
        };
    }
}
