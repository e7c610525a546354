package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pfsync.suite.target.real.LabFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What may be done to a lab, and what is said before anything is. */
class LabModesTest {

    @TempDir
    private Path folder;

    private String lab(String mode) throws IOException {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, """
            name: a pair
            mode: %s
            sync: {interface: nosuch0, address: 10.9.0.9}
            firewalls:
              a: {sync-address: 10.9.0.1}
            """.formatted(mode));
        return file.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "safe|--full=a pair|the lab file allows mode safe at most; --full needs 'mode: full' in it",
                "read-only|--full=a pair|the lab file allows mode read-only at most; --full needs 'mode: full' in it",
                "full|--full=another pair|mode full needs the lab's name: --full='a pair', and not 'another pair'",
                "full|--full|mode full needs the lab's name: --full='a pair'",
                "full|--full=a pair --read-only|--read-only and --full do not go together",
                "full|--listen=-1|--listen takes 0 to 3600 seconds, not -1",
                "full|--accept=luck|no such check: 'luck'; possible: interface,",
                "full|--release=reference-v6|--release is for the lab embedded; a lab file says it itself",
                "full|--peer-release=reference-v6|--peer-release is for the lab embedded; a lab file says it itself",
                "safe|--plan --full|the lab file allows mode safe at most; --full needs 'mode: full' in it",
            })
    void whatIsNotClearIsRefusedInOneLine(String mode, String options, String said) throws IOException {
        String[] words = options.split(" (?=--)", -1);
        String[] all = new String[words.length + 3];
        all[0] = "check";
        all[1] = "--lab";
        all[2] = lab(mode);
        System.arraycopy(words, 0, all, 3, words.length);
        Program program = Program.run(all);

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.err()).singleElement().asString().startsWith(said);
    }

    @Test
    void modesAreForLabFiles() {
        for (String option : List.of("--full=embedded", "--read-only", "--plan")) {
            Program program = Program.run("check", option);
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.err())
                    .containsExactly("modes and plans are for lab files; nobody owns the lab embedded");
        }
    }

    @Test
    void aLabThatIsNotReadyIsLeftAlone() throws IOException {
        Program program = Program.run("check", "--lab", lab("safe"), "--listen", "0");

        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.out()).contains("not ok       interface       no interface nosuch0; there are ");
        assertThat(program.err())
                .containsExactly("a pair is not ready, nothing was sent; --accept CHECK goes on nevertheless");
    }

    @Test
    void whatIsAcceptedMayBeWrong() throws IOException {
        Program program = Program.run("check", "--lab", lab("safe"), "--listen", "0", "--accept", "interface");

        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.out())
                .contains("accepted     interface       no interface nosuch0")
                .contains("mode safe\n");
        assertThat(program.err())
                .singleElement()
                .asString()
                .startsWith("the suite is not on the lab's LANs: no interface nosuch0; there are ");
    }

    @Test
    void aPreflightSaysWhetherTheLabIsReady() throws IOException {
        Program program = Program.run("preflight", "--lab", lab("safe"), "--listen", "0");
        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.out()).endsWith("a pair: not ready\n");

        program = Program.run("preflight", "--lab", lab("safe"), "--listen", "0", "--accept", "interface");
        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).endsWith("a pair: ready, as far as can be seen\n");

        program = Program.run("preflight", "--lab", folder.resolve("none").toString());
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.err()).singleElement().asString().startsWith("there is no lab file ");
    }

    @Test
    void aPlanTouchesNothing() throws IOException {
        Program program = Program.run("check", "--lab", lab("safe"), "--plan", "--case", "PFSYNC-HOWTO-01");

        assertThat(program.exitCode()).isZero();
        assertThat(program.out())
                .startsWith("plan for a pair, mode safe, ")
                .contains("rehearsed with reference-v6; nothing is touched\nPFSYNC-HOWTO-01  ");
        program = Program.run("check", "--lab", lab("safe"), "--plan", "--release", "openbsd-4.6");
        assertThat(program.out()).contains("rehearsed with openbsd-4.6; nothing is touched\n");
    }

    @Test
    void onATerminalTheNameIsAskedFor() throws IOException {
        StringWriter out = new StringWriter();
        TerminalPerson person = new TerminalPerson(new PrintWriter(out));
        ModeOptions options = CommandLine.populateCommand(new ModeOptions(), "--full");
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("a pair\nsomething\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(options.mode(LabFile.read(Path.of(lab("full"))), person, true))
                    .hasToString("full");
            Assertions.assertThatThrownBy(() -> options.mode(LabFile.read(Path.of(lab("full"))), person, true))
                    .hasMessage("mode full needs the lab's name: --full='a pair', and not 'something'");
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("may stop the 1 firewalls of this lab. Type the lab's name to go on:");
    }
}
