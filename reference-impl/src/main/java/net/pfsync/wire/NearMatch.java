package net.pfsync.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says what was probably meant by a name that does not exist. */
public final class NearMatch {
    private static final int SHOWN = 5;

    private NearMatch() {}

    /** "no such field: 'exipre'; near: expire; possible: ..." as an exception. */
    static IllegalArgumentException unknown(String what, String name, Collection<String> possible) {
        List<String> near = near(name, possible);
        return new IllegalArgumentException("no such " + what + ": '" + name + "'"
                + (near.isEmpty() ? "" : "; near: " + String.join(", ", near))
                + "; possible: " + String.join(", ", possible));
    }

    /** The names that differ from {@code name} by at most a third of its letters, nearest first. */
    public static List<String> near(String name, Collection<String> possible) {
        int limit = Math.max(2, name.length() / 3);
        return possible.stream()
                .filter(each -> distance(name, each) <= limit)
                .sorted(Comparator.comparingInt(each -> distance(name, each)))
                .limit(SHOWN)
                .toList();
    }

    /** Letters to insert, delete or replace until one name is the other. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
