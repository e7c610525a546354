package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.TdbUpdate;
import org.junit.jupiter.api.Test;

/** What must not go over the wire. Source: BEHAVIOUR.md 11.8, 12.1, 12.2 and 12.7. */
class NeverSentTest {

    /** A local state that peers know and that has been quiet since. */
    private static State announced(SyncLan lan, long id) {
        State state = lan.add(id);
        lan.seconds(3);
        assertThat(lan.said()).hasSize(1);
        return state;
    }

    @OnBothReferences
    void neverSendsAStateThatMustNotBeAnnounced(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = States.tcp(1, SyncLan.HOST);
        state.set(StateFlags.NOSYNC);
        lan.add(state);
        lan.firewall().touch(state);
        lan.receive(lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST));
        lan.receive(lan.messages().bulkRequest());
        lan.firewall().killById(1, SyncLan.HOST);
        lan.seconds(3);
        assertThat(lan.said()).extracting(message -> message.kind()).containsOnly(Kind.BUS);
    }

    @OnBothReferences
    void takesAQueuedStateOffItsListWhenItMustNoLongerBeAnnounced(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = lan.add(1);
        state.set(StateFlags.NOSYNC);
        lan.firewall().touch(state);
        assertThat(lan.pfsync().queues().isEmpty()).isTrue();
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
    }

    @OnBothReferences
    void neverAnnouncesStatesOfPfsyncsOwnTraffic(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = lan.add(States.state(240, 1, SyncLan.HOST));
        assertThat(state.has(StateFlags.NOSYNC)).isTrue();
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
    }

    @OnBothReferences
    void dropsWhatIsQueuedWhenItGoesDown(String release) {
        SyncLan lan = SyncLan.of(release);
        SecurityAssociation association = new SecurityAssociation(1001, 2, new byte[] {10, 0, 0, 1}, 50);
        lan.pfsync().securityAssociations().add(association);
        State inserted = lan.add(1);
        lan.inject(lan.messages().compressed(77).build());
        lan.time().advanceUntil(() -> lan.pfsync().statistics().get(Counter.IPACKETS) == 2, Duration.ZERO);
        lan.pfsync().changed(association);
        lan.configure(Pfsync::down);
        assertThat(Queue.of(inserted)).isEqualTo(Queue.NONE);
        assertThat(lan.pfsync().queues().isEmpty()).isTrue();
        lan.seconds(3);
        assertThat(lan.sent()).isEmpty();
        lan.configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.said()).containsExactly(lan.messages().bulkRequest());
        lan.pfsync().changed(association);
        lan.seconds(1);
        assertThat(lan.said()).singleElement().isInstanceOf(TdbUpdate.class);
    }

    @OnBothReferences
    void hearsNothingOfPfWhileItIsDown(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = announced(lan, 1);
        lan.configure(Pfsync::down);
        lan.firewall().touch(state);
        lan.add(2);
        lan.firewall().flushStates("em7");
        lan.firewall().killById(1, SyncLan.HOST);
        lan.configure(Pfsync::up);
        lan.seconds(1);
        assertThat(lan.said()).extracting(message -> message.kind()).containsOnly(Kind.UPD_REQ);
    }

    @Test
    void dropsEverythingWithoutASyncInterface() {
        SyncLan lan = SyncLan.of("reference-v5");
        State state = lan.add(1);
        lan.configure(pfsync -> pfsync.setSyncdev(""));
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
        assertThat(Queue.of(state)).isEqualTo(Queue.NONE);
    }
}
