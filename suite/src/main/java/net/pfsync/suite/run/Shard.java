package net.pfsync.suite.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.pfsync.suite.run.CaseFinder.FoundCase;

/**
 * One of several parts of a run, for machines that share the work. All cases of a requirement are in the same part, so that its verdict is complete
 * there; all parts together are the whole.
 *
 * @param number which part, from 1
 * @param count how many parts there are
 */
public record Shard(int number, int count) {

    /** The only part. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

    /** Checks that there is such a part. */
    public Shard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "there is no shard " + number + "/" + count + "; the first of three is 1/3, the last 3/3");
        }
    }

    /**
     * Reads a part.
     *
     * @param text for example {@code 2/3}
     * @return the part
     * @throws IllegalArgumentException if it is not of that form, or there is no such part
     */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a shard; the first of three is 1/3, the last 3/3");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * What this part has of some cases.
     *
     * @param cases all, those of a requirement in a row
     * @return those of every {@link #count}th requirement
     */
    public List<FoundCase> of(List<FoundCase> cases) {
        List<String> ids = cases.stream().map(FoundCase::id).distinct().toList();
        List<String> mine = IntStream.range(0, ids.size())
                .filter(i -> i % count == number - 1)
                .mapToObj(ids::get)
                .toList();
        return cases.stream().filter(one -> mine.contains(one.id())).toList();
    }
}
