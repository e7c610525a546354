package net.pfsync.pf;

import static net.pfsync.pf.OneState.CLIENT_ISN;
import static net.pfsync.pf.OneState.SERVER_ISN;
import static net.pfsync.pf.OneState.WINDOW;
import static net.pfsync.pf.OneState.client;
import static net.pfsync.pf.OneState.clientAt;
import static net.pfsync.pf.OneState.server;
import static net.pfsync.pf.OneState.serverAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Full tracking of TCP. {@code PF-TRACKING.md} section 3, whose numbers the tests name. */
class TcpTrackingTest {

    private static final int MAX_ACK_WINDOW = 67035;

    private final OneState one = new OneState(Bench.current("pass"));
    private final OneState of2009 = new OneState(Bench.of2009("pass"));

    private static OneState with(TestRelease release) {
        return new OneState(new Bench("pass", release.rule()));
    }

    private static TestPacket synAck() {
        return server().seq(SERVER_ISN).ack(CLIENT_ISN + 1).flags(TcpFlags.SYN);
    }

    // ---- 3.1 and 3.2 ----

    @Test
    void windowsAreScaledOnlyIfBothEndsSaySo() { // 3.1
        one.establishedScaled(2, 3);
        assertThat(one.clientPasses(clientAt(0).window(1000).data(1))).isTrue();
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 1 + (WINDOW << 2));
        assertThat(one.clientPasses(clientAt(1).window(20_000).data(1))).isTrue();
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 1 + (20_000 << 2));
        OneState unscaled = new OneState(Bench.current("pass")).established();
        assertThat(unscaled.clientPasses(clientAt(0).window(20_000).data(1))).isTrue();
        assertThat(unscaled.dst().seqhi).isEqualTo(SERVER_ISN + 1 + 20_000);
    }

    @Test
    void theWindowOfARetransmittedSynIsNotScaled() { // 3.1; recorded on OpenBSD 7.6: max_win faf0 with wscale 8a
        TestPacket syn = client().seq(CLIENT_ISN).flags(TcpFlags.SYN).wscale(10).window(64240);
        one.fromClient(syn);
        assertThat(one.src().window()).isEqualTo(63);
        assertThat(one.clientPasses(syn)).isTrue();
        assertThat(Bench.peer(one.src())).isEqualTo("1000001:1000002 win 64240 state 2 wscale 138");
        assertThat(Bench.peer(one.dst())).isEqualTo("0:64240 win 1 state 0 wscale 0");
        assertThat(one.state().timeout).isEqualTo((byte) Timeouts.TCP_OPENING);
    }

    @Test
    void theWindowOfARetransmittedSecondSynIsNotScaled() { // 3.1
        one.establishedScaled(2, 3);
        assertThat(one.serverPasses(synAck().wscale(3).window(20_000))).isTrue();
        assertThat(one.src().seqhi).isEqualTo(CLIENT_ISN + 1 + 20_000);
    }

    @Test
    void theFirstSegmentOfAnEndCountsEvenIfItIsDropped() { // 3.2 comes before 3.8
        one.synSent();
        one.src().state = Peer.ESTABLISHED;
        assertThat(one.serverPasses(synAck().ack(CLIENT_ISN + 1 + MAX_ACK_WINDOW)))
                .isFalse();
        assertThat(Bench.peer(one.dst())).isEqualTo("5000000:5010001 win 10000 state 2 wscale 0");
    }

    @Test
    void theFirstSegmentOfTheOtherEndTellsWhereItIs() { // 3.2
        one.synSent();
        assertThat(one.serverPasses(synAck())).isTrue();
        assertThat(Bench.peer(one.dst())).isEqualTo("5000001:5010001 win 10000 state 2 wscale 0");
        assertThat(Bench.peer(one.src())).isEqualTo("1000000:1010001 win 10000 state 4 wscale 0");
    }

    /**
     * A retransmitted SYN leaves the other end with an upper end of one window from 0 on (recorded on OpenBSD 7.6: {@code [0 + 64240]}). An answer
     * that ends below the middle of the circle, but whose window lies above it, then neither moves that end nor fits below it.
     */
    @ParameterizedTest
    @CsvSource({"0x7fff0000, false", "0x70000000, true", "0x80010000, true", "0xf0000000, true"})
    void afterARetransmittedSynAnUnluckyAnswerIsDropped(long isn, boolean passes) { // 3.2
        TestPacket syn = client().seq(CLIENT_ISN).flags(TcpFlags.SYN).wscale(10).window(64240);
        one.fromClient(syn);
        one.fromClient(syn);
        TestPacket answer =
                server().seq((int) isn).ack(CLIENT_ISN + 1).flags(TcpFlags.SYN).wscale(10);
        assertThat(one.serverPasses(answer)).isEqualTo(passes);
    }

    @Test
    void scalingIsAgreedOnByTheSecondSyn() { // 3.2; recorded on OpenBSD 4.6, capture 03-forwarding
        one.fromClient(client().seq(CLIENT_ISN).flags(TcpFlags.SYN).wscale(10).window(64240));
        one.fromServer(synAck().wscale(10).window(65160));
        assertThat(Bench.peer(one.dst())).isEqualTo("5000001:5064513 win 64 state 2 wscale 138");
        assertThat(Bench.peer(one.src())).isEqualTo("1000000:1065537 win 63 state 4 wscale 138");
    }

    /** What the client's window was scaled to is scaled back and cut to 65535; the kernels of 2009 kept 16 bits of it. */
    @ParameterizedTest
    @CsvSource({"true, 3, 60000, 60000", "false, 3, 60000, 60000", "true, 3, 65535, 65535", "false, 3, 65535, 0"})
    void ifTheSecondSynDoesNotScaleNeitherDoesTheFirst(boolean capped, int shift, int window, int maxWindow) { // 3.2
        TrackingRule rule = capped ? TrackingRule.OF_2009 : TrackingRule.OF_2009.withoutWindowCap();
        OneState state = new OneState(new Bench("pass", rule));
        state.fromClient(
                client().seq(CLIENT_ISN).flags(TcpFlags.SYN).wscale(shift).window(window));
        state.fromServer(synAck());
        assertThat(state.src().wscale).isZero();
        assertThat(state.dst().wscale).isZero();
        assertThat(state.src().window()).isEqualTo(maxWindow);
        assertThat(state.dst().seqhi).isEqualTo(SERVER_ISN + 1 + Math.max(1, maxWindow));
    }

    @Test
    void withoutScalingByTheFirstSynTheSecondOneDoesNotCount() { // 3.2
        one.synSent();
        one.fromServer(synAck().wscale(5));
        assertThat(one.dst().wscale).isZero();
        assertThat(one.dst().window()).isEqualTo(WINDOW);
    }

    @Test
    void aLaterEndThatReachesFartherIsNotLowered() { // 3.2: S.seqhi
        one.synSent();
        one.dst().seqhi = SERVER_ISN + 50_000;
        one.fromServer(synAck());
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 50_000);
    }

    // ---- 3.3, modulation ----

    @ParameterizedTest
    @EnumSource(TestRelease.class)
    void bothDirectionsOfAModulatedConnectionAreRewritten(TestRelease release) { // 3.2, 3.3
        Bench bench = new Bench("pass modulate state", release.rule());
        OneState modulated = new OneState(bench);
        byte[] syn = client().seq(CLIENT_ISN).flags(TcpFlags.SYN).bytes();
        bench.test(syn, Bench.INSIDE, State.IN);
        int clientShift = modulated.src().seqdiff;
        assertThat(clientShift).isNotZero();

        byte[] answer = server().seq(SERVER_ISN)
                .ack(CLIENT_ISN + clientShift + 1)
                .flags(TcpFlags.SYN)
                .bytes();
        assertThat(bench.test(answer, Bench.INSIDE, State.OUT).verdict()).isEqualTo(Result.Verdict.PASS);
        int serverShift = modulated.dst().seqdiff;
        assertThat(serverShift).isNotZero();
        assertSequence(answer, SERVER_ISN + serverShift, CLIENT_ISN + 1);

        byte[] segment = client().seq(CLIENT_ISN + 1)
                .ack(SERVER_ISN + serverShift + 1)
                .data(10)
                .bytes();
        assertThat(bench.test(segment, Bench.INSIDE, State.IN).verdict()).isEqualTo(Result.Verdict.PASS);
        assertSequence(segment, CLIENT_ISN + 1 + clientShift, SERVER_ISN + 1);
        assertThat(modulated.src().seqlo).isEqualTo(CLIENT_ISN + 11);
        assertThat(modulated.dst().seqlo).isEqualTo(SERVER_ISN + 1);
        assertThat(modulated.src().state).isEqualTo((byte) Peer.ESTABLISHED);
        assertThat(modulated.dst().state).isEqualTo((byte) Peer.ESTABLISHED);
    }

    private static void assertSequence(byte[] bytes, int seq, int ack) {
        Packet packet = new Packet();
        packet.parse(bytes, 0, bytes.length);
        assertThat(packet.seq()).isEqualTo(seq);
        assertThat(packet.ack()).isEqualTo(ack);
        assertThat(TestPacket.checksumsRight(bytes)).isTrue();
    }

    @Test
    void selectiveAcknowledgementsAreShiftedLikeTheOthers() { // 3.3
        one.established();
        one.src().seqdiff = 100;
        one.dst().seqdiff = 1000;
        byte[] segment = clientAt(0)
                .ack(SERVER_ISN + 1001)
                .sack(SERVER_ISN + 1051, SERVER_ISN + 1061)
                .bytes();
        assertThat(one.bench.test(segment, Bench.INSIDE, State.IN).verdict()).isEqualTo(Result.Verdict.PASS);
        assertSequence(segment, CLIENT_ISN + 101, SERVER_ISN + 1);
        Packet packet = new Packet();
        packet.parse(segment, 0, segment.length);
        assertThat(packet.option32(packet.options().sackAt())).isEqualTo(SERVER_ISN + 51);
        assertThat(packet.option32(packet.options().sackAt() + 4)).isEqualTo(SERVER_ISN + 61);
    }

    @Test
    void anEndThatStartsAnewIsNotModulatedInItsFirstSegment() { // 3.2: "else packet ack unmodified"
        one.synSent();
        one.src().seqdiff = 1000;
        one.dst().seqdiff = 500;
        byte[] answer = synAck().bytes();
        assertThat(one.bench.test(answer, Bench.INSIDE, State.OUT).verdict()).isEqualTo(Result.Verdict.PASS);
        assertSequence(answer, SERVER_ISN, CLIENT_ISN + 1);
        assertThat(one.dst().seqdiff).isEqualTo(500);
    }

    @Test
    void anEndThatIsNotModulatedIsNotRewritten() { // 3.3: only if S.seqdiff is set
        one.established();
        one.dst().seqdiff = 1000;
        byte[] segment = clientAt(0).ack(SERVER_ISN + 1001).bytes();
        assertThat(one.bench.test(segment, Bench.INSIDE, State.IN).verdict()).isEqualTo(Result.Verdict.PASS);
        assertSequence(segment, CLIENT_ISN + 1, SERVER_ISN + 1001);
    }

    // ---- 3.4 and 3.5 ----

    @Test
    void aSegmentWithoutAckCountsAsAcknowledgingWhatIsKnown() { // 3.4
        one.established();
        assertThat(one.clientPasses(client().seq(CLIENT_ISN + 1).data(1))).isTrue();
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 1 + WINDOW);
    }

    @Test
    void aResetWithAckZeroCountsAsAcknowledgingWhatIsKnown() { // 3.4
        one.synSent();
        one.fromServer(synAck());
        assertThat(one.clientPasses(client().seq(CLIENT_ISN + 1).ack(0).flags(TcpFlags.RST)))
                .isTrue();
        assertThat(one.src().state).isEqualTo((byte) Peer.TIME_WAIT);
    }

    @Test
    void whileTheOtherEndIsUnknownAcknowledgementsDoNotCount() { // 3.4
        one.synSent();
        assertThat(one.clientPasses(client().seq(CLIENT_ISN + 1).ack(77))).isTrue();
    }

    @Test
    void aSegmentThatCarriesNothingFitsWhereverItClaimsToBe() { // 3.5
        one.established();
        assertThat(one.clientPasses(clientAt(-500_000))).isTrue();
        assertThat(one.src().seqlo).isEqualTo(CLIENT_ISN);
        assertThat(one.clientPasses(clientAt(-500_000).data(1))).isFalse();
    }

    // ---- 3.8, normal acceptance ----

    @Test
    void theLastByteOfTheWindowPassesAndTheNextOneDoesNot() { // (a)
        one.established();
        assertThat(one.clientPasses(clientAt(WINDOW - 100).data(100))).isTrue();
        assertThat(one.clientPasses(clientAt(WINDOW).data(1))).isFalse();
        assertThat(one.bench.filter.statistics().count(Reason.STATE_MISMATCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"CURRENT, true", "OF_2009, false"})
    void aFinMayLieOneBehindTheWindowInCurrentReleases(TestRelease release, boolean passes) { // (a), [cur] data_end
        OneState state = with(release).established();
        assertThat(state.clientPasses(clientAt(WINDOW - 100).data(100).flags(TcpFlags.FIN)))
                .isEqualTo(passes);
    }

    @Test
    void whatIsOlderThanAWindowDoesNotPass() { // (b)
        one.established();
        one.clientPasses(clientAt(0).data(5000));
        int oldest = 5000 - WINDOW;
        assertThat(one.clientPasses(clientAt(oldest).data(1))).isTrue();
        assertThat(one.clientPasses(clientAt(oldest - 1).data(1))).isFalse();
    }

    @Test
    void theWindowBehindIsScaled() { // (b)
        one.establishedScaled(0, 4);
        one.fromServer(serverAt(0).window(2000));
        int oldest = -1 - (WINDOW << 4);
        assertThat(one.dst().window()).isEqualTo(2000);
        assertThat(one.clientPasses(clientAt(-1 - (2000 << 4)).data(1))).isTrue();
        assertThat(one.clientPasses(clientAt(oldest).data(1))).isFalse();
    }

    @Test
    void anAcknowledgementMayRunAheadByOneLargestWindow() { // (c)
        one.established();
        int known = one.dst().seqlo;
        assertThat(one.clientPasses(clientAt(0).ack(known + MAX_ACK_WINDOW + 1)))
                .isFalse();
        assertThat(one.clientPasses(clientAt(0).ack(known + MAX_ACK_WINDOW))).isTrue();
    }

    @Test
    void anAcknowledgementMayLieBackByOneLargestWindow() { // (d)
        one.established();
        int known = one.dst().seqlo;
        assertThat(one.clientPasses(clientAt(0).ack(known - MAX_ACK_WINDOW - 1)))
                .isFalse();
        assertThat(one.clientPasses(clientAt(0).ack(known - MAX_ACK_WINDOW))).isTrue();
    }

    @Test
    void howFarAnAcknowledgementMayLieBackIsScaled() { // (d)
        one.establishedScaled(3, 0);
        int known = one.dst().seqlo;
        assertThat(one.clientPasses(clientAt(0).ack(known - (MAX_ACK_WINDOW << 3) - 1)))
                .isFalse();
        assertThat(one.clientPasses(clientAt(0).ack(known - (MAX_ACK_WINDOW << 3))))
                .isTrue();
    }

    /** Offset of a reset from the lowest number that is expected, whether it acknowledges exactly, and whether it passes. */
    @ParameterizedTest
    @CsvSource({
        "CURRENT, -1, 0, true",
        "CURRENT, 0, 0, true",
        "CURRENT, 1, 0, true",
        "CURRENT, 2, 0, false",
        "CURRENT, -2, 0, true",
        "CURRENT, -2, 1, false",
        "CURRENT, -1, 1, true",
        "CURRENT, -10000, 0, true",
        "CURRENT, -10001, 0, false",
        "OF_2009, 2, 0, true",
        "OF_2009, -2, 1, true",
        "OF_2009, 9000, 1, true",
    })
    void aResetMustHitItsSequenceNumberInCurrentReleases(
            TestRelease release, int offset, int skew, boolean passes) { // (e)
        OneState state = with(release).established();
        state.fromClient(clientAt(0).data(100));
        int seqlo = state.src().seqlo;
        TestPacket reset =
                client().seq(seqlo + offset).ack(state.dst().seqlo - skew).flags(TcpFlags.RST);
        assertThat(state.clientPasses(reset)).isEqualTo(passes);
        assertThat(state.src().state == Peer.TIME_WAIT).isEqualTo(passes);
    }

    @Test
    void aBlindResetWithoutAckMustHitExactly() { // (e)
        one.established();
        one.fromClient(clientAt(0).data(100));
        assertThat(one.clientPasses(client().seq(one.src().seqlo - 2).flags(TcpFlags.RST)))
                .isFalse();
        assertThat(one.clientPasses(client().seq(one.src().seqlo - 1).flags(TcpFlags.RST)))
                .isTrue();
    }

    @Test
    void theLargestWindowIsRemembered() { // 3.8, effect 1
        one.established();
        one.fromClient(clientAt(0).window(20_000));
        one.fromClient(clientAt(0).window(5000));
        assertThat(one.src().window()).isEqualTo(20_000);
    }

    @Test
    void dataMovesTheLowerEndForwardsOnly() { // effect 2
        one.established();
        one.fromClient(clientAt(100).data(100));
        assertThat(one.src().seqlo).isEqualTo(CLIENT_ISN + 201);
        one.fromClient(clientAt(0).data(100));
        assertThat(one.src().seqlo).isEqualTo(CLIENT_ISN + 201);
    }

    @Test
    void anAcknowledgementAndItsWindowMoveTheUpperEndOfTheOtherForwardsOnly() { // effect 3
        one.established();
        one.fromServer(serverAt(0).data(100));
        one.fromClient(clientAt(0).ack(SERVER_ISN + 101));
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 101 + WINDOW);
        one.fromClient(clientAt(0).ack(SERVER_ISN + 101).window(10));
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 101 + WINDOW);
    }

    @Test
    void aClosedWindowStillAllowsOneByte() { // effect 3
        one.established();
        one.dst().seqhi = SERVER_ISN + 1;
        one.fromClient(clientAt(0).window(0));
        assertThat(one.dst().seqhi).isEqualTo(SERVER_ISN + 2);
    }

    @Test
    void theHandshakeAndTheFourSegmentsOfClosingMoveTheStates() { // effects 4 and 5
        one.synSent();
        assertStates(Peer.SYN_SENT, 0, Timeouts.TCP_FIRST_PACKET);
        one.fromServer(synAck());
        assertStates(Peer.ESTABLISHED, Peer.SYN_SENT, Timeouts.TCP_OPENING);
        one.fromClient(clientAt(0));
        assertStates(Peer.ESTABLISHED, Peer.ESTABLISHED, Timeouts.TCP_ESTABLISHED);
        one.fromClient(clientAt(0).flags(TcpFlags.FIN));
        assertStates(Peer.CLOSING, Peer.ESTABLISHED, Timeouts.TCP_CLOSING);
        one.fromServer(serverAt(0).ack(CLIENT_ISN + 2));
        assertStates(Peer.FIN_WAIT_2, Peer.ESTABLISHED, Timeouts.TCP_CLOSING);
        one.fromServer(serverAt(0).ack(CLIENT_ISN + 2).flags(TcpFlags.FIN));
        assertStates(Peer.FIN_WAIT_2, Peer.CLOSING, Timeouts.TCP_FIN_WAIT);
        one.fromClient(clientAt(1).ack(SERVER_ISN + 2));
        assertStates(Peer.FIN_WAIT_2, Peer.FIN_WAIT_2, Timeouts.TCP_CLOSED);
    }

    private void assertStates(int src, int dst, int timeout) {
        assertThat(one.src().state).isEqualTo((byte) src);
        assertThat(one.dst().state).isEqualTo((byte) dst);
        assertThat(one.state().timeout).isEqualTo((byte) timeout);
    }

    @Test
    void aResetEndsBoth() { // effect 6; recorded on OpenBSD 7.6, s12-tcp-handshake-rst
        one.established();
        one.fromClient(clientAt(0).flags(TcpFlags.RST));
        assertStates(Peer.TIME_WAIT, Peer.TIME_WAIT, Timeouts.TCP_CLOSED);
    }

    @Test
    void anAcceptedSegmentMakesTheStateLiveOn() { // effect 7
        one.established();
        one.bench.now += 100;
        one.fromClient(clientAt(0));
        assertThat(one.state().expire).isEqualTo(1100);
        assertThat(one.state().creation).isEqualTo(1000);
    }

    // ---- 3.9, loose acceptance ----

    @Test
    void whileTheOtherEndIsUnknownASegmentMayBeFarAhead() { // 3.9, (f); 9.6
        one.synSent();
        int limit = one.src().seqhi + MAX_ACK_WINDOW;
        one.bench.now += 5;
        assertThat(one.clientPasses(client().seq(limit - 10).ack(1).data(11))).isFalse();
        assertThat(one.clientPasses(client().seq(limit - 10).ack(1).data(10))).isTrue();
        assertThat(one.src().state).isEqualTo((byte) Peer.SYN_SENT);
        assertThat(one.dst().state).isZero();
        assertThat(one.src().seqlo).isEqualTo(limit);
        assertThat(one.state().expire).as("not refreshed").isEqualTo(1000);
        assertThat(one.state().timeout).isEqualTo((byte) Timeouts.TCP_FIRST_PACKET);
    }

    @Test
    void afterOneEndHasClosedASegmentMayBeFarBehind() { // 3.9, (g)
        one.closed();
        int limit = one.src().seqlo - MAX_ACK_WINDOW;
        assertThat(one.clientPasses(client().seq(limit - 1).ack(SERVER_ISN + 2).data(1)))
                .isFalse();
        assertThat(one.clientPasses(client().seq(limit).ack(SERVER_ISN + 2).data(1)))
                .isTrue();
    }

    @Test
    void betweenTwoKnownEndsNothingIsLoose() { // 3.9: the states
        one.established();
        int limit = one.src().seqlo - MAX_ACK_WINDOW;
        assertThat(one.clientPasses(client().seq(limit).ack(SERVER_ISN + 1).data(1)))
                .isFalse();
        one.dst().state = Peer.FIN_WAIT_2;
        assertThat(one.clientPasses(client().seq(limit).ack(SERVER_ISN + 1).data(1)))
                .isTrue();
        one.dst().state = Peer.ESTABLISHED;
        one.src().state = Peer.FIN_WAIT_2;
        assertThat(one.clientPasses(client().seq(limit).ack(SERVER_ISN + 1).data(1)))
                .isTrue();
    }

    @Test
    void aLooselyAcceptedFinOrResetCountsButNoSynOrAck() { // 3.9
        one.established();
        one.dst().state = Peer.FIN_WAIT_2;
        int far = one.src().seqhi + 1000;
        assertThat(one.clientPasses(client().seq(far).ack(SERVER_ISN + 1).flags(TcpFlags.FIN)))
                .isTrue();
        assertThat(one.src().state).isEqualTo((byte) Peer.CLOSING);
        one.dst().state = Peer.CLOSING;
        one.src().state = Peer.FIN_WAIT_2;
        assertThat(one.clientPasses(client().seq(far + 2000).ack(SERVER_ISN + 1).data(1)))
                .isTrue();
        assertThat(one.dst().state).as("an ACK does not count").isEqualTo((byte) Peer.CLOSING);
        TestPacket reset = client().seq(one.src().seqhi + 2000)
                .ack(SERVER_ISN + 1)
                .flags(TcpFlags.RST)
                .data(1);
        assertThat(one.clientPasses(reset)).isTrue();
        assertThat(one.src().state).isEqualTo((byte) Peer.TIME_WAIT);
        assertThat(one.dst().state).isEqualTo((byte) Peer.TIME_WAIT);
    }

    @Test
    void aLooseSegmentMovesTheWindows() { // 3.9: effects 1 to 3
        one.synSent();
        one.fromClient(client().seq(CLIENT_ISN + 5000).ack(1).data(10).window(30_000));
        assertThat(Bench.peer(one.src())).isEqualTo("1005010:1000002 win 30000 state 2 wscale 0");
        assertThat(one.dst().seqhi).isEqualTo(30_000);
    }

    // ---- 3.10, mismatch ----

    @Test
    void whatFitsNowhereIsDroppedAndChangesNothing() { // 3.10
        one.established();
        String src = Bench.peer(one.src());
        String dst = Bench.peer(one.dst());
        one.bench.now += 5;
        Result result = one.fromClient(clientAt(1_000_000).data(1));
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.STATE_MISMATCH);
        assertThat(result.replies()).isEmpty();
        assertThat(Bench.peer(one.src())).isEqualTo(src);
        assertThat(Bench.peer(one.dst())).isEqualTo(dst);
        assertThat(one.state().expire).isEqualTo(1000);
        assertThat(one.state().packets0).isEqualTo(2);
        assertThat(one.bench.events).endsWith("updated 0").hasSize(3);
    }

    @Test
    void betweenTwoSynSentsAMismatchIsAnsweredAndTheSenderStartsAnew() { // 3.10
        one.synSent();
        one.fromServer(synAck());
        one.src().state = Peer.SYN_SENT;
        Result result = one.fromServer(
                server().seq(SERVER_ISN + 500_000).ack(CLIENT_ISN + 7).data(1));
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(Bench.peer(one.dst())).isEqualTo("0:1 win 1 state 2 wscale 0");
        assertThat(one.bench.sentOutside).hasSize(1);
        Packet reset = new Packet();
        byte[] sent = one.bench.sentOutside.get(0);
        reset.parse(sent, 0, sent.length);
        assertThat(reset.flags()).isEqualTo(TcpFlags.RST);
        assertThat(reset.seq()).isEqualTo(CLIENT_ISN + 7);
        assertThat(reset.ack()).isZero();
        assertThat(reset.sourcePort()).isEqualTo(4000);
        assertThat(reset.destinationPort()).isEqualTo(80);
        assertThat(TestPacket.checksumsRight(sent)).isTrue();
    }

    @Test
    void aResetThatFitsNowhereIsNotAnswered() { // 3.10
        one.synSent();
        one.fromServer(synAck());
        one.src().state = Peer.SYN_SENT;
        one.fromServer(server().seq(SERVER_ISN + 500_000).flags(TcpFlags.RST).data(1));
        assertThat(one.bench.sentOutside).isEmpty();
        assertThat(one.dst().seqhi).isEqualTo(1);
    }

    @Test
    void inAllOtherStatesAMismatchIsNotAnswered() { // 3.10
        one.established();
        one.fromServer(serverAt(500_000).data(1));
        assertThat(one.bench.sentOutside).isEmpty();
        assertThat(one.dst().seqlo).isEqualTo(SERVER_ISN + 1);
    }

    // ---- 3.11, reuse ----

    @Test
    void aSynOnAClosedConnectionRemovesItsStateAndTheNextOneMakesANewOne() { // 3.11, OpenBSD of 2009
        of2009.closed();
        State old = of2009.state();
        TestPacket again = client().seq(77).flags(TcpFlags.SYN);
        Result result = of2009.fromClient(again);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isNull();
        assertThat(old.linked()).isFalse();
        assertThat(of2009.bench.events).endsWith("deleted 0");
        assertThat(of2009.fromClient(again).created()).isTrue();
    }

    @Test
    void aSynOnAClosedConnectionMakesItsStateExpireInCurrentReleases() { // 3.11 [cur]
        one.closed();
        State old = one.state();
        TestPacket again = client().seq(77).flags(TcpFlags.SYN);
        assertThat(one.fromClient(again).verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(old.linked()).isTrue();
        assertThat(old.timeout).isEqualTo((byte) Timeouts.PURGE);
        assertThat(one.bench.timeouts.expiry(old, 1, 1000)).isEqualTo(1000);
        assertThat(one.bench.sentInside).isEmpty();
        Result second = one.fromClient(again);
        assertThat(second.created()).isTrue();
        assertThat(old.linked()).isFalse();
        assertThat(second.state().src.seqlo).isEqualTo(77);
    }

    @Test
    void aSynOnAnEstablishedConnectionIsChallengedInCurrentReleases() { // 3.11 [cur]
        one.established();
        assertThat(one.fromClient(client().seq(77).flags(TcpFlags.SYN)).verdict())
                .isEqualTo(Result.Verdict.DROP);
        byte[] sent = one.bench.sentInside.get(0);
        Packet challenge = new Packet();
        challenge.parse(sent, 0, sent.length);
        assertThat(challenge.flags()).isEqualTo(TcpFlags.ACK);
        assertThat(challenge.seq()).isEqualTo(one.dst().seqlo);
        assertThat(challenge.ack()).isEqualTo(one.src().seqlo);
        assertThat(challenge.destinationPort()).isEqualTo(4000);
        assertThat(TestPacket.checksumsRight(sent)).isTrue();
        assertThat(one.state().timeout).isEqualTo((byte) Timeouts.TCP_ESTABLISHED);
    }

    @Test
    void aSynOnAnEstablishedConnectionFitsOrNotInOldReleases() { // 3.11
        of2009.established();
        assertThat(of2009.fromClient(client().seq(77).flags(TcpFlags.SYN)).reason())
                .isEqualTo(Reason.STATE_MISMATCH);
        assertThat(of2009.bench.sentInside).isEmpty();
        assertThat(of2009.clientPasses(client().seq(CLIENT_ISN).flags(TcpFlags.SYN)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(TestRelease.class)
    void aSynAckOnAClosedConnectionIsTrackedAsAnyOther(TestRelease release) { // 3.11: without ACK only
        OneState state = with(release).closed();
        assertThat(state.serverPasses(synAck())).isTrue();
        assertThat(state.state().linked()).isTrue();
    }

    // ---- 3.12 is in TcpNormalizationTest ----

    @Test
    void onlyStatesThatTrackingCanReachAreReached() { // end of 3
        assertThat(one.closed().src().state).isEqualTo((byte) Peer.FIN_WAIT_2);
        for (int received : new int[] {1, 3, 5, 6, 8}) { // accepted from the wire
            one.src().state = (byte) received;
            assertThat(one.clientPasses(clientAt(1).ack(SERVER_ISN + 2))).isTrue();
            assertThat(one.src().state).isEqualTo((byte) received);
        }
    }

    @Test
    void sequenceNumbersMayWrap() {
        OneState wrapping = new OneState(Bench.current("pass"));
        wrapping.fromClient(client().seq(-2).flags(TcpFlags.SYN));
        wrapping.fromServer(server().seq(-5).ack(-1).flags(TcpFlags.SYN));
        assertThat(wrapping.clientPasses(client().seq(-1).ack(-4).data(100))).isTrue();
        assertThat(wrapping.src().seqlo).isEqualTo(99);
        assertThat(wrapping.serverPasses(server().seq(-4).ack(99).data(100))).isTrue();
        assertThat(wrapping.clientPasses(client().seq(99).ack(96).data(100))).isTrue();
        assertThat(wrapping.clientPasses(client().seq(99 + WINDOW).ack(96).data(100)))
                .isFalse();
    }
}
