package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.release.Release;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer's new state. Source: BEHAVIOUR.md sections 4 and 8. */
class InsertInputTest {

    private static final byte[] CHECKSUM = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private static MessageBuilder insert(SyncLan lan) {
        return lan.messages().state(Kind.INS, 1);
    }

    private static SyncLan limited(String release, int states) {
        return SyncLan.of(Release.of(release), settings -> settings.stateLimit(states));
    }

    // ---- what is taken over ----

    @OnBothReferences
    void isTakenOverFieldByField(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan)
                .set("ifname", "em7")
                .set("log", 3)
                .set("timeout", 4)
                .set("direction", State.OUT)
                .set("key[1].port[0]", 5555)
                .set("rt_addr", "192.0.2.254")
                .set("src.seqdiff", 7)
                .set("dst.max_win", 65000)
                .set("dst.scrub.scrub_flag", 1)
                .set("dst.scrub.pfss_ttl", 63)
                .build());
        State state = lan.state(1);
        assertThat(state.ifname).isEqualTo("em7");
        assertThat(state.log).isEqualTo((byte) 3);
        assertThat(state.timeout).isEqualTo((byte) 4);
        assertThat(state.direction).isEqualTo((byte) State.OUT);
        assertThat(state.af).isEqualTo((byte) 2);
        assertThat(state.proto).isEqualTo((byte) 6);
        assertThat(state.wire.address0Hi >>> 32).isEqualTo(0xc0000201L);
        assertThat(state.wire.port(0)).isEqualTo(1025);
        assertThat(state.stack.port(0)).isEqualTo(5555);
        assertThat(state.extra.rtHi >>> 32).isEqualTo(0xc00002feL);
        assertThat(state.src.seqdiff).isEqualTo(7);
        assertThat(state.dst.maxWin & 0xffff).isEqualTo(65000);
        assertThat(state.dst.scrub.ttl).isEqualTo((byte) 63);
        assertThat(state.src.scrub).isNull();
        assertThat(state.rule).isEqualTo(State.NONE);
        assertThat(state.pfsyncTime).isEqualTo(lan.now());
        assertThat(lan.counted()).isEmpty();
        lan.seconds(3);
        assertThat(lan.sent()).isEmpty();
    }

    @OnBothReferences
    void isShownAsItWasReceived(String release) {
        SyncLan lan = SyncLan.of(release);
        MessageBuilder message = insert(lan);
        if (release.equals("reference-v6")) {
            message.set("rtableid[0]", -1).set("rtableid[1]", -1);
        }
        lan.receive(message.build());
        assertThat(lan.firewall().export()).containsExactly((net.pfsync.wire.StateMessage) message.build());
    }

    @OnBothReferences
    void leavesTheSendersCountersOfTrafficBehind(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).set("packets[0]", 7).set("bytes[1]", 700).build());
        State state = lan.state(1);
        assertThat(state.packets0).isZero();
        assertThat(state.bytes1).isZero();
    }

    @OnBothReferences
    void usesOneKeyForBothSidesWithoutTranslation(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).build());
        assertThat(lan.state(1).stack).isSameAs(lan.state(1).wire);
    }

    @Test
    void givesKeysWithoutAFamilyThatOfTheStateInVersion6() {
        SyncLan lan = SyncLan.of("reference-v6");
        lan.receive(insert(lan).set("key[0].af", 0).set("key[1].af", 0).build());
        assertThat(lan.state(1).wire.af()).isEqualTo(2);
    }

    @OnBothReferences
    void keepsWhatOnlyFewStatesHaveOutOfTheOthers(String release) {
        SyncLan lan = SyncLan.of(release);
        MessageBuilder message = insert(lan);
        if (release.equals("reference-v6")) {
            message.set("rtableid[0]", -1).set("rtableid[1]", -1);
        }
        lan.receive(message.build());
        assertThat(lan.state(1).extra).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rtableid[0], 0",
        "rtableid[1], 3",
        "max_mss, 1460",
        "min_ttl, 64",
        "set_tos, 16",
        "set_prio[0], 5",
        "set_prio[1], 6",
        "rt, 1"
    })
    void keepsRoutingAndScrubSettingsOfVersion6(String field, int value) {
        SyncLan lan = SyncLan.of("reference-v6");
        MessageBuilder message = insert(lan).set("rtableid[0]", -1).set("rtableid[1]", -1);
        message.set(field, value);
        lan.receive(message.build());
        assertThat(lan.firewall().export()).containsExactly((net.pfsync.wire.StateMessage) message.build());
    }

    // ---- ranges ----

    @ParameterizedTest(name = "{0}: {1} {2} accepted {3}")
    @CsvSource({
        "reference-v5, timeout, 19, true",
        "reference-v5, timeout, 20, false",
        "reference-v5, src.state, 12, true",
        "reference-v5, src.state, 13, false",
        "reference-v5, dst.state, 12, true",
        "reference-v5, dst.state, 13, false",
        "reference-v5, direction, 0, true",
        "reference-v5, direction, 2, true",
        "reference-v5, direction, 3, false",
        "reference-v5, af, 24, true",
        "reference-v5, af, 3, false",
        "reference-v6, timeout, 19, true",
        "reference-v6, timeout, 20, false",
        "reference-v6, src.state, 13, false",
        "reference-v6, dst.state, 255, false",
        "reference-v6, direction, 0, true",
        "reference-v6, direction, 3, false",
        "reference-v6, af, 0, false",
        "reference-v6, key[0].af, 24, true",
        "reference-v6, key[0].af, 99, false",
        "reference-v6, key[1].af, 0, false"
    })
    void isRefusedWithAValueOutOfRangeAndTheOthersOfItsSectionAreNot(
            String release, String field, int value, boolean accepted) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).set(field, value).build(), lan.messages().insert(2));
        assertThat(lan.state(1) != null).isEqualTo(accepted);
        assertThat(lan.counted()).isEqualTo(accepted ? Map.of() : Map.of(Counter.BADVAL, 1L));
        assertThat(lan.state(2)).isNotNull();
    }

    // ---- what is left out without a word ----

    @OnBothReferences
    void isLeftOutIfItsNameIsTaken(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).build());
        State first = lan.state(1);
        lan.receive(lan.messages()
                .state(Kind.INS, 2)
                .set("id", 1)
                .set("src.seqlo", 9999)
                .build());
        assertThat(lan.state(1)).isSameAs(first);
        assertThat(first.src.seqlo).isEqualTo(1000);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.firewall().states().size()).isOne();
    }

    @OnBothReferences
    void isLeftOutIfItsKeyIsTakenOnItsInterfaceInItsDirection(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(
                insert(lan).build(),
                insert(lan).set("id", 2).build(),
                insert(lan).set("id", 3).set("ifname", "em1").build(),
                insert(lan).set("id", 4).set("direction", State.OUT).build());
        assertThat(lan.state(2)).isNull();
        assertThat(lan.state(3)).isNotNull();
        assertThat(lan.state(4)).isNotNull();
        assertThat(lan.counted()).isEmpty();
    }

    @OnBothReferences
    void isLeftOutWithoutACreator(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).set("creatorid", 0).build());
        assertThat(lan.firewall().states().size()).isZero();
        assertThat(lan.counted()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, debug level misc {1}: inserted {2}")
    @CsvSource({"openbsd-4.6, false, true", "openbsd-4.6, true, false", "openbsd-7.6, false, false"})
    void isTakenWithoutACreatorByOldReleasesUnlessTheyDebug(String release, boolean misc, boolean inserted) {
        SyncLan lan = SyncLan.of(Release.of(release), settings -> settings.debugMisc(misc));
        lan.receive(insert(lan).set("creatorid", 0).build());
        assertThat(lan.firewall().states().size()).isEqualTo(inserted ? 1 : 0);
        assertThat(lan.counted()).isEmpty();
    }

    @OnBothReferences
    void isTakenEvenIfItBearsOurOwnNameOrTheIdZero(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(
                insert(lan).set("creatorid", SyncLan.HOST).build(),
                lan.messages().state(Kind.INS, 2).set("id", 0).build());
        assertThat(lan.firewall().states().find(1, SyncLan.HOST)).isNotNull();
        assertThat(lan.state(0)).isNotNull();
    }

    @OnBothReferences
    void isTakenOnAnInterfaceThatNobodyKnows(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(
                insert(lan).set("ifname", "foo0").build(),
                lan.messages().state(Kind.INS, 2).set("ifname", "").build(),
                lan.messages()
                        .state(Kind.INS, 3)
                        .set("ifname", "unterminated0123".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .build());
        assertThat(lan.state(1).ifname).isEqualTo("foo0");
        assertThat(lan.state(2).ifname).isEmpty();
        assertThat(lan.state(3).ifname).isEqualTo("unterminated012");
    }

    // ---- the limit ----

    @OnBothReferences
    void endsItsSectionAtTheLimitButNotTheFrame(String release) {
        SyncLan lan = limited(release, 3);
        lan.receive(
                lan.messages().insert(1),
                lan.messages().insert(2),
                lan.messages().insert(3),
                lan.messages().insert(4),
                lan.messages().delete(2),
                lan.messages().insert(5));
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(3)).isNotNull();
        assertThat(lan.state(4)).isNull();
        assertThat(lan.state(2)).isNull();
    }

    @OnBothReferences
    void isStillRefusedForAStateThatWasRemovedAndNotYetFreed(String release) {
        SyncLan lan = limited(release, 1);
        lan.receive(lan.messages().insert(1));
        lan.receive(lan.messages().delete(1), lan.messages().insert(2));
        assertThat(lan.state(2)).isNull();
        lan.seconds(15);
        lan.receive(lan.messages().insert(2));
        assertThat(lan.state(2)).isNotNull();
    }

    @OnBothReferences
    void isNotAcknowledgedAtTheLimit(String release) {
        SyncLan lan = limited(release, 1);
        lan.receive(lan.messages().insert(1));
        lan.receive(lan.messages()
                .state(Kind.INS, 2)
                .set("state_flags", StateFlags.ACK)
                .build());
        assertThat(lan.sent()).isEmpty();
    }

    // ---- flags ----

    @OnBothReferences
    void isAcknowledgedAtOnceIfItsCreatorWaits(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(
                insert(lan)
                        .set("state_flags", StateFlags.ACK | StateFlags.SLOPPY)
                        .build(),
                lan.messages().insert(2),
                lan.messages()
                        .state(Kind.INS, 3)
                        .set("state_flags", StateFlags.ACK)
                        .build());
        assertThat(lan.said())
                .containsExactly(
                        lan.messages().name(Kind.INS_ACK, 1, SyncLan.PEER),
                        lan.messages().name(Kind.INS_ACK, 3, SyncLan.PEER));
        assertThat(lan.state(1).stateFlags).isEqualTo((short) StateFlags.SLOPPY);
    }

    @OnBothReferences
    void isNotAcknowledgedIfItWasThereAlready(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).build());
        lan.receive(insert(lan).set("state_flags", StateFlags.ACK).build());
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, false", "openbsd-4.6, false", "reference-v6, true", "openbsd-7.6, true"})
    void keepsTheMarkThatItMustNotBeAnnouncedInVersion6(String release, boolean kept) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).set("state_flags", StateFlags.NOSYNC).build());
        assertThat(lan.state(1).has(StateFlags.NOSYNC)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, true", "openbsd-4.6, false", "reference-v6, true", "openbsd-7.6, true"})
    void isNeverAnnouncedIfItIsOneOfPfsyncsOwnTraffic(String release, boolean silent) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(insert(lan).set("proto", 240).build());
        assertThat(lan.state(1).has(StateFlags.NOSYNC)).isEqualTo(silent);
    }

    // ---- rules ----

    @ParameterizedTest(name = "{0}: rule {1}, anchor {2}, equal rulesets {3}: rule {4}")
    @CsvSource({
        "reference-v5, 2, -1, true, 2",
        "reference-v5, 2, -1, false, -1",
        "reference-v5, 3, -1, true, -1",
        "reference-v5, 2, 0, true, -1",
        "reference-v5, -1, -1, true, -1",
        "reference-v5, -2, -1, true, -1",
        "reference-v6, 2, -1, true, -1"
    })
    void isTiedToOurRuleOfItsNumberIfTheRulesetsAreEqual(
            String release, int number, int anchor, boolean equal, int expected) {
        SyncLan lan = SyncLan.of(Release.of(release), settings -> settings.ruleset(3, CHECKSUM));
        lan.send(lan.frame()
                .checksum(equal ? CHECKSUM : new byte[16])
                .add(insert(lan).set("rule", number).set("anchor", anchor).build())
                .build());
        lan.seconds(0);
        assertThat(lan.state(1).rule).isEqualTo(expected);
    }

    // ---- age and remaining lifetime ----

    @ParameterizedTest(name = "{0}: {1} s to live of 60")
    @CsvSource({
        "reference-v5, 20",
        "reference-v5, 60",
        "reference-v5, 100",
        "reference-v6, 20",
        "reference-v6, 60",
        "reference-v6, 100"
    })
    void diesWhenItsCreatorsDoes(String release, int remaining) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(udp(lan).set("expire", remaining).build());
        lan.seconds(remaining - 1);
        assertThat(lan.state(1)).isNotNull();
        lan.seconds(2);
        assertThat(lan.state(1)).isNull();
    }

    @OnBothReferences
    void livesAWholeTimeoutIfItIsDueAlready(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(udp(lan).set("expire", 0).build());
        lan.seconds(59);
        assertThat(lan.state(1)).isNotNull();
        lan.seconds(2);
        assertThat(lan.state(1)).isNull();
    }

    private static MessageBuilder udp(SyncLan lan) {
        return insert(lan)
                .set("proto", 17)
                .set("timeout", 8)
                .set("src.state", 2)
                .set("dst.state", 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 1000})
    void isAsOldAsItsCreatorSays(int age) {
        SyncLan lan = SyncLan.of("reference-v6");
        lan.receive(insert(lan).set("creation", age).build());
        lan.seconds(5);
        assertThat(lan.firewall().export().getFirst().creation()).isEqualTo(age + 5);
    }
}
