package net.pfsync.suite.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandTest {

    private static final Path CONTRIBUTING = Path.of("..", "CONTRIBUTING.md");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void printsALineForEachSetup() {
        assertThat(simulate("--size", "10kB", "--rate", "1000")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("reference-v5, seed 240");
        assertThat(lines.get(1)).startsWith("load").contains("packets/s", "goodput", "mismatch");
        assertThat(lines.subList(2, 6)).allMatch(line -> line.startsWith("10kB") && line.contains("1000"));
        assertThat(lines.get(2)).contains("one firewall", "100.0 %");
        assertThat(lines.get(5)).contains("split path, defer");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theTableInContributingIsNotStale() throws IOException {
        assertThat(simulate("--size", "100kB", "--markdown")).isZero();
        assertThat(Files.readAllLines(CONTRIBUTING))
                .as("made by: ci/pfsync simulate --markdown")
                .containsAll(out.toString().lines().toList());
        assertThat(out.toString().lines().filter(line -> line.startsWith("| 100kB")))
                .hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({
        "--release, openbsd-9.9, unknown release openbsd-9.9",
        "--size, 10TB, '''10TB'' is no load; possible: 100kB, 10MB, 50x100kB'",
        "--size, 0kB, '''0kB'': from 1 to 1000 connections'",
        "--size, 2000x1kB, '''2000x1kB'': from 1 to 1000 connections'",
        "--size, 2x60MB, and from 1 B to 100 MB in all",
        "--rate, 0, '--rate 0: from 1, one for each connection of 100kB, to 1000000'",
        "--rate, 10, '--rate 10: from 50, one for each connection of 50x100kB'",
        "--rate, 1000001, to 1000000"
    })
    void aWrongArgumentIsOneLineAndExitCode2(String option, String value, String message) {
        assertThat(simulate(option, value)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1B", "1500B", "100kB", "10MB", "50x100kB", "3x7B"})
    void aLoadIsPrintedAsItIsRead(String text) {
        assertThat(Load.parse(text)).hasToString(text);
    }
}
