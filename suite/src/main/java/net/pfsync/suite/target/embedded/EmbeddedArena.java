package net.pfsync.suite.target.embedded;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import net.pfsync.node.console.Answer;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.ReleaseInfo;

/** Cases run against reference firewalls in memory, seconds of the protocol in microseconds. */
public final class EmbeddedArena implements Arena {

    private static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.allOf(Capability.class));

    private final Release release;
    private final ReleaseInfo info;

    private final Sabotage sabotage;

    /**
     * An arena of sound firewalls.
     *
     * @param release what its firewalls run
     */
    public EmbeddedArena(Release release) {
        this(release, Sabotage.NONE);
    }

    /**
     * An arena in which something is wrong with the firewall under test.
     *
     * @param release what its firewalls should run
     * @param sabotage what is wrong
     */
    public EmbeddedArena(Release release, Sabotage sabotage) {
        this.release = release;
        this.sabotage = sabotage;
        this.info = new ReleaseInfo(release.name(), release.rules().dialect(), release.description());
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public ReleaseInfo release() {
        return info;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Bench open(Extent extent, long seed) {
        return new EmbeddedBench(release, sabotage, extent, seed);
    }

    /**
     * Types a line on the console of a firewall.
     *
     * @param firewall of a lab of this arena
     * @param line the line
     * @param input standard input
     * @return what it printed
     */
    public static Answer typed(Adapter firewall, String line, String input) {
        return ((EmbeddedFirewall) firewall).typed(line, input);
    }
}
