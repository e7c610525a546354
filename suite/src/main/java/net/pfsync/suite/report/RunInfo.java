package net.pfsync.suite.report;

import java.time.Instant;
import net.pfsync.suite.target.ReleaseInfo;

/**
 * What a run is about.
 *
 * @param release the release under test
 * @param arena where it runs
 * @param seed everything random comes from it
 * @param thorough whether cases checked all combinations of their values
 * @param version of this suite
 * @param started when it began
 * @param command what was typed to start it
 */
public record RunInfo(
        ReleaseInfo release,
        String arena,
        long seed,
        boolean thorough,
        String version,
        Instant started,
        String command) {

    /** A run with as many combinations as are needed for every two values to meet. */
    public RunInfo(ReleaseInfo release, String arena, long seed, String version, Instant started, String command) {
        this(release, arena, seed, false, version, started, command);
    }

    /**
     * The command that repeats a case.
     *
     * @param id the requirement
     * @return a line for a shell
     */
    public String repeat(String id) {
        return "ci/pfsync check --release " + release.name() + " --lab " + arena + " --case " + id + " --seed " + seed
                + (thorough ? " --thorough" : "");
    }
}
