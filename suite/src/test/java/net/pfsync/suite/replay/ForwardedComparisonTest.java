package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What left towards the hosts is compared where a case tells it. */
class ForwardedComparisonTest {

    private static final String LEFT = "45000026000100003f1164b50a0701020a07020252081e61001200007878";
    private static final String OTHER_ID_AND_CHECKSUM = "45000026f00100003f11ffff0a0701020a07020252081e61001200007878";
    private static final String OTHER_TTL = "45000026000100003e1164b50a0701020a07020252081e61001200007878";

    private final RecordedCase recorded =
            recorded("{\"at_ms\": 20.0, \"interface\": \"em2\", \"hex\": \"" + LEFT + "\"}");

    @Test
    void identificationAndChecksumMayDifferAndTheTimeByATick() {
        assertThat(differences(sent(31, "em2", OTHER_ID_AND_CHECKSUM))).isEmpty();
        assertThat(differences(sent(8, "em2", OTHER_ID_AND_CHECKSUM))).isEmpty();
    }

    @Test
    void anyOtherByteIsADifference() {
        assertThat(differences(sent(20, "em2", OTHER_TTL)))
                .containsExactly("forwarded 0 expected " + comparable(LEFT) + " got " + comparable(OTHER_TTL));
    }

    @Test
    void aHeldPacketDidNotLeaveAtOnce() {
        assertThat(differences(sent(1, "em2", LEFT)))
                .containsExactly("forwarded 0 time expected 20.0 ms +- 13.0 ms got 1.0 ms");
    }

    @Test
    void theInterfaceAndTheNumberCount() {
        assertThat(differences(sent(20, "em0", LEFT))).containsExactly("forwarded 0 interface expected em2 got em0");
        assertThat(differences()).containsExactly("forwarded 0 expected 30 bytes on em2 after 20.0 ms got nothing");
        assertThat(differences(sent(20, "em2", LEFT), sent(21, "em2", LEFT)))
                .containsExactly("forwarded 1 expected nothing got 30 bytes on em2 after 21.0 ms");
    }

    @Test
    void whatHostsAnswerIsNotRecorded() {
        assertThat(differences(sent(20, "em2", LEFT), sent(21, "em1", LEFT))).isEmpty();
    }

    @Test
    void aDroppedPacketIsRecordedAndACaseThatTellsNothingIsNotCompared() {
        assertThat(ForwardedComparison.compare(recorded(""), List.of(sent(20, "em2", LEFT))))
                .hasSize(1);
        assertThat(ForwardedComparison.compare(Sample.recorded(), List.of(sent(20, "em2", LEFT))))
                .isEmpty();
    }

    private List<String> differences(Forwarded... ours) {
        return ForwardedComparison.compare(recorded, List.of(ours)).stream()
                .map(Difference::toString)
                .toList();
    }

    private static RecordedCase recorded(String forwarded) {
        String operation =
                "\"operations\": [{\"at_ms\": 0, \"op\": \"packet\", \"interface\": \"em1\", \"hex\": \"45\"}]";
        return Sample.recorded("\"operations\": []", operation + ", \"forwarded\": [" + forwarded + "]");
    }

    private static Forwarded sent(long millis, String interfaceName, String hex) {
        return new Forwarded(Duration.ofMillis(millis), interfaceName, hex);
    }

    /** Without identification and checksum. */
    private static String comparable(String hex) {
        return hex.substring(0, 8) + "0000" + hex.substring(12, 20) + "0000" + hex.substring(24);
    }
}
