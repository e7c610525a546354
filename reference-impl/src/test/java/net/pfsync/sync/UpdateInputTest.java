package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.release.Release;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.UpdateCompressed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer's changed state. Source: BEHAVIOUR.md sections 6, 7, 9 and 10. */
class UpdateInputTest {

    /** A firewall that has known state 1 of its peer for a while. */
    private static SyncLan boot(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.seconds(10);
        lan.sent();
        return lan;
    }

    private static MessageBuilder update(SyncLan lan, String kind) {
        return kind.equals("UPD")
                ? lan.messages().state(Kind.UPD, 1)
                : lan.messages().compressed(1);
    }

    // ---- known states ----

    @ParameterizedTest
    @CsvSource({"reference-v5, UPD", "reference-v5, UPD_C", "reference-v6, UPD", "reference-v6, UPD_C"})
    void isTakenIfItIsNewer(String release, String kind) {
        SyncLan lan = boot(release);
        lan.receive(update(lan, kind)
                .set("src.seqlo", 1500)
                .set("dst.state", 9)
                .set("timeout", 5)
                .build());
        State state = lan.state(1);
        assertThat(state.src.seqlo).isEqualTo(1500);
        assertThat(state.dst.state).isEqualTo((byte) 9);
        assertThat(state.timeout).isEqualTo((byte) 5);
        assertThat(state.pfsyncTime).isEqualTo(lan.now());
        assertThat(state.expire).isEqualTo(lan.now());
        assertThat(lan.counted()).isEmpty();
        lan.seconds(3);
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, UPD", "reference-v5, UPD_C", "reference-v6, UPD", "reference-v6, UPD_C"})
    void isAnsweredAtOnceWithOurStateIfItIsStale(String release, String kind) {
        SyncLan lan = boot(release);
        int activity = lan.state(1).expire;
        lan.receive(update(lan, kind)
                .set("src.seqlo", 999)
                .set("dst.seqlo", 4999)
                .set("timeout", 5)
                .build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.STALE, 1L));
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(UpdateCompressed.class, ours -> {
            assertThat(ours.id()).isEqualTo(1);
            assertThat(ours.creatorId()).isEqualTo(SyncLan.PEER);
            assertThat(ours.src().seqlo()).isEqualTo(1000);
            assertThat(ours.dst().seqlo()).isEqualTo(5000);
            assertThat(ours.timeout()).isEqualTo(2);
        });
        assertThat(lan.state(1).expire).isEqualTo(activity);
        assertThat(lan.state(1).timeout).isEqualTo((byte) 2);
        assertThat(lan.state(1).pfsyncTime).isEqualTo(lan.now());
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, UPD", "reference-v5, UPD_C", "reference-v6, UPD", "reference-v6, UPD_C"})
    void givesItsFreshHalfAndItsTimesIfTheOtherHalfIsStale(String release, String kind) {
        SyncLan lan = boot(release);
        lan.receive(update(lan, kind)
                .set("src.seqlo", 1500)
                .set("dst.seqlo", 4999)
                .set("timeout", 5)
                .build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.STALE, 1L));
        assertThat(lan.said()).hasSize(1);
        assertThat(lan.state(1).src.seqlo).isEqualTo(1500);
        assertThat(lan.state(1).dst.seqlo).isEqualTo(5000);
        assertThat(lan.state(1).timeout).isEqualTo((byte) 5);
        assertThat(lan.state(1).expire).isEqualTo(lan.now());
    }

    @OnBothReferences
    void isCountedAndAnsweredForEachStaleMessage(String release) {
        SyncLan lan = boot(release);
        lan.receive(lan.messages().insert(2), lan.messages().insert(3));
        lan.receive(
                lan.messages().compressed(1).set("src.seqlo", 1).build(),
                lan.messages().compressed(2).set("src.seqlo", 1).build(),
                lan.messages().compressed(3).set("src.seqlo", 1).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.STALE, 3L));
        assertThat(lan.sent())
                .singleElement()
                .satisfies(frame -> assertThat(frame.messages(Kind.UPD_C)).hasSize(3));
    }

    @OnBothReferences
    void changesNothingButPeersAndTimes(String release) {
        SyncLan lan = boot(release);
        State before = lan.state(1);
        lan.receive(lan.messages()
                .state(Kind.UPD, 1)
                .set("ifname", "em7")
                .set("key[0].port[0]", 7)
                .set("direction", State.OUT)
                .set("state_flags", StateFlags.SLOPPY)
                .set("creation", 9999)
                .set("log", 7)
                .build());
        assertThat(lan.state(1)).isSameAs(before);
        assertThat(before.ifname).isEqualTo("all");
        assertThat(before.wire.port(0)).isEqualTo(1025);
        assertThat(before.direction).isEqualTo((byte) State.IN);
        assertThat(before.stateFlags).isZero();
        assertThat(before.creation).isEqualTo(lan.now() - 40);
        assertThat(before.log).isZero();
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource({
        "reference-v5, UPD, timeout, 20",
        "reference-v5, UPD_C, src.state, 13",
        "reference-v6, UPD, dst.state, 13",
        "reference-v6, UPD_C, timeout, 255"
    })
    void isRefusedWithAValueOutOfRange(String release, String kind, String field, int value) {
        SyncLan lan = boot(release);
        lan.receive(update(lan, kind).set("src.seqlo", 1500).set(field, value).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADVAL, 1L));
        assertThat(lan.state(1).src.seqlo).isEqualTo(1000);
        assertThat(lan.sent()).isEmpty();
    }

    // ---- unknown states ----

    @OnBothReferences
    void insertsAStateThatNobodyKnew(String release) {
        SyncLan lan = boot(release);
        lan.receive(lan.messages()
                .state(Kind.UPD, 2)
                .set("state_flags", StateFlags.ACK)
                .build());
        assertThat(lan.state(2)).isNotNull();
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.said()).containsExactly(lan.messages().name(Kind.INS_ACK, 2, SyncLan.PEER));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "reference-v5, creatorid, 0",
        "reference-v5, af, 3",
        "reference-v5, direction, 3",
        "reference-v6, creatorid, 0",
        "reference-v6, af, 3",
        "reference-v6, direction, 3"
    })
    void countsAStateThatCannotBeInserted(String release, String field, int value) {
        SyncLan lan = boot(release);
        MessageBuilder message = lan.messages().state(Kind.UPD, 2);
        if (field.equals("af") && release.equals("reference-v6")) {
            message.set("key[0].af", value).set("key[1].af", value);
        }
        lan.receive(message.set(field, value).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
        assertThat(lan.firewall().states().size()).isOne();
    }

    @OnBothReferences
    void countsAStateWhoseKeyIsTaken(String release) {
        SyncLan lan = boot(release);
        lan.receive(lan.messages().state(Kind.UPD, 1).set("id", 2).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
    }

    @OnBothReferences
    void countsEveryStateBeyondTheLimit(String release) {
        SyncLan lan = SyncLan.of(Release.of(release), settings -> settings.stateLimit(1));
        lan.receive(
                lan.messages().state(Kind.UPD, 1).build(),
                lan.messages().state(Kind.UPD, 2).build(),
                lan.messages().state(Kind.UPD, 3).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 2L));
        assertThat(lan.firewall().states().size()).isOne();
    }

    @OnBothReferences
    void asksAtOnceForAllStatesThatAFrameMentionsAndNobodyKnows(String release) {
        SyncLan lan = boot(release);
        lan.receive(
                lan.messages().compressed(7).build(),
                lan.messages().compressed(1).set("src.seqlo", 1500).build(),
                lan.messages().compressed(8).build());
        List<Message> expected =
                List.of(lan.messages().request(7), lan.messages().request(8));
        assertThat(lan.said()).isEqualTo(expected);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(7)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void asksOncePerMentionAndNotOncePerStateInOpenBsd(String release) {
        SyncLan lan = boot(release);
        lan.inject(lan.messages().compressed(7).build());
        lan.inject(lan.messages().compressed(7).build());
        lan.seconds(0);
        assertThat(lan.said())
                .containsExactly(lan.messages().request(7), lan.messages().request(7));
    }

    @OnBothReferences
    void asksForAStateOfTheSameIdButAnotherCreator(String release) {
        SyncLan lan = boot(release);
        lan.receive(lan.messages().compressed(1).set("creatorid", 77).build());
        assertThat(lan.said()).containsExactly(lan.messages().name(Kind.UPD_REQ, 1, 77));
    }
}
