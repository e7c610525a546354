package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenIdsTest {

    private static final String THEIRS = "0000000000000077";
    private static final String OURS = "6b02a09900000001";

    private final List<Reply> ours = new ArrayList<>();
    private final ChosenIds ids = new ChosenIds(recorded("clock"), ours);

    @Test
    void anInjectedReactionIsGivenOurId() {
        assertThat(ids.translate(packet("4500" + THEIRS + "beef")).hex()).isEqualTo("4500" + THEIRS + "beef");
        ours.add(reply());
        assertThat(ids.translate(packet("4500" + THEIRS + "beef" + THEIRS)).hex())
                .isEqualTo("4500" + OURS + "beef" + OURS);
    }

    @Test
    void onlyWholeBytesAreReplaced() {
        ours.add(reply());
        assertThat(ids.translate(packet("4" + THEIRS + "5")).hex()).isEqualTo("4" + THEIRS + "5");
    }

    @Test
    void aStateIsKilledByOurId() {
        ours.add(reply());
        assertThat(ids.translate(0x77)).isEqualTo(0x6b02a09900000001L);
        assertThat(ids.translate(0x78)).isEqualTo(0x78);
    }

    @Test
    void whatIsMaskedForAnotherReasonIsNoChoice() {
        ours.add(reply());
        assertThat(new ChosenIds(recorded("time"), ours).translate(0x77)).isEqualTo(0x77);
    }

    private static RecordedCase recorded(String reason) {
        return Sample.recorded(
                "\"mask\": [",
                "\"mask\": [{\"offset\": 44, \"length\": 8, \"field\": \"DEL_C[0].id\", \"reason\": \"" + reason
                        + "\"}, ");
    }

    private static Reply reply() {
        return new Reply(Duration.ZERO, Sample.DEL_C.replace(THEIRS, OURS), List.of());
    }

    private static Packet packet(String hex) {
        return new Packet(hex, Optional.empty(), Optional.empty(), "");
    }
}
