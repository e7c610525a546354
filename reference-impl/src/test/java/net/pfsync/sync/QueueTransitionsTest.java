package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.sync.QueueTransitions.Count;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.sync.QueueTransitions.Flush;
import net.pfsync.sync.QueueTransitions.Step;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the transition tables: as data, and as a firewall lives it. Source: BEHAVIOUR.md section 12. */
class QueueTransitionsTest {

    private static final int MAXUPD = 10;
    private static final Map<Queue, Kind> SENT_AS = new EnumMap<>(Map.of(
            Queue.INS, Kind.INS,
            Queue.INS_ACK, Kind.INS_ACK,
            Queue.UPD, Kind.UPD,
            Queue.UPD_C, Kind.UPD_C,
            Queue.DEL, Kind.DEL_C));

    /** What else is true when the event comes. */
    enum Circumstance {
        /** Nothing. */
        QUIET,
        /** A peer said something about the state in this second. */
        RECENT,
        /** The next update of the state is the one that maxupd allows last. */
        BUSY
    }

    @ParameterizedTest
    @EnumSource(TransitionTable.class)
    void isTheTableOfTheSpecification(TransitionTable table) {
        for (Event event : Event.values()) {
            for (Queue queue : Queue.values()) {
                assertThat(table.actual.step(event, queue))
                        .as("%s on %s", event, queue)
                        .isEqualTo(table.expected(event, queue));
            }
        }
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (TransitionTable table : TransitionTable.values()) {
            for (Event event : Event.values()) {
                for (Queue queue : Queue.values()) {
                    for (Circumstance circumstance : Circumstance.values()) {
                        cells.add(Arguments.of(table, event, queue, circumstance));
                    }
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}: {1} on {2}, {3}")
    @MethodSource("cells")
    void isWhatAFirewallDoes(TransitionTable table, Event event, Queue queue, Circumstance circumstance) {
        Step expected = table.expected(event, queue);
        SyncLan lan = SyncLan.of(table.release).configure(pfsync -> pfsync.setMaxupd(MAXUPD));
        State state = stateOn(queue, lan);
        int before = circumstance == Circumstance.BUSY ? MAXUPD - 1 : 3;
        state.updates = (short) before;
        state.pfsyncTime = circumstance == Circumstance.RECENT ? lan.now() : lan.now() - 2;

        happen(event, state, lan);

        if (expected.impossible()) {
            assertThat(lan.firewall().stopped())
                    .hasValueSatisfying(why -> assertThat(why).contains(event.name(), queue.name()));
            return;
        }
        Queue after = expected.to() == null ? queue : expected.to();
        assertThat(lan.firewall().stopped()).isEmpty();
        assertThat(Queue.of(state)).isEqualTo(after);
        assertThat(state.updates).isEqualTo((short) counted(expected.count(), before));
        leaves(lan, state, after, urgent(expected.flush(), circumstance) || flushIsPending(queue));
    }

    private static int counted(Count count, int before) {
        return switch (count) {
            case KEEP -> before;
            case RESTART -> 0;
            case RAISE -> before + 1;
        };
    }

    private static boolean urgent(Flush flush, Circumstance circumstance) {
        return switch (flush) {
            case LATER -> false;
            case NOW -> true;
            case RECENT -> circumstance == Circumstance.RECENT;
            case BUSY -> circumstance != Circumstance.QUIET;
        };
    }

    /** Nothing gets onto these queues but by an event that flushes. */
    private static boolean flushIsPending(Queue queue) {
        return queue == Queue.INS_ACK || queue == Queue.UPD;
    }

    private static void leaves(SyncLan lan, State state, Queue queue, boolean atOnce) {
        long now = lan.time().nanos();
        lan.seconds(3);
        List<Sent> frames = lan.sent();
        if (SENT_AS.get(queue) == null) {
            assertThat(frames).isEmpty();
            return;
        }
        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.frame().problem()).isNull();
            assertThat(frame.kinds()).containsExactly(SENT_AS.get(queue));
            assertThat(frame.messages(SENT_AS.get(queue))).hasSize(1);
            assertThat(Duration.ofNanos(frame.nanos() - now)).isEqualTo(atOnce ? Duration.ZERO : Duration.ofSeconds(1));
        });
        assertThat(Queue.of(state)).isEqualTo(queue == Queue.DEL ? Queue.DEAD : Queue.NONE);
        assertThat(state.has(StateFlags.NOSYNC)).isEqualTo(queue == Queue.DEL);
    }

    /** Brings a state onto a queue as it gets there in life, and stops before anything is flushed. */
    private static State stateOn(Queue queue, SyncLan lan) {
        if (queue == Queue.INS) {
            return lan.add(1);
        }
        if (queue == Queue.INS_ACK) {
            lan.inject(lan.messages()
                    .state(Kind.INS, 1)
                    .set("state_flags", StateFlags.ACK)
                    .build());
            return found(lan, SyncLan.PEER);
        }
        State state = lan.add(1);
        lan.seconds(3);
        switch (queue) {
            case UPD_C -> lan.firewall().touch(state);
            case UPD -> {
                Message request = lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST);
                lan.inject(request);
                lan.time().advanceUntil(() -> Queue.of(state) == Queue.UPD, Duration.ZERO);
            }
            case DEL -> lan.firewall().killById(1, SyncLan.HOST);
            case DEAD -> {
                lan.firewall().killById(1, SyncLan.HOST);
                lan.advance(Duration.ofSeconds(1));
            }
            default -> {
                // It is on no queue.
            }
        }
        lan.sent();
        assertThat(Queue.of(state)).isEqualTo(queue);
        return state;
    }

    private static State found(SyncLan lan, int creatorId) {
        lan.time().advanceUntil(() -> lan.firewall().states().find(1, creatorId) != null, Duration.ZERO);
        State state = lan.firewall().states().find(1, creatorId);
        assertThat(Queue.of(state)).isEqualTo(Queue.INS_ACK);
        return state;
    }

    private static void happen(Event event, State state, SyncLan lan) {
        Pfsync pfsync = lan.pfsync();
        Runnable call = switch (event) {
            case INSERT -> () -> pfsync.inserted(state);
            case UPDATE -> () -> pfsync.updated(state);
            case DELETE -> () -> pfsync.deleted(state);
            case ACKNOWLEDGE, REQUEST -> () -> pfsync.queues().event(event, state, lan.now());
        };
        // On the firewall's own loop, where a panic stops it, and before anything that is to happen soon.
        boolean[] happened = new boolean[1];
        pfsync.loop().schedule(0, () -> {
            happened[0] = true;
            call.run();
        });
        assertThat(lan.time().advanceUntil(() -> happened[0], Duration.ZERO)).isTrue();
    }
}
