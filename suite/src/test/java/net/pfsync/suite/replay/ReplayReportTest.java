package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;

class ReplayReportTest {

    @Test
    void saysWhatDiffersAndHowManyAgree() {
        ReplayReport report = report(
                recorded("agrees"),
                recorded("differs", "\"ipackets\": 1", "\"ipackets\": 2"),
                recorded("crashes", "\"comparable\": true", "\"comparable\": false"),
                recorded("undefined", "\"comparable\": true", "\"comparable\": false"));
        assertThat(report.lines())
                .containsExactly(
                        "differs: counters ipackets expected 2 got 1",
                        "1 of 2 comparable cases agree (left out: 2 not comparable)");
    }

    @Test
    void aCaseInWhichTheKernelStoppedIsComparedAlthoughItIsMarked() {
        RecordedCase stopped = recorded(
                "stopped", "\"comparable\": true", "\"comparable\": false", "\"needs\": []", "\"needs\": [\"stop\"]");
        assertThat(report(stopped).lines())
                .containsExactly("stopped: kernel expected stopped got running", "0 of 1 comparable cases agree");
    }

    @Test
    void manyDifferencesAreCutInALineAndCompleteInTheData() {
        Sample.Ours ours = Sample.agreeing();
        for (Counter counter : List.of(
                Counter.BADIF, Counter.BADTTL, Counter.HDROPS, Counter.BADVER, Counter.BADACT, Counter.BADLEN)) {
            ours.counters.put(counter, 1L);
        }
        ReplayReport report =
                new Replay(each -> ours.outcome()).run("openbsd-4.6", Path.of("x.jsonl"), List.of(Sample.recorded()));
        assertThat(report.lines().getFirst())
                .isEqualTo("a-case: counters badif expected 0 got 1; counters badttl expected 0 got 1; "
                        + "counters hdrops expected 0 got 1; counters badver expected 0 got 1; and 2 more");
        assertThat(report.results().getFirst().differences()).hasSize(6);
    }

    @Test
    void theDataHoldTheSame() {
        ReplayReport report = report(
                recorded("differs", "\"ipackets\": 1", "\"ipackets\": 2"),
                recorded("crashes", "\"comparable\": true", "\"comparable\": false"));
        assertThat(report.data())
                .containsEntry("release", "openbsd-4.6")
                .containsEntry("comparable", 1L)
                .containsEntry("agree", 0L)
                .containsEntry("left_out", Map.of("not comparable", 1L))
                .containsEntry(
                        "cases",
                        List.of(
                                Map.of(
                                        "id",
                                        "differs",
                                        "line",
                                        1,
                                        "standing",
                                        "differs",
                                        "differences",
                                        List.of(new Difference("counters ipackets", "2", "1"))),
                                Map.of(
                                        "id", "crashes",
                                        "line", 1,
                                        "standing", "left out",
                                        "reason", "not comparable",
                                        "differences", List.of())));
    }

    private static RecordedCase recorded(String id, String... replacements) {
        return Sample.read(Sample.line(replacements).replace("a-case", id));
    }

    private static ReplayReport report(RecordedCase... cases) {
        Outcome outcome = Sample.agreeing().outcome();
        return new Replay(each -> outcome).run("openbsd-4.6", Path.of("x.jsonl"), List.of(cases));
    }
}
