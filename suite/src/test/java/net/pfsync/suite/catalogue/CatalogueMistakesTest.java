package net.pfsync.suite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueMistakesTest {

    private static final String GOOD = """
        - id: PFSYNC-CLR-01
          area: CLR
          level: MUST
          severity: high
          dialects: all-v6
          sentence: A sentence.
          why: It matters.
          source:
            - {rank: later, ref: "BEHAVIOUR 3.1"}
          needs: [wire, local-events]
          deviations:
            - {release: openbsd-4.6, how: "otherwise", seen: "recorded"}
        """;

    private static Catalogue of(String clr, String ledger) {
        Map<String, String> files =
                Map.of("areas.yaml", "- {area: CLR, title: Clear}\n", "clr.yaml", clr, "untested.yaml", ledger);
        return Catalogue.of(files::get);
    }

    @Test
    void aFileWithoutMistakesIsRead() {
        Entry entry = of(GOOD, "[]").find("PFSYNC-CLR-01").orElseThrow();

        assertThat(entry.level()).isEqualTo(Level.MUST);
        assertThat(entry.severity()).isEqualTo(Severity.HIGH);
        assertThat(entry.dialects()).contains("v6-7.4").doesNotContain("v5-4.6");
        assertThat(entry.needs()).containsExactly(Need.WIRE, Need.LOCAL_EVENTS);
        assertThat(entry.sources()).containsExactly(new Source(Rank.LATER, "BEHAVIOUR 3.1"));
        assertThat(entry.deviation("openbsd-4.6")).map(Deviation::how).contains("otherwise");
    }

    /** In a pair it may be the one or the other that does otherwise, or only both together. */
    @Test
    void aDeviationMayBeThatOfThePeer() {
        String others = """
                - {release: openbsd-4.5, peer: openbsd-4.6, how: both, seen: here}
                - {peer: openbsd-4.6, how: the peer, seen: here}
            """;
        Entry entry = of(GOOD.replace("  deviations:\n", "  deviations:\n" + others), "[]")
                .find("PFSYNC-CLR-01")
                .orElseThrow();

        assertThat(entry.deviation("openbsd-4.5", "openbsd-4.6"))
                .map(Deviation::how)
                .contains("both");
        assertThat(entry.deviation("reference-v5", "openbsd-4.6"))
                .map(Deviation::how)
                .contains("the peer");
        assertThat(entry.deviation("openbsd-4.6", "reference-v5"))
                .map(Deviation::how)
                .contains("otherwise");
        assertThat(entry.deviation("openbsd-4.5", "reference-v5")).isEmpty();
        assertThat(entry.deviations())
                .extracting(Deviation::whose)
                .containsExactly("openbsd-4.5 with openbsd-4.6", "peer openbsd-4.6", "openbsd-4.6");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "level: MUST",
                        "level: MUSS",
                        "clr.yaml:3:10: 'MUSS' is not possible here; possible: must, should, may"),
                Arguments.of(
                        "severity: high",
                        "severity: hi",
                        "clr.yaml:4:13: 'hi' is not possible here; possible: critical, high, medium, low"),
                Arguments.of(
                        "why:",
                        "wyh:",
                        "clr.yaml:7:8: unknown key 'wyh', near: why; possible: area, deviations, dialects, id, level,"
                                + " needs, sentence, severity, source, why"),
                Arguments.of("  why: It matters.\n", "", "clr.yaml:1:3: the key 'why' is missing"),
                Arguments.of("A sentence.", "A sentence", "clr.yaml:6:13: a sentence ends with a full stop"),
                Arguments.of(
                        "- id: PFSYNC-CLR-01", "- id: CLR-1", "clr.yaml:1:7: 'CLR-1' is not of the form PFSYNC-CLR-01"),
                Arguments.of(
                        "- id: PFSYNC-CLR-01",
                        "- id: PFSYNC-INS-01",
                        "clr.yaml:1:7: PFSYNC-INS-01 does not belong into the file of area CLR"),
                Arguments.of(
                        "all-v6", "all-v9", "clr.yaml:5:13: no dialect has version 9; possible: all, all-v5, all-v6"),
                Arguments.of(
                        "[wire, local-events]",
                        "[wire, beer]",
                        "clr.yaml:10:17: 'beer' is not possible here; possible: wire, console, local-events,"
                                + " remove-states, configure, two-firewalls, foreign-peer, three-firewalls,"
                                + " second-interface, disruptive, traffic, exact-time"),
                Arguments.of("[wire, local-events]", "[]", "clr.yaml:10:10: every requirement needs at least [wire]"),
                Arguments.of(
                        "[wire, local-events]", "wire", "clr.yaml:10:10: 'needs' must be a list, for example [wire]"),
                Arguments.of(
                        "rank: later",
                        "rank: hearsay",
                        "clr.yaml:9:14: 'hearsay' is not possible here; possible: recorded, thesis, later, manual"),
                Arguments.of(
                        "  level: MUST\n",
                        "  level: MUST\n  level: MAY\n",
                        "clr.yaml:4:3: the key 'level' is there twice"),
                Arguments.of("- id", "id", "clr.yaml:2:7: mapping values are not allowed here"),
                Arguments.of(
                        "needs: [wire, local-events]",
                        "needs: [wire",
                        "clr.yaml:11:13: expected ',' or ']', but got :"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsReportedWithItsPlaceAndWhatIsPossible(String right, String wrong, String message) {
        assertThatThrownBy(() -> of(GOOD.replace(right, wrong), "[]"))
                .isInstanceOf(CatalogueException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownDialectIsReportedWithThoseThatAreNear() {
        assertThatThrownBy(() -> of(GOOD.replace("all-v6", "[v6-7.5]"), "[]"))
                .hasMessageStartingWith("clr.yaml:5:13: no such dialect: 'v6-7.5'; near: v6-7.4")
                .hasMessageContaining("possible: all, all-v5, all-v6, v3, v4");
    }

    @Test
    void anIdThatIsThereTwiceIsReported() {
        assertThatThrownBy(() -> of(GOOD + GOOD, "[]")).hasMessage("clr.yaml: PFSYNC-CLR-01 is there twice");
    }

    @Test
    void aLedgerMayOnlyNameRequirementsOfTheCatalogue() {
        assertThatThrownBy(() -> of(GOOD, "- {id: PFSYNC-CLR-02, reason: none}"))
                .hasMessage("untested.yaml: PFSYNC-CLR-02 is not in the catalogue; near: PFSYNC-CLR-01");
    }
}
