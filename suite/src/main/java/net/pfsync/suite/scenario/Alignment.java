package net.pfsync.suite.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The recorded frames of one scenario and ours, laid side by side: each pair is of the same sender and kind, the pairs of
 * a sender are in order on both sides, there are as many as possible, and among the ways to have so many, the times of
 * the pairs are nearest.
 *
 * <p>Senders are laid side by side one by one: which of two frames that two machines sent within a millisecond came first
 * was decided by the emulation.
 *
 * @param rows in order of time; at least one side of each is there
 */
record Alignment(List<Row> rows) {

    /** What one more pair is worth, in nanoseconds between the times of pairs. */
    private static final double PAIR = 1e15;

    /**
     * One frame on one or both sides.
     *
     * @param recorded the kernel's
     * @param ours ours
     * @param laterBefore how much later ours came in the pair before of the same sender
     */
    record Row(Optional<SyncFrame> recorded, Optional<SyncFrame> ours, Duration laterBefore) {
        boolean pair() {
            return recorded.isPresent() && ours.isPresent();
        }

        Duration at() {
            return recorded.or(() -> ours).orElseThrow().at();
        }

        /** How much later ours came; only of a pair. */
        Duration later() {
            return ours.orElseThrow().at().minus(recorded.orElseThrow().at());
        }
    }

    Alignment {
        rows = List.copyOf(rows);
    }

    static Alignment of(List<SyncFrame> recorded, List<SyncFrame> ours) {
        List<Row> rows = new ArrayList<>();
        List<String> senders = new ArrayList<>();
        recorded.forEach(frame -> senders.add(frame.sender()));
        ours.forEach(frame -> senders.add(frame.sender()));
        for (String sender : senders.stream().distinct().toList()) {
            rows.addAll(align(of(sender, recorded), of(sender, ours)));
        }
        rows.sort(Comparator.comparing(Row::at));
        return new Alignment(rows);
    }

    private static List<SyncFrame> of(String sender, List<SyncFrame> frames) {
        return frames.stream().filter(frame -> frame.sender().equals(sender)).toList();
    }

    /** The longest common sequence, by dynamic programming from the end. */
    private static List<Row> align(List<SyncFrame> recorded, List<SyncFrame> ours) {
        double[][] worth = new double[recorded.size() + 1][ours.size() + 1];
        for (int i = recorded.size() - 1; i >= 0; i--) {
            for (int j = ours.size() - 1; j >= 0; j--) {
                worth[i][j] = Math.max(
                        Math.max(worth[i + 1][j], worth[i][j + 1]),
                        pair(recorded.get(i), ours.get(j)) + worth[i + 1][j + 1]);
            }
        }
        List<Row> rows = new ArrayList<>();
        Duration later = Duration.ZERO;
        int i = 0;
        int j = 0;
        while (i < recorded.size() || j < ours.size()) {
            if (i < recorded.size() && (j == ours.size() || worth[i][j] == worth[i + 1][j])) {
                rows.add(new Row(Optional.of(recorded.get(i++)), Optional.empty(), later));
            } else if (j < ours.size() && (i == recorded.size() || worth[i][j] == worth[i][j + 1])) {
                rows.add(new Row(Optional.empty(), Optional.of(ours.get(j++)), later));
            } else {
                rows.add(new Row(Optional.of(recorded.get(i++)), Optional.of(ours.get(j++)), later));
                later = rows.getLast().later();
            }
        }
        return rows;
    }

    private static double pair(SyncFrame recorded, SyncFrame ours) {
        if (!recorded.kind().equals(ours.kind())) {
            return Double.NEGATIVE_INFINITY;
        }
        return PAIR - Math.abs((double) ours.at().minus(recorded.at()).toNanos());
    }

    List<Row> pairs() {
        return rows.stream().filter(Row::pair).toList();
    }

    long recorded() {
        return rows.stream().filter(row -> row.recorded().isPresent()).count();
    }

    long ours() {
        return rows.stream().filter(row -> row.ours().isPresent()).count();
    }

    /** Pairs out of as many frames as the longer side has, 1 if neither has any. */
    double share() {
        long longer = Math.max(recorded(), ours());
        return longer == 0 ? 1 : (double) pairs().size() / longer;
    }
}
