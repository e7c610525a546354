package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors: bytes of every dialect with what is in them and what a receiver counts. */
class VectorTest {
    /** The JSON shows the whole checksum, the bytes end within it: the frame is cut 10 bytes behind the IP header. */
    private static final Set<String> CHECKSUM_CUT =
            Set.of("fbsd-1301_short_header", "v5-4.6_short_header", "v6-5.2_short_header", "v6-7.4_short_header");

    /** The JSON calls the section of the TDB simply so; tcpdump's name, which the others have, is the longer one. */
    private static final Set<String> TDB_BY_ITS_SHORT_NAME = Set.of(
            "fbsd-1301_tdb_badaf",
            "fbsd-1301_tdb_badspi",
            "v5-4.6_tdb_badaf",
            "v5-4.6_tdb_badspi",
            "v5draft_tdb_badaf",
            "v5draft_tdb_badspi",
            "v6-4.7_multi",
            "v6-5.2_multi",
            "v6-5.2_tdb_badaf",
            "v6-6.9_multi",
            "v6-7.4_tdb_badspi");

    /** What a receiver counts in any case, not only "if unknown" or "else". */
    private static final Pattern COUNTED =
            Pattern.compile("(?<!unknown: |else |receivers: .{0,40})\\b(bad\\w+|hdrops)\\+1");

    static List<String> names() {
        return Fixtures.names("vectors", ".hex");
    }

    @Test
    void thereIsAVectorOfEveryKind() {
        assertThat(names()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aVectorDecodesToItsJson(String name) {
        ObjectNode expected = expected(name);
        ObjectNode actual = Fixtures.JSON.valueToTree(FrameTree.of(decode(name)));
        actual.remove("problem");
        if (CHECKSUM_CUT.contains(name)) {
            cutChecksum(expected, actual);
        }
        if (TDB_BY_ITS_SHORT_NAME.contains(name)) {
            nameTheTdb(expected, actual);
        }
        assertThat(Fixtures.parse(actual.toString())).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aVectorEncodesToItsBytes(String name) {
        assertThat(decode(name).encode()).isEqualTo(Fixtures.hex("vectors/" + name + ".hex"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theProblemIsWhatAReceiverCounts(String name) {
        String expect = json(name).get("expect").asText();
        Matcher matcher = COUNTED.matcher(expect);
        Problem problem = decode(name).problem();
        if (matcher.find()) {
            assertThat(problem).as(expect).isNotNull();
            assertThat(problem.counter().text()).as(expect).isEqualTo(matcher.group(1));
        } else {
            assertThat(problem).as(expect).isNull();
        }
    }

    private static void cutChecksum(ObjectNode expected, ObjectNode actual) {
        String there = actual.get("header").get("pfcksum").asText();
        assertThat(expected.get("header").get("pfcksum").asText())
                .startsWith(there)
                .isNotEqualTo(there);
        ((ObjectNode) expected.get("header")).put("pfcksum", there);
    }

    private static void nameTheTdb(ObjectNode expected, ObjectNode actual) {
        int renamed = 0;
        for (int i = 0; i < expected.get("sections").size(); i++) {
            ObjectNode section = (ObjectNode) expected.get("sections").get(i);
            if (section.get("action_name").asText().equals("TDB")) {
                section.set("action_name", actual.get("sections").get(i).get("action_name"));
                renamed++;
            }
        }
        assertThat(renamed).isEqualTo(1);
    }

    private static ObjectNode expected(String name) {
        ObjectNode expected = json(name);
        expected.remove(List.of("name", "description", "expect"));
        return expected;
    }

    private static ObjectNode json(String name) {
        return (ObjectNode) Fixtures.json("vectors/" + name + ".json");
    }

    private static Frame decode(String name) {
        Dialect dialect = Dialect.of(json(name).get("dialect").asText());
        return FrameDecoder.decode(dialect, Fixtures.hex("vectors/" + name + ".hex"));
    }
}
