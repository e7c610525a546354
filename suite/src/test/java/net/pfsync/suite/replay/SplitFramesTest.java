package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import org.junit.jupiter.api.Test;

/** What 7.6 may split, and what it may not. */
class SplitFramesTest {

    private static final String ONE = "0000000000001111deadbeef";
    private static final String TWO = "0000000000002222deadbeef";
    private static final String THREE = "0000000000003333deadbeef";

    private final Sample.Ours ours = Sample.agreeing();

    @Test
    void delayedMessagesMayLeaveInOneFrameOrInTwo() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "998.0", delC(ONE, TWO, THREE));
        sends(1_000, delC(THREE), delC(ONE, TWO));
        assertThat(ours.differences(recorded)).isEmpty();
    }

    @Test
    void theCounterOfSentPacketsFollowsTheSplitAndNothingElse() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "998.0", delC(ONE, TWO, THREE));
        sends(1_000, delC(THREE), delC(ONE, TWO));
        ours.counters.put(Counter.OPACKETS, 3L);
        assertThat(ours.differences(recorded)).containsExactly("counters opackets expected 2 got 3");
    }

    @Test
    void aMessageMoreOrLessIsADifference() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "998.0", delC(ONE, TWO, THREE));
        sends(1_000, delC(THREE), delC(TWO));
        assertThat(ours.differences(recorded)).isNotEmpty();
        sends(1_000, delC(THREE, THREE), delC(ONE, TWO));
        assertThat(ours.differences(recorded)).isNotEmpty();
    }

    @Test
    void threeFramesAreTooMany() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "998.0", delC(ONE, TWO, THREE));
        sends(1_000, delC(ONE), delC(TWO), delC(THREE));
        assertThat(ours.differences(recorded)).isNotEmpty();
    }

    @Test
    void anotherHeaderIsADifference() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "998.0", delC(ONE, TWO));
        sends(1_000, delC(TWO), Sample.withByte(delC(ONE), 8, "fe"));
        assertThat(ours.differences(recorded)).isNotEmpty();
    }

    @Test
    void immediateMessagesMayNotBeSplitUnlessTheCaseSaysSo() {
        RecordedCase recorded = recorded("OpenBSD 7.6", "1.0", delC(ONE, TWO));
        sends(1, delC(ONE), delC(TWO));
        assertThat(ours.differences(recorded)).isNotEmpty();
        String sentence = "order and split of the DEL_Cs: two queues, chosen by a hash which differs from boot to boot";
        RecordedCase saying = recorded("OpenBSD 7.6", "1.0", delC(ONE, TWO), sentence);
        assertThat(ours.differences(saying)).isEmpty();
    }

    @Test
    void onlySevenSixHasTwoQueues() {
        RecordedCase recorded = recorded("OpenBSD 7.3", "998.0", delC(ONE, TWO));
        sends(1_000, delC(ONE), delC(TWO));
        assertThat(ours.differences(recorded)).isNotEmpty();
    }

    @Test
    void maskedBytesAreLeftOutOfSplitMessagesToo() {
        String ids = "\"mask\": [{\"offset\": 44, \"length\": 8}, {\"offset\": 56, \"length\": 8}, ";
        RecordedCase masked =
                Sample.read(line("OpenBSD 7.6", "998.0", delC(ONE, TWO)).replace("\"mask\": [", ids));
        sends(1_000, delC(TWO.replace("2222", "4444")), delC(THREE));
        assertThat(ours.differences(masked)).isEmpty();
        sends(1_000, delC(TWO.replace("deadbeef", "deadbee0")), delC(THREE));
        assertThat(ours.differences(masked)).isNotEmpty();
    }

    @Test
    void otherMomentsAgreeInTheOrdinaryWay() {
        String first = "{\"after_ms\": 1.0, \"hex\": \"" + delC(THREE) + "\"}, {\"after_ms\"";
        RecordedCase two =
                Sample.read(line("OpenBSD 7.6", "998.0", delC(ONE, TWO)).replace("{\"after_ms\"", first));
        sends(1_000, delC(ONE), delC(TWO));
        ours.replies.addFirst(new Reply(Duration.ofMillis(1), delC(THREE), List.of()));
        ours.counters.put(Counter.OPACKETS, 2L);
        assertThat(ours.differences(two)).isEmpty();
        ours.replies.set(0, new Reply(Duration.ofMillis(1), delC(ONE), List.of()));
        assertThat(ours.differences(two)).isNotEmpty();
    }

    private static RecordedCase recorded(String kernel, String after, String reply) {
        return Sample.read(line(kernel, after, reply));
    }

    private static RecordedCase recorded(String kernel, String after, String reply, String sentence) {
        return Sample.read(line(kernel, after, reply)
                .replace("\"nondeterministic\": []", "\"nondeterministic\": [\"" + sentence + "\"]"));
    }

    private static String line(String kernel, String after, String reply) {
        return Sample.line("OpenBSD 4.6", kernel, "\"after_ms\": 1.1", "\"after_ms\": " + after, Sample.DEL_C, reply);
    }

    private void sends(long millis, String... frames) {
        ours.dialect = Dialect.of("v6-7.4");
        ours.counters.put(Counter.OPACKETS, (long) frames.length);
        ours.replies = new ArrayList<>(Arrays.stream(frames)
                .map(each -> new Reply(Duration.ofMillis(millis), each, List.of()))
                .toList());
    }

    private static String delC(String... names) {
        int length = 24 + 12 * names.length;
        return "4510%04x00004000fff000000a000001e00000f0".formatted(20 + length)
                + "0600%04x".formatted(length)
                + "00".repeat(16)
                + "0703%04x".formatted(names.length)
                + String.join("", names);
    }
}
