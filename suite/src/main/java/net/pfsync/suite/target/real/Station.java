package net.pfsync.suite.target.real;

import net.pfsync.net.MacAddress;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;

/** The probe's place on the sync LAN of firewalls that are there already: one of them is talked to and listened to at a time. */
interface Station extends SyncLan, Pace {

    /** Where everything is sent to from now on. */
    void talkTo(MacAddress firewall);

    /**
     * Hears another firewall in place of the one under test, until {@link #listenToTarget}.
     *
     * @param firewall its address, IPv4 as text
     * @return how many frames there are so far
     */
    int listenTo(String firewall);

    /** Hears the firewall under test again, and nothing of what was heard meanwhile. */
    void listenToTarget();

    /** Nothing was heard, and times count from now on. */
    void restart();

    /**
     * Asks who has an address.
     *
     * @param of IPv4 as text
     * @return the Ethernet address of the station that has it
     * @throws net.pfsync.suite.verdict.CannotTell if there is none
     */
    MacAddress resolve(String of);

    /** The longest packet of the LAN, in bytes. */
    int mtu();
}
