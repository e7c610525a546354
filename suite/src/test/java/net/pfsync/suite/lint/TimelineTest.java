package net.pfsync.suite.lint;

import static org.assertj.core.api.Assertions.assertThat;

import net.pfsync.wire.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A timeline takes the same room for a second and for a day, and loses nothing. */
class TimelineTest {

    @ParameterizedTest
    @CsvSource({"1", "60", "86400", "3000000"})
    void whatHappenedIsAllThere(long seconds) {
        Timeline timeline = new Timeline();
        int packets = 10_000;
        for (int i = 0; i < packets; i++) {
            timeline.packet(seconds * 1_000_000_000L / packets * i, 100);
            timeline.messages(Kind.UPD_C, 3);
            timeline.states(i);
            timeline.latency(seconds * 1_000_000_000L / packets * i, i);
        }
        assertThat(timeline.spans()).hasSizeBetween(60, 240);
        assertThat(timeline.spans().stream().mapToLong(Timeline.Span::frames).sum())
                .isEqualTo(packets);
        assertThat(timeline.spans().stream().mapToLong(Timeline.Span::bytes).sum())
                .isEqualTo(100L * packets);
        assertThat(timeline.spans().stream()
                        .mapToLong(span -> span.messages().getOrDefault(Kind.UPD_C, 0L))
                        .sum())
                .isEqualTo(3L * packets);
        assertThat(timeline.spans().getLast().states()).isEqualTo(packets - 1);
        assertThat(timeline.spans().getLast().longestLatency()).isEqualTo(packets - 1);
        assertThat(timeline.width() * timeline.spans().size()).isGreaterThanOrEqualTo(seconds * 999_000_000L);
    }

    /** A pause has spans too, in which the states stay known. */
    @Test
    void aPauseIsSeen() {
        Timeline timeline = new Timeline();
        timeline.packet(0, 1);
        timeline.states(7);
        timeline.packet(1_000_000_000L, 1);
        assertThat(timeline.spans().get(50).frames()).isZero();
        assertThat(timeline.spans().get(50).states()).isEqualTo(7);
    }
}
