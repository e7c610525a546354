package net.pfsync.suite.replay;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Compares the packets that our firewall sent with the recorded ones: how many, when, and every byte that is not
 * masked.
 */
final class ReplyComparison {

    private final RecordedCase recorded;
    private final Outcome ours;
    private final ReplyTiming timing;
    private final List<Difference> differences = new ArrayList<>();

    private ReplyComparison(RecordedCase recorded, Outcome ours) {
        this.recorded = recorded;
        this.ours = ours;
        this.timing = ReplyTiming.of(recorded);
    }

    /**
     * What came of it.
     *
     * @param differences what differs
     * @param extraFrames how many frames more than recorded are in order, because they were split otherwise
     */
    record Result(List<Difference> differences, int extraFrames) {}

    static Result compare(RecordedCase recorded, Outcome ours) {
        ReplyComparison comparison = new ReplyComparison(recorded, ours);
        comparison.compareInOrder();
        if (!comparison.differences.isEmpty() && SplitFrames.same(recorded, ours, comparison.timing)) {
            return new Result(
                    List.of(), ours.replies().size() - recorded.replies().size());
        }
        return new Result(comparison.differences, 0);
    }

    private void compareInOrder() {
        List<Reply> expected = recorded.replies();
        List<Reply> got = ours.replies();
        for (int i = 0; i < Math.min(expected.size(), got.size()); i++) {
            compare("reply " + i, expected.get(i), got.get(i));
        }
        for (int i = got.size(); i < expected.size(); i++) {
            differences.add(new Difference("reply " + i, describe(expected.get(i)), "nothing"));
        }
        for (int i = expected.size(); i < got.size(); i++) {
            differences.add(new Difference("reply " + i, "nothing", describe(got.get(i))));
        }
    }

    private String describe(Reply reply) {
        return FrameText.summary(ours.dialect(), reply.bytes()) + " after " + ReplyTiming.text(reply.after());
    }

    private void compare(String name, Reply expected, Reply got) {
        timing.expectedInsteadOf(got.after(), expected.after())
                .ifPresent(wanted ->
                        differences.add(new Difference(name + " time", wanted, ReplyTiming.text(got.after()))));
        byte[] wanted = expected.bytes();
        byte[] bytes = got.bytes();
        if (wanted.length != bytes.length) {
            differences.add(new Difference(name, length(expected), length(got)));
            return;
        }
        for (int at = 0; at < wanted.length; at++) {
            if (differs(expected, wanted, bytes, at)) {
                int end = at + 1;
                while (end < wanted.length && differs(expected, wanted, bytes, end)) {
                    end++;
                }
                differences.add(new Difference(
                        name + " " + range(at, end) + FrameText.field(ours.dialect(), wanted, at),
                        HexFormat.of().formatHex(wanted, at, end),
                        HexFormat.of().formatHex(bytes, at, end)));
                at = end;
            }
        }
    }

    private static boolean differs(Reply expected, byte[] wanted, byte[] bytes, int at) {
        return wanted[at] != bytes[at] && !expected.masked(at);
    }

    private static String range(int from, int to) {
        return to - from == 1 ? "byte " + from : "bytes " + from + "-" + (to - 1);
    }

    private String length(Reply reply) {
        return reply.hex().length() / 2 + " bytes (" + FrameText.summary(ours.dialect(), reply.bytes()) + ")";
    }
}
