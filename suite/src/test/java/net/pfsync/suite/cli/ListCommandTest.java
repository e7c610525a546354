package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ListCommandTest {

    @Test
    void theListShowsAreasWithTheirRequirements() {
        Program program = Program.run("list");

        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).contains("""
            How cases are written (HOWTO)
              PFSYNC-HOWTO-01  MUST    A compressed update of an unknown state is answered by a request.
            """);
    }

    @Test
    void theListForProgramsHasEveryField() throws JsonProcessingException {
        Program program = Program.run("list", "--json");

        JsonNode list = new ObjectMapper().readTree(program.out());
        assertThat(list).hasSize(12);
        JsonNode last = list.get(11);
        assertThat(last.get("id").asText()).isEqualTo("PFSYNC-HOWTO-04");
        assertThat(last.get("level").asText()).isEqualTo("MUST");
        assertThat(last.get("severity").asText()).isEqualTo("high");
        assertThat(last.get("needs").get(0).asText()).isEqualTo("wire");
        assertThat(last.get("source").get(0).get("rank").asText()).isEqualTo("later");
        assertThat(last.get("deviations").get(0).get("release").asText()).isEqualTo("openbsd-4.6");
        assertThat(last.get("untested").isNull()).isTrue();
    }

    @Test
    void releasesAreListedWithTheirDialects() {
        Program program = Program.run("releases");

        assertThat(program.exitCode()).isZero();
        assertThat(program.out().lines())
                .hasSize(5)
                .anyMatch(line -> line.matches("reference-v5\\s+v5-4.6\\s+\\S.*"))
                .anyMatch(line -> line.matches("openbsd-7.6\\s+v6-7.4\\s+\\S.*"));
    }

    @Test
    void withoutASubcommandTheProgramSaysWhichThereAre() {
        Program program = Program.run();

        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.err())
                .containsExactly(
                        "say what to do: check, preflight, relay, list, releases, decode, dump, dissector, lint,"
                                + " compare, watch, node, replay, scenarios, faults, simulate, soak, matrix, baseline,"
                                + " judge; 'pfsync --help' explains");
    }
}
