package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

    /** Nothing is sent, nothing happens, and so the reference agrees. */
    private static final String QUIET =
            "{\"id\": \"quiet-link\", \"config\": {\"hostid\": \"00000001\", \"syncdev\": \"em0\"}, \"counters\": {}}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void exitsWithZeroIfAllAgree() throws IOException {
        assertThat(replay(QUIET, "--release", "reference-v5")).isZero();
        assertThat(out).hasToString("1 of 1 comparable cases agree" + System.lineSeparator());
    }

    @Test
    void exitsWithOneAndSaysWhatDiffers() throws IOException {
        String differing = QUIET.replace("\"counters\": {}", "\"counters\": {\"stale\": 1}")
                .replace("quiet", "loud");
        assertThat(replay(QUIET + "\n" + differing, "--release", "reference-v5"))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly("loud-link: counters stale expected 1 got 0", "1 of 2 comparable cases agree");
    }

    @Test
    void theSameIsPrintedAsJson() throws IOException {
        String differing = QUIET.replace("\"counters\": {}", "\"counters\": {\"stale\": 1}");
        assertThat(replay(differing, "--release", "reference-v5", "--json")).isEqualTo(1);
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.at("/comparable").intValue()).isEqualTo(1);
        assertThat(json.at("/agree").intValue()).isZero();
        assertThat(json.at("/cases/0/id").textValue()).isEqualTo("quiet-link");
        assertThat(json.at("/cases/0/differences/0/what").textValue()).isEqualTo("counters stale");
        assertThat(json.at("/cases/0/differences/0/expected").textValue()).isEqualTo("1");
        assertThat(json.at("/cases/0/differences/0/got").textValue()).isEqualTo("0");
    }

    @Test
    void anUnknownReleaseAndABadFileAreUsageErrorsInOneLine() throws IOException {
        assertThat(replay(QUIET, "--release", "openbsd-9.9")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("openbsd-9.9", "openbsd-4.6");
        err.getBuffer().setLength(0);
        assertThat(replay(QUIET.substring(0, 40), "--release", "reference-v5")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("cases.jsonl:1: ");
    }

    @Test
    void oneCaseCanBeChosenAndAnUnknownOneNamesThoseThatAreNear() throws IOException {
        String two = QUIET + "\n" + QUIET.replace("quiet", "other");
        assertThat(replay(two, "--release", "reference-v5", "--case", "quiet-link"))
                .isZero();
        assertThat(out.toString()).startsWith("1 of 1");
        assertThat(replay(two, "--release", "reference-v5", "--case", "quiet-lnik"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("no case 'quiet-lnik'; near: quiet-link");
    }

    @Test
    void aFileInWhichNothingIsComparedProvesNothing() throws IOException {
        String undefined = QUIET.replace("\"counters\"", "\"comparable\": false, \"counters\"");
        assertThat(replay(undefined, "--release", "reference-v5")).isEqualTo(4);
        assertThat(out.toString()).startsWith("0 of 0 comparable cases agree (left out: 1 not comparable)");
    }

    @Test
    void verboseShowsTheExchange() throws IOException {
        String request = QUIET.replace(
                "\"counters\"",
                "\"inject\": [{\"hex\":"
                    + " \"4510003c12344000fff07d8d0a070009e00000f00500002800000000000000000000000000000000050000010000000000000000000000000c000001\"}],"
                    + " \"counters\"");
        assertThat(replay(request, "--release", "openbsd-4.6", "--verbose")).isEqualTo(1);
        assertThat(out.toString()).contains("injection 0: UPD_REQ", "ours: ", "differs: reply 0 expected nothing got");
    }

    @Test
    void nearIdsShareWords() {
        assertThat(ReplayCommand.near("upd-c-stale", List.of("ins-ok", "upd-c-stale-src", "upd-ok", "del-c")))
                .containsExactly("upd-c-stale-src", "upd-ok", "del-c");
    }

    private int replay(String lines, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("cases.jsonl"), lines + "\n");
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = file.toString();
        return new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
