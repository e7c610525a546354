package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers findings; those of one check, sender and subject are counted, not listed. */
final class Findings {

    private static final int FRAMES = 20;
    private static final int MOST = 10_000;

    private final Map<Key, Counted> counted = new LinkedHashMap<>();

    private record Key(Check check, String sender, String subject) {}

    private static final class Counted {
        private final String sentence;
        private final List<Long> frames = new ArrayList<>();
        private long count;

        Counted(String sentence) {
            this.sentence = sentence;
        }
    }

    /** Something was seen whose sentence is the same each time. */
    void add(Check check, Heard heard, String sentence) {
        add(check, heard.sender(), sentence, sentence, heard.number());
    }

    /**
     * Something was seen.
     *
     * @param subject what is counted together
     * @param sentence of the first
     * @param frames where
     */
    void add(Check check, String sender, String subject, String sentence, long... frames) {
        Key key = new Key(check, sender, subject);
        Counted found = counted.get(key);
        if (found == null) {
            if (counted.size() >= MOST) {
                return;
            }
            found = new Counted(sentence);
            counted.put(key, found);
        }
        found.count++;
        for (long frame : frames) {
            if (found.frames.size() < FRAMES && !found.frames.contains(frame)) {
                found.frames.add(frame);
            }
        }
    }

    /** The worst first, else in the order in which they were found. */
    List<Finding> list() {
        List<Finding> list = new ArrayList<>();
        counted.forEach((key, found) ->
                list.add(new Finding(key.check(), key.sender(), found.sentence, found.count, found.frames)));
        list.sort(Comparator.comparing(finding -> finding.check().severity()));
        return list;
    }
}
