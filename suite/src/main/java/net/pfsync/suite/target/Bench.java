package net.pfsync.suite.target;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pfsync.wire.Dialect;

/** One lab, set up for one case: firewalls that are up, a LAN between them, and a clock. */
public interface Bench extends AutoCloseable {

    /** Brings everything to where a first case would find it; done once, before the target comes up. */
    default void prepare() {}

    /** Whether the target comes up for this case; else it was up before, was asked nothing and asks nobody. */
    default boolean comesUp() {
        return true;
    }

    /** How long the target may have something to say by itself after it came up. */
    default Duration quiet() {
        return Duration.ofSeconds(5);
    }

    /**
     * Whether a state is the case's business, so that messages about it are.
     *
     * @param id the state's id
     * @param creatorId its creator
     * @return false for states that others made on a firewall that is not the suite's alone
     */
    default boolean concerns(long id, int creatorId) {
        return true;
    }

    /** Whether the target has states of others, for which it sends messages and raises counters at any time. */
    default boolean busy() {
        return false;
    }

    /** Why nothing that happened in the case says anything about the target: it, or the way to it, was lost meanwhile. */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /** Who else had a hand in the case, so that a failure proves nothing against the target. */
    default Optional<String> meddling() {
        return Optional.empty();
    }

    /** Whether it is known that everything sent so far was processed, so that nobody has to wait for it. */
    default boolean settled() {
        return false;
    }

    /** The clock. */
    Pace pace();

    /** The sync LAN. */
    SyncLan lan();

    /** The firewall under test. */
    Adapter target();

    /** The other firewalls, b and c; none is up yet, {@link Adapter#comeUp} brings it up. */
    List<Adapter> peers();

    /**
     * How the frames of a station of the sync LAN are laid out.
     *
     * @param station a firewall's name, or the probe's, which speaks what the target speaks
     * @return never null
     */
    default Dialect dialect(String station) {
        return peers().stream()
                .filter(peer -> peer.name().equals(station))
                .findFirst()
                .orElseGet(this::target)
                .dialect();
    }

    /** The hosts on the two sides of the firewalls, if the lab was opened with them. */
    Optional<Hosts> hosts();

    /** Takes the lab down and leaves nothing behind. */
    @Override
    void close();
}
