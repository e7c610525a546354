package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of all states: one test for each thing that it promises; {@link StateTableModelTest} does the rest. */
class StateTableTest {

    private final StateTable table = new StateTable();

    private State insert(State state) {
        assertThat(table.insert(state)).isTrue();
        return state;
    }

    /** A state on a key of its own choice, so that only what a test changes can clash. */
    private static State state(long id, int key) {
        State state = States.tcp(id, 1);
        state.wire = States.key(key);
        state.stack = state.wire;
        return state;
    }

    @Test
    void findsAStateByIdAndCreatorTogether() {
        State state = insert(States.tcp(7, 1));
        assertThat(table.find(7, 1)).isSameAs(state);
        assertThat(table.find(7, 2)).isNull();
        assertThat(table.find(8, 1)).isNull();
        assertThat(state.linked()).isTrue();
    }

    @Test
    void acceptsEveryIdAndCreator() {
        State zero = insert(state(0, 1));
        zero.creatorId = 1;
        State high = States.tcp(0x8000_0000_0000_0000L, 0xffff_ffff);
        insert(high);
        assertThat(table.find(0x8000_0000_0000_0000L, 0xffff_ffff)).isSameAs(high);
        assertThat(table.find(0, 1)).isSameAs(zero);
    }

    @Test
    void refusesASecondStateOfOneName() {
        State first = insert(state(7, 1));
        assertThat(table.insert(state(7, 2))).isFalse();
        assertThat(table.find(7, 1)).isSameAs(first);
        assertThat(table.size()).isOne();
        assertThat(table.listed()).isOne();
    }

    @Test
    void refusesASecondStateOfOneKeyInterfaceAndDirection() {
        insert(state(1, 1));
        assertThat(table.insert(state(2, 1))).isFalse();
        assertThat(table.find(2, 1)).isNull();
    }

    @Test
    void acceptsOneKeyOnAnotherInterface() {
        insert(state(1, 1));
        State bound = state(2, 1);
        bound.ifname = "em1";
        assertThat(table.insert(bound)).isTrue();
    }

    @Test
    void acceptsOneKeyInTheOtherDirection() {
        insert(state(1, 1));
        State out = state(2, 1);
        out.direction = State.OUT;
        assertThat(table.insert(out)).isTrue();
    }

    @Test
    void refusesAKeyThatIsTakenOnTheOtherSideOfATranslation() {
        State translated = state(1, 1);
        translated.stack = States.key(2);
        insert(translated);
        assertThat(table.insert(state(2, 2))).isFalse();
        State reversed = state(3, 3);
        reversed.stack = States.key(1);
        assertThat(table.insert(reversed)).isFalse();
    }

    @Test
    void changesNothingOfAStateThatItRefuses() {
        State first = insert(state(1, 1));
        State second = state(2, 1);
        StateKey key = second.wire;
        assertThat(table.insert(second)).isFalse();
        assertThat(second.wire).isSameAs(key).isNotSameAs(first.wire);
        assertThat(second.linked()).isFalse();
    }

    @Test
    void sharesOneKeyObjectBetweenStatesOfOneKey() {
        State in = insert(state(1, 1));
        State out = state(2, 1);
        out.direction = State.OUT;
        insert(out);
        assertThat(out.wire).isSameAs(in.wire);
        assertThat(out.stack).isSameAs(in.wire);
    }

    @Test
    void findsStatesByEitherKey() {
        State translated = state(1, 1);
        translated.stack = States.key(2);
        insert(translated);
        assertThat(table.find(States.key(1), null, State.IN)).isSameAs(translated);
        assertThat(table.find(States.key(2), null, State.IN)).isSameAs(translated);
        assertThat(table.find(States.key(1), null, State.OUT)).isNull();
        assertThat(table.find(States.key(3), null, State.IN)).isNull();
    }

    @Test
    void findsAFloatingStateOnEveryInterfaceAndABoundOneOnItsOwn() {
        State floating = insert(state(1, 1));
        State bound = state(2, 2);
        bound.ifname = "em1";
        insert(bound);
        assertThat(table.find(States.key(1), "em7", State.IN)).isSameAs(floating);
        assertThat(table.find(States.key(2), "em1", State.IN)).isSameAs(bound);
        assertThat(table.find(States.key(2), "em7", State.IN)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 32, 48})
    void spreadsIdsOverItsSlotsWhicheverBytesOfThemCount(int shift) {
        int ids = 4096;
        int slots = 2 * ids;
        Set<Integer> taken = new HashSet<>();
        for (long i = 0; i < ids; i++) {
            taken.add(StateTable.hash(0x6b028ecd_00000000L + (i << shift), 0xdeadbeef) & slots - 1);
        }
        // A random function leaves 3223 slots taken, give or take 25.
        assertThat(taken.size()).isGreaterThan(3000);
    }

    @Test
    void listsStatesInTheOrderInWhichTheyCame() {
        List<State> states = List.of(insert(state(3, 3)), insert(state(1, 1)), insert(state(2, 2)));
        assertThat(table).containsExactlyElementsOf(states);
        assertThat(table.first()).isSameAs(states.get(0));
        assertThat(table.last()).isSameAs(states.get(2));
    }

    @Test
    void losesAnUnlinkedStateButKeepsItInTheListUntilItIsFreed() {
        State gone = insert(state(1, 1));
        State kept = insert(state(2, 2));
        table.unlink(gone);
        assertThat(table.find(1, 1)).isNull();
        assertThat(table.find(States.key(1), null, State.IN)).isNull();
        assertThat(gone.timeout).isEqualTo((byte) Timeouts.UNLINKED);
        assertThat(gone.linked()).isFalse();
        assertThat(table).containsExactly(kept);
        assertThat(table.first()).isSameAs(gone);
        assertThat(table.size()).isOne();
        assertThat(table.listed()).isEqualTo(2);
        table.free(gone);
        assertThat(table.first()).isSameAs(kept);
        assertThat(table.listed()).isOne();
        assertThat(gone.next()).isSameAs(kept);
    }

    @Test
    void takesANameAndAKeyAgainThatWereUnlinked() {
        table.unlink(insert(state(1, 1)));
        State again = state(1, 1);
        StateKey newKey = again.wire;
        insert(again);
        assertThat(table.find(1, 1)).isSameAs(again);
        assertThat(again.wire).isSameAs(newKey);
    }

    @Test
    void keepsTheOtherStatesOfAKeyWhenOneIsUnlinked() {
        List<State> states = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            State state = state(i, 1);
            state.ifname = "em" + i;
            states.add(insert(state));
        }
        table.unlink(states.get(1));
        table.unlink(states.get(3));
        assertThat(table.find(States.key(1), "em0", State.IN)).isSameAs(states.get(0));
        assertThat(table.find(States.key(1), "em1", State.IN)).isNull();
        assertThat(table.find(States.key(1), "em2", State.IN)).isSameAs(states.get(2));
        assertThat(table.find(States.key(1), "em3", State.IN)).isNull();
    }

    @Test
    void letsTheStateThatWasHandedOutLastBeUnlinkedAndFreed() {
        for (int i = 0; i < 5; i++) {
            insert(state(i, i));
        }
        List<Long> visited = new ArrayList<>();
        for (State state : table) {
            visited.add(state.id);
            table.unlink(state);
            table.free(state);
        }
        assertThat(visited).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(table.listed()).isZero();
    }

    @Test
    void handsOutNothingBehindTheLast() {
        insert(state(1, 1));
        Iterator<State> states = table.iterator();
        states.next();
        assertThat(states.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(states::next);
    }
}
