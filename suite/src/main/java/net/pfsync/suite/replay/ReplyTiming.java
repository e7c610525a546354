package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a reply came in the same class of time as the recorded one.
 *
 * <p>The recorded machines were emulated on a busy host, so milliseconds mean nothing. The class follows from how long
 * after an injection or operation the recorded reply came; if it fits several, one of them is enough. Times that are
 * not farther apart than the latest immediate answer was late, 50 ms, always agree. Source of the limits: {@code
 * fixtures/observed/README.md}, "Times".
 *
 * <table>
 * <caption>Classes</caption>
 * <tr><th>class</th><th>recorded</th><th>ours</th></tr>
 * <tr><td>at once</td><td>0 to 100 ms after one of them</td><td>0 to 100 ms after the same</td></tr>
 * <tr><td>one second</td><td>0.9 to 1.5 s after one of them</td><td>0.9 to 1.5 s after the same</td></tr>
 * <tr><td>retry and other timers</td><td>any other time</td><td>not farther from it than 0.3 s or 5 % of its distance
 * to the last of them</td></tr>
 * <tr><td>purge</td><td>any time, and the case says that a purge run decides</td><td>not farther from it than 10
 * s</td></tr>
 * </table>
 */
final class ReplyTiming {

    private static final Duration LATENESS = Duration.ofMillis(50);
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration ONE_SECOND_FROM = Duration.ofMillis(900);
    private static final Duration ONE_SECOND_TO = Duration.ofMillis(1_500);
    private static final Duration TIMER_SLACK = Duration.ofMillis(300);
    private static final int TIMER_SLACK_DIVISOR = 20;
    private static final Duration PURGE_SLACK = Duration.ofSeconds(10);

    private final List<Duration> stimuli;
    private final Nondeterminism nondeterminism;

    /**
     * Prepares for the replies of one case.
     *
     * @param stimuli when something was sent to the machine or done on it
     * @param nondeterminism what the case leaves out
     */
    ReplyTiming(List<Duration> stimuli, Nondeterminism nondeterminism) {
        this.stimuli = List.copyOf(stimuli);
        this.nondeterminism = nondeterminism;
    }

    static ReplyTiming of(RecordedCase recorded) {
        return new ReplyTiming(Timeline.of(recorded).stimuli(), recorded.nondeterminism());
    }

    /**
     * Compares the times of one reply.
     *
     * @return what our time should have been; empty if it is in the same class
     */
    Optional<String> expectedInsteadOf(Duration ours, Duration recorded) {
        if (nondeterminism.leavesOutTimes()) {
            return Optional.empty();
        }
        if (nondeterminism.purgeDecides()) {
            return near(ours, recorded, PURGE_SLACK);
        }
        if (near(ours, recorded, LATENESS).isEmpty()
                || shared(ours, recorded, Duration.ZERO, AT_ONCE)
                || shared(ours, recorded, ONE_SECOND_FROM, ONE_SECOND_TO)) {
            return Optional.empty();
        }
        if (any(recorded, Duration.ZERO, AT_ONCE)) {
            return Optional.of("at once (" + text(recorded) + ")");
        }
        if (any(recorded, ONE_SECOND_FROM, ONE_SECOND_TO)) {
            return Optional.of("after one second (" + text(recorded) + ")");
        }
        Duration fraction = sinceLast(recorded).dividedBy(TIMER_SLACK_DIVISOR);
        return near(ours, recorded, fraction.compareTo(TIMER_SLACK) > 0 ? fraction : TIMER_SLACK);
    }

    /** Whether the recorded reply came with a timer of one second. */
    boolean delayed(Duration recorded) {
        return !any(recorded, Duration.ZERO, AT_ONCE) && any(recorded, ONE_SECOND_FROM, ONE_SECOND_TO);
    }

    private boolean shared(Duration ours, Duration recorded, Duration from, Duration to) {
        return stimuli.stream()
                .anyMatch(each -> within(ours.minus(each), from, to) && within(recorded.minus(each), from, to));
    }

    private boolean any(Duration time, Duration from, Duration to) {
        return stimuli.stream().anyMatch(each -> within(time.minus(each), from, to));
    }

    private Duration sinceLast(Duration time) {
        return stimuli.stream()
                .filter(each -> each.compareTo(time) <= 0)
                .max(Duration::compareTo)
                .map(time::minus)
                .orElse(Duration.ZERO);
    }

    private static boolean within(Duration lag, Duration from, Duration to) {
        return lag.compareTo(from) >= 0 && lag.compareTo(to) <= 0;
    }

    private static Optional<String> near(Duration ours, Duration recorded, Duration slack) {
        return ours.minus(recorded).abs().compareTo(slack) <= 0
                ? Optional.empty()
                : Optional.of(text(recorded) + " +- " + text(slack));
    }

    /** Milliseconds with one digit behind the point, as in the recordings. */
    static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
