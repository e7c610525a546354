package net.pfsync.suite.report;

import java.time.Instant;
import net.pfsync.suite.target.ReleaseInfo;

/**
 * What a run is about.
 *
 * @param release the release under test
 * @param arena where it runs
 * @param seed everything random comes from it
 * @param version of this suite
 * @param started when it began
 * @param command what was typed to start it
 */
public record RunInfo(ReleaseInfo release, String arena, long seed, String version, Instant started, String command) {

    /**
     * The command that repeats a case.
     *
     * @param id the requirement
     * @return a line for a shell
     */
    public String repeat(String id) {
        return "ci/pfsync check --release " + release.name() + " --lab " + arena + " --case " + id + " --seed " + seed;
    }
}
