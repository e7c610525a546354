package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardAndRepeatTest {

    @TempDir
    private Path directory;

    private List<String> idsOf(String shard) throws IOException {
        Path report = directory.resolve(shard.replace('/', '-'));
        Program program = Program.with(Samples.HOWTO, "check", "--shard", shard, "--report", report.toString());
        assertThat(program.exitCode()).isZero();
        try (Stream<Path> folders = Files.list(report.resolve("evidence"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        }
    }

    @Test
    void allShardsTogetherAreTheWholeAndShareNothing() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String shard : List.of("1/3", "2/3", "3/3")) {
            ids.addAll(idsOf(shard));
        }

        assertThat(ids)
                .containsExactlyInAnyOrder("PFSYNC-HOWTO-01", "PFSYNC-HOWTO-02", "PFSYNC-HOWTO-03", "PFSYNC-HOWTO-04");
        assertThat(idsOf("1/3")).containsExactlyInAnyOrder("PFSYNC-HOWTO-01", "PFSYNC-HOWTO-04");
    }

    @ParameterizedTest
    @CsvSource({
        "4/3,2,'there is no shard 4/3; the first of three is 1/3, the last 3/3'",
        "0/3,2,'there is no shard 0/3; the first of three is 1/3, the last 3/3'",
        "2,2,'''2'' is not a shard; the first of three is 1/3, the last 3/3'",
        "5/5,4,no case was selected: shard 5/5 is empty",
    })
    void aShardThatIsNotThereIsNamed(String shard, int exitCode, String message) {
        Program program = Program.with(
                Samples.HOWTO,
                "check",
                "--shard",
                shard,
                "--report",
                directory.resolve("r").toString());

        assertThat(program.err()).containsExactly(message);
        assertThat(program.exitCode()).isEqualTo(exitCode);
        assertThat(directory.resolve("r")).doesNotExist();
    }

    @Test
    void repeatedRunsOfSoundCasesAgree() {
        Program program = Program.with(Samples.HOWTO, "check", "--repeat", "3", "--report", directory.toString());

        assertThat(program.out()).endsWith("the same verdicts in all 3 runs\n");
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void aVerdictThatChangesBetweenRunsCannotBeTold() {
        Program program =
                Program.with("net.pfsync.suite.changing", "check", "--repeat", "3", "--report", directory.toString());

        assertThat(program.out())
                .contains("UNSTABLE PFSYNC-SAMPLE-01 ChangingCases.passesEverySecondTime: PASS, FAIL, PASS\n")
                .doesNotContain("the same verdicts");
        assertThat(program.exitCode()).isEqualTo(5);
    }

    @Test
    void noTimesIsNoNumberOfRuns() {
        Program program = Program.run("check", "--repeat", "0", "--report", directory.toString());

        assertThat(program.err()).containsExactly("--repeat takes a number from 1 on, not 0");
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
