package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is repeated, after a change that is played here in the stored report: its verdict, its evidence, its lab. */
class JudgeCommandTest {

    private static final String CASE = "PFSYNC-HOWTO-02 HowtoCases.dropsAFrameOfAnotherVersion";

    @TempDir
    private Path directory;

    @BeforeEach
    void check() {
        Program.with(
                Samples.HOWTO, "check", "--release", "openbsd-4.6", "--seed", "7", "--report", directory.toString());
    }

    private Program judge() {
        return Program.with(Samples.HOWTO, "judge", directory.toString());
    }

    private void change(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    @Test
    void nothingChangesWhenNothingWasChanged() {
        Program program = judge();

        assertThat(program.err()).isEmpty();
        assertThat(program.out())
                .isEqualTo("4 cases of openbsd-4.6 judged again: 0 came to another verdict, 0 to the same by other"
                        + " evidence\n");
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void theOtherReleaseIsRepeatedToo() {
        Program.with(Samples.HOWTO, "check", "--peer-release", "reference-v6", "--report", directory.toString());

        Program program = judge();

        assertThat(program.out()).startsWith("4 cases of reference-v5 with reference-v6 judged again: 0 came to");
        assertThat(program.exitCode()).isZero();
    }

    @Test
    void anotherVerdictIsNamed() throws IOException {
        change(
                "conformance.json",
                "\"case\" : \"HowtoCases.dropsAFrameOfAnotherVersion\",\n      \"verdict\" : \"pass\"",
                "\"case\" : \"HowtoCases.dropsAFrameOfAnotherVersion\",\n      \"verdict\" : \"unknown\"");

        Program program = judge();

        assertThat(program.out()).startsWith("VERDICT   " + CASE + ": was UNKNOWN, is PASS\n4 cases");
        assertThat(program.exitCode()).isOne();
    }

    @Test
    void otherEvidenceIsNamed() throws IOException {
        change("evidence/PFSYNC-HOWTO-02/dropsAFrameOfAnotherVersion/ladder.txt", "seed 7", "seed 8");
        Files.delete(directory.resolve("evidence/PFSYNC-HOWTO-02/dropsAFrameOfAnotherVersion/exchange.pcap"));

        Program program = judge();

        assertThat(program.out())
                .startsWith("EVIDENCE  " + CASE + ": PASS again, other exchange.pcap, ladder.txt\n4 cases");
        assertThat(program.exitCode()).isOne();
    }

    @Test
    void aCaseThatIsGoneIsNamed() throws IOException {
        change("conformance.json", "HowtoCases.dropsAFrameOfAnotherVersion", "HowtoCases.isGone");

        Program program = judge();

        assertThat(program.out()).startsWith("""
            VERDICT   PFSYNC-HOWTO-02 HowtoCases.isGone: was PASS, the suite does not have it any more
            VERDICT   %s: is PASS, the report does not have it
            """.formatted(CASE));
        assertThat(program.exitCode()).isOne();
    }

    @Test
    void aLabOnRealTimeCannotBeRepeatedExactly() throws IOException {
        change("conformance.json", "\"lab\" : \"embedded\"", "\"lab\" : \"branch office\"");

        Program program = judge();

        assertThat(program.err())
                .containsExactly(directory + " is of the lab 'branch office'; only the cases of the embedded lab can be"
                        + " repeated exactly");
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
