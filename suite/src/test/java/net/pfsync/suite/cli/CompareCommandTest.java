package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare} of saved listings, and of a listing with what was heard. */
class CompareCommandTest {

    private static final String OBSERVED = "../fixtures/observed/openbsd-7.6/";
    private static final String BULK = OBSERVED + "captures/s2_bulk_1.pcap";

    /** The state of that capture as the sender's console would show it. */
    private static final String SENT = """
        all tcp 10.1.1.0:1024 <- 10.2.0.10:80       ESTABLISHED:ESTABLISHED
           [2000 + 10000]  [1000 + 8000]
           age 00:10:03, expires in 23:59:57, 7:7 pkts, 9:9 bytes, rule 4
           id: %s creatorid: 5134369b
        """;

    @TempDir
    private Path folder;

    private String a;

    @BeforeEach
    void aTable() throws IOException {
        a = file("a", SENT.formatted("0000000000000001") + SENT.formatted("0000000000000002"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void refused(int exitCode, String line, String... args) {
        Program program = Program.run(args);
        assertThat(program.err()).containsExactly(line);
        assertThat(program.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void equalListingsAreEqual() throws IOException {
        String other = file("b", SENT.formatted("0000000000000002") + SENT.formatted("0000000000000001"));
        Program compare = Program.run("compare", a, other);
        assertThat(compare.err()).isEmpty();
        assertThat(compare.out()).startsWith(a + " and " + other + ": equal within the tolerance\n");
        assertThat(compare.exitCode()).isZero();
    }

    @Test
    void differencesAreCountedFirstAndNamedOnDemand() throws IOException {
        String other = file("b", SENT.formatted("0000000000000001").replace("2000 +", "900000 +"));
        Program compare = Program.run("compare", a, other);
        assertThat(compare.exitCode()).isEqualTo(1);
        assertThat(compare.out())
                .contains("2 differences in states", "1 only on " + a, "1 with other sequence numbers")
                .doesNotContain("0000000000000002/5134369b");
        assertThat(Program.run("compare", "--details", "--", a, other).out())
                .contains("0000000000000002/5134369b proto 6 all in", "[2000 + 10000]", "[900000 + 10000]");
        assertThat(Program.run("compare", "--window", "900000", a, other).out()).contains("1 differences in states");
    }

    @Test
    void theJsonHasAllOfIt() throws IOException {
        String other = file("b", SENT.formatted("0000000000000001").replace("expires in 23:59", "expires in 20:59"));
        Program compare = Program.run("compare", "--json", a, other);
        JsonNode json = new ObjectMapper().readTree(compare.out());
        assertThat(compare.out().lines()).hasSize(1);
        assertThat(json.path("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.path("equal").asBoolean()).isFalse();
        assertThat(json.path("a").path("states").asInt()).isEqualTo(2);
        assertThat(json.path("differences").path("ONLY_ON_A").asInt()).isEqualTo(1);
        assertThat(json.path("differences").path("EXPIRY").asInt()).isEqualTo(1);
        assertThat(json.path("details").path(0).path("b").asText()).isEqualTo("75597 s");
    }

    /** The state in the bulk transfer is on the sender; of an older one the capture knows nothing. */
    @Test
    void aListingAndTheWire() throws IOException {
        String id =
                Program.run("dump", "--json", "-r", BULK).out().replaceAll("(?s).*\"id\":\"([0-9a-f]{16})\".*", "$1");
        String told = SENT.formatted(id).replace("00:10:03", "00:00:03");
        String older = SENT.formatted("0000000000000009").replace("10.1.1.0:1024", "10.1.1.0:1025");
        Program equal = Program.run("compare", "-r", BULK, file("b", told + older));
        assertThat(equal.err()).isEmpty();
        assertThat(equal.out()).contains("1 are on both", "not judged: 1 states older than the capture");
        assertThat(equal.exitCode()).isZero();
        Program missing = Program.run("compare", "--tolerance", "1", "-r", BULK, file("c", ""));
        assertThat(missing.out()).contains("1 only on " + BULK);
        assertThat(missing.exitCode()).isEqualTo(1);
        Program silent = Program.run("compare", "-r", OBSERVED + "captures/s5_split_defer_lan1.pcap", a);
        assertThat(silent.exitCode()).isEqualTo(4);
        assertThat(silent.err()).hasSize(1);
    }

    @Test
    void badInputIsOneLine() throws IOException {
        String sides = ": --lab FILE (with --firewall NAME one side, without two), LISTING, -r FILE or -i IF";
        refused(2, "two sides are compared, these are 0" + sides, "compare");
        refused(2, "two sides are compared, these are 1" + sides, "compare", a);
        refused(2, "none: there is no such file; 0 states before it were read", "compare", a, "none");
        refused(
                2,
                "--watch repeats listings; what was heard cannot be heard again",
                "compare",
                "--watch",
                "3",
                "-r",
                BULK,
                a);
        refused(2, "there is no lab file nope; the lab 'embedded' needs none", "compare", "--lab", "nope");
        String other = file("b", "PING 10.0.0.1\n");
        refused(
                2,
                other
                        + ": line 1 of the list of states is not a state: 'PING 10.0.0.1'; a saved 'pfctl -s states"
                        + " -vv' is expected; 0 states before it were read",
                "compare",
                a,
                other);
    }

    @Test
    void aListingThatIsCutIsComparedAsFarAsItGoes() throws IOException {
        String whole = Files.readString(Path.of(a));
        String cut = file("b", whole.substring(0, whole.length() - 20));
        Program compare = Program.run("compare", a, cut);
        assertThat(compare.exitCode()).isEqualTo(2);
        assertThat(compare.err()).singleElement().asString().contains("1 states before it were read");
        assertThat(compare.out()).contains("as far as they tell: equal", "1 are on both");
    }

    @Test
    void aConsoleThatIsNotReachedIsOneLine() throws IOException {
        String lab = file("lab.yaml", Files.readString(Path.of("../fixtures/labs/netns.yaml")));
        Program compare = Program.run("compare", "--lab", lab);
        assertThat(compare.exitCode()).isEqualTo(3);
        assertThat(compare.err()).singleElement().asString().contains("known_hosts cannot be read; is the lab up?");
    }
}
