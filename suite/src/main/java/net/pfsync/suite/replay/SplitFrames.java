package net.pfsync.suite.replay;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Message;

/**
 * Frames that 7.6 may split in two.
 *
 * <p>That kernel has two send queues and puts a state on one of them by a hash that differs from boot to boot. So what
 * is queued for several states at one moment may leave in one frame or in two, in either order. Source: {@code
 * fixtures/observed/README.md}, "7.6".
 *
 * <p>That, and nothing else, is allowed: the frames of one moment, one or two on either side, all of them delayed by
 * the one-second timer or named by the case itself, carry the same messages with the same bytes (what is masked left
 * out) behind the same headers, and at least two of them. All other replies agree in the ordinary way.
 */
final class SplitFrames {

    private static final Duration ONE_MOMENT = Duration.ofMillis(100);
    private static final String KERNEL = "OpenBSD 7.6";

    /** An IPv4 header without options and the pfsync header. */
    private static final int HEADERS = 40;

    private static final int[] LENGTHS = {2, 22};
    private static final int[] ID_AND_CHECKSUM = {4, 10};

    private final RecordedCase recorded;
    private final Dialect dialect;
    private final ReplyTiming timing;

    private SplitFrames(RecordedCase recorded, Dialect dialect, ReplyTiming timing) {
        this.recorded = recorded;
        this.dialect = dialect;
        this.timing = timing;
    }

    /** Whether our replies are the recorded ones but for such splits. */
    static boolean same(RecordedCase recorded, Outcome ours, ReplyTiming timing) {
        return recorded.kernel().equals(KERNEL)
                && new SplitFrames(recorded, ours.dialect(), timing).same(ours.replies());
    }

    private boolean same(List<Reply> ours) {
        List<List<Reply>> expected = moments(recorded.replies());
        List<List<Reply>> got = moments(ours);
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!sameTimes(expected.get(i), got.get(i)) || !sameMessages(expected.get(i), got.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<List<Reply>> moments(List<Reply> replies) {
        List<List<Reply>> moments = new ArrayList<>();
        for (Reply reply : replies) {
            if (moments.isEmpty()
                    || reply.after().minus(moments.getLast().getFirst().after()).compareTo(ONE_MOMENT) > 0) {
                moments.add(new ArrayList<>());
            }
            moments.getLast().add(reply);
        }
        return moments;
    }

    private boolean sameTimes(List<Reply> expected, List<Reply> got) {
        return got.stream()
                .allMatch(each -> timing.expectedInsteadOf(
                                each.after(), expected.getFirst().after())
                        .isEmpty());
    }

    private boolean sameMessages(List<Reply> expected, List<Reply> got) {
        if (!maySplit(expected)) {
            return expected.size() == got.size()
                    && IntStream.range(0, got.size())
                            .allMatch(i -> expected.get(i).sameBytes(got.get(i)));
        }
        Set<Hole> holes = new HashSet<>();
        expected.forEach(each -> forEachMessage(each, (action, message) -> addHoles(each, action, message, holes)));
        List<String> wanted = messages(expected, holes);
        return expected.size() <= 2
                && got.size() <= 2
                && wanted.size() >= 2
                && wanted.equals(messages(got, holes))
                && Stream.concat(expected.stream(), got.stream())
                                .map(SplitFrames::header)
                                .distinct()
                                .count()
                        == 1;
    }

    private boolean maySplit(List<Reply> moment) {
        return recorded.nondeterminism().split().isPresent()
                || moment.stream().allMatch(each -> timing.delayed(each.after()));
    }

    /** Bytes that are left out of all messages of one kind. */
    private record Hole(int action, int offset) {}

    private static void addHoles(Reply reply, int action, Message message, Set<Hole> into) {
        for (int i = 0; i < message.size(); i++) {
            if (reply.masked(message.offset() + i)) {
                into.add(new Hole(action, i));
            }
        }
    }

    /** The messages of some frames without their holes, sorted, each with its action. */
    private List<String> messages(List<Reply> replies, Set<Hole> holes) {
        List<String> texts = new ArrayList<>();
        for (Reply reply : replies) {
            forEachMessage(reply, (action, message) -> {
                byte[] bytes = message.bytes();
                for (Hole hole : holes) {
                    if (hole.action() == action && hole.offset() < bytes.length) {
                        bytes[hole.offset()] = 0;
                    }
                }
                texts.add(action + ":" + HexFormat.of().formatHex(bytes));
            });
        }
        texts.sort(null);
        return texts;
    }

    private void forEachMessage(Reply reply, BiConsumer<Integer, Message> consumer) {
        for (SectionWalk.Section section : SectionWalk.of(dialect, reply.bytes())) {
            section.messages()
                    .forEach(message -> consumer.accept(section.action().number(), message));
        }
    }

    /** The IP and pfsync headers without IP id and checksum, and with how far the lengths in them are from the real one. */
    private static String header(Reply reply) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(reply.bytes(), HEADERS));
        for (int at : LENGTHS) {
            bytes.putShort(at, (short) (reply.bytes().length - bytes.getShort(at)));
        }
        for (int at : ID_AND_CHECKSUM) {
            bytes.putShort(at, (short) 0);
        }
        return HexFormat.of().formatHex(bytes.array());
    }
}
