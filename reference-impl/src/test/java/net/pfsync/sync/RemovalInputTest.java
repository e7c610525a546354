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
import net.pfsync.wire.MessageBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer removes states, or acknowledges one. Source: BEHAVIOUR.md sections 3 and 5, 7.8 to 7.11. */
class RemovalInputTest {

    private static SyncLan boot(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1), lan.messages().insert(2));
        return lan;
    }

    private static Message delete(SyncLan lan, String kind, long id, int creatorId) {
        Kind wanted = Kind.valueOf(kind);
        MessageBuilder message =
                wanted == Kind.DEL ? lan.messages().state(Kind.DEL, id) : MessageBuilder.of(lan.dialect(), wanted);
        return message.set("id", id).set("creatorid", creatorId).build();
    }

    // ---- DEL and DEL_C ----

    @ParameterizedTest
    @CsvSource({"reference-v5, DEL", "reference-v5, DEL_C", "reference-v6, DEL", "reference-v6, DEL_C"})
    void removesTheStateAndSaysNothing(String release, String kind) {
        SyncLan lan = boot(release);
        State state = lan.state(1);
        lan.receive(delete(lan, kind, 1, SyncLan.PEER));
        assertThat(lan.state(1)).isNull();
        assertThat(lan.state(2)).isNotNull();
        assertThat(state.has(StateFlags.NOSYNC)).isTrue();
        assertThat(lan.counted()).isEmpty();
        lan.seconds(5);
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, DEL", "reference-v5, DEL_C", "reference-v6, DEL", "reference-v6, DEL_C"})
    void countsEachStateThatNobodyKnowsAndGoesOn(String release, String kind) {
        SyncLan lan = boot(release);
        lan.receive(delete(lan, kind, 9, SyncLan.PEER), delete(lan, kind, 1, 77), delete(lan, kind, 1, SyncLan.PEER));
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 2L));
        assertThat(lan.state(1)).isNull();
    }

    @OnBothReferences
    void removesStatesThatWereMadeHereAsWell(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(1);
        lan.receive(lan.messages().name(Kind.DEL_C, 1, SyncLan.HOST));
        assertThat(lan.firewall().states().size()).isZero();
        lan.seconds(5);
        assertThat(lan.sent()).isEmpty();
    }

    // ---- CLR ----

    @OnBothReferences
    void removesAllStatesOfACreatorAndNoOthers(String release) {
        SyncLan lan = boot(release);
        State own = lan.add(3);
        lan.receive(lan.messages().clear(SyncLan.PEER, ""));
        assertThat(lan.firewall().states()).containsExactly(own);
        assertThat(lan.counted()).isEmpty();
        lan.seconds(1);
        assertThat(lan.said()).extracting(Message::kind).containsExactly(Kind.INS);
    }

    @OnBothReferences
    void takesACreatorOfZeroForNoWildcard(String release) {
        SyncLan lan = boot(release);
        lan.receive(lan.messages().clear(0, ""));
        assertThat(lan.firewall().states().size()).isEqualTo(2);
        assertThat(lan.counted()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, CLR of {1}")
    @CsvSource({
        "reference-v5, em1, true, false, true",
        "reference-v5, all, true, true, false",
        "reference-v5, em, true, true, true",
        "reference-v5, foo0, true, true, true",
        "reference-v6, em1, true, false, true",
        "reference-v6, all, true, true, false",
        "reference-v6, em, true, true, true"
    })
    void removesOnlyStatesOfExactlyTheInterfaceThatItNames(
            String release, String ifname, boolean em0, boolean em1, boolean floating) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(
                lan.messages().state(Kind.INS, 1).set("ifname", "em0").build(),
                lan.messages().state(Kind.INS, 2).set("ifname", "em1").build(),
                lan.messages().insert(3));
        lan.receive(lan.messages().clear(SyncLan.PEER, ifname));
        assertThat(lan.state(1) != null).isEqualTo(em0);
        assertThat(lan.state(2) != null).isEqualTo(em1);
        assertThat(lan.state(3) != null).isEqualTo(floating);
    }

    @OnBothReferences
    void stopsReadingTheInterfacesNameAtItsEnd(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().state(Kind.INS, 1).set("ifname", "em1").build());
        byte[] name = "em1\0garbage01234".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        lan.receive(MessageBuilder.from(lan.messages().clear(SyncLan.PEER, ""))
                .set("ifname", name)
                .build());
        assertThat(lan.state(1)).isNull();
    }

    @OnBothReferences
    void obeysEveryClearOfASection(String release) {
        SyncLan lan = SyncLan.of(release);
        for (int creator = 10; creator < 13; creator++) {
            lan.receive(lan.messages()
                    .state(Kind.INS, creator)
                    .set("creatorid", creator)
                    .build());
        }
        lan.receive(
                lan.messages().clear(10, ""),
                lan.messages().clear(11, "em9"),
                lan.messages().clear(12, ""));
        assertThat(lan.firewall().states()).extracting(state -> state.creatorId).containsExactly(11);
    }

    // ---- INS_ACK ----

    @OnBothReferences
    void takesAnAcknowledgementWithoutAWord(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = lan.add(1);
        lan.seconds(3);
        lan.sent();
        state.set(StateFlags.ACK);
        lan.receive(
                lan.messages().name(Kind.INS_ACK, 9, SyncLan.HOST),
                lan.messages().name(Kind.INS_ACK, 1, SyncLan.PEER));
        assertThat(state.has(StateFlags.ACK)).isTrue();
        lan.receive(lan.messages().name(Kind.INS_ACK, 1, SyncLan.HOST));
        assertThat(state.has(StateFlags.ACK)).isFalse();
        assertThat(lan.counted()).isEmpty();
        lan.seconds(3);
        assertThat(lan.sent()).isEmpty();
    }
}
