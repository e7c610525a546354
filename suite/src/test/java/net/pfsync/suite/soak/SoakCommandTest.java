package net.pfsync.suite.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SoakCommandTest {

    private static final long MEGABYTE = 1 << 20;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int soak(String arguments) {
        return new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" ", -1));
    }

    @Test
    void printsALineForEachHourAndWhatItFound() {
        assertThat(soak("--hours 2 --seed 5")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(8)
                .startsWith("reference-v5, seed 5, 2 hours")
                .anyMatch(line -> line.startsWith("     2 "))
                .anyMatch(line -> line.startsWith("4 quiet moments"))
                .endsWith("0 differences", "memory: flat");
    }

    @Test
    void saysWhatDiffersAndEndsWithOne() {
        assertThat(soak("--hours 2 --seed 3 --release openbsd-4.6")).isEqualTo(1);
        assertThat(out.toString()).contains("remaining", " differences").doesNotContain("\n0 differences");
    }

    @Test
    void endsWhenAFirewallStops() {
        assertThat(soak("--hours 2 --release openbsd-4.5")).isEqualTo(1);
        assertThat(out.toString()).contains("A stopped: panic: page fault in pfsync_bulk_update");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--days 0", "--hours -1", "--days 2 --hours 2", "--days 1001", "--release openbsd-9.9"})
    void aWrongArgumentIsOneLineAndExitCode2(String arguments) {
        assertThat(soak(arguments)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void memoryIsFlatIfItsEndIsLikeItsBeginning() {
        assertThat(HeapTrend.flat(List.of(8 * MEGABYTE, 11 * MEGABYTE, 7 * MEGABYTE, 9 * MEGABYTE)))
                .isTrue();
        assertThat(HeapTrend.flat(List.of(8 * MEGABYTE, 10 * MEGABYTE, 12 * MEGABYTE, 14 * MEGABYTE)))
                .isFalse();
        assertThat(HeapTrend.flat(List.of(8 * MEGABYTE))).isTrue();
    }
}
