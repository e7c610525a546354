package net.pfsync.suite.target.real;

import net.pfsync.pcap.LinkStatistics;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.suite.verdict.CannotTell;

/** Whether an interface carried everything since a moment; if it did not, nobody can tell what the firewalls said. On the loop's thread. */
final class InterfaceWatch {

    private final MeteredLink link;
    private final String name;
    private long lostBefore;
    private long refusedBefore;
    private boolean wentDown;

    /**
     * Watches an interface.
     *
     * @param link the interface
     * @param name as people know it
     */
    InterfaceWatch(MeteredLink link, String name) {
        this.link = link;
        this.name = name;
    }

    /** What was before does not count from now on. */
    void restart() {
        LinkStatistics now = link.statistics();
        lostBefore = now.lost();
        refusedBefore = now.sendErrors();
        wentDown = !link.up();
        link.onStatus(up -> wentDown |= !up);
    }

    /**
     * Asks.
     *
     * @throws CannotTell if it went down, refused a frame or lost one; the message says which
     */
    void require() {
        LinkStatistics now = link.statistics();
        if (wentDown || !link.up()) {
            throw new CannotTell("the interface " + name + " of the probe went down");
        }
        if (now.sendErrors() > refusedBefore) {
            throw new CannotTell("the interface " + name + " of the probe refuses frames");
        }
        if (now.lost() > lostBefore) {
            throw new CannotTell("the probe did not see everything: " + now.losses());
        }
    }
}
