package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.wire.Kind;
import net.pfsync.wire.UpdateCompressed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When frames go. Source: BEHAVIOUR.md 11.4 to 11.7. */
class SendTimingTest {

    private static final Duration ALMOST_A_SECOND = Duration.ofMillis(999);
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    /** A local state that peers know and that has been quiet since. */
    private static State announced(SyncLan lan, long id) {
        return announced(lan, States.tcp(id, SyncLan.HOST));
    }

    private static State announced(SyncLan lan, State made) {
        State state = lan.add(made);
        lan.seconds(3);
        assertThat(lan.said()).hasSize(1);
        return state;
    }

    @OnBothReferences
    void collectsForOneSecondFromTheFirstStateOn(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(1);
        lan.advance(Duration.ofMillis(600));
        lan.add(2);
        lan.advance(Duration.ofMillis(399));
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.said()).hasSize(2);
        lan.seconds(5);
        assertThat(lan.sent()).isEmpty();
    }

    @OnBothReferences
    void collectsForAnotherSecondAfterAFrame(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(1);
        lan.seconds(1);
        lan.advance(Duration.ofMillis(500));
        lan.sent();
        lan.add(2);
        lan.advance(ALMOST_A_SECOND);
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void collectsForAWholeSecondAlthoughAFrameHasJustGoneAtOnce(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = announced(lan, 1);
        lan.firewall().touch(state);
        lan.advance(Duration.ofMillis(500));
        lan.receive(lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST));
        assertThat(lan.said()).hasSize(1);
        lan.firewall().touch(state);
        lan.advance(ALMOST_A_SECOND);
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.said()).hasSize(1);
    }

    @Test
    void letsThePendingTimerOfOpenBsd76GoOnAfterAFrame() {
        SyncLan lan = SyncLan.of("openbsd-7.6");
        State state = announced(lan, 1);
        lan.firewall().touch(state);
        lan.advance(Duration.ofMillis(500));
        lan.receive(lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST));
        lan.firewall().touch(state);
        lan.sent();
        lan.advance(Duration.ofMillis(500));
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void sendsNothingForAStateThatGoesBeforeItWasAnnounced(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(1);
        lan.firewall().killById(1, SyncLan.HOST);
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, maxupd {1}: at update {2}")
    @CsvSource({
        "reference-v5, 0, 2", "reference-v5, 1, 2", "reference-v5, 3, 4", "reference-v5, 128, 129",
                "reference-v5, 255, 256",
        "reference-v6, 0, 2", "reference-v6, 1, 2", "reference-v6, 3, 4", "reference-v6, 128, 129",
                "reference-v6, 255, 256"
    })
    void sendsATcpStateAtOnceWhenItWasUpdatedOftenEnough(String release, int maxupd, int updates) {
        SyncLan lan = SyncLan.of(release).configure(pfsync -> pfsync.setMaxupd(maxupd));
        State state = announced(lan, 1);
        for (int update = 1; update < updates; update++) {
            lan.firewall().touch(state);
            lan.advance(Duration.ZERO);
        }
        assertThat(lan.sent()).isEmpty();
        lan.firewall().touch(state);
        lan.advance(Duration.ZERO);
        assertThat(lan.said()).singleElement().isInstanceOf(UpdateCompressed.class);
    }

    @OnBothReferences
    void doesNotCountUpdatesOfOtherProtocols(String release) {
        SyncLan lan = SyncLan.of(release).configure(pfsync -> pfsync.setMaxupd(1));
        State state = announced(lan, States.state(States.UDP, 1, SyncLan.HOST));
        for (int update = 0; update < 10; update++) {
            lan.firewall().touch(state);
        }
        lan.advance(ALMOST_A_SECOND);
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void sendsAChangeAtOnceForTwoSecondsAfterAPeersMessage(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.advance(Duration.ofMillis(1999));
        lan.firewall().touch(lan.state(1));
        lan.advance(Duration.ZERO);
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void collectsChangesAgainTwoSecondsAfterAPeersMessage(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.seconds(2);
        lan.firewall().touch(lan.state(1));
        lan.advance(ALMOST_A_SECOND);
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void makesOneFrameOfEverythingThatItHasToSayToWhatCameAtOneInstant(String release) {
        SyncLan lan = SyncLan.of(release);
        announced(lan, 1);
        lan.receive(lan.messages().insert(2));
        lan.inject(lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST));
        lan.inject(lan.messages()
                .state(Kind.INS, 3)
                .set("state_flags", StateFlags.ACK)
                .build());
        lan.inject(lan.messages().compressed(2).set("src.seqlo", 1).build());
        lan.advance(Duration.ZERO);
        List<Sent> frames = lan.sent();
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().kinds()).containsExactlyInAnyOrder(Kind.UPD, Kind.INS_ACK, Kind.UPD_C);
    }

    @OnBothReferences
    void doesNotCountBeyond255(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = announced(lan, 1);
        for (int update = 0; update < 300; update++) {
            lan.firewall().touch(state);
        }
        assertThat(state.updates).isEqualTo((short) 255);
    }
}
