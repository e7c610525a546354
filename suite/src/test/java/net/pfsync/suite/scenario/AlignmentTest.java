package net.pfsync.suite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames are laid side by side as well as they fit. */
class AlignmentTest {

    @Test
    void theSameFramesAreAllPairs() {
        List<SyncFrame> frames = List.of(frame(0, "A", "INS x2"), frame(1000, "A", "UPD_C x2"));
        assertThat(Alignment.of(frames, frames).share()).isEqualTo(1);
    }

    @Test
    void oneFrameMoreAndOneLessAreSeen() {
        Alignment alignment = Alignment.of(
                List.of(frame(0, "A", "INS x2"), frame(1000, "A", "UPD_C x2")),
                List.of(frame(0, "A", "INS x2"), frame(500, "A", "DEL_C x1")));
        assertThat(alignment.pairs()).hasSize(1);
        assertThat(alignment.rows()).hasSize(3);
        assertThat(alignment.share()).isEqualTo(0.5);
    }

    @Test
    void ofFramesOfOneKindTheNearestArePairs() {
        Alignment alignment = Alignment.of(
                List.of(frame(1000, "A", "UPD_C x2")),
                List.of(frame(0, "A", "UPD_C x2"), frame(1010, "A", "UPD_C x2"), frame(2000, "A", "UPD_C x2")));
        assertThat(alignment.pairs()).extracting(Alignment.Row::later).containsExactly(Duration.ofMillis(10));
    }

    @Test
    void theOrderOfOneSenderCountsAndThatOfTwoDoesNot() {
        List<SyncFrame> recorded = List.of(frame(0, "A", "INS x2"), frame(1, "B", "UPD_C x2"));
        assertThat(Alignment.of(recorded, List.of(frame(0, "B", "UPD_C x2"), frame(1, "A", "INS x2")))
                        .share())
                .isEqualTo(1);
        List<SyncFrame> one = List.of(frame(0, "A", "INS x2"), frame(1, "A", "UPD_C x2"));
        assertThat(Alignment.of(one, List.of(frame(0, "A", "UPD_C x2"), frame(1, "A", "INS x2")))
                        .pairs())
                .hasSize(1);
    }

    @Test
    void aFrameOfAnotherSenderIsNoPair() {
        assertThat(Alignment.of(List.of(frame(0, "A", "INS x2")), List.of(frame(0, "B", "INS x2")))
                        .pairs())
                .isEmpty();
    }

    private static SyncFrame frame(long millis, String sender, String kind) {
        return new SyncFrame(Duration.ofMillis(millis), sender, kind, List.of(), List.of());
    }
}
