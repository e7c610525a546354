package net.pfsync.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Time that moves only when it is told to, and the order of what happens in it. */
class VirtualTimeTest {

    private static final long EPOCH = 1_700_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime(EPOCH);
    private final List<String> ran = new ArrayList<>();

    private Runnable says(String word) {
        return () -> ran.add(word);
    }

    @Test
    void runsTasksInTheOrderOfTheirTimes() {
        time.schedule(30, says("last"));
        time.schedule(10, says("first"));
        time.schedule(20, says("second"));
        time.advance(SECOND);
        assertThat(ran).containsExactly("first", "second", "last");
    }

    @Test
    void runsTasksOfOneInstantInTheOrderInWhichTheyWereScheduled() {
        time.schedule(10, says("a"));
        time.schedule(10, says("b"));
        time.advance(Duration.ofNanos(10));
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runsWhatIsScheduledForAnInstantBeforeWhatIsToRunSoon() {
        time.soon(says("soon"));
        time.schedule(0, says("scheduled"));
        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("scheduled", "soon");
    }

    @Test
    void runsATaskThatASoonSchedulesForNowBeforeTheNextSoon() {
        time.soon(() -> time.schedule(0, says("scheduled")));
        time.soon(says("soon"));
        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("scheduled", "soon");
    }

    @Test
    void neverRunsATaskWithinTheCallThatSchedulesIt() {
        time.schedule(-5, says("overdue"));
        time.soon(says("soon"));
        assertThat(ran).isEmpty();
        assertThat(time.nanos()).isZero();
        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("overdue", "soon");
        assertThat(time.nanos()).isZero();
    }

    @Test
    void givesEveryTaskTheTimeThatItWasScheduledFor() {
        List<Long> times = new ArrayList<>();
        time.schedule(7, () -> times.add(time.nanos()));
        time.schedule(7, () -> time.soon(() -> times.add(time.nanos())));
        time.advance(SECOND);
        assertThat(times).containsExactly(7L, 7L);
        assertThat(time.nanos()).isEqualTo(SECOND.toNanos());
    }

    @Test
    void runsWhatIsDueExactlyAtTheEndAndNothingBehindIt() {
        time.schedule(10, says("at the end"));
        time.schedule(11, says("behind"));
        time.advance(Duration.ofNanos(10));
        assertThat(ran).containsExactly("at the end");
    }

    @Test
    void doesNotRunACancelledTask() {
        Timer timer = time.schedule(10, says("cancelled"));
        time.schedule(10, says("kept"));
        assertThat(timer.pending()).isTrue();
        timer.cancel();
        assertThat(timer.pending()).isFalse();
        time.advance(SECOND);
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void isNoLongerPendingWhenItRuns() {
        List<Boolean> pending = new ArrayList<>();
        Timer[] timer = new Timer[1];
        timer[0] = time.schedule(10, () -> pending.add(timer[0].pending()));
        time.advance(SECOND);
        timer[0].cancel();
        assertThat(pending).containsExactly(false);
    }

    @Test
    void stopsAsSoonAsAConditionHolds() {
        time.schedule(10, says("a"));
        time.schedule(10, says("b"));
        assertThat(time.advanceUntil(() -> ran.contains("a"), SECOND)).isTrue();
        assertThat(ran).containsExactly("a");
        assertThat(time.nanos()).isEqualTo(10);
        time.advance(Duration.ZERO);
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runsNothingForAConditionThatHoldsAlready() {
        time.soon(says("soon"));
        assertThat(time.advanceUntil(() -> true, SECOND)).isTrue();
        assertThat(ran).isEmpty();
        assertThat(time.nanos()).isZero();
    }

    @Test
    void letsAllTheTimePassForAConditionThatNeverHolds() {
        time.schedule(10, says("a"));
        assertThat(time.advanceUntil(() -> false, SECOND)).isFalse();
        assertThat(ran).containsExactly("a");
        assertThat(time.nanos()).isEqualTo(SECOND.toNanos());
    }

    @Test
    void asksOnceMoreAtTheDeadlineForAConditionThatOnlyTimeFulfils() {
        assertThat(time.advanceUntil(() -> time.nanos() >= SECOND.toNanos(), SECOND))
                .isTrue();
    }

    @Test
    void movesTheWallClockInWholeSeconds() {
        time.advance(Duration.ofMillis(1999));
        assertThat(time.epochSeconds()).isEqualTo(EPOCH + 1);
        time.advance(Duration.ofMillis(1));
        assertThat(time.epochSeconds()).isEqualTo(EPOCH + 2);
    }

    @Property(tries = 300)
    void runsEverythingOnceAndInOrder(
            @ForAll @Size(max = 40) List<@IntRange(min = -2, max = 9) Integer> delays, @ForAll boolean inOneGo) {
        record Planned(long at, int sequence) {}
        VirtualTime clock = new VirtualTime(EPOCH);
        List<Planned> planned = new ArrayList<>();
        List<Planned> done = new ArrayList<>();
        for (int delay : delays) {
            Planned task = new Planned(Math.max(0, delay), planned.size());
            planned.add(task);
            clock.schedule(delay, () -> {
                assertThat(clock.nanos()).isEqualTo(task.at);
                done.add(task);
            });
        }
        for (int step = 0; step < 10 && !inOneGo; step++) {
            clock.advance(Duration.ofNanos(1));
        }
        clock.advance(Duration.ofNanos(10));
        planned.sort(Comparator.comparingLong(Planned::at).thenComparingInt(Planned::sequence));
        assertThat(done).isEqualTo(planned);
    }
}
