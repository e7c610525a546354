package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTimingTest {

    @Test
    void atOnceIsUpToATenthOfASecondAfterTheSameInjection() {
        ReplyTiming timing = after(0, 500);
        assertThat(agrees(timing, 500, 501.3)).isTrue();
        assertThat(agrees(timing, 600, 501.3)).isTrue();
        assertThat(agrees(timing, 601, 501.3)).isFalse();
        assertThat(agrees(timing, 1, 501.3)).isFalse();
    }

    @Test
    void oneSecondIsNotAtOnce() {
        ReplyTiming timing = after(0);
        assertThat(agrees(timing, 1000, 995.2)).isTrue();
        assertThat(agrees(timing, 900, 1499)).isTrue();
        assertThat(agrees(timing, 899, 995.2)).isFalse();
        assertThat(agrees(timing, 0, 995.2)).isFalse();
        assertThat(agrees(timing, 1000, 1.1)).isFalse();
    }

    @Test
    void aReplyThatFitsTwoClassesMayAgreeInOne() {
        ReplyTiming timing = after(0, 1_001);
        assertThat(agrees(timing, 1_000, 1_003)).isTrue();
        assertThat(agrees(timing, 1_005, 1_003)).isTrue();
        assertThat(agrees(timing, 800, 1_003)).isFalse();
    }

    @Test
    void aRetryMayBeOffByThreeTenthsOfASecondOrFivePercent() {
        ReplyTiming timing = after(0);
        assertThat(agrees(timing, 2_000, 2_075)).isTrue();
        assertThat(agrees(timing, 2_376, 2_075)).isFalse();
        assertThat(agrees(timing, 20_660, 21_221)).isTrue();
        assertThat(agrees(timing, 20_100, 21_221)).isFalse();
    }

    @Test
    void fivePercentCountFromTheLastInjectionBefore() {
        ReplyTiming timing = after(0, 20_000);
        assertThat(agrees(timing, 21_600, 22_000)).isFalse();
    }

    @Test
    void timesNoFartherApartThanTheLatestImmediateAnswerWasLateAgree() {
        ReplyTiming timing = after(0);
        assertThat(agrees(timing, 100.1, 94.4)).isTrue();
        assertThat(agrees(timing, 145, 94.4)).isFalse();
    }

    @Test
    void aPurgeMayComeTenSecondsEarlierOrLater() {
        ReplyTiming timing = timing("after_ms of the DEL_C: 3 s plus up to 10 s until the purge passes by");
        assertThat(agrees(timing, 13_000, 4_161)).isTrue();
        assertThat(agrees(timing, 15_000, 4_161)).isFalse();
    }

    @Test
    void timesAreLeftOutWhenOnlyTheSequenceIsStable() {
        ReplyTiming timing = timing("which bulk a tick belongs to: only the sequence of frames is stable");
        assertThat(agrees(timing, 900, 1)).isTrue();
    }

    private static ReplyTiming timing(String sentence) {
        return new ReplyTiming(List.of(Duration.ZERO), new Nondeterminism(List.of(sentence)));
    }

    private static ReplyTiming after(long... stimuli) {
        return new ReplyTiming(
                Arrays.stream(stimuli).mapToObj(Duration::ofMillis).toList(), new Nondeterminism(List.of()));
    }

    private static boolean agrees(ReplyTiming timing, double ours, double recorded) {
        return timing.expectedInsteadOf(millis(ours), millis(recorded)).isEmpty();
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
