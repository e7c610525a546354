package net.pfsync.suite.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.release.Release;

/**
 * A scenario, and how ours went beside the recorded one.
 *
 * @param scenario what was played
 * @param alignment the frames of both
 */
record PlayedScenario(Scenario scenario, Alignment alignment) {

    /** Ours may be late by so much at the end of a capture. */
    private static final Duration AFTER = Duration.ofMillis(100);

    /**
     * Plays one.
     *
     * @param observed the folder with a folder per kernel
     * @throws IOException if a capture cannot be read
     */
    static PlayedScenario play(Path observed, Scenario scenario) throws IOException {
        Recording recording = new Recording(
                observed.resolve(scenario.kernel()).resolve("captures"), scenario.captures(), Release::of);
        ScenarioLab lab = scenario.script().prepare(recording);
        List<SyncFrame> recorded = recording.frames(sender -> {
            Firewall firewall = lab.firewallAt(sender);
            return firewall == null ? null : firewall.release().dialect();
        });
        Duration end = recorded.getLast().at().plus(AFTER);
        List<SyncFrame> ours = lab.run(end).stream()
                .filter(frame -> recording.covers(frame.at(), AFTER))
                .toList();
        return new PlayedScenario(scenario, Alignment.of(recorded, ours));
    }
}
