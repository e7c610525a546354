package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsACase() throws Exception {
        RecordedCase recorded = read(Sample.CASE).getFirst();
        assertThat(recorded.id()).isEqualTo("a-case");
        assertThat(recorded.line()).isEqualTo(1);
        assertThat(recorded.replies().getFirst().masks()).hasSize(2);
        assertThat(recorded.tableAfter().orElseThrow().getFirst().fields())
                .containsEntry("wire.addr[1]", "10.7.2.2")
                .containsEntry("src.seqlo", "1000")
                .doesNotContainKey("hex");
    }

    @Test
    void blankLinesCountButHoldNothing() throws Exception {
        assertThat(read("\n\n" + Sample.CASE + "\r\n\n").getFirst().line()).isEqualTo(3);
    }

    @Test
    void gapsAddUpWhereNoTimeIsGiven() throws Exception {
        String line = Sample.line(
                "{\"hex\": \"45\", \"gap_ms\": 0, \"at_ms\": 0.0}",
                "{\"hex\": \"45\", \"gap_ms\": 951.1}, {\"hex\": \"45\", \"gap_ms\": 470.7}");
        assertThat(read(line).getFirst().injections())
                .extracting(RecordedCase.Injection::at)
                .containsExactly(Duration.ofNanos(951_100_000), Duration.ofNanos(1_421_800_000));
    }

    @Test
    void aKernelThatStoppedHasNeitherCountersNorTable() throws Exception {
        String line = Sample.line(
                "{\"ipackets\": 1, \"badval\": 1, \"opackets\": 1}",
                "null",
                "\"table_after\": [" + Sample.STATE + "]",
                "\"table_after\": null");
        RecordedCase recorded = read(line).getFirst();
        assertThat(recorded.stopped()).isTrue();
        assertThat(recorded.tableAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "id": "a-case"                 | "id": 7                           | id: should be a string, is 7
        "id": "a-case"                 | "id": " "                         | id: is empty
        "hostid": "00000001"           | "hostid": "1"                     | config.hostid: should be 8 hexadecimal digits, is 1
        "syncdev": "em0"               | "syncpeer": "10.7.0"              | config.syncpeer: should be an IPv4 address, is 10.7.0
        "syncdev": "em0"               | "maxupd": 256                     | config.maxupd: should be from 0 to 255, is 256
        "syncdev": "em0"               | "timeouts": [1, 2]                | config.timeouts: should be 20 values by index, are 2
        "hex": "45"                    | "hex": "450"                      | inject[0].hex: has an odd number of digits (3)
        "hex": "45"                    | "hex": "4G"                       | inject[0].hex: should be hexadecimal digits in lower case only
        "at_ms": 0.0                   | "at_ms": 1e300                    | inject[0].at_ms: is no time that a case can have: 1.0E300
        "gap_ms": 0                    | "gap_ms": -1                      | inject[0].gap_ms: is no time that a case can have: -1
        "offset": 10, "length": 2      | "offset": 59, "length": 2         | replies[0].mask[1].length: should be from 1 to 1, is 2
        "badval": 1                    | "badvalue": 1                     | counters.badvalue: no such counter: 'badvalue'; near: badval
        "opackets": 1                  | "opackets": -1                    | counters.opackets: should be from 0 to 9223372036854775807, is -1
        "creatorid": "deadbeef"        | "creatorid": "beef"               | table_before[0].creatorid: should be 8 hexadecimal digits, is beef
        "state": 4                     | "state": null                     | table_before[0].src.state: should be a string or a whole number, is null
        "operations": []               | "operations": [{"op": "x"}]       | operations[0].at_ms: is missing
        "operations": []               | "operations": {}                  | operations: should be an array, is an object
        "after_ms": 1.1                | "after_ms": "soon"                | replies[0].after_ms: should be a number, is a string
        """)
    void namesTheFieldThatIsWrong(String old, String changed, String problem) throws IOException {
        Path file = write(Sample.line("a-case", "first") + "\n" + Sample.line(old, changed) + "\n");
        assertThatThrownBy(() -> CaseReader.read(file))
                .isInstanceOf(BadCaseFileException.class)
                .hasMessageStartingWith(file + ":2: " + problem)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMissingFileAnEmptyOneAndADirectoryAreSaid() throws IOException {
        Path missing = folder.resolve("missing.jsonl");
        assertThatThrownBy(() -> CaseReader.read(missing)).hasMessage(missing + ": no such file");
        Path empty = write("\n");
        assertThatThrownBy(() -> CaseReader.read(empty)).hasMessage(empty + ": holds no case");
        assertThatThrownBy(() -> CaseReader.read(folder)).hasMessageStartingWith(folder + ": cannot be read");
    }

    @Test
    void anIdMayStandOnlyOnce() throws IOException {
        Path file = write(Sample.CASE + "\n" + Sample.CASE);
        assertThatThrownBy(() -> CaseReader.read(file))
                .hasMessage(file + ":2: id: a-case is already the case of line 1");
    }

    @Test
    void aMessageIsOneLineWhateverTheFileSays() throws IOException {
        String line = Sample.line("a-case", "a\\ncase");
        Path file = write(line + "\n" + line);
        assertThatThrownBy(() -> CaseReader.read(file))
                .hasMessage(file + ":2: id: a?case is already the case of line 1");
    }

    @Test
    void otherJsonIsNoCase() throws IOException {
        Path file = write("[1, 2]");
        assertThatThrownBy(() -> CaseReader.read(file))
                .hasMessage(file + ":1: the line: should be a JSON object, is an array");
    }

    @Test
    void bytesThatAreNoTextAreSaid() throws IOException {
        Path file = folder.resolve("cases.jsonl");
        Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> CaseReader.read(file)).hasMessage(file + ":1: is not UTF-8");
    }

    @Test
    void aTruncatedLineIsSaidWithItsNumberWhereverItEnds() throws IOException {
        for (int length = 1; length < Sample.CASE.length(); length += 7) {
            Path file = write("\n" + Sample.CASE.substring(0, length));
            assertThatThrownBy(() -> CaseReader.read(file))
                    .as("cut after %d", length)
                    .isInstanceOf(BadCaseFileException.class)
                    .hasMessageStartingWith(file + ":2: ")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void anyBytesGiveCasesOrOneLine() throws IOException {
        long seed = 4_714;
        Random random = new Random(seed);
        byte[] good = Sample.CASE.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 500; round++) {
            byte[] bad = good.clone();
            for (int change = 0; change <= round % 3; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Path file = folder.resolve("random.jsonl");
            Files.write(file, bad);
            assertThatCode(() -> tryReading(file))
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    private static void tryReading(Path file) {
        try {
            CaseReader.read(file);
        } catch (BadCaseFileException e) {
            assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        }
    }

    private List<RecordedCase> read(String text) throws IOException, BadCaseFileException {
        return CaseReader.read(write(text));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("cases.jsonl"), text);
    }
}
