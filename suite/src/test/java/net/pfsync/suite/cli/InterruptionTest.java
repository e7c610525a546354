package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

    private static final int INTERRUPTED = 130;

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void anInterruptedRunLeavesTheReportOfWhatItHad() throws IOException, InterruptedException {
        // A build in the background ignores the signal, and its programs would, too.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleMain.class.getName(),
                        "net.pfsync.suite.slow",
                        "check",
                        "--report",
                        directory.resolve("report").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader()) {
            List<String> read =
                    out.lines().takeWhile(line -> !line.contains("0/")).toList();
            assertThat(read).isNotEmpty();
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(out.lines()).anyMatch(line -> line.equals("reference-v5: interrupted"));
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);

        JsonNode report = new ObjectMapper()
                .readTree(directory.resolve("report/conformance.json").toFile());
        assertThat(report.get("complete").asBoolean()).isFalse();
        assertThat(report.get("conclusion").asText()).isEqualTo("interrupted");
        assertThat(report.findValuesAsText("reason")).contains("interrupted before it began");
        assertThat(directory.resolve("report/report.html")).isNotEmptyFile();
    }
}
