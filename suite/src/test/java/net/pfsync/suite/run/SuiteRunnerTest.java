package net.pfsync.suite.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.samples.Samples;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteRunnerTest {

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void theCasesOfTheHowtoPassAgainstTheReferences(String release) {
        List<CaseOutcome> outcomes = Samples.run(Samples.HOWTO, release);

        assertThat(outcomes)
                .hasSize(4)
                .allSatisfy(outcome -> assertThat(outcome.verdict())
                        .as(
                                "%s: expected %s, observed %s",
                                outcome.entry().id(), outcome.expected(), outcome.observed())
                        .isEqualTo(Verdict.PASS));
    }

    @Test
    void everyVerdictIsReachedForItsReason() {
        List<CaseOutcome> outcomes = Samples.verdicts();

        assertThat(outcomes)
                .extracting(CaseOutcome::toString)
                .containsExactlyInAnyOrder(
                        "PASS PFSYNC-SAMPLE-01 VerdictCases.passes",
                        "FAIL PFSYNC-SAMPLE-02 VerdictCases.failsBecauseSomethingElseComes: expected BUS START at"
                                + " once, observed UPD_REQ 7e57000000000001/7e570001 at 0.0001 s (frames from a)",
                        "UNKNOWN PFSYNC-SAMPLE-03 VerdictCases.cannotBeToldWhenTheControlDoesNotWork: the control did"
                                + " not work (nothing is answered by a request): expected UPD_REQ"
                                + " 7e57000000000001/7e570001 at once, observed nothing (frames from a)",
                        "SKIPPED PFSYNC-SAMPLE-04 VerdictCases.needsWhatTheLabDoesNotHave: needs traffic through the"
                                + " firewall; the lab embedded does not have that",
                        "SKIPPED PFSYNC-SAMPLE-05 VerdictCases.isAboutAnotherDialect: does not apply to dialect v5-4.6",
                        "UNKNOWN PFSYNC-SAMPLE-06 VerdictCases.observesNothing: the case observed nothing, so it proves"
                                + " nothing",
                        "UNKNOWN PFSYNC-SAMPLE-07 VerdictCases.isAtFaultItself: the case itself is at fault:"
                                + " java.lang.IllegalArgumentException: a checksum of 3 bytes instead of 16",
                        "DISAGREE PFSYNC-SAMPLE-08 VerdictCases.isContradictedByTheConsole: expected console and wire"
                            + " to agree about the state 7e57000000000001/7e570001, observed the console does not list"
                            + " it, an update request is answered (console and wire)");
    }

    @Test
    void aTargetThatStopsFailsTheCaseWithItsPanic() {
        List<CaseOutcome> outcomes = Samples.run(Samples.STOPPING, "openbsd-4.5");

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(outcome.observed()).startsWith("the target stopped: ");
        });
    }
}
