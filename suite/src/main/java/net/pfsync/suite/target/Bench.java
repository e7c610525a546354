package net.pfsync.suite.target;

import java.util.List;
import java.util.Optional;

/** One lab, set up for one case: firewalls that are up, a LAN between them, and a clock. */
public interface Bench extends AutoCloseable {

    /** Brings everything to where a first case would find it; done once, before the target comes up. */
    default void prepare() {}

    /** The clock. */
    Pace pace();

    /** The sync LAN. */
    SyncLan lan();

    /** The firewall under test. */
    Adapter target();

    /** The other firewalls, b and c; none is up yet, {@link Adapter#comeUp} brings it up. */
    List<Adapter> peers();

    /** The hosts on the two sides of the firewalls, if the lab was opened with them. */
    Optional<Hosts> hosts();

    /** Takes the lab down and leaves nothing behind. */
    @Override
    void close();
}
