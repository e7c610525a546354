package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is compared with what is known, and what is known is written from a run. */
class AgainstBaselineTest {

    @TempDir
    private Path directory;

    private Program howto(Path baseline) {
        return Program.with(
                Samples.HOWTO,
                "check",
                "--release",
                "openbsd-4.6",
                "--report",
                directory.resolve("report").toString(),
                "--baseline",
                baseline.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("baseline.yaml"), text);
    }

    @Test
    void knownFailuresAreNoChange() throws IOException {
        Program program = howto(file("- {id: PFSYNC-HOWTO-04, reason: known, source: recorded}\n"));

        assertThat(program.out()).endsWith("openbsd-4.6: no change against the baseline\n");
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void anUnexpectedFailureIsAChange() throws IOException {
        Program program = howto(file("[]\n"));

        assertThat(program.out()).endsWith("""
            CHANGE   PFSYNC-HOWTO-04  unexpected FAIL: it is not in the baseline
            openbsd-4.6: 1 change against the baseline
            """);
        assertThat(program.exitCode()).isOne();
    }

    @Test
    void changesStandInTheReport() throws IOException {
        Program ignored = howto(file("- {id: PFSYNC-HOWTO-01, reason: repaired by now, source: recorded}\n"));

        JsonNode baseline = new ObjectMapper()
                .readTree(directory.resolve("report/conformance.json").toFile())
                .get("baseline");
        assertThat(baseline.toString())
                .isEqualTo(
                        "{\"known\":1,\"changes\":[{\"id\":\"PFSYNC-HOWTO-01\",\"verdict\":\"pass\",\"expected\":\"fail\",\"reason\":\"repaired"
                            + " by now\"},"
                            + "{\"id\":\"PFSYNC-HOWTO-04\",\"verdict\":\"fail\",\"expected\":\"pass\",\"reason\":\"\"}]}");
        assertThat(Files.readString(directory.resolve("report/summary.html")))
                .contains("<h2>Against the baseline</h2>", "known: repaired by now", "href=\"#PFSYNC-HOWTO-04\"");
    }

    @Test
    void anUnexpectedPassIsAChange() throws IOException {
        Program program = howto(file("""
            - {id: PFSYNC-HOWTO-04, reason: known, source: recorded}
            - {id: PFSYNC-HOWTO-01, reason: repaired by now, source: recorded}
            """));

        assertThat(program.out())
                .contains("CHANGE   PFSYNC-HOWTO-01  unexpected PASS: the baseline has FAIL (repaired by now); take it"
                        + " out\n");
        assertThat(program.exitCode()).isOne();
    }

    @Test
    void whatCannotBeToldAndIsNotKnownIsFive() throws IOException {
        Program program = Program.run(
                "check",
                "--case",
                "PFSYNC-SAMPLE-06",
                "--baseline",
                file("[]").toString(),
                "--report",
                directory.resolve("report").toString());

        assertThat(program.exitCode()).isEqualTo(5);
    }

    @Test
    void nothingRunIsNoSuccess() throws IOException {
        Program program = Program.run(
                "check",
                "--case",
                "PFSYNC-SAMPLE-05",
                "--baseline",
                file("[]").toString(),
                "--report",
                directory.resolve("report").toString());

        assertThat(program.exitCode()).isEqualTo(4);
    }

    @Test
    void anExclusionWithoutReasonStopsTheRunBeforeItBegins() throws IOException {
        Path file = file("- id: PFSYNC-HOWTO-04\n  source: recorded\n");

        Program program = howto(file);

        assertThat(program.err()).containsExactly(file + ":1:3: the key 'reason' is missing");
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(directory.resolve("report")).doesNotExist();
    }

    @Test
    void aBaselineThatIsNotThereIsNamed() {
        Program program = howto(directory.resolve("none.yaml"));

        assertThat(program.err())
                .containsExactly("the baseline " + directory.resolve("none.yaml")
                        + " cannot be read; 'baseline write' makes one");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenOfARunIsNoChangeAgainstIt() {
        Path file = directory.resolve("written.yaml");
        Program.with(
                Samples.HOWTO,
                "check",
                "--release",
                "openbsd-4.6",
                "--report",
                directory.resolve("report").toString());

        Program written =
                Program.run("baseline", "write", directory.resolve("report").toString(), "--output", file.toString());

        assertThat(written.err()).isEmpty();
        assertThat(written.exitCode()).isZero();
        assertThat(file).content().contains("""
            - id: PFSYNC-HOWTO-04
              reason: "It carries none."
              source: "recorded"
            """);
        assertThat(howto(file).exitCode()).isZero();
    }

    @Test
    void aReasonThatNobodyKnowsHasToBeFilledIn() {
        Program.run("check", "--case", "PFSYNC-SAMPLE-02", "--report", directory.toString());

        Program written = Program.run("baseline", "write", directory.toString());

        assertThat(written.out()).endsWith("- id: PFSYNC-SAMPLE-02\n  reason: \"\"\n  source: \"\"\n");
        assertThat(written.err()).containsExactly("1 of 1 have no reason yet; fill in 'reason' and 'source'");
    }

    @Test
    void aDirectoryWithoutAReportIsNamed() {
        Program written = Program.run("baseline", "write", directory.toString());

        assertThat(written.err())
                .containsExactly("there is no report in " + directory + "; 'check --report DIR' writes one");
        assertThat(written.exitCode()).isEqualTo(2);
    }
}
