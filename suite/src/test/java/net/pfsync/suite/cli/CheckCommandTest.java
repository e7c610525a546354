package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    @TempDir
    private Path directory;

    private String report() {
        return directory.resolve("report").toString();
    }

    @Test
    void conformantIsZero() {
        Program program = Program.with(Samples.HOWTO, "check", "--report", report());

        assertThat(program.exitCode()).isZero();
        assertThat(program.out())
                .startsWith("pfsync conformance of reference-v5 (v5-4.6), lab embedded, 4 cases, seed 240\n")
                .contains("reference-v5: conformant\n")
                .contains("4 requirements conformant, 0 not, 0 could not be told, 0 skipped; 4 cases in 0.0 s; seed"
                        + " 240\n")
                .endsWith("report: " + report() + "/summary.html\n");
    }

    @Test
    void twoReleasesAreBothNamed() throws IOException {
        Program program = Program.with(
                Samples.HOWTO,
                "check",
                "--release",
                "reference-v6",
                "--peer-release",
                "reference-v5",
                "--report",
                report());

        assertThat(program.exitCode()).isZero();
        assertThat(program.out())
                .startsWith("pfsync conformance of reference-v6 (v6-7.4) with reference-v5 (v5-4.6), lab embedded, 4"
                        + " cases, seed 240\n")
                .contains("reference-v6 with reference-v5: conformant\n");
        assertThat(Files.readString(directory.resolve("report/summary.html")))
                .contains(
                        "<h1>reference-v6 with reference-v5</h1>", "<dt>Beside it</dt><dd>reference-v5 (v5-4.6)</dd>");
        assertThat(Files.readString(directory.resolve("report/conformance.json")))
                .contains("ci/pfsync check --release reference-v6 --peer-release reference-v5 --lab embedded --case ");
    }

    @Test
    void notConformantIsOneAndSaysWhy() {
        Program program = Program.run("check", "--case", "PFSYNC-SAMPLE-02", "--report", report());

        assertThat(program.exitCode()).isOne();
        assertThat(program.out()).contains("""
            FAIL     PFSYNC-SAMPLE-02  This one fails.
                     expected  BUS START at once
                     observed  UPD_REQ 7e57000000000001/7e570001 at 0.0001 s (nothing like it)
                     where     frames from a
                     evidence  REPORT/evidence/PFSYNC-SAMPLE-02/failsBecauseSomethingElseComes/ladder.txt
            """.replace("REPORT", report()).replace(" (nothing like it)", ""));
    }

    @Test
    void aKnownDeviationIsNamedAndIsStillNotConformant() {
        Program program = Program.with(Samples.HOWTO, "check", "--release", "openbsd-4.6", "--report", report());

        assertThat(program.exitCode()).isOne();
        assertThat(program.out())
                .contains("\n         known     It carries none.\n")
                .contains("\n1 of the failures is a known deviation of this release\n");
    }

    @Test
    void nothingFailedButNotEverythingCouldBeToldIsFive() {
        Program program =
                Program.run("check", "--case", "PFSYNC-SAMPLE-01", "--case", "PFSYNC-SAMPLE-06", "--report", report());

        assertThat(program.exitCode()).isEqualTo(5);
        assertThat(program.out()).contains("""
            UNKNOWN  PFSYNC-SAMPLE-06  This one observes nothing.
                     because   the case observed nothing, so it proves nothing
            """).contains("reference-v5: could not be told\n");
    }

    @Test
    void onlySkippedCasesMeanThatNothingRanWhichIsFour() {
        Program program = Program.run("check", "--case", "PFSYNC-SAMPLE-05", "--report", report());

        assertThat(program.exitCode()).isEqualTo(4);
        assertThat(program.out())
                .contains("SKIPPED  PFSYNC-SAMPLE-05  This one is about another dialect. (does not apply to dialect"
                        + " v5-4.6)\n")
                .contains("reference-v5: nothing ran\n");
    }

    @Test
    void theSameSeedGivesTheSameLadder() throws IOException {
        String[] ladders = new String[2];
        for (int i = 0; i < ladders.length; i++) {
            Program.run("check", "--case", "PFSYNC-HOWTO-02", "--seed", "7", "--report", report());
            ladders[i] = Files.readString(
                    Path.of(report(), "evidence/PFSYNC-HOWTO-02/dropsAFrameOfAnotherVersion/ladder.txt"));
        }

        assertThat(ladders[0]).isEqualTo(ladders[1]).contains("seed 7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--case|NOPE|4|no such case: 'NOPE'; near: PFSYNC-SAMPLE-01, PFSYNC-SAMPLE-02, PFSYNC-SAMPLE-03,"
                        + " PFSYNC-SAMPLE-04, PFSYNC-SAMPLE-05; 'list' shows all",
                "--case|PFSYNC-HOWTO-1|4|no such case: 'PFSYNC-HOWTO-1'; near: PFSYNC-HOWTO-01, PFSYNC-HOWTO-02,"
                        + " PFSYNC-HOWTO-03, PFSYNC-HOWTO-04, PFSYNC-SAMPLE-01; 'list' shows all",
                "--area|howt|4|no such area: 'HOWT'; near: HOWTO; possible: SAMPLE, HOWTO",
                "--release|openbsd-4.7|2|unknown release 'openbsd-4.7'; near: openbsd-4.5, openbsd-4.6, openbsd-7.6;"
                        + " possible: reference-v5, reference-v6, openbsd-4.5, openbsd-4.6, openbsd-7.6",
                "--peer-release|reference-v7|2|unknown release 'reference-v7'; near: reference-v5, reference-v6;"
                        + " possible: reference-v5, reference-v6, openbsd-4.5, openbsd-4.6, openbsd-7.6",
                "--lab|moon|2|there is no lab file moon; the lab 'embedded' needs none",
                "--seed|one|2|Invalid value for option '--seed': 'one' is not a long; 'pfsync check --help' explains",
                "--sede|1|2|Unknown options: '--sede', '1'; near: --seed; 'pfsync check --help' explains",
            })
    void aMistakeIsOneLineWithWhatIsPossible(String option, String value, int exitCode, String line) {
        Program program = Program.run("check", option, value, "--report", report());

        assertThat(program.err()).containsExactly(line);
        assertThat(program.exitCode()).isEqualTo(exitCode);
        assertThat(directory.resolve("report")).doesNotExist();
    }

    @Test
    void aReportBelowAFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Program program = Program.run("check", "--report", file + "/below");

        assertThat(program.err())
                .containsExactly("the report cannot be written to " + file + "/below: Not a directory at " + file
                        + "/below; --report takes a directory that exists or can be made");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void aReportWhereNothingMayBeMadeCannotBeWritten() {
        Program program = Program.run("check", "--report", "/proc/report");

        assertThat(program.err())
                .singleElement()
                .asString()
                .startsWith("the report cannot be written to /proc/report: ")
                .endsWith("; --report takes a directory that exists or can be made");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNotOfAReportIsNotOverwritten() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("report/evidence"));

        Program program = Program.run("check", "--report", report());

        assertThat(program.err())
                .containsExactly(foreign
                        + " is not of a report of this suite and would be overwritten; choose another --report");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void anEarlierReportIsReplaced() {
        Program.run("check", "--case", "PFSYNC-SAMPLE-01", "--report", report());
        Program.run("check", "--case", "PFSYNC-SAMPLE-02", "--report", report());

        assertThat(directory.resolve("report/evidence")).isDirectoryNotContaining("glob:**SAMPLE-01");
        assertThat(directory.resolve("report/evidence")).isDirectoryContaining("glob:**SAMPLE-02");
    }

    @Test
    void withoutATerminalProgressIsALinePerArea() {
        Program program = Program.run("check", "--report", report());

        assertThat(program.err()).containsExactlyInAnyOrder("0/13  How cases are written", "6/13  Samples");
    }

    @Test
    void aReportGoesOnWithTheHistoryOfTheEarlierOnes() throws IOException {
        for (int i = 0; i < 2; i++) {
            Program.run("check", "--case", "PFSYNC-SAMPLE-01", "--report", report());
        }

        String trend = Files.readString(Path.of(report(), "history/history-trend.json"));
        assertThat(trend.split("\"total\"", -1)).as("points of the trend").hasSize(3);
        assertThat(Path.of(report(), "history/history.json")).content().contains("PFSYNC-SAMPLE-01");
    }
}
