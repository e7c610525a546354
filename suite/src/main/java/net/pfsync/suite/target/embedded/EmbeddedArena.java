package net.pfsync.suite.target.embedded;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
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

    private final Release release;
    private final Release peers;
    private final Sabotage sabotage;
    private final Set<Capability> capabilities;

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
        this(release, release, sabotage);
    }

    /**
     * An arena in which not all firewalls run the same.
     *
     * @param release what the firewall under test should run
     * @param peers what the others run
     * @param sabotage what is wrong with the firewall under test
     */
    public EmbeddedArena(Release release, Release peers, Sabotage sabotage) {
        this.release = release;
        this.peers = peers;
        this.sabotage = sabotage;
        EnumSet<Capability> all = EnumSet.allOf(Capability.class);
        all.removeAll(EnumSet.of(Capability.PEER, Capability.FOREIGN_PEER));
        all.add(Capability.ofPeer(release.dialect(), peers.dialect()));
        this.capabilities = Collections.unmodifiableSet(all);
    }

    private static ReleaseInfo about(Release release) {
        return new ReleaseInfo(release.name(), release.dialect(), release.description());
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public ReleaseInfo release() {
        return about(release);
    }

    @Override
    public List<ReleaseInfo> peers() {
        return peers.name().equals(release.name()) ? List.of() : List.of(about(peers), about(peers));
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public String missing(Set<Capability> missing) {
        String needs = Arena.super.missing(missing);
        if (missing.contains(Capability.FOREIGN_PEER)) {
            return needs + "; it would run with --peer-release " + otherVersion();
        }
        return missing.contains(Capability.PEER) ? needs + "; it would run without --peer-release" : needs;
    }

    /** A release whose frames the target drops. */
    private String otherVersion() {
        return Release.all().stream()
                .filter(one -> Capability.ofPeer(release.dialect(), one.dialect()) == Capability.FOREIGN_PEER)
                .map(Release::name)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Bench open(Extent extent, long seed) {
        return new EmbeddedBench(release, peers, sabotage, extent, seed);
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
