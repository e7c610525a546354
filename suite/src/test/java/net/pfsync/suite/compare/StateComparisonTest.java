package net.pfsync.suite.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.pfsync.suite.compare.Difference.Kind;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.TcpState;
import org.junit.jupiter.api.Test;

/** Each difference is one where it is beyond the tolerance, and none within. */
class StateComparisonTest {

    private static final StatePeer PEER = new StatePeer(TcpState.ESTABLISHED, 1000, 9000, 0, 0, 0, 7, Scrub.NONE);

    private final StateComparison comparison = new StateComparison(new Tolerance(5, Tolerance.MAXACKWINDOW));

    private static StateView state(long id, int port, StatePeer src, int age, int expire) {
        StateKey key = new StateKey(new Endpoint("192.0.2.1", port), new Endpoint("198.51.100.1", 443));
        return new StateView(new StateId(id, 1), "all", 6, StateSpec.IN, key, key, src, PEER, 0, age, expire, -1, 0);
    }

    private static StateView state(long id) {
        return state(id, 1000, PEER, 100, 80_000);
    }

    private Map<Kind, Long> found() {
        comparison.end(-1, 0);
        return comparison.counts();
    }

    private void both(StateView a, StateView b) {
        comparison.add(0, a);
        comparison.add(1, b);
    }

    @Test
    void equalTablesInAnyOrderAreEqual() {
        comparison.add(0, state(1));
        comparison.add(0, state(2));
        comparison.add(1, state(2));
        comparison.add(1, state(1));
        assertThat(found()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(2);
        assertThat(comparison.states(0)).isEqualTo(2);
        assertThat(comparison.creators(1)).containsExactly(Map.entry(1, 2L));
    }

    @Test
    void aStateOnOneSideOnlyIsFoundUnlessItBeginsOrEnds() {
        comparison.add(0, state(1, 1, PEER, 6, 80_000));
        comparison.add(1, state(2, 2, PEER, 100, 6));
        comparison.add(0, state(3, 3, PEER, 5, 80_000));
        comparison.add(1, state(4, 4, PEER, 100, 5));
        assertThat(found()).containsExactly(Map.entry(Kind.ONLY_ON_A, 1L), Map.entry(Kind.ONLY_ON_B, 1L));
        assertThat(comparison.passing()).isEqualTo(2);
        assertThat(comparison.details())
                .contains(new Difference(
                        Kind.ONLY_ON_A,
                        "0000000000000001/00000001 proto 6 all in 192.0.2.1:1 <-> 198.51.100.1:443",
                        "6 s old, expires in 80000 s",
                        ""));
    }

    @Test
    void oneConnectionUnderTwoNamesIsNotTwoMissingStates() {
        comparison.add(0, state(1));
        comparison.add(1, state(2));
        assertThat(found()).containsExactly(Map.entry(Kind.OTHER_NAME, 1L));
    }

    @Test
    void oneNameForTwoConnectionsIsFound() {
        both(state(1, 1, PEER, 100, 80_000), state(1, 2, PEER, 100, 80_000));
        assertThat(found()).containsExactly(Map.entry(Kind.KEYS, 1L));
    }

    private void changed(UnaryOperator<StatePeer> change, int expire) {
        both(state(1, 1, PEER, 100, expire), state(1, 1, change.apply(PEER), 100, expire));
    }

    @Test
    void anotherLevelIsFound() {
        changed(peer -> peer.withState(TcpState.FIN_WAIT_2), 80_000);
        assertThat(found()).containsExactly(Map.entry(Kind.LEVEL, 1L));
    }

    @Test
    void sequenceNumbersMayDifferByWhatPfLetsPass() {
        changed(peer -> peer.advanced(Tolerance.MAXACKWINDOW), 80_000);
        assertThat(found()).isEmpty();
        changed(peer -> peer.advanced(-Tolerance.MAXACKWINDOW - 1), 80_000);
        assertThat(found()).containsExactly(Map.entry(Kind.SEQUENCE, 1L));
    }

    @Test
    void sequenceNumbersWrap() {
        both(
                state(1, 1, PEER.withSeqlo(-5).withSeqhi(2000), 100, 80_000),
                state(1, 1, PEER.withSeqlo(5).withSeqhi(2010), 100, 80_000));
        assertThat(found()).isEmpty();
    }

    @Test
    void aConnectionOnWhichAPacketPassedJustNowIsNotJudged() {
        changed(peer -> peer.advanced(1_000_000), 86_399);
        assertThat(found()).isEmpty();
        assertThat(comparison.moving()).isOne();
        comparison.timeouts(0, List.of(80_001));
        comparison.timeouts(1, List.of(80_001));
        changed(peer -> peer.advanced(1_000_000), 80_000);
        assertThat(comparison.counts()).isEmpty();
        changed(peer -> peer.advanced(1_000_000), 79_000);
        assertThat(comparison.counts()).containsExactly(Map.entry(Kind.SEQUENCE, 1L));
    }

    @Test
    void modulationAndScaleAreFoundEvenWhileItMoves() {
        changed(peer -> peer.withSeqdiff(3), 86_399);
        changed(peer -> peer.withWscale(2), 80_000);
        assertThat(found()).containsExactly(Map.entry(Kind.SCALE, 2L));
    }

    @Test
    void agesAndLifetimesMayDifferALittle() {
        both(state(1, 1, PEER, 100, 80_000), state(1, 1, PEER, 105, 79_995));
        assertThat(found()).isEmpty();
        both(state(2, 1, PEER, 100, 80_000), state(2, 1, PEER, 106, 79_994));
        assertThat(found()).containsExactly(Map.entry(Kind.AGE, 1L), Map.entry(Kind.EXPIRY, 1L));
    }

    /** Who only listened for a minute cannot know what is older. */
    @Test
    void whatIsOlderThanTheCaptureIsNotMissing() {
        comparison.add(1, state(1, 1, PEER, 60, 80_000));
        comparison.add(1, state(2, 2, PEER, 59, 80_000));
        comparison.add(0, state(3, 3, PEER, 90, 80_000));
        comparison.end(0, 60);
        assertThat(comparison.counts()).containsExactly(Map.entry(Kind.ONLY_ON_A, 1L), Map.entry(Kind.ONLY_ON_B, 1L));
        assertThat(comparison.unseen()).isOne();
    }
}
