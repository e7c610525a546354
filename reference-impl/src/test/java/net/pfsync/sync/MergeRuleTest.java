package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.release.Quirk;
import net.pfsync.release.Release;
import net.pfsync.wire.PeerWriter;
import net.pfsync.wire.WirePeer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each release takes from an update, for every pair of received peers. Source: BEHAVIOUR.md sections 9 and 10. */
class MergeRuleTest {

    private static final int OUR_STATE = 4;
    private static final int OUR_SEQLO = 1000;

    /** A received peer, and whether it is stale beside one of state 4 and seqlo 1000. */
    enum Received {
        LOWER_STATE(3, 1000),
        LOWER_STATE_HIGHER_SEQUENCE(3, 2000),
        LOWER_SEQUENCE(4, 999),
        SEQUENCE_FROM_BEFORE_THE_WRAP(4, 0xf0000000),
        EQUAL(4, 1000),
        HIGHER_SEQUENCE(4, 1001),
        HIGHER_STATE(9, 1000),
        HIGHER_STATE_LOWER_SEQUENCE(9, 500);

        final int state;
        final int seqlo;

        Received(int state, int seqlo) {
            this.state = state;
            this.seqlo = seqlo;
        }

        boolean lowerState() {
            return this == LOWER_STATE || this == LOWER_STATE_HIGHER_SEQUENCE;
        }

        boolean lowerInTheSameState() {
            return this == LOWER_SEQUENCE || this == SEQUENCE_FROM_BEFORE_THE_WRAP;
        }

        boolean lowerSequence() {
            return lowerInTheSameState() || this == HIGHER_STATE_LOWER_SEQUENCE;
        }

        WirePeer peer() {
            return MergeRuleTest.peer(state, seqlo);
        }
    }

    private static WirePeer peer(int state, int seqlo) {
        byte[] bytes = new byte[WirePeer.SIZE];
        new PeerWriter().wrap(bytes, 0).state(state).seqlo(seqlo).seqhi(seqlo + 500);
        return new WirePeer(bytes, 0);
    }

    private static State ours(int proto, int srcState, int dstState) {
        State state = States.state(proto, 1, 1);
        state.src.state = (byte) srcState;
        state.dst.state = (byte) dstState;
        state.src.seqlo = OUR_SEQLO;
        state.dst.seqlo = OUR_SEQLO;
        return state;
    }

    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Received src : Received.values()) {
            for (Received dst : Received.values()) {
                pairs.add(Arguments.of(src, dst));
            }
        }
        return pairs.stream();
    }

    private static void takes(State state, boolean src, WirePeer srcPeer, boolean dst, WirePeer dstPeer) {
        taken(state.src, src, srcPeer);
        taken(state.dst, dst, dstPeer);
    }

    private static void taken(Peer ours, boolean taken, WirePeer received) {
        assertThat(ours.state).isEqualTo((byte) (taken ? received.state() : OUR_STATE));
        assertThat(ours.seqlo).isEqualTo(taken ? received.seqlo() : OUR_SEQLO);
    }

    // ---- TCP ----

    @ParameterizedTest
    @MethodSource("pairs")
    void judgesEachPeerOnItsOwn(Received src, Received dst) {
        State ours = ours(States.TCP, OUR_STATE, OUR_STATE);
        int outcome = MergeRule.EACH_PEER.merge(ours, true, src.peer(), dst.peer());
        boolean staleSrc = src.lowerState() || src.lowerInTheSameState();
        boolean staleDst = dst.lowerState() || dst.lowerInTheSameState();
        takes(ours, !staleSrc, src.peer(), !staleDst, dst.peer());
        assertThat(outcome).isEqualTo(outcome(true, staleSrc || staleDst, !(staleSrc && staleDst)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void takesAStaleResponderWithAFreshInitiatorInOpenBsd46(Received src, Received dst) {
        State ours = ours(States.TCP, OUR_STATE, OUR_STATE);
        int outcome = rule(Quirk.STALE_DST_OVERWRITES).merge(ours, true, src.peer(), dst.peer());
        boolean staleSrc = src.lowerState() || src.lowerInTheSameState();
        boolean staleDst = dst.lowerState() || dst.lowerSequence();
        takes(ours, !staleSrc, src.peer(), !(staleSrc && staleDst), dst.peer());
        assertThat(outcome).isEqualTo(outcome(true, staleSrc || staleDst, !(staleSrc && staleDst)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void takesAllOrNothingInOpenBsd45(Received src, Received dst) {
        State ours = ours(States.TCP, OUR_STATE, OUR_STATE);
        int outcome = rule(Quirk.STALE_PEER_DISCARDS_FRESH_PEER).merge(ours, true, src.peer(), dst.peer());
        boolean staleSrc = src.lowerState() || src.lowerSequence();
        boolean partial = !staleSrc && dst.lowerState();
        boolean all = !staleSrc && !dst.lowerState() && !dst.lowerSequence();
        takes(ours, all || partial, src.peer(), all, dst.peer());
        assertThat(outcome).isEqualTo(outcome(all, !all, all));
    }

    private static int outcome(boolean news, boolean stale, boolean times) {
        return (news ? MergeRule.NEWS : 0) | (stale ? MergeRule.STALE : 0) | (times ? MergeRule.TAKE_TIMES : 0);
    }

    private static MergeRule rule(Quirk quirk) {
        return Release.faulty("reference-v5", quirk).rules().merge();
    }

    @ParameterizedTest(name = "src {0} -> {1}: stale {2}")
    @CsvSource({"11, 4, false", "12, 2, false", "12, 11, true", "11, 12, false", "4, 11, false", "4, 3, true"})
    void takesLeavingTheSynproxyForProgress(int ours, int received, boolean stale) {
        for (MergeRule rule : List.of(
                MergeRule.EACH_PEER, rule(Quirk.STALE_DST_OVERWRITES), rule(Quirk.STALE_PEER_DISCARDS_FRESH_PEER))) {
            State state = ours(States.TCP, ours, OUR_STATE);
            int outcome = rule.merge(state, true, peer(received, OUR_SEQLO), Received.EQUAL.peer());
            assertThat((outcome & MergeRule.STALE) != 0).isEqualTo(stale);
            assertThat(state.src.state).isEqualTo((byte) (stale ? ours : received));
        }
    }

    @ParameterizedTest(name = "dst in state {0}: stale {1}, in OpenBSD 4.5 and 4.6 {2}")
    @CsvSource({"0, true, false", "1, true, false", "2, true, true"})
    void looksAtTheSequenceOfAResponderThatHasNotAnswered(int state, boolean stale, boolean staleIn2009) {
        WirePeer lower = peer(state, OUR_SEQLO - 1);
        assertThat(MergeRule.EACH_PEER.merge(ours(States.TCP, 4, state), true, Received.EQUAL.peer(), lower))
                .isEqualTo(outcome(true, stale, true));
        for (Quirk quirk : List.of(Quirk.STALE_DST_OVERWRITES, Quirk.STALE_PEER_DISCARDS_FRESH_PEER)) {
            int outcome = rule(quirk).merge(ours(States.TCP, 4, state), true, Received.EQUAL.peer(), lower);
            assertThat((outcome & MergeRule.STALE) != 0).isEqualTo(staleIn2009);
        }
    }

    // ---- other protocols ----

    @ParameterizedTest(name = "1:1 -> {0}:{1}: takes src {2}, dst {3}")
    @CsvSource({
        "1, 1, true, true",
        "2, 2, true, true",
        "0, 1, false, true",
        "1, 0, true, false",
        "0, 0, false, false",
        "2, 0, true, false"
    })
    void looksOnlyAtStateNumbersOfOtherProtocols(int src, int dst, boolean takesSrc, boolean takesDst) {
        State ours = ours(States.UDP, 1, 1);
        int outcome = MergeRule.EACH_PEER.merge(ours, false, peer(src, 1), peer(dst, 1));
        assertThat(ours.src.seqlo).isEqualTo(takesSrc ? 1 : OUR_SEQLO);
        assertThat(ours.dst.seqlo).isEqualTo(takesDst ? 1 : OUR_SEQLO);
        assertThat(outcome).isEqualTo(outcome(true, !(takesSrc && takesDst), takesSrc || takesDst));
    }

    @ParameterizedTest(name = "1:1 -> {0}:{1}: takes src {2}, dst {3}")
    @CsvSource({"1, 1, true, true", "0, 1, false, true", "1, 0, true, true", "0, 0, false, false"})
    void takesAStaleResponderOfOtherProtocolsInOpenBsd46(int src, int dst, boolean takesSrc, boolean takesDst) {
        State ours = ours(States.UDP, 1, 1);
        rule(Quirk.STALE_DST_OVERWRITES).merge(ours, false, peer(src, 1), peer(dst, 1));
        assertThat(ours.src.seqlo).isEqualTo(takesSrc ? 1 : OUR_SEQLO);
        assertThat(ours.dst.seqlo).isEqualTo(takesDst ? 1 : OUR_SEQLO);
    }

    @ParameterizedTest(name = "1:1 -> {0}:{1}: takes {2}")
    @CsvSource({"1, 1, true", "2, 1, true", "0, 1, false", "1, 0, false", "0, 0, false"})
    void takesAllOrNothingOfOtherProtocolsInOpenBsd45(int src, int dst, boolean takes) {
        State ours = ours(States.UDP, 1, 1);
        int outcome = rule(Quirk.STALE_PEER_DISCARDS_FRESH_PEER).merge(ours, false, peer(src, 1), peer(dst, 1));
        assertThat(ours.src.seqlo).isEqualTo(takes ? 1 : OUR_SEQLO);
        assertThat(ours.dst.seqlo).isEqualTo(takes ? 1 : OUR_SEQLO);
        assertThat(outcome).isEqualTo(outcome(takes, !takes, takes));
    }
}
