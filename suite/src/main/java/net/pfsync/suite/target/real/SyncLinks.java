package net.pfsync.suite.target.real;

import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.pcap.PcapLink;
import net.pfsync.time.RealTime;

/** Where the probe's frames go through: an interface of this machine, or of a relay. */
final class SyncLinks {

    private SyncLinks() {}

    /**
     * Opens the probe's interface.
     *
     * @param lab the lab
     * @param loop the event loop that its frames arrive on
     * @return the link
     * @throws LinkException if it cannot be opened; the message is one line
     */
    static MeteredLink open(LabConfig lab, RealTime loop) throws LinkException {
        return PcapLink.open(lab.syncInterface(), null, loop);
    }
}
