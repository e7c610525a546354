package net.pfsync.suite.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Deviation;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.ReleaseInfo;

/**
 * What a run is about.
 *
 * @param release the release under test
 * @param peers what the other firewalls run, in their order; empty if that is the release under test
 * @param arena where it runs
 * @param place the options that have it run there, as a shell takes them
 * @param seed everything random comes from it
 * @param thorough whether cases checked all combinations of their values
 * @param version of this suite
 * @param started when it began
 * @param command what was typed to start it
 */
public record RunInfo(
        ReleaseInfo release,
        List<ReleaseInfo> peers,
        String arena,
        String place,
        long seed,
        boolean thorough,
        String version,
        Instant started,
        String command) {

    /** Takes the list as it is now. */
    public RunInfo {
        peers = List.copyOf(peers);
    }

    /** What was tested: a release, and with which others. */
    public String tested() {
        return tested(release.name(), peers.stream().map(ReleaseInfo::name).toList());
    }

    /** The same with what each speaks. */
    public String spoken() {
        return tested(spoken(release), peers.stream().map(RunInfo::spoken).toList());
    }

    private static String spoken(ReleaseInfo one) {
        return one.name() + " (" + one.dialect() + ")";
    }

    /**
     * What a run in an arena tests.
     *
     * @param arena where it runs
     * @return in words
     */
    public static String tested(Arena arena) {
        return tested(
                arena.release().name(),
                arena.peers().stream().map(ReleaseInfo::name).toList());
    }

    /**
     * In words, what was tested.
     *
     * @param release the name of the release under test
     * @param peers the names of what the other firewalls run; empty if that is the same
     * @return such as {@code openbsd-7.6}, or {@code openbsd-7.6 with openbsd-4.6}
     */
    static String tested(String release, List<String> peers) {
        return peers.isEmpty()
                ? release
                : release + " with " + peers.stream().distinct().collect(Collectors.joining(" and "));
    }

    /**
     * What is known of this run's releases.
     *
     * @param entry a requirement
     * @return how the target, or its peer, is known to deviate from it; empty if neither is
     */
    public Optional<Deviation> known(Entry entry) {
        ReleaseInfo peer = peers.isEmpty() ? release : peers.getFirst();
        return entry.deviation(release.name(), peer.name());
    }

    /**
     * The command that repeats a case.
     *
     * @param id the requirement
     * @return a line for a shell
     */
    public String repeat(String id) {
        return "ci/pfsync check " + place + " --case " + id + " --seed " + seed + (thorough ? " --thorough" : "");
    }
}
