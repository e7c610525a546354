package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.wire.Dialect;

/** The probe's place on the sync LAN of firewalls that are there already. */
interface Station extends SyncLan, Pace {

    /**
     * A firewall on the LAN.
     *
     * @param name as cases call it
     * @param ethernet its Ethernet address
     */
    record Neighbour(String name, MacAddress ethernet) {}

    /** Whom a case is about, by their IPv4 addresses, from now on; everything goes to the only one. */
    void talkTo(Map<Integer, Neighbour> firewalls);

    /**
     * Talks to another firewall in place of those of the case and hears it as the one under test, until {@link #talkToTarget}.
     *
     * @param address IPv4 as text
     * @param ethernet its Ethernet address
     * @return how many frames there are so far
     */
    int talkAsideTo(String address, MacAddress ethernet);

    /** Talks to those of the case again, and has heard nothing of what another one said meanwhile. */
    void talkToTarget();

    /**
     * What removes states on the target is sent to these stations before, from now on. They hear what the target says of the suite's states, and
     * would give it back what it was told to remove.
     */
    void removeAlsoFrom(Dialect spoken, List<MacAddress> firewalls);

    /** Who else spoke of the suite's states since the beginning, if anybody did. */
    Optional<String> meddler(Dialect spoken);

    /** Nothing was heard, and times count from now on. */
    void restart();

    /** How many frames it has sent since then. */
    int sent();

    /** Whether nothing was sent or heard for so long. */
    boolean silentFor(Duration time);

    /**
     * Sends a packet to a station, whatever its destination says.
     *
     * @param packet from the first byte of the IP header on
     * @param to the station's Ethernet address
     */
    void send(byte[] packet, MacAddress to);

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
