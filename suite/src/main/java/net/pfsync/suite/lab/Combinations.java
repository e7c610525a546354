package net.pfsync.suite.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Combinations of the values of several things, for cases where one value proves nothing: all of them, or so few that every two values of different
 * things still meet in one of them. The order never changes, so a run can be repeated.
 */
public final class Combinations {

    private Combinations() {}

    /** Two values that have to meet: which things, and which of their values. */
    private record Pair(int one, int value, int other, int otherValue) {}

    /**
     * All combinations.
     *
     * @param sizes how many values each thing has, at least one
     * @return a row per combination: for each thing the index of its value
     */
    public static List<int[]> all(int... sizes) {
        List<int[]> rows = List.of(new int[0]);
        for (int size : sizes) {
            rows = rows.stream()
                    .flatMap(row -> IntStream.range(0, size).mapToObj(value -> with(row, value)))
                    .toList();
        }
        return rows;
    }

    private static int[] with(int[] row, int value) {
        int[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = value;
        return longer;
    }

    /**
     * Combinations in which every two values of different things meet: each is the one that covers most pairs which are still missing, the first of equals.
     *
     * @param sizes how many values each thing has, at least one
     * @return rows as of {@link #all}
     */
    public static List<int[]> pairwise(int... sizes) {
        List<int[]> candidates = all(sizes);
        Set<Pair> missing = new LinkedHashSet<>();
        candidates.forEach(row -> missing.addAll(pairs(row)));
        List<int[]> chosen = new ArrayList<>();
        if (missing.isEmpty()) {
            return candidates;
        }
        while (!missing.isEmpty()) {
            int[] best = candidates.getFirst();
            long most = -1;
            for (int[] row : candidates) {
                long covered = pairs(row).stream().filter(missing::contains).count();
                if (covered > most) {
                    best = row;
                    most = covered;
                }
            }
            chosen.add(best);
            pairs(best).forEach(missing::remove);
        }
        return List.copyOf(chosen);
    }

    private static List<Pair> pairs(int... row) {
        List<Pair> pairs = new ArrayList<>();
        for (int one = 0; one < row.length; one++) {
            for (int other = one + 1; other < row.length; other++) {
                pairs.add(new Pair(one, row[one], other, row[other]));
            }
        }
        return pairs;
    }
}
