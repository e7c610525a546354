package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;

/**
 * Random histories of a firewall, compared with plain lists after every step: which queue each state is on, how long the frame will
 * be, and every message of every frame that was sent.
 */
class SendQueuesModelTest {

    private static final int UNKNOWN = 1_000_000;

    private SyncLan lan;
    private SendQueuesModel model;
    private int mtu;
    private List<State> states;
    private List<SecurityAssociation> associations;
    private List<String> sent;
    private long made;

    /** What happens. */
    enum What {
        ADD,
        TOUCH,
        KILL,
        REQUEST,
        IMPORT,
        ASK,
        SA,
        CLEAR,
        PASS
    }

    /** One step of a history; {@code which} chooses a state or a time. */
    record Step(What what, int which) {}

    @Provide
    Arbitrary<List<Step>> history() {
        Arbitrary<What> what = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(12, What.ADD),
                net.jqwik.api.Tuple.of(12, What.TOUCH),
                net.jqwik.api.Tuple.of(4, What.KILL),
                net.jqwik.api.Tuple.of(4, What.REQUEST),
                net.jqwik.api.Tuple.of(4, What.IMPORT),
                net.jqwik.api.Tuple.of(3, What.ASK),
                net.jqwik.api.Tuple.of(3, What.SA),
                net.jqwik.api.Tuple.of(1, What.CLEAR),
                net.jqwik.api.Tuple.of(3, What.PASS));
        return Combinators.combine(what, Arbitraries.integers().between(0, 999))
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<TransitionTable> tables() {
        return Arbitraries.of(TransitionTable.FORGIVING, TransitionTable.SLICED);
    }

    @Provide
    Arbitrary<Integer> mtus() {
        return Arbitraries.of(308, 312, 400, 600, 601, 1500);
    }

    @Provide
    Arbitrary<Integer> maxupds() {
        return Arbitraries.of(0, 1, 3, 128);
    }

    @Property(tries = 300)
    void sendsWhatPlainListsWouldSend(
            @ForAll("history") List<Step> history,
            @ForAll("tables") TransitionTable table,
            @ForAll("mtus") int size,
            @ForAll("maxupds") int maxupd) {
        begin(table, size, maxupd);
        for (Step step : history) {
            take(step);
            agrees();
        }
        pass(Duration.ofSeconds(2));
        agrees();
        assertThat(model.length()).isEqualTo(lan.dialect().minimumPacket());
        assertThat(lan.firewall().stopped()).isEmpty();
    }

    private void begin(TransitionTable table, int size, int maxupd) {
        mtu = size;
        lan = SyncLan.of(table.release).configure(pfsync -> {
            pfsync.setMtu(size);
            pfsync.setMaxupd(maxupd);
        });
        model = new SendQueuesModel(table, size, maxupd);
        states = new ArrayList<>();
        sent = new ArrayList<>();
        made = 0;
        associations = new ArrayList<>();
        for (int spi = 1001; spi < 1004; spi++) {
            associations.add(new SecurityAssociation(spi, 2, new byte[] {10, 0, 0, 1}, 50));
            lan.pfsync().securityAssociations().add(associations.getLast());
        }
    }

    private void take(Step step) {
        State chosen = states.isEmpty() ? null : states.get(step.which % states.size());
        switch (step.what) {
            case ADD -> add(step.which);
            case TOUCH -> {
                if (chosen != null) {
                    lan.firewall().touch(chosen);
                    happened(Event.UPDATE, chosen);
                }
            }
            case KILL -> {
                if (chosen != null) {
                    states.remove(chosen);
                    lan.firewall().killById(chosen.id, chosen.creatorId);
                    happened(Event.DELETE, chosen);
                }
            }
            case REQUEST -> {
                if (chosen != null) {
                    deliver(lan.messages().name(Kind.UPD_REQ, chosen.id, chosen.creatorId));
                    happened(Event.REQUEST, chosen);
                }
            }
            case IMPORT -> importAcknowledged();
            case ASK -> {
                long unknown = UNKNOWN + made++;
                deliver(lan.messages().compressed(unknown).build());
                model.request(unknown);
            }
            case SA -> {
                SecurityAssociation association = associations.get(step.which % associations.size());
                lan.pfsync().changed(association);
                model.associationChanged(association, lan.time().nanos());
            }
            case CLEAR -> {
                lan.firewall().flushStates("em9");
                model.clear();
            }
            case PASS -> pass(Duration.ofMillis(step.which % 3 == 0 ? 0 : step.which));
        }
    }

    private void add(int which) {
        State state = lan.add(States.state(which % 4 == 0 ? States.UDP : States.TCP, ++made, SyncLan.HOST));
        states.add(state);
        happened(Event.INSERT, state);
    }

    private void importAcknowledged() {
        long id = ++made;
        deliver(lan.messages()
                .state(Kind.INS, id)
                .set("state_flags", StateFlags.ACK)
                .build());
        states.add(lan.state(id));
        happened(Event.ACKNOWLEDGE, lan.state(id));
    }

    /** Lets a frame arrive, and stops before what it makes happen soon. */
    private void deliver(Message message) {
        long before = lan.pfsync().statistics().get(Counter.IPACKETS);
        lan.inject(message);
        lan.time().advanceUntil(() -> lan.pfsync().statistics().get(Counter.IPACKETS) > before, Duration.ZERO);
    }

    private void happened(Event event, State state) {
        model.event(event, state, lan.now(), lan.time().nanos());
    }

    private void pass(Duration duration) {
        lan.advance(duration);
        model.until(lan.time().nanos());
    }

    private void agrees() {
        SendQueues queues = lan.pfsync().queues();
        for (Sent frame : lan.sent()) {
            assertThat(frame.frame().problem()).isNull();
            assertThat(frame.length()).isLessThanOrEqualTo(mtu);
            sent.add(SendQueuesModel.text(frame));
        }
        assertThat(sent).isEqualTo(model.frames());
        assertThat(queues.length()).isEqualTo(model.length());
        assertThat(queues.isEmpty()).isEqualTo(model.length() == lan.dialect().minimumPacket());
        for (State state : model.states()) {
            assertThat(Queue.of(state)).isEqualTo(model.queue(state));
            assertThat((int) state.updates).isEqualTo(model.updates(state));
        }
        for (Queue queue : List.of(Queue.INS, Queue.INS_ACK, Queue.UPD, Queue.UPD_C, Queue.DEL)) {
            assertThat(queues.count(queue)).isEqualTo(model.count(queue));
        }
    }
}
