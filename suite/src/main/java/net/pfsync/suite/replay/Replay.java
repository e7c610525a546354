package net.pfsync.suite.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays the cases of a file and compares.
 *
 * <p>Compared are the cases that are comparable, and those in which the kernel stopped, although they are marked as not
 * comparable: a stop is modelled.
 */
final class Replay {

    private static final String NOT_COMPARABLE = "not comparable";

    private final Player player;

    /**
     * Prepares.
     *
     * @param player who plays the cases
     */
    Replay(Player player) {
        this.player = player;
    }

    /**
     * Plays cases.
     *
     * @param release who plays, for the report
     * @param file where the cases are from, for the report
     * @param cases the cases
     * @return one result per case, in their order
     */
    ReplayReport run(String release, Path file, List<RecordedCase> cases) {
        List<CaseResult> results = new ArrayList<>();
        for (RecordedCase each : cases) {
            results.add(leftOut(each)
                    .map(reason -> CaseResult.leftOut(each, reason))
                    .orElseGet(() -> CaseResult.compared(each, player.play(each))));
        }
        return new ReplayReport(release, file, results);
    }

    private Optional<String> leftOut(RecordedCase recorded) {
        return recorded.comparable() || recorded.stopped() ? Optional.empty() : Optional.of(NOT_COMPARABLE);
    }
}
