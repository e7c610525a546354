package net.pfsync.suite.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/** A made-up case with one of everything, and an outcome that agrees with it; both can be changed in one place. */
final class Sample {

    /** A DEL_C as 4.6 sends it, IP id and checksum masked. */
    static final String DEL_C =
            "4510003ca70e4000fff0e8ba0a070001e00000f0050000288137551ca7d4400835f6d8493e46f013070000010000000000000077000000010c000001";

    static final String STATE = """
        {"id": "0000000000001111", "creatorid": "deadbeef", "ifname": "em1", "creation": 6, "expire": 644, \
        "wire": {"addr": ["10.7.1.2", "10.7.2.2"], "port": [1111, 80]}, "src": {"state": 4, "seqlo": 1000}, "hex": "00"}\
        """;

    static final String CASE = """
        {"id": "a-case", "title": "A case", "kernel": "OpenBSD 4.6", "config": {"syncdev": "em0", "hostid": "00000001"}, \
        "table_before": [%1$s], "setup": [], \
        "inject": [{"hex": "45", "gap_ms": 0, "at_ms": 0.0}], "operations": [], "observed_ms": 1700, \
        "counters": {"ipackets": 1, "badval": 1, "opackets": 1}, \
        "replies": [{"after_ms": 1.1, "hex": "%2$s", "mask": [{"offset": 4, "length": 2, "field": "ip.id", "reason": \
        "random"}, {"offset": 10, "length": 2, "field": "ip.checksum", "reason": "follows ip.id"}]}], \
        "table_after": [%1$s], "demotion_before": 1, "demotion_after": 0, "needs": [], "comparable": true, \
        "nondeterministic": []}\
        """.formatted(STATE, DEL_C);

    private Sample() {}

    /** The case with some text replaced; pairs of old and new, each old one must be there. */
    static RecordedCase recorded(String... replacements) {
        return read(line(replacements));
    }

    static String line(String... replacements) {
        String line = CASE;
        for (int i = 0; i < replacements.length; i += 2) {
            if (!line.contains(replacements[i])) {
                throw new IllegalArgumentException("not in the sample: " + replacements[i]);
            }
            line = line.replace(replacements[i], replacements[i + 1]);
        }
        return line;
    }

    static RecordedCase read(String line) {
        try {
            Path file = Files.createTempFile("sample", ".jsonl");
            try {
                Files.writeString(file, line + "\n");
                return CaseReader.read(file).getFirst();
            } catch (BadCaseFileException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An outcome that agrees with the case as it stands above. */
    static Ours agreeing() {
        return new Ours();
    }

    /** An outcome in the making. */
    static final class Ours {
        Dialect dialect = Dialect.of("v5-4.6");
        Optional<String> stopped = Optional.empty();
        List<RecordedState> before = new ArrayList<>(recorded().tableBefore());
        List<RecordedState> after = new ArrayList<>(recorded().tableAfter().orElseThrow());
        Map<Counter, Long> counters = new EnumMap<>(recorded().counters().orElseThrow());
        List<Forwarded> forwarded = new ArrayList<>();
        List<Reply> replies = new ArrayList<>(List.of(new Reply(Duration.ofMillis(1), DEL_C, List.of())));
        DemotionLog demotion = new DemotionLog();
        List<Difference> mishaps = new ArrayList<>();

        Ours() {
            demotion.note(Duration.ofMillis(-100), 1, 1);
            demotion.note(Duration.ofMillis(900), 0, 0);
        }

        Outcome outcome() {
            Duration end = Duration.ofMillis(1_700);
            return new Outcome(dialect, stopped, before, after, counters, replies, forwarded, demotion, end, mishaps);
        }

        /** What differs from the case as it stands above. */
        List<String> differences() {
            return differences(recorded());
        }

        List<String> differences(RecordedCase recorded) {
            return CaseComparison.compare(recorded, outcome()).stream()
                    .map(Difference::toString)
                    .toList();
        }
    }

    /** A state like the one above with some text replaced. */
    static RecordedState state(String... replacements) {
        String changed = STATE;
        for (int i = 0; i < replacements.length; i += 2) {
            changed = changed.replace(replacements[i], replacements[i + 1]);
        }
        return recorded("\"table_before\": [" + STATE + "]", "\"table_before\": [" + changed + "]")
                .tableBefore()
                .getFirst();
    }

    /** The same bytes but for one. */
    static String withByte(String hex, int at, String digits) {
        return hex.substring(0, 2 * at) + digits + hex.substring(2 * at + 2);
    }
}
