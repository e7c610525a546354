package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;

/** Plays cases with the reference firewall, each with a fresh one on virtual time. */
final class FirewallPlayer implements Player {

    private final Release release;

    /**
     * Prepares.
     *
     * @param release what the firewall runs
     */
    FirewallPlayer(Release release) {
        this.release = release;
    }

    @Override
    public Outcome play(RecordedCase recorded) {
        try {
            return new PlayedCase(release, recorded).play();
        } catch (ConfigException | RuntimeException e) {
            // A mistake of ours must not hide what the other cases say.
            return failed(e);
        }
    }

    private Outcome failed(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        DemotionLog demotion = new DemotionLog();
        demotion.note(Duration.ZERO, 0, 0);
        return new Outcome(
                release.dialect(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                demotion,
                Duration.ZERO,
                List.of(new Difference("play", "an outcome", e + where)));
    }
}
