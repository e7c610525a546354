package net.pfsync.suite.replay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a case itself leaves out of the comparison, in the recorder's words.
 *
 * <p>Understood are the forms below; a sentence in any other form leaves nothing out. Bytes of replies are not told
 * here but by their {@link Mask}s.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><td>{@code table_after (…)}</td><td>the whole table</td></tr>
 * <tr><td>{@code table_after[3].id (…)}, {@code table_after[].id (…)}</td><td>the id of one state, of all
 * states</td></tr>
 * <tr><td>{@code ids of states made by the kernel itself …}</td><td>the id of states with the machine's own host
 * id</td></tr>
 * <tr><td>{@code … the purge …} about {@code after_ms}</td><td>the time of replies, up to ten seconds</td></tr>
 * <tr><td>{@code … only the sequence of frames is stable}</td><td>the time of replies</td></tr>
 * <tr><td>{@code order and split of the … two queues …}</td><td>see {@link SplitFrames}</td></tr>
 * </table>
 *
 * @param sentences as recorded
 */
record Nondeterminism(List<String> sentences) {

    /** Which of the two tables of a case is meant. */
    enum Table {
        BEFORE,
        AFTER;

        private String text() {
            return this == BEFORE ? "table_before" : "table_after";
        }
    }

    private static final Pattern ID = Pattern.compile("(table_before|table_after)\\[(\\d*)]\\.id\\b.*");

    Nondeterminism {
        sentences = List.copyOf(sentences);
    }

    boolean leavesOut(Table table) {
        return sentences.stream().anyMatch(sentence -> sentence.matches(table.text() + "( \\(.*\\))?"));
    }

    /**
     * Whether the id of a state is left out.
     *
     * @param table where the state is
     * @param index its place there
     * @param own whether it has the machine's own host id
     */
    boolean leavesOutId(Table table, int index, boolean own) {
        return sentences.stream().anyMatch(sentence -> {
            Matcher matcher = ID.matcher(sentence);
            if (matcher.matches()) {
                return matcher.group(1).equals(table.text())
                        && (matcher.group(2).isEmpty() || matcher.group(2).equals(String.valueOf(index)));
            }
            return own && sentence.startsWith("ids of states made by the kernel itself");
        });
    }

    /** Whether a purge run decides when replies are sent, so that they may come up to ten seconds earlier or later. */
    boolean purgeDecides() {
        return sentences.stream().anyMatch(sentence -> sentence.contains("after_ms") && sentence.contains("the purge"));
    }

    /** Whether only the order of replies is compared, not their times. */
    boolean leavesOutTimes() {
        return sentences.stream().anyMatch(sentence -> sentence.endsWith("only the sequence of frames is stable"));
    }

    /** The sentence that says that messages may be split over two frames, if there is one. */
    Optional<String> split() {
        return sentences.stream()
                .filter(sentence -> sentence.startsWith("order and split of") && sentence.contains("two queues"))
                .findFirst();
    }
}
