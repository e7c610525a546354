package net.pfsync.suite.lint;

import java.util.List;

/**
 * What is wrong, once for each sender and sentence.
 *
 * @param check what was looked for
 * @param sender whose doing it is, an address
 * @param sentence what was seen, for people; of several like it the first
 * @param count how often
 * @param frames the numbers of the first frames, as Wireshark counts them
 */
public record Finding(Check check, String sender, String sentence, long count, List<Long> frames) {

    public Finding {
        frames = List.copyOf(frames);
    }
}
