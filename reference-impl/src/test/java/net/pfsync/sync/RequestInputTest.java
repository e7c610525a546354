package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.Update;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer asks for one state. Source: BEHAVIOUR.md 7.4 to 7.7. */
class RequestInputTest {

    @OnBothReferences
    void isAnsweredAtOnceByTheWholeState(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.receive(lan.messages().request(1));
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(Update.class, update -> {
            assertThat(update.id()).isEqualTo(1);
            assertThat(update.creatorId()).isEqualTo(SyncLan.PEER);
            assertThat(update.src().seqlo()).isEqualTo(1000);
        });
        assertThat(lan.counted()).isEmpty();
    }

    @OnBothReferences
    void isAnsweredOnceHoweverOftenItCameAtOneInstant(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.receive(lan.messages().request(1), lan.messages().request(1));
        assertThat(lan.said()).hasSize(1);
    }

    @OnBothReferences
    void isAnsweredByAsManyFramesAsItTakes(String release) {
        SyncLan lan = SyncLan.of(release);
        Message[] requests = new Message[8];
        for (int id = 0; id < requests.length; id++) {
            lan.receive(lan.messages().insert(id + 1));
            requests[id] = lan.messages().request(id + 1);
        }
        lan.receive(requests);
        int perFrame = release.equals("reference-v5") ? 6 : 5;
        assertThat(lan.sent())
                .extracting(frame -> frame.messages(Kind.UPD).size())
                .containsExactly(perFrame, 8 - perFrame);
    }

    @ParameterizedTest(name = "{0}: id {1}, creator {2}")
    @CsvSource({
        "reference-v5, 7, 7", "reference-v5, 0, 7", "reference-v5, 7, 0",
        "reference-v6, 7, 7", "reference-v6, 0, 7", "reference-v6, 7, 0"
    })
    void isCountedIfNobodyKnowsTheState(String release, long id, int creatorId) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().name(Kind.UPD_REQ, id, creatorId));
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, false", "openbsd-4.6, false", "reference-v6, true", "openbsd-7.6, true"})
    void isNotAnsweredIfTheStateMustNotBeAnnounced(String release, boolean counted) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        State state = lan.state(1);
        state.set(StateFlags.NOSYNC);
        lan.receive(lan.messages().request(1));
        assertThat(lan.counted()).isEqualTo(counted ? Map.of(Counter.BADSTATE, 1L) : Map.of());
        assertThat(lan.sent()).isEmpty();
    }

    @OnBothReferences
    void isCountedForAStateThatWasRemovedAndNotYetFreed(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.receive(lan.messages().delete(1));
        lan.receive(lan.messages().request(1));
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
        assertThat(lan.firewall().states().listed()).isOne();
    }
}
