package net.pfsync.suite.report;

import java.time.Instant;
import net.pfsync.suite.target.ReleaseInfo;

/**
 * What a run is about.
 *
 * @param release the release under test
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
        String arena,
        String place,
        long seed,
        boolean thorough,
        String version,
        Instant started,
        String command) {

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
