package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCommandTest {

    @TempDir
    private Path directory;

    private String report(String release, String... more) {
        String path = directory.resolve(release).toString();
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"check", "--release", release, "--report", path}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        Program.with(Samples.HOWTO, args);
        return path;
    }

    @Test
    void eachReportIsAColumnAndEachRequirementARow() throws IOException {
        Path output = directory.resolve("matrix.html");

        Program program = Program.run(
                "matrix",
                report("reference-v5"),
                report("openbsd-4.6"),
                report("reference-v6", "--case", "PFSYNC-HOWTO-01"),
                "--output",
                output.toString());

        assertThat(program.err()).isEmpty();
        assertThat(program.exitCode()).isZero();
        String page = Files.readString(output);
        assertThat(page).doesNotContain("<script", "http:", "https:").contains("How cases are written");
        String row = page.substring(page.indexOf("id=\"PFSYNC-HOWTO-04\""));
        assertThat(row)
                .contains(
                        "href=\"reference-v5/summary.html#PFSYNC-HOWTO-04\" title=\"reference-v5: met\">&#10003; met<")
                .contains(
                        "title=\"openbsd-4.6: not met; known: It carries none.\">&#10007; not met<small>known</small><")
                .contains("title=\"reference-v6: not run\"></span>");
        assertThat(page).contains("4 met, 0 not", "3 met, 1 not (1 known)", "1 met, 0 not");
    }

    @Test
    void aDirectoryWithoutAReportIsNamed() {
        Program program = Program.run("matrix", directory.toString());

        assertThat(program.err())
                .containsExactly("there is no report in " + directory + "; 'check --report DIR' writes one");
        assertThat(program.exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNotOfThisSuiteIsNamed() throws IOException {
        Path file = directory.resolve("conformance.json");
        Files.writeString(file, "{\"suite\": \"other\"}");
        assertThat(Program.run("matrix", directory.toString()).err())
                .containsExactly(file + " is not a report of this suite");

        Files.writeString(file, "{\"suite\": ");
        assertThat(Program.run("matrix", directory.toString()).err().get(0)).startsWith(file + " is not JSON: ");

        Files.writeString(file, "{\"suite\" : \"pfsync conformance\", \"complete\" : false}");
        assertThat(Program.run("matrix", directory.toString()).err())
                .containsExactly(file + " has no results; its run was ended before there were any");

        Files.writeString(file, "{\"suite\" : \"pfsync conformance\", \"requirements\" : [{}]}");
        assertThat(Program.run("matrix", directory.toString()).err())
                .containsExactly(file + " is not a report of this suite: 'id' is missing");
    }

    @Test
    void aPageThatCannotBeWrittenIsNamed() {
        String output = directory.resolve("none/matrix.html").toString();

        Program program = Program.run("matrix", report("reference-v5"), "--output", output);

        assertThat(program.err()).singleElement().asString().startsWith(output + " cannot be written: ");
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
