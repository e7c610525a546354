package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walk that finds states whose time is over. Source: PF-TRACKING.md 8.4. */
class PurgeRunTest {

    private static final int TIMEOUT = 10;
    private static final int INTERVAL = 5;

    private final StateTable table = new StateTable();
    private final List<State> expired = new ArrayList<>();
    private final Set<State> inUse = new HashSet<>();
    private final PurgeRun run = new PurgeRun(table, timeouts(INTERVAL), this::expire, inUse::contains);

    private static Timeouts timeouts(int interval) {
        int[] seconds = new int[Timeouts.MAX];
        seconds[States.TCP_ESTABLISHED] = TIMEOUT;
        seconds[Timeouts.INTERVAL] = interval;
        return new Timeouts(seconds);
    }

    private void expire(State state) {
        expired.add(state);
        table.unlink(state);
    }

    private List<State> fill(int count) {
        List<State> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            State state = States.tcp(i, 1);
            assertThat(table.insert(state)).isTrue();
            states.add(state);
        }
        return states;
    }

    @Test
    void leavesAStateAloneUntilItsTimeIsOver() {
        fill(1);
        run.step(TIMEOUT - 1);
        assertThat(expired).isEmpty();
        run.step(TIMEOUT);
        assertThat(expired).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "5, 2", "12, 3", "100, 21"})
    void looksAtOneStateMoreThanItsShareOfTheList(int states, int share) {
        List<State> all = fill(states);
        run.step(TIMEOUT);
        assertThat(expired).isEqualTo(all.subList(0, share));
    }

    @Test
    void goesOnWhereTheLastStepStopped() {
        List<State> all = fill(12);
        run.step(TIMEOUT);
        run.step(TIMEOUT);
        assertThat(expired).isEqualTo(all.subList(0, 6));
    }

    @Test
    void getsThroughTheWholeListWithinTheInterval() {
        fill(57);
        for (int step = 0; step < INTERVAL; step++) {
            run.step(TIMEOUT);
        }
        assertThat(expired).hasSize(57);
        assertThat(table.size()).isZero();
    }

    @Test
    void freesAnUnlinkedStateWhenItComesByAgain() {
        fill(12);
        for (int step = 0; step < 4; step++) {
            run.step(TIMEOUT);
        }
        assertThat(expired).hasSize(12);
        assertThat(table.listed()).isEqualTo(12);
        for (int step = 0; step < 2 * INTERVAL; step++) {
            run.step(TIMEOUT);
        }
        assertThat(table.listed()).isZero();
        assertThat(table.first()).isNull();
        assertThat(table.last()).isNull();
    }

    @Test
    void doesNotFreeAStateThatIsInUse() {
        List<State> all = fill(3);
        inUse.add(all.get(1));
        for (int step = 0; step < 4 * INTERVAL; step++) {
            run.step(TIMEOUT);
        }
        assertThat(table.listed()).isOne();
        assertThat(table.first()).isSameAs(all.get(1));
        inUse.clear();
        for (int step = 0; step < INTERVAL; step++) {
            run.step(TIMEOUT);
        }
        assertThat(table.listed()).isZero();
    }

    @Test
    void takesStatesInThatCameMeanwhile() {
        fill(1);
        run.step(0);
        assertThat(table.insert(States.tcp(77, 2))).isTrue();
        run.step(TIMEOUT);
        run.step(TIMEOUT);
        assertThat(expired).hasSize(2);
    }

    @Test
    void doesNothingWithAnEmptyTable() {
        run.step(TIMEOUT);
        assertThat(expired).isEmpty();
    }

    @Test
    void takesAnIntervalOfZeroForOneSecond() {
        List<State> all = fill(4);
        new PurgeRun(table, timeouts(0), this::expire, inUse::contains).step(TIMEOUT);
        assertThat(expired).isEqualTo(all);
    }
}
