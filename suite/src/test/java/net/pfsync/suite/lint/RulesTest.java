package net.pfsync.suite.lint;

import static net.pfsync.suite.lint.Wire.A;
import static net.pfsync.suite.lint.Wire.B;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import org.junit.jupiter.api.Test;

/** Each thing is found where it is, and not where it only looks like it. */
class RulesTest {

    private final Wire wire = new Wire("v6-7.4");

    private Message ins(long id) {
        return wire.message(Kind.INS, id).build();
    }

    private Message updC(long id, int srcSeqlo) {
        return wire.message(Kind.UPD_C, id).set("src.seqlo", srcSeqlo).build();
    }

    private Message delC(long id) {
        return wire.message(Kind.DEL_C, id).build();
    }

    private Message request(long id) {
        return wire.message(Kind.UPD_REQ, id).set("creatorid", id == 0 ? 0 : 1).build();
    }

    @Test
    void anOrdinaryLifeIsFine() {
        wire.say(0, A, ins(1))
                .say(1, A, updC(1, 1100))
                .say(2, B, updC(1, 1200))
                .say(9, A, delC(1))
                .say(9, B, delC(1));
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void whatAReceiverDrops() {
        wire.say(0, A, ins(1));
        wire.send(1, wire.frame(A, delC(1)).ttl(64));
        wire.send(2, wire.frame(B, ins(2)).len(900));
        wire.send(3, wire.frame(B, wire.message(Kind.INS, 3).set("timeout", 40).build()));
        wire.send(4, wire.frame(B, delC(2)).version(9));
        assertThat(wire.found())
                .containsExactlyInAnyOrder(
                        "TTL " + A, "FRAME_MALFORMED " + B, "VALUE_OUT_OF_RANGE " + B, "FRAME_MALFORMED " + B);
    }

    @Test
    void packetsThatMayBeOrAreFragmentedOrAreTooLong() {
        wire.send(0, wire.frame(A, ins(1)).df(false));
        wire.send(1, wire.frame(B, ins(2)).df(false).fragment(0, true));
        FrameBuilder long6 = wire.frame(A);
        for (int id = 10; id < 16; id++) {
            long6.add(ins(id));
        }
        wire.send(2, long6);
        assertThat(wire.found()).containsExactlyInAnyOrder("DF_MISSING " + A, "FRAGMENTED " + B, "ABOVE_MTU " + A);
    }

    @Test
    void sectionsInAnOrderThatNoSenderHas() {
        wire.say(0, A, updC(1, 1000), ins(2));
        assertThat(wire.found()).isEmpty();
        wire.say(1, A, ins(3), updC(1, 1001));
        wire.say(2, B, request(9), delC(2));
        assertThat(wire.found()).containsExactlyInAnyOrder("SECTION_ORDER " + A, "SECTION_ORDER " + B);
    }

    @Test
    void bytesThatNobodyFilled() {
        wire.say(
                0,
                A,
                wire.message(Kind.UPD_C, 1).set("src.scrub.pfss_ttl", 0x78).build());
        wire.say(
                1,
                B,
                wire.message(Kind.CLR, 0)
                        .set("ifname", HexFormat.of().parseHex("76696f3100010000" + "0000000000000000"))
                        .set("creatorid", 2)
                        .build());
        assertThat(wire.found()).containsExactlyInAnyOrder("LEFTOVER_BYTES " + A, "LEFTOVER_BYTES " + B);
    }

    @Test
    void scrubDataWithItsFlagIsFine() {
        wire.say(
                0,
                A,
                wire.message(Kind.UPD_C, 1)
                        .set("src.scrub.scrub_flag", 1)
                        .set("src.scrub.pfss_flags", 1)
                        .set("src.scrub.pfss_ttl", 64)
                        .set("src.scrub.pfss_ts_mod", 77)
                        .build());
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void oneHostIdOnTwoFirewalls() {
        wire.say(0, A, ins(1)).say(1, B, updC(1, 1001));
        assertThat(wire.found()).isEmpty();
        wire.say(2, B, ins(2));
        assertThat(wire.found()).containsExactly("CREATOR_SHARED " + B);
    }

    @Test
    void twoRulesets() {
        Wire old = new Wire("v6-6.9");
        byte[] one = HexFormat.of().parseHex("11".repeat(16));
        byte[] other = HexFormat.of().parseHex("22".repeat(16));
        old.send(0, old.frame(A, old.message(Kind.INS, 1).build()).checksum(one));
        old.send(1, old.frame(B, old.message(Kind.DEL_C, 1).build()).checksum(one));
        assertThat(old.found()).isEmpty();
        old.send(2, old.frame(B, old.message(Kind.DEL_C, 2).build()).checksum(other));
        assertThat(old.found()).containsExactly("RULESETS_DIFFER " + B);
    }

    @Test
    void aRequestThatIsNotAnsweredBySomebodyWhoHasTheState() {
        wire.say(0, A, updC(1, 1000)).say(0.001, B, request(1));
        wire.say(1, A, updC(2, 1000)).say(1.001, B, request(2));
        wire.say(1.002, A, wire.message(Kind.UPD, 2).build());
        wire.say(1.5, B, request(77));
        assertThat(wire.found()).isEmpty();
        wire.say(4, A, updC(3, 1000));
        assertThat(wire.found()).containsExactly("REQUEST_UNANSWERED " + B);
    }

    @Test
    void aRequestOfAStateThatIsThenRemovedNeedsNoAnswer() {
        wire.say(0, A, updC(1, 1000))
                .say(0.001, B, request(1))
                .say(0.5, A, delC(1))
                .say(4, A, updC(3, 1000));
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void anInsertThatIsHeldAndNotAcknowledged() {
        Message held = wire.message(Kind.INS, 1).set("state_flags", 0x10).build();
        Message fine = wire.message(Kind.INS, 2).set("state_flags", 0x10).build();
        wire.say(0, B, delC(9)).say(1, A, held).say(2, A, fine);
        wire.say(2.001, B, wire.message(Kind.INS_ACK, 2).build());
        assertThat(wire.found()).isEmpty();
        wire.say(5, B, delC(8));
        assertThat(wire.found()).containsExactly("INSERT_UNACKNOWLEDGED " + A);
    }

    @Test
    void nobodyToAcknowledgeIsNoFault() {
        wire.say(1, A, wire.message(Kind.INS, 1).set("state_flags", 0x10).build())
                .say(9, A, delC(1));
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void aBulkRequestThatNobodyAnswersAlthoughSomebodySpeaks() {
        for (int i = 0; i < 3; i++) {
            wire.say(2 * i, B, request(0)).say(2 * i + 1, A, updC(1, 1000 + i));
        }
        wire.say(6, A, updC(1, 1010)).say(9, A, updC(1, 1011));
        assertThat(wire.found()).isEmpty();
        wire.say(10, B, request(0))
                .say(11, A, updC(1, 1012))
                .say(14, B, request(0))
                .say(15, A, updC(1, 1013));
        wire.say(18, A, updC(1, 1014));
        assertThat(wire.found()).containsExactly("BULK_UNANSWERED " + B);
    }

    @Test
    void aFirewallThatAsksEveryTwoSecondsAndIsNotAnswered() {
        for (int i = 0; i < 5; i++) {
            wire.say(2 * i, B, request(0)).say(2 * i + 1, A, updC(1, 1000 + i));
        }
        assertThat(wire.found()).isEmpty();
        wire.say(10, B, request(0));
        assertThat(wire.found()).containsExactly("BULK_UNANSWERED " + B);
    }

    @Test
    void aLengthThatIsNotThatOfThePacket() {
        byte[] whole = wire.frame(A, ins(1)).build();
        wire.send(0, wire.frame(A, ins(1)).len(whole.length - 21));
        assertThat(wire.found()).contains("FRAME_MALFORMED " + A);
        assertThat(wire.judge().findings().getFirst().sentence()).startsWith("announces a length of ");
    }

    @Test
    void aBulkRequestIntoTheVoid() {
        for (int i = 0; i < 12; i++) {
            wire.say(5 * i, A, request(0));
        }
        assertThat(wire.found()).containsExactly("BULK_NOBODY " + A);
    }

    @Test
    void aTransferWithoutAnEnd() {
        wire.say(0, B, request(0))
                .say(0.1, A, wire.bulk(1, 1), wire.message(Kind.UPD, 1).build());
        wire.say(20, A, updC(1, 1001));
        assertThat(wire.found()).isEmpty();
        wire.say(40, A, updC(1, 1002));
        assertThat(wire.found()).containsExactly("BULK_NO_END " + A);
    }

    @Test
    void aTransferThatBeginsAgainBecauseItDidNotEnd() {
        Message state = wire.message(Kind.UPD, 1).build();
        wire.say(0, B, request(0)).say(0.1, A, wire.bulk(1, 1), state);
        wire.say(0.5, A, wire.bulk(1, 1), state).say(2, A, state);
        assertThat(wire.found()).isEmpty();
        wire.say(5, B, request(0)).say(5.1, A, wire.bulk(1, 1), state, wire.bulk(2, 1));
        assertThat(wire.found()).containsExactly("BULK_NO_END " + A);
    }

    @Test
    void aTransferWithoutStatesThatWereAnnounced() {
        wire.say(0, A, ins(1), ins(2), ins(3));
        wire.say(1, B, request(0));
        wire.say(1.1, A, wire.bulk(1, 1), wire.message(Kind.UPD, 1).build(), wire.bulk(2, 1));
        wire.say(2, A, delC(2));
        wire.say(3, A, updC(1, 1001));
        assertThat(wire.found()).isEmpty();
        wire.say(5, A, updC(1, 1002));
        assertThat(wire.found()).containsExactly("BULK_INCOMPLETE " + A);
        assertThat(wire.judge().findings().getFirst().sentence()).contains("leaves out 1 state");
    }

    @Test
    void aTransferWithoutAStateOfWhichOneHearsOnlyLater() {
        wire.say(1, B, request(0));
        wire.say(1.1, A, wire.bulk(1, 1), wire.message(Kind.UPD, 1).build(), wire.bulk(2, 1));
        wire.say(2, A, updC(1, 1001));
        assertThat(wire.found()).isEmpty();
        wire.say(3, A, updC(2, 1001));
        assertThat(wire.found()).containsExactly("BULK_INCOMPLETE " + A);
    }

    @Test
    void anEndThatIsIgnored() {
        wire.say(0, B, request(0)).say(0.001, A, wire.bulk(1, 1), wire.bulk(2, 1));
        wire.say(2, B, request(0)).say(2.001, A, wire.bulk(1, 1), wire.bulk(2, 1));
        assertThat(wire.found()).isEmpty();
        wire.say(4, B, request(0));
        assertThat(wire.found()).containsExactly("END_IGNORED " + B);
    }

    @Test
    void anEndWithoutAStart() {
        wire.say(0, B, request(0)).say(0.001, A, wire.bulk(2, 1));
        assertThat(wire.found()).containsExactly("BULK_NO_START " + A);
    }

    @Test
    void aSecondRequesterIsServedByATransferThatBeginsAgain() {
        Message one = wire.message(Kind.UPD, 1).build();
        Message two = wire.message(Kind.UPD, 2).build();
        wire.say(0, B, request(0)).say(0.1, A, wire.bulk(1, 1), one);
        wire.say(0.2, "10.0.0.3", request(0)).say(0.3, A, two, wire.bulk(2, 1));
        wire.say(5, A, wire.bulk(1, 1), one, two, wire.bulk(2, 1));
        wire.say(20, A, updC(1, 1000));
        assertThat(wire.found()).isEmpty();
        wire.say(30, B, request(0)).say(30.1, A, wire.bulk(1, 1), one);
        wire.say(30.2, "10.0.0.3", request(0)).say(30.3, A, two, wire.bulk(2, 1));
        wire.say(45, A, updC(1, 1002));
        assertThat(wire.found()).containsExactly("SECOND_SWALLOWED " + A);
    }

    @Test
    void aRemovalOfWhatNobodyWasTold() {
        wire.say(0, A, delC(1));
        wire.say(1, B, request(0)).say(1.1, A, wire.bulk(1, 1), wire.bulk(2, 1));
        wire.say(2, A, delC(2)).say(4, A, ins(3)).say(5, A, delC(3));
        assertThat(wire.found()).isEmpty();
        wire.say(6, A, delC(4));
        assertThat(wire.found()).containsExactly("DELETED_UNKNOWN " + A);
    }

    @Test
    void oneSendsToAPeerThatSendsToTheGroup() {
        for (int second = 0; second < 12; second += 3) {
            wire.send(second, wire.frame(A, updC(1, 1000 + second)).destination(B));
            wire.send(second + 1, wire.frame(B, updC(2, 1000 + second)).destination(A));
        }
        assertThat(wire.found()).isEmpty();
        wire.send(20, wire.frame(A, updC(1, 2000)).destination(B)).say(21, B, updC(2, 2000));
        wire.send(30, wire.frame(A, updC(1, 2001)).destination(B)).say(30.9, B, updC(2, 2001));
        assertThat(wire.found()).isEmpty();
        wire.say(31, B, updC(2, 2002));
        assertThat(wire.found()).containsExactly("ONE_WAY " + A);
    }

    @Test
    void whoSpeaksAsIfItHadHeardNothing() {
        for (int id = 1; id <= 5; id++) {
            wire.say(id * 0.01, A, ins(id));
            wire.say(
                    1 + id * 0.01,
                    B,
                    wire.message(Kind.UPD_C, id)
                            .set("src.seqlo", 5000)
                            .set("dst.seqlo", 6000)
                            .build());
        }
        for (int id = 1; id <= 4; id++) {
            wire.say(5 + id * 0.01, A, updC(id, 1001));
        }
        assertThat(wire.found()).isEmpty();
        wire.say(6, A, updC(5, 1001));
        assertThat(wire.found()).containsExactly("ONE_WAY " + A);
    }

    /** Who answers hears, and is behind for another reason. */
    @Test
    void whoAnswersIsNotDeaf() {
        wire.say(0, A, request(77));
        for (int id = 1; id <= 5; id++) {
            wire.say(1 + id * 0.01, A, ins(id));
            wire.say(
                    2 + id * 0.01,
                    B,
                    wire.message(Kind.UPD_C, id)
                            .set("src.seqlo", 5000)
                            .set("dst.seqlo", 6000)
                            .build());
            wire.say(6 + id * 0.01, A, updC(id, 1001));
        }
        assertThat(wire.found()).isEmpty();
    }

    /** Two that collect for a second, of a state whose packets pass both. */
    @Test
    void theSameSaidBySecondsIsNoPingPong() {
        wire.say(-1, A, ins(1));
        for (int i = 0; i < 40; i++) {
            wire.say(0.5 * i, i % 2 == 0 ? A : B, updC(1, 1000));
        }
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void conductIsToldOfEach() {
        wire.say(0, B, request(0)).say(2, B, request(0));
        wire.say(3, A, wire.bulk(1, 1), wire.message(Kind.UPD, 1).build(), wire.bulk(2, 1));
        wire.say(4, B, updC(1, 1001), updC(2, 1001))
                .say(4.1, A, wire.message(Kind.UPD, 1).build());
        wire.say(9, "10.0.0.3", request(0));
        Verdict verdict = wire.judge();
        Verdict.Peer a = verdict.peers().get(1);
        Verdict.Peer b = verdict.peers().getFirst();
        assertThat(b.conduct()).isEqualTo(new Verdict.Conduct(4, 0, 3_000_000_000L, false));
        assertThat(a.conduct()).isEqualTo(new Verdict.Conduct(4, 1, 0, false));
        assertThat(verdict.peers().getLast().conduct().demotedStill()).isTrue();
        assertThat(a.table()).isEqualTo(new Verdict.Table(1, 0, 1));
        assertThat(b.table()).isEqualTo(new Verdict.Table(2, 0, 0));
        assertThat(verdict.peers().getLast().table()).isEqualTo(new Verdict.Table(0, 1, 1));
        assertThat(TextReport.of("wire", verdict))
                .contains("10.0.0.2  v6-7.4, 3 packets in 4.000 s, 1.3 messages in a packet, demoted for 3.000 s (a"
                        + " guess)")
                .contains("1 answer to stale updates", "demoted for 0.000 s and still (a guess)")
                .contains("spoke of 1 state, was told of 0 more, may not know 1 of which only changes were heard");
    }

    @Test
    void aPeerThatGoesBack() {
        wire.say(0, A, ins(1)).say(1, A, updC(1, 5000)).say(2, B, updC(1, 4000));
        assertThat(wire.found()).isEmpty();
        wire.say(3, A, updC(1, 4999));
        assertThat(wire.found()).containsExactly("STATE_BACKWARDS " + A);
    }

    @Test
    void sequenceNumbersGoOnBehindTheHighestOne() {
        wire.say(0, A, updC(1, -5))
                .say(1, A, wire.message(Kind.UPD, 1).set("src.seqlo", -5).build());
        wire.say(2, A, updC(1, 5));
        assertThat(wire.found()).isEmpty();
    }

    @Test
    void theSameThingSaidBackAndForth() {
        wire.say(-1, A, ins(1));
        for (int i = 0; i < 8; i++) {
            wire.say(0.001 * i, i % 2 == 0 ? A : B, updC(1, 1000));
        }
        assertThat(wire.found()).isEmpty();
        wire.say(0.008, A, updC(1, 1000));
        assertThat(wire.found()).containsExactly("PING_PONG " + A);
    }

    @Test
    void aStateThatIsAnnouncedOrRemovedTwice() {
        wire.say(0, A, ins(1))
                .say(1, A, delC(1))
                .say(2, A, ins(1))
                .say(3, A, delC(1))
                .say(3.1, B, delC(1));
        assertThat(wire.found()).isEmpty();
        wire.say(4, B, delC(1)).say(5, A, ins(2)).say(6, A, ins(2));
        assertThat(wire.found()).containsExactlyInAnyOrder("DELETED_TWICE " + B, "INSERTED_TWICE " + A);
    }

    @Test
    void statesThatShouldStayAtHome() {
        wire.say(0, A, wire.message(Kind.INS, 1).set("state_flags", 8).build());
        wire.say(
                1,
                B,
                wire.message(Kind.INS, 2).set("creatorid", 2).set("proto", 240).build());
        wire.say(
                2,
                B,
                wire.message(Kind.UPD, 3)
                        .set("state_flags", 8)
                        .set("timeout", 22)
                        .build());
        assertThat(wire.found())
                .containsExactlyInAnyOrder("NOSYNC_SENT " + A, "PFSYNC_STATE_SENT " + B, "REMOVED_SENT " + B);
    }

    @Test
    void mostStatesRemovedAtOnce() {
        for (int id = 1; id <= 1200; id++) {
            wire.say(id * 0.001, A, ins(id));
        }
        for (int id = 1; id <= 1200; id++) {
            wire.say(10 + id * 0.0001, A, delC(id));
        }
        assertThat(wire.found()).containsExactly("EXPIRY_STORM " + A);
    }

    /** How much of the tables is known: a state that was only named has no addresses. */
    @Test
    void theTablesAreReconstructed() {
        wire.say(0, A, ins(1), ins(2)).say(1, A, updC(3, 1000)).say(2, A, delC(1));
        Verdict.Reconstruction tables = wire.judge().tables();
        assertThat(tables.states()).isEqualTo(2);
        assertThat(tables.whole()).isEqualTo(1);
        assertThat(tables.byCreator()).containsEntry("00000001", 2);
        wire.say(3, A, wire.message(Kind.CLR, 0).build());
        assertThat(wire.judge().tables().states()).isZero();
    }
}
