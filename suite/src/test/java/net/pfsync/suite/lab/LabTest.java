package net.pfsync.suite.lab;

import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.pfsync.release.Release;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a case is told when something is not as it expects: each check can fail, and says what it saw. */
class LabTest {

    private static final long SEED = 1;
    private static final int TTL_OFFSET = 14 + 8;

    private LabSession session =
            new LabSession(new EmbeddedArena(Release.of("reference-v5")), Extent.ONE_FIREWALL, SEED);
    private final Lab lab = session.begin(SEED);

    private static Lab on(Arena arena) {
        return new LabSession(arena, Extent.ONE_FIREWALL, SEED).begin(SEED);
    }

    // ---- the lab as a case finds it

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6", "openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void aCaseFindsAnEmptyQuietTargetThatIsNotDemoted(String release) {
        Lab fresh = on(new EmbeddedArena(Release.of(release)));

        assertThat(fresh.target().states()).isEmpty();
        assertThat(fresh.target().demotion()).isZero();
        assertThat(fresh.elapsed()).isLessThan(Duration.ofSeconds(1));
        fresh.target().statistics().unchangedExcept();
        fresh.probe().expectNothing();
        fresh.probe().expectSilence(Duration.ofSeconds(10));
    }

    @Test
    void theSecondFirewallIsThereOnlyIfItIsNeeded() {
        assertThatThrownBy(lab::peer).isInstanceOf(CannotTell.class);

        Lab both =
                new LabSession(new EmbeddedArena(Release.of("reference-v5")), new Extent(2, false), SEED).begin(SEED);
        StateId id = both.target().addState(both.states().tcp());
        both.pass(Duration.ofSeconds(2));
        both.peer().comeUp();
        both.pass(Duration.ofSeconds(2));

        assertThat(both.peer().holds(id).id()).isEqualTo(id);
    }

    // ---- a target that others use as well

    @Test
    void whatTheTargetSaysOfTheStatesOfOthersIsNotHeard() {
        Lab shared = on(new AlteredArena().shared());
        shared.target().addState(shared.states().tcp());

        shared.probe().expectSilence(Duration.ofSeconds(3));

        assertThat(shared.probe().heard()).isEmpty();
        StateSpec asked = shared.states().tcp();
        shared.probe().send(updateCompressed(asked.id()));
        shared.probe().expectFrame(updateRequest(asked.id())).atOnce();
    }

    @Test
    void statisticsThatOthersMayHaveRaisedProveNothing() {
        Lab shared = on(new AlteredArena().shared());
        StateSpec bad = shared.states().tcp();
        shared.probe().send(shared.probe().frame(insert(bad)).version(99));

        assertThatThrownBy(() -> shared.target().statistics().unchanged())
                .isInstanceOf(CannotTell.class)
                .hasMessageContaining("badver +1");
        assertThatThrownBy(() -> shared.target().statistics().raisedOnly(Counter.BADVAL, 1))
                .isInstanceOf(Mismatch.class);
        shared.target().statistics().raisedOnly(Counter.BADVER, 1);
    }

    // ---- expectations

    @Test
    void whatIsExpectedAtOnceMustNotWaitForATimer() {
        StateId id = lab.target().addState(lab.states().tcp());

        assertThatThrownBy(() -> lab.probe().expect(insert(id)).atOnce())
                .isInstanceOfSatisfying(Mismatch.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo("INS " + id + " at once");
                    assertThat(mismatch.observed()).isEqualTo("nothing");
                });
    }

    @Test
    void whatIsExpectedAfterASecondMustNotComeAtOnce() {
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));

        assertThatThrownBy(() -> lab.probe().expect(updateRequest(unknown)).afterOneSecond())
                .isInstanceOfSatisfying(Mismatch.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo("UPD_REQ " + unknown + " after 1 s");
                    assertThat(mismatch.observed()).isEqualTo("it came after 0.0001 s");
                });
    }

    @Test
    void aWholeFrameMustNotHoldMore() {
        StateId one = lab.freshStateId();
        StateId two = lab.freshStateId();
        lab.probe().send(updateCompressed(one), updateCompressed(two));

        assertThatThrownBy(() -> lab.probe().expectFrame(updateRequest(one)).atOnce())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("one frame with exactly UPD_REQ " + one);
        HeardFrame frame =
                lab.probe().expectFrame(updateRequest(two), updateRequest(one)).atOnce();
        assertThat(frame.messages()).hasSize(2);
    }

    @Test
    void theMessageThatComesNearestIsShownWithWhatIsWrong() {
        StateSpec state = lab.states().tcp();
        lab.probe().send(insert(state));
        lab.probe().send(updateRequest(state.id()));

        assertThatThrownBy(() -> lab.probe()
                        .expect(update(state.withSrc(state.src().withSeqlo(7))))
                        .atOnce())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("nearest: src.seqlo 1000000 instead of 7)");
    }

    @Test
    void aMessageMeetsOneExpectationOnly() {
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));
        lab.probe().expect(updateRequest(unknown)).atOnce();

        assertThatThrownBy(() -> lab.probe().expect(updateRequest(unknown)).atOnce())
                .isInstanceOf(Mismatch.class);
    }

    @Test
    void nothingIsNotNothingIfSomethingCame() {
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));

        assertThatThrownBy(() -> lab.probe().expectNothing()).isInstanceOfSatisfying(Mismatch.class, mismatch -> {
            assertThat(mismatch.expected()).isEqualTo("no answer");
            assertThat(mismatch.observed()).isEqualTo("UPD_REQ " + unknown + " at 0.0001 s");
            assertThat(mismatch.where()).isEqualTo("frame 5 at 0.0001 s");
        });
    }

    @Test
    void aCertainMessageMustNotCome() {
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));

        lab.probe().expectNo(insertAck(unknown));
        assertThatThrownBy(() -> lab.probe().expectNo(updateRequest(unknown))).isInstanceOf(Mismatch.class);
    }

    @Test
    void silenceIsBrokenByATimer() {
        lab.target().addState(lab.states().tcp());

        lab.probe().expectSilence(Duration.ofMillis(900));
        assertThatThrownBy(() -> lab.probe().expectSilence(Duration.ofMillis(200)))
                .isInstanceOf(Mismatch.class);
    }

    @Test
    void aDeafTargetProvesNothing() {
        lab.target().setPfEnabled(false);
        lab.probe().send(insert(lab.states().tcp()));

        assertThatThrownBy(() -> lab.probe().expectNothing())
                .isInstanceOf(CannotTell.class)
                .hasMessageContaining("did not answer the sentinel");
    }

    @Test
    void aTargetThatStoppedIsAMismatchWithItsWords() {
        Lab old = on(new EmbeddedArena(Release.of("openbsd-4.5")));
        old.probe().send(bulkRequest());

        assertThatThrownBy(() -> old.probe().expectNothing())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("observed the target stopped: ");
    }

    // ---- statistics

    @Test
    void theSentinelsOwnTracesAreLeftOut() {
        lab.probe().sentinel();
        lab.target().lacks(lab.freshStateId());

        lab.target().statistics().unchangedExcept();
        lab.target().holdsOnly();
    }

    @Test
    void aCounterThatWasRaisedIsSeen() {
        lab.probe().send(lab.probe().frame(insert(lab.states().tcp())).ttl(1));

        lab.target().statistics().raisedOnly(Counter.BADTTL, 1);
        assertThatThrownBy(() -> lab.target().statistics().unchanged())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("expected no counter raised, observed badttl +1");
        assertThatThrownBy(() -> lab.target().statistics().raisedOnly(Counter.BADVER, 1))
                .hasMessageContaining("expected badver +1 and no other, observed badttl +1");
        assertThatThrownBy(() -> lab.target().statistics().raised(Counter.BADTTL, 2))
                .hasMessageContaining("expected badttl +2, observed badttl +1");
        lab.target().restartStatistics();
        lab.target().statistics().unchanged();
    }

    // ---- combinations

    @Test
    void aCombinationThatFailsIsNamed() {
        List<List<String>> values = List.of(List.of("IPv4", "IPv6"), List.of("in", "out"), List.of("old", "new"));

        assertThatThrownBy(() -> lab.combinations(
                        values, row -> lab.check(row[0] == 0 || row[2] == 0, "something", "something else")))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("combination IPv6, in, new");
    }

    @Test
    void thoroughMeansAllCombinations() {
        List<List<String>> values = List.of(List.of("a", "b", "c"), List.of("d", "e", "f"), List.of("g", "h", "i"));
        int[] steps = {0};

        lab.combinations(values, row -> steps[0]++);
        assertThat(steps[0]).isBetween(9, 12);
        lab.thorough();
        steps[0] = 0;
        lab.combinations(values, row -> steps[0]++);
        assertThat(steps[0]).isEqualTo(27);
    }

    // ---- two observers

    @Test
    void aStateThatDiffersFromTheOneSentIsAMismatch() {
        StateSpec state = lab.states().tcp();
        lab.probe().send(insert(state));

        lab.target().holds(state);
        assertThatThrownBy(() -> lab.target().holds(state.withTimeout(3)))
                .hasMessageContaining("it differs in timeout 2, 3 (seen, described)");
        assertThatThrownBy(() -> lab.target().lacks(state.id())).isInstanceOf(Mismatch.class);
        assertThatThrownBy(() -> lab.target().holdsOnly()).hasMessageContaining("expected an empty state table");
    }

    @Test
    void aConsoleThatListsNothingDisagreesWithTheWire() {
        Lab lying = on(new AlteredArena().<List<StateView>>console("table", table -> List.of()));
        StateSpec state = lying.states().tcp();
        lying.probe().send(insert(state));

        assertThatThrownBy(() -> lying.target().holds(state))
                .isInstanceOf(Disagreement.class)
                .hasMessageContaining("console and wire disagree about the state " + state.id())
                .hasMessageContaining("the console does not list it, an update request is answered");
    }

    @Test
    void aConsoleWithOtherNumbersDisagreesWithTheWire() {
        Lab lying = on(new AlteredArena()
                .<List<StateView>>console(
                        "table", table -> table.stream().map(LabTest::older).toList()));
        StateSpec state = lying.states().tcp();
        lying.probe().send(insert(state));

        assertThatThrownBy(() -> lying.target().holds(state))
                .isInstanceOf(Disagreement.class)
                .hasMessageContaining("they differ in creation 5, 0 (console, wire)");
    }

    private static StateView older(StateView view) {
        return new StateView(
                view.id(),
                view.ifname(),
                view.proto(),
                view.direction(),
                view.wireKey(),
                view.stackKey(),
                view.src(),
                view.dst(),
                view.timeout(),
                view.creation() + 5,
                view.expire(),
                view.rule(),
                view.flags());
    }

    @Test
    void withoutAConsoleTheWireDecidesAlone() {
        Lab wire = on(new AlteredArena().withoutConsole());
        StateSpec state = wire.states().tcp();
        wire.probe().send(insert(state));

        wire.target().holds(state);
        wire.target().lacks(wire.freshStateId());
        assertThat(wire.target().statistics().readable()).isFalse();
        wire.target().statistics().raisedOnly(Counter.BADVER, 1);
        assertThatThrownBy(() -> wire.target().states()).isInstanceOf(CannotTell.class);
    }

    // ---- what must hold after every case

    private void endsWith(AlteredArena arena, Class<? extends Throwable> how, String message) {
        session = new LabSession(arena, Extent.ONE_FIREWALL, SEED);
        Lab altered = session.begin(SEED);
        altered.probe().send(insert(altered.states().tcp()));
        altered.check(true, "something", "something");

        assertThatThrownBy(() -> session.judge()).isInstanceOf(how).hasMessageContaining(message);
    }

    @Test
    void aFrameThatWasNotCountedIsNoticed() {
        endsWith(
                new AlteredArena().<Map<Counter, Long>>console("counters", counters -> {
                    Map<Counter, Long> fewer = new EnumMap<>(counters);
                    fewer.merge(Counter.OPACKETS, -1L, Long::sum);
                    return fewer;
                }),
                Disagreement.class,
                "disagree about what a sent: its statistics count 0 opackets, the wire had 1 frames");
    }

    @Test
    void aFrameWithAnotherTtlIsNoticed() {
        endsWith(
                new AlteredArena()
                        .<List<Captured>>lan(
                                "frames",
                                frames -> frames.stream()
                                        .map(frame ->
                                                frame.sender().equals("a") ? changed(frame, TTL_OFFSET, 64) : frame)
                                        .toList()),
                Mismatch.class,
                "every frame of a firewall without a fault");
    }

    private static Captured changed(Captured frame, int offset, int value) {
        byte[] bytes = frame.ethernet().clone();
        bytes[offset] = (byte) value;
        return new Captured(frame.at(), frame.sender(), bytes);
    }

    @Test
    void aStateOnWhichTheObserversDisagreeIsNoticedAtTheEnd() {
        endsWith(
                new AlteredArena()
                        .<List<StateView>>console(
                                "table",
                                table -> table.stream().map(LabTest::older).toList()),
                Disagreement.class,
                "disagree about the state");
    }

    @Test
    void aCaseThatOnlyProvedItsControlProvedNothing() {
        lab.control("the target answers", () -> lab.probe().sentinel());
        lab.control("a state is taken", () -> {
            StateSpec state = lab.states().tcp();
            lab.probe().send(insert(state));
            lab.target().holds(state);
        });

        assertThatThrownBy(() -> session.judge())
                .isInstanceOf(CannotTell.class)
                .hasMessage("the case observed nothing, so it proves nothing");
    }
}
