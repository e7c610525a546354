package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private Path vector(String name) throws IOException {
        try (InputStream in = DecodeCommandTest.class.getResourceAsStream("/fixtures/vectors/" + name)) {
            return Files.write(directory.resolve(name), in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v5-4.6_multi", "v6-7.4_multi", "v4_del_tcp4", "v5-4.6_bad_version", "fbsd-1400_ins_udp6"})
    void oneFileIsOneObjectAsTheVectorsHaveIt(String name) throws IOException {
        String dialect = name.substring(0, name.indexOf('_'));

        Program program = Program.run(
                "decode", "--dialect", dialect, vector(name + ".hex").toString());

        assertThat(program.exitCode()).isZero();
        ObjectNode decoded = (ObjectNode) MAPPER.readTree(program.out());
        ObjectNode wanted = (ObjectNode) MAPPER.readTree(vector(name + ".json").toFile());
        assertThat(decoded.has("problem")).isTrue();
        assertThat(decoded.remove("problem").isNull()).isNotEqualTo(name.contains("_bad_"));
        wanted.remove(List.of("name", "description", "expect"));
        assertThat(decoded).isEqualTo(wanted);
    }

    @Test
    void severalFilesAreAnArray() throws IOException {
        Program program = Program.run(
                "decode",
                "--dialect",
                "v5-4.6",
                vector("v5-4.6_multi.hex").toString(),
                vector("v5-4.6_empty.hex").toString());

        JsonNode decoded = MAPPER.readTree(program.out());
        assertThat(decoded.isArray()).isTrue();
        assertThat(decoded).hasSize(2);
    }

    @Test
    void aProblemHasItsCounterAndItsPlace() throws IOException {
        Program program = Program.run(
                "decode",
                "--dialect",
                "v5-4.6",
                vector("v5-4.6_bad_version.hex").toString());

        JsonNode problem = MAPPER.readTree(program.out()).get("problem");
        assertThat(problem.get("counter").asText()).isEqualTo("badver");
        assertThat(problem.get("offset").asInt()).isEqualTo(20);
        assertThat(problem.get("text").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "45 00 0|:1:7: the last digit has no partner; a byte is two hexadecimal digits",
                "45 0g|:1:5: 'g' is no hexadecimal digit; possible: 0-9, a-f, A-F, white space, # and a remark",
                "45 # a remark§00 0x|:2:5: 'x' is no hexadecimal digit; possible: 0-9, a-f, A-F, white space, # and a"
                        + " remark",
                "\"\"|:1:1: no byte in it; hexadecimal digits are expected",
            })
    void aFileThatIsNotHexadecimalIsOneLineWithItsPlace(String content, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("frame.hex"), content.replace('§', '\n'));

        Program program = Program.run("decode", "--dialect", "v5-4.6", file.toString());

        assertThat(program.err()).containsExactly(file + message);
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        Program program = Program.run("decode", "--dialect", "v5-4.6", "nowhere.hex");

        assertThat(program.err()).containsExactly("nowhere.hex: there is no such file");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void anUnknownDialectIsOneLineWithThosePossible() throws IOException {
        Program program = Program.run(
                "decode", "--dialect", "v5-4.5", vector("v5-4.6_multi.hex").toString());

        assertThat(program.err())
                .singleElement()
                .asString()
                .startsWith("no such dialect: 'v5-4.5'; near: v5-4.6")
                .contains("possible: v3, v4, v5draft");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void theDialectMustBeGiven() {
        Program program = Program.run("decode", "frame.hex");

        assertThat(program.err())
                .containsExactly("Missing required option: '--dialect=D'; 'pfsync decode --help' explains");
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
