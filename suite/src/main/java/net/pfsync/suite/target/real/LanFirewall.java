package net.pfsync.suite.target.real;

import java.util.Set;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Capability;

/** A firewall on a real LAN, however much of it can be seen. */
interface LanFirewall extends Adapter {

    /** What can be seen of it, and done to it. */
    Set<Capability> capabilities();

    /** The Ethernet address of its interface on the sync LAN. */
    MacAddress ethernet();

    /** Its statistics count from now on. */
    void restartCounters();

    /** Which release it is: {@code openbsd-7.6}, or the name of a reference release; empty if that cannot be seen. */
    String release();
}
