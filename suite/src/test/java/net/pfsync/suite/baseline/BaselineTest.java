package net.pfsync.suite.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.samples.Samples;
import net.pfsync.suite.verdict.Verdict;
import net.pfsync.yaml.YamlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

    private static final Catalogue CATALOGUE = Samples.catalogue();

    private static Baseline baseline(String text) {
        return Baseline.read("b.yaml", text, CATALOGUE);
    }

    private static Map<Entry, Verdict> verdicts(Object... idsAndVerdicts) {
        Map<Entry, Verdict> verdicts = new LinkedHashMap<>();
        for (int i = 0; i < idsAndVerdicts.length; i += 2) {
            verdicts.put(CATALOGUE.find("PFSYNC-SAMPLE-0" + idsAndVerdicts[i]).orElseThrow(), (Verdict)
                    idsAndVerdicts[i + 1]);
        }
        return verdicts;
    }

    @Test
    void whatIsKnownIsNoChangeAndEverythingElseIs() {
        Baseline baseline = baseline("""
            - {id: PFSYNC-SAMPLE-01, reason: "it is old", source: "recorded: x"}
            - {id: PFSYNC-SAMPLE-02, reason: "it is old", link: "https://example.org/1"}
            - {id: PFSYNC-SAMPLE-03, verdict: unknown, reason: "no console", source: "the manual"}
            - {id: PFSYNC-SAMPLE-04, verdict: unknown, reason: "no console", source: "the manual"}
            - {id: PFSYNC-SAMPLE-05, reason: "it is old", source: "recorded: x"}
            """);

        List<Change> changes = baseline.changes(verdicts(
                1,
                Verdict.FAIL,
                2,
                Verdict.PASS,
                3,
                Verdict.UNKNOWN,
                4,
                Verdict.FAIL,
                5,
                Verdict.SKIPPED,
                6,
                Verdict.FAIL,
                7,
                Verdict.PASS));

        assertThat(changes)
                .extracting(Change::toString)
                .containsExactly(
                        "PFSYNC-SAMPLE-02  unexpected PASS: the baseline has FAIL (it is old); take it out",
                        "PFSYNC-SAMPLE-04  unexpected FAIL: the baseline has UNKNOWN (no console)",
                        "PFSYNC-SAMPLE-06  unexpected FAIL: it is not in the baseline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "- {id: PFSYNC-SAMPLE-01, source: x}|b.yaml:1:3: the key 'reason' is missing",
                "- {id: PFSYNC-SAMPLE-01, reason: ' ', source: x}|b.yaml:1:34: 'reason' is empty",
                "- {id: PFSYNC-SAMPLE-01, reason: x}|b.yaml:1:3: the key 'source' is missing",
                "- {id: PFSYNC-SAMPLE-01, reason: x, link: ''}|b.yaml:1:43: 'link' is empty",
                "- {id: PFSYNC-SAMPLE-01, reasen: x}|b.yaml:1:34: unknown key 'reasen', near: reason; possible: id,"
                        + " link, reason, source, verdict",
                "- {id: PFSYNC-SAMPLE-01, verdict: pass, reason: x, source: y}|b.yaml:1:35: only fail, disagree and"
                        + " unknown are excluded",
                "- {id: PFSYNC-SAMPLE-99, reason: x, source: y}|b.yaml:1:8: PFSYNC-SAMPLE-99 is not in the catalogue;"
                        + " near: PFSYNC-SAMPLE-01, PFSYNC-SAMPLE-02, PFSYNC-SAMPLE-03, PFSYNC-SAMPLE-04,"
                        + " PFSYNC-SAMPLE-05",
                "id: PFSYNC-SAMPLE-01|b.yaml:1:1: a list is needed here, each item beginning with '- '",
            })
    void aMistakeIsOneLineWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> baseline(text))
                .isInstanceOf(YamlException.class)
                .hasMessage(message);
    }

    @Test
    void nothingIsExcludedTwice() {
        assertThatThrownBy(() -> baseline("""
            - {id: PFSYNC-SAMPLE-01, reason: x, source: y}
            - {id: PFSYNC-SAMPLE-01, reason: x, source: y}
            """)).hasMessage("b.yaml:2:8: PFSYNC-SAMPLE-01 is there twice");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        List<Exclusion> exclusions = List.of(
                new Exclusion("PFSYNC-SAMPLE-01", Verdict.FAIL, "says \"no\": # \\ and 'so' on", "recorded: a-b, c"),
                new Exclusion("PFSYNC-SAMPLE-02", Verdict.UNKNOWN, "- [x]", "y".repeat(300)),
                new Exclusion("PFSYNC-SAMPLE-08", Verdict.DISAGREE, "it lies", "z"));

        assertThat(baseline(BaselineText.of("any", exclusions)).exclusions()).isEqualTo(exclusions);
        assertThat(baseline(BaselineText.of("any", List.of())).exclusions()).isEmpty();
    }
}
