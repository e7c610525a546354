package net.pfsync.suite.target;

import java.util.Optional;

/** One lab, set up for one case: firewalls that are up, a LAN between them, and a clock. */
public interface Bench extends AutoCloseable {

    /** The clock. */
    Pace pace();

    /** The sync LAN. */
    SyncLan lan();

    /** The firewall under test. */
    Adapter target();

    /** The second firewall; it is not up yet, {@link Adapter#comeUp} brings it up. */
    Optional<Adapter> peer();

    /** Takes the lab down and leaves nothing behind. */
    @Override
    void close();
}
