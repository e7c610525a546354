package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;

/** Every kind of difference is found, and what the case leaves out is not one. */
class CaseComparisonTest {

    private final Sample.Ours ours = Sample.agreeing();

    @Test
    void anOutcomeLikeTheRecordedOneAgrees() {
        assertThat(ours.differences()).isEmpty();
    }

    @Test
    void aCounterThatDiffersIsNamed() {
        ours.counters.put(Counter.BADVAL, 0L);
        assertThat(ours.differences()).containsExactly("counters badval expected 1 got 0");
    }

    @Test
    void aCounterThatTheCaseDoesNotNameMustBeZero() {
        ours.counters.put(Counter.STALE, 2L);
        assertThat(ours.differences()).containsExactly("counters stale expected 0 got 2");
    }

    @Test
    void aMissingReplyIsFound() {
        ours.replies.clear();
        assertThat(ours.differences()).containsExactly("reply 0 expected DEL_C x1, EOF x1 after 1.1 ms got nothing");
    }

    @Test
    void anExtraReplyIsFound() {
        ours.replies.add(new Reply(Duration.ofSeconds(1), Sample.DEL_C, List.of()));
        assertThat(ours.differences()).containsExactly("reply 1 expected nothing got DEL_C x1, EOF x1 after 1000.0 ms");
    }

    @Test
    void aByteOutsideTheMaskIsFoundAndItsFieldNamed() {
        reply(Sample.withByte(Sample.DEL_C, 51, "78"));
        assertThat(ours.differences()).containsExactly("reply 0 byte 51 (DEL_C[0].id) expected 77 got 78");
    }

    @Test
    void neighbouringBytesAreOneDifference() {
        reply(Sample.withByte(Sample.withByte(Sample.DEL_C, 24, "00"), 25, "00"));
        assertThat(ours.differences()).containsExactly("reply 0 bytes 24-25 expected 8137 got 0000");
    }

    @Test
    void aByteInsideTheMaskIsLeftOut() {
        reply(Sample.withByte(Sample.withByte(Sample.DEL_C, 4, "00"), 11, "00"));
        assertThat(ours.differences()).isEmpty();
    }

    @Test
    void theByteBehindAMaskIsNotLeftOut() {
        reply(Sample.withByte(Sample.DEL_C, 6, "00"));
        assertThat(ours.differences()).containsExactly("reply 0 byte 6 expected 40 got 00");
    }

    @Test
    void anotherLengthIsFound() {
        reply(Sample.DEL_C + "00");
        assertThat(ours.differences())
                .containsExactly("reply 0 expected 60 bytes (DEL_C x1, EOF x1) got 61 bytes (DEL_C x1)");
    }

    @Test
    void anotherClassOfTimeIsFound() {
        ours.replies.set(0, new Reply(Duration.ofSeconds(1), Sample.DEL_C, List.of()));
        assertThat(ours.differences()).containsExactly("reply 0 time expected at once (1.1 ms) got 1000.0 ms");
    }

    @Test
    void aFieldOfAStateIsCompared() {
        ours.after.set(0, Sample.state("\"seqlo\": 1000", "\"seqlo\": 900"));
        assertThat(ours.differences())
                .containsExactly("table 0000000000001111/deadbeef src.seqlo expected 1000 got 900");
    }

    @Test
    void aFieldThatWeDoNotExportIsADifference() {
        ours.after.set(0, Sample.state(", \"seqlo\": 1000", ""));
        assertThat(ours.differences())
                .containsExactly("table 0000000000001111/deadbeef src.seqlo expected 1000 got nothing");
    }

    @Test
    void ageAndRemainingTimeMayDifferByOneSecondAndNotByTwo() {
        ours.after.set(0, Sample.state("\"creation\": 6", "\"creation\": 7", "\"expire\": 644", "\"expire\": 643"));
        assertThat(ours.differences()).isEmpty();
        ours.after.set(0, Sample.state("\"creation\": 6", "\"creation\": 8", "\"expire\": 644", "\"expire\": 642"));
        assertThat(ours.differences())
                .containsExactly(
                        "table 0000000000001111/deadbeef creation expected 6 got 8",
                        "table 0000000000001111/deadbeef expire expected 644 got 642");
    }

    @Test
    void twoSecondsAreAllowedLongAfterTheSetupPacketThatMadeTheState() {
        String packet = "{\"hex\": \"4500%s\", \"wait_ms\": 4200}".formatted("0000000000001111");
        RecordedCase late = Sample.recorded("\"setup\": []", "\"setup\": [" + packet + "]");
        ours.after.set(0, Sample.state("\"creation\": 6", "\"creation\": 8"));
        assertThat(ours.differences(late)).isEmpty();
        RecordedCase other = Sample.recorded("\"setup\": []", "\"setup\": [" + packet.replace("1111", "2222") + "]");
        assertThat(ours.differences(other))
                .containsExactly("table 0000000000001111/deadbeef creation expected 6 got 8");
    }

    @Test
    void aMissingStateAndAnExtraOneAreFound() {
        ours.after.set(0, Sample.state("1111\", \"creatorid", "2222\", \"creatorid"));
        assertThat(ours.differences())
                .containsExactly(
                        "table 0000000000001111/deadbeef expected present got absent",
                        "table 0000000000002222/deadbeef expected absent got present");
    }

    @Test
    void theOrderOfTheTableDoesNotMatter() {
        String second =
                Sample.STATE.replace("0000000000001111", "0000000000002222").replace("1111, 80", "2222, 80");
        RecordedCase two = Sample.recorded(
                "\"table_after\": [" + Sample.STATE + "]", "\"table_after\": [" + Sample.STATE + ", " + second + "]");
        ours.after = two.tableAfter().orElseThrow().reversed();
        assertThat(ours.differences(two)).isEmpty();
    }

    @Test
    void theSituationItselfIsCompared() {
        ours.before.clear();
        assertThat(ours.differences())
                .containsExactly("table before 0000000000001111/deadbeef expected present got absent");
    }

    @Test
    void aStateWhoseIdIsLeftOutIsFoundByItsConnection() {
        RecordedCase clock = Sample.recorded(
                "\"nondeterministic\": []", "\"nondeterministic\": [\"table_after[0].id (clock of the machine)\"]");
        ours.after.set(0, Sample.state("0000000000001111", "6b02a09900000001"));
        assertThat(ours.differences(clock)).isEmpty();
        ours.after.set(0, Sample.state("0000000000001111", "6b02a09900000001", "1111, 80", "1112, 80"));
        assertThat(ours.differences(clock)).hasSize(2);
    }

    @Test
    void aTableThatTheCaseLeavesOutIsNotCompared() {
        RecordedCase without = Sample.recorded(
                "\"nondeterministic\": []", "\"nondeterministic\": [\"table_after (made by a rule, not by pfsync)\"]");
        ours.after.clear();
        assertThat(ours.differences(without)).isEmpty();
    }

    @Test
    void demotionIsComparedBeforeAndAfter() {
        ours.demotion = new DemotionLog();
        ours.demotion.note(Duration.ofMillis(-100), 0, 0);
        ours.demotion.note(Duration.ofMillis(900), 1, 1);
        assertThat(ours.differences())
                .containsExactly("demotion before expected 1 got 0", "demotion after expected 0 got 1");
    }

    @Test
    void demotionIsComparedWhereItWasReadInBetween() {
        RecordedCase read = Sample.recorded(
                "\"demotion_before\": 1",
                "\"demotion\": [{\"at_ms\": 500, \"demote_carp\": 33, \"demote_pfsync\": 1}], \"demotion_before\": 1");
        assertThat(ours.differences(read)).containsExactly("demotion at 500.0 ms of carp expected 33 got 1");
    }

    @Test
    void aReadingOfTheDemotionMayBeATenthOfASecondOff() {
        RecordedCase read = Sample.recorded(
                "\"demotion_before\": 1",
                "\"demotion\": [{\"at_ms\": 820, \"demote_carp\": 0}], \"demotion_before\": 1");
        assertThat(ours.differences(read)).isEmpty();
        RecordedCase early = Sample.recorded(
                "\"demotion_before\": 1",
                "\"demotion\": [{\"at_ms\": 780, \"demote_carp\": 0}], \"demotion_before\": 1");
        assertThat(ours.differences(early)).containsExactly("demotion at 780.0 ms of carp expected 0 got 1");
    }

    @Test
    void stoppingWhenTheKernelDidNotIsFound() {
        ours.stopped = Optional.of("panic: pool_get");
        assertThat(ours.differences()).containsExactly("kernel expected running got panic: pool_get");
    }

    @Test
    void runningOnWhenTheKernelStoppedIsFoundAndStoppingAgrees() {
        RecordedCase stopped = Sample.recorded(
                "\"counters\": {\"ipackets\": 1, \"badval\": 1, \"opackets\": 1}",
                "\"counters\": null",
                "\"table_after\": [" + Sample.STATE + "]",
                "\"table_after\": null",
                "\"needs\": []",
                "\"needs\": [\"stop\"]");
        assertThat(ours.differences(stopped)).containsExactly("kernel expected stopped got running");
        ours.stopped = Optional.of("panic: page fault");
        assertThat(ours.differences(stopped)).isEmpty();
    }

    @Test
    void aMishapIsADifference() {
        ours.mishaps.add(new Difference("operation 0", "killed 1", "killed 0"));
        assertThat(ours.differences()).containsExactly("operation 0 expected killed 1 got killed 0");
    }

    private void reply(String hex) {
        ours.replies = List.of(new Reply(Duration.ofMillis(1), hex, List.of()));
    }
}
