package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code lint} finds in the captures of the recorded kernels is what {@code OBSERVED.md} says that they do. */
class LintCommandTest {

    private static final String OBSERVED = "../fixtures/observed/openbsd-";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // A crashes at the first request; leftovers behind EOF.
        "4.5/captures/02-bulk-4.5-0, BULK_NOBODY LEFTOVER_BYTES",
        "4.5/captures/02-bulk-4.5-10, LEFTOVER_BYTES",
        // The two machines were given different rules.
        "4.5/captures/02b-bulk-traffic-4.5-500, RULESETS_DIFFER",
        "4.5/captures/02b-bulk-traffic-4.5to4.6-10, DIALECT_MIX RULESETS_DIFFER",
        // Nobody answers 13 requests; at last an injector says END without START.
        "4.6/captures/01-bulk-request-noanswer, BULK_NOBODY BULK_NO_START",
        "4.6/captures/03-forwarding.sync, LEFTOVER_BYTES",
        // The injector answers some held inserts for another creator, or not at all.
        "4.6/captures/04-defer.sync, BULK_INCOMPLETE BULK_NO_START INSERT_UNACKNOWLEDGED LEFTOVER_BYTES",
        "4.6/captures/05-active-active.sync, BULK_INCOMPLETE LEFTOVER_BYTES",
        "4.6/captures/08-misc, BULK_INCOMPLETE LEFTOVER_BYTES RULESETS_DIFFER",
        // The transfer is empty, but nothing in the capture says that there were states.
        "4.6/captures/02-bulk-4.6-500, ''",
        "7.6/captures/s1_up_nobody, BULK_NOBODY",
        "7.6/captures/s2_bulk_0, BULK_NO_START END_IGNORED",
        "7.6/captures/s2_bulk_1, ''",
        "7.6/captures/s2_bulk_500, ''",
        "7.6/captures/s3_tcp4, ''",
        "7.6/captures/s3_udp6, ''",
        "7.6/captures/s4_defer_peer, ''",
        "7.6/captures/s4_defer_nopeer, ''",
        "7.6/captures/s5_split_defer, ''",
        "7.6/captures/s7_admin, BULK_NO_START END_IGNORED LEFTOVER_BYTES REMOVED_SENT"
    })
    void theKnownDefectsOfTheRecordedKernels(String capture, String checks) throws IOException {
        Program lint = Program.run("lint", "--json", "-r", OBSERVED + capture + ".pcap");
        Set<String> found = new TreeSet<>();
        new ObjectMapper()
                .readTree(lint.out())
                .path("findings")
                .forEach(each -> found.add(each.path("check").asText()));
        assertThat(String.join(" ", found)).isEqualTo(checks);
        assertThat(lint.err().stream().filter(line -> !line.contains("--dialect")))
                .isEmpty();
        assertThat(lint.exitCode()).isEqualTo(checks.isEmpty() ? 0 : 1);
    }

    @Test
    void theTextSaysWhatWhereAndWhatToDo() {
        Program lint = Program.run("lint", "-r", OBSERVED + "7.6/captures/s2_bulk_0.pcap");
        assertThat(lint.out())
                .startsWith("""
                    ERROR    PFSYNC-BUS-03    10.0.0.2 asks again for all states although the END of its bulk transfer has come
                             frames 4, 5
                    """)
                .contains("1 error, 1 warning in 6 packets")
                .contains("  10.0.0.1  v6-7.4, 3 packets in ");
    }

    @Test
    void theJsonHasFramesPeersTransfersAndATimeline() throws IOException {
        Program lint = Program.run("lint", "--json", "-r", OBSERVED + "7.6/captures/s2_bulk_10.pcap");
        JsonNode json = new ObjectMapper().readTree(lint.out());
        assertThat(json.path("bulk_transfers").path(0).path("states").asInt()).isEqualTo(10);
        assertThat(json.path("bulk_transfers").path(0).path("requester").asText())
                .isEqualTo("10.0.0.2");
        assertThat(json.path("messages").path("UPD").asInt()).isEqualTo(10);
        assertThat(json.path("tables").path("states").asInt()).isEqualTo(10);
        List<Integer> frames = new ArrayList<>();
        json.path("timeline")
                .path("spans")
                .forEach(span -> frames.add(span.path("frames").asInt()));
        assertThat(frames.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        Path page = folder.resolve("lint.html");
        Program.run("lint", "--html", page.toString(), "-r", OBSERVED + "4.6/captures/05-active-active.sync.pcap");
        assertThat(Files.readString(page))
                .contains("PFSYNC-BULK-03", "messages/s", "kB/s", "time since the first packet (s)")
                .doesNotContainPattern("@[A-Z]+@")
                .doesNotContain("http:", "https:", "<script");
    }

    /** Every requirement that a finding names is in the catalogue. */
    @Test
    void requirementsAreThoseOfTheCatalogue() {
        Set<String> ids = new TreeSet<>(net.pfsync.suite.catalogue.Catalogue.load().entries().stream()
                .map(net.pfsync.suite.catalogue.Entry::id)
                .toList());
        assertThat(net.pfsync.suite.lint.Check.values())
                .filteredOn(each -> !each.id().startsWith("LINT-"))
                .allSatisfy(each -> assertThat(ids).contains(each.id()));
    }

    @Test
    void badInputIsOneLineAndWhatIsWholeIsJudged() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(OBSERVED + "7.6/captures/s2_bulk_0.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 3));
        Program lint = Program.run("lint", "-r", cut.toString());
        assertThat(lint.exitCode()).isEqualTo(2);
        assertThat(lint.err()).hasSize(1).first().asString().endsWith("5 frames before it are whole");
        assertThat(lint.out()).contains("PFSYNC-BUS-03");

        Program other = Program.run("lint", "-r", OBSERVED + "7.6/captures/s5_split_defer_lan1.pcap");
        assertThat(other.exitCode()).isEqualTo(4);
        assertThat(other.err()).hasSize(1);
        assertThat(Program.run("lint", "-r", "none").err()).containsExactly("none: there is no such file");
        Program unwritable =
                Program.run("lint", "--html", folder.resolve("no/such/x.html").toString(), "-r", cut.toString());
        assertThat(unwritable.exitCode()).isEqualTo(2);
        assertThat(unwritable.err()).last().asString().contains("cannot be written");
    }
}
