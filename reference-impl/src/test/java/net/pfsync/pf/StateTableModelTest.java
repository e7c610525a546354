package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories of a state table, compared with a plain list after every step. */
class StateTableModelTest {

    private static final int IDS = 12;
    private static final int CREATORS = 2;
    private static final int KEYS = 6;
    private static final List<String> INTERFACES = List.of("all", "em0", "em1");

    private StateTable table;
    private List<State> listed;

    /** One step of a history: mostly insertions; the numbers are few so that they clash. */
    record Step(int what, long id, int creatorId, int wire, int stack, int ifname, int direction) {

        State state() {
            State state = States.tcp(id, creatorId);
            state.wire = States.key(wire);
            state.stack = States.key(stack);
            state.ifname = INTERFACES.get(ifname);
            state.direction = (byte) direction;
            return state;
        }
    }

    @Provide
    Arbitrary<List<Step>> history() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.longs().between(0, IDS - 1),
                        Arbitraries.integers().between(0, CREATORS - 1),
                        Arbitraries.integers().between(0, KEYS - 1),
                        Arbitraries.integers().between(0, KEYS - 1),
                        Arbitraries.integers().between(0, INTERFACES.size() - 1),
                        Arbitraries.integers().between(State.IN, State.OUT))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 500)
    void doesWhatAPlainListWouldDo(@ForAll("history") List<Step> history) {
        table = new StateTable();
        listed = new ArrayList<>();
        for (Step step : history) {
            take(step);
            agrees();
        }
    }

    private void take(Step step) {
        List<State> linked = linked();
        if (step.what < 6 || listed.isEmpty()) {
            State state = step.state();
            boolean clash = linked.stream().anyMatch(other -> sameName(other, state) || sameKey(other, state));
            assertThat(table.insert(state)).isNotEqualTo(clash);
            if (!clash) {
                listed.add(state);
            }
        } else if (step.what < 8 && !linked.isEmpty()) {
            table.unlink(linked.get((int) step.id % linked.size()));
        } else {
            listed.stream().filter(state -> !state.linked()).findFirst().ifPresent(state -> {
                table.free(state);
                listed.remove(state);
            });
        }
    }

    private List<State> linked() {
        return listed.stream().filter(State::linked).toList();
    }

    private static boolean sameName(State one, State other) {
        return one.id == other.id && one.creatorId == other.creatorId;
    }

    private static boolean sameKey(State one, State other) {
        boolean shared = one.wire.equals(other.wire)
                || one.wire.equals(other.stack)
                || one.stack.equals(other.wire)
                || one.stack.equals(other.stack);
        return shared && one.ifname.equals(other.ifname) && one.direction == other.direction;
    }

    private void agrees() {
        List<State> linked = linked();
        assertThat(table).containsExactlyElementsOf(linked);
        assertThat(table.size()).isEqualTo(linked.size());
        assertThat(table.listed()).isEqualTo(listed.size());
        assertThat(wholeList()).isEqualTo(listed);
        findsByName(linked);
        for (int key = 0; key < KEYS; key++) {
            for (String ifname : INTERFACES) {
                findsByKey(linked, States.key(key), ifname);
            }
        }
    }

    private List<State> wholeList() {
        List<State> all = new ArrayList<>();
        for (State state = table.first(); state != null; state = state.next()) {
            all.add(state);
        }
        assertThat(table.last()).isSameAs(all.isEmpty() ? null : all.getLast());
        return all;
    }

    private void findsByName(List<State> linked) {
        for (long id = 0; id < IDS; id++) {
            for (int creatorId = 0; creatorId < CREATORS; creatorId++) {
                State wanted = States.tcp(id, creatorId);
                State expected = linked.stream()
                        .filter(state -> sameName(state, wanted))
                        .findFirst()
                        .orElse(null);
                assertThat(table.find(id, creatorId)).isSameAs(expected);
            }
        }
    }

    private void findsByKey(List<State> linked, StateKey key, String ifname) {
        for (int direction = State.IN; direction <= State.OUT; direction++) {
            int wanted = direction;
            List<State> right = linked.stream()
                    .filter(state -> state.direction == wanted)
                    .filter(state -> state.wire.equals(key) || state.stack.equals(key))
                    .filter(state -> state.ifname.equals("all") || state.ifname.equals(ifname))
                    .toList();
            State found = table.find(key, ifname, direction);
            if (right.isEmpty()) {
                assertThat(found).isNull();
            } else {
                assertThat(found).isIn(right);
            }
        }
    }
}
