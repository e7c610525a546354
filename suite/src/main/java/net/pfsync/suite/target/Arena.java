package net.pfsync.suite.target;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A place where cases run: in memory, in a local lab, or on real machines. */
public interface Arena {

    /** Its name, for example {@code embedded}. */
    String name();

    /** The release under test. */
    ReleaseInfo release();

    /**
     * What the other firewalls run.
     *
     * @return in their order; empty if all run what the target runs
     */
    default List<ReleaseInfo> peers() {
        return List.of();
    }

    /** What this arena offers. */
    Set<Capability> capabilities();

    /** Why no case may run here, because every case sends frames; empty where cases run. */
    default Optional<String> silence() {
        return Optional.empty();
    }

    /**
     * Puts back what the cases of a run changed, and looks whether all is as it was before; done once, after the last case.
     *
     * @return a line for each thing that is left; empty if there is nothing
     */
    default List<String> leave() {
        return List.of();
    }

    /**
     * Why a case cannot run here.
     *
     * @param capabilities what it needs and this arena does not offer; at least one
     * @return what is missing, and as far as it is known what would make the case run
     */
    default String missing(Set<Capability> capabilities) {
        return "needs "
                + capabilities.stream().sorted().map(Capability::text).collect(Collectors.joining(", "))
                + "; the lab " + name() + " does not have that";
    }

    /**
     * Sets up a lab for one case.
     *
     * @param extent what the case needs
     * @param seed for everything random in the lab
     * @return the lab; the target is connected and up
     */
    Bench open(Extent extent, long seed);
}
