package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a state dies. Source: PF-TRACKING.md section 8. */
class TimeoutsTest {

    private static final int NOW = 1000;
    private static final int FIRST_PACKET = 120;

    private final int[] seconds = new int[Timeouts.MAX];
    private final State state = new State();

    private int expiry(int states) {
        return new Timeouts(seconds).expiry(state, states, NOW);
    }

    @Test
    void countsTheTimeoutFromTheLastActivity() {
        seconds[Timeouts.TCP_FIRST_PACKET] = FIRST_PACKET;
        state.timeout = Timeouts.TCP_FIRST_PACKET;
        state.expire = 990;
        assertThat(expiry(1)).isEqualTo(990 + FIRST_PACKET);
    }

    @ParameterizedTest
    @CsvSource({
        "6000, 12000, 6000, 120", // not above the start
        "6000, 12000, 6001, 119", // just above
        "6000, 12000, 9000, 60", // half way
        "6000, 12000, 11999, 0", // the last step
        "0, 12000, 3000, 90", // scaling from the first state on
        "6000, 0, 9000, 120", // no end: switched off
        "6000, 6000, 9000, 120", // start not before the end: switched off
        "7000, 6000, 9000, 120"
    })
    void scalesTheTimeoutBetweenStartAndEnd(int start, int end, int states, int scaled) {
        seconds[Timeouts.TCP_FIRST_PACKET] = FIRST_PACKET;
        seconds[Timeouts.ADAPTIVE_START] = start;
        seconds[Timeouts.ADAPTIVE_END] = end;
        state.expire = 990;
        assertThat(expiry(states)).isEqualTo(990 + scaled);
    }

    @ParameterizedTest
    @ValueSource(ints = {12000, 12001, 1_000_000})
    void letsEveryStateDieNowAtTheEndOfTheScale(int states) {
        seconds[Timeouts.TCP_FIRST_PACKET] = FIRST_PACKET;
        seconds[Timeouts.ADAPTIVE_START] = 6000;
        seconds[Timeouts.ADAPTIVE_END] = 12000;
        state.expire = 5000;
        assertThat(expiry(states)).isEqualTo(NOW);
    }

    @Test
    void doesNotOverflowWhenItScalesALongTimeout() {
        seconds[Timeouts.TCP_FIRST_PACKET] = 864_000;
        seconds[Timeouts.ADAPTIVE_START] = 60_000;
        seconds[Timeouts.ADAPTIVE_END] = 120_000;
        assertThat(expiry(90_000)).isEqualTo(432_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {Timeouts.PURGE, Timeouts.UNLINKED})
    void letsAStateThatIsToBePurgedDieNow(int timeout) {
        state.timeout = (byte) timeout;
        state.expire = 5000;
        assertThat(expiry(1)).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Timeouts.MAX, 255})
    void hasNoValueBehindTheLastIndex(int index) {
        assertThat(new Timeouts(seconds).seconds(index)).isZero();
    }

    @Test
    void wantsAValueForEveryIndex() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(1, 2, 3))
                .withMessageContaining("20");
    }

    @Test
    void doesNotSeeLaterChangesOfTheArrayItWasMadeOf() {
        Timeouts timeouts = new Timeouts(seconds);
        seconds[3] = 7;
        assertThat(timeouts.seconds(3)).isZero();
    }
}
