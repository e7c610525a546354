package net.pfsync.suite.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.pfsync.suite.verdict.Verdict;

/**
 * A report that an earlier run left, read back from its {@code conformance.json}.
 *
 * @param directory where it is
 * @param release the release that was tested
 * @param peers what the other firewalls ran; empty if that is the same release
 * @param lab where
 * @param seed everything random came from it
 * @param thorough whether cases checked all combinations of their values
 * @param started when, as it stands there
 * @param complete whether the run was not interrupted
 * @param requirements what was checked, in the report's order
 */
public record StoredReport(
        Path directory,
        String release,
        List<String> peers,
        String lab,
        long seed,
        boolean thorough,
        String started,
        boolean complete,
        List<StoredRequirement> requirements) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "conformance.json";

    /**
     * A requirement of a report.
     *
     * @param id its id
     * @param area the name of its area
     * @param level as it stands there
     * @param sentence what it demands
     * @param verdict what it came to
     * @param how the known deviation, empty without one
     * @param seen where that was seen, empty without one
     * @param cases its cases
     */
    public record StoredRequirement(
            String id,
            String area,
            String level,
            String sentence,
            Verdict verdict,
            String how,
            String seen,
            List<StoredCase> cases) {

        /** Whether the release is known to deviate. */
        public boolean known() {
            return !how.isEmpty();
        }
    }

    /**
     * A case of a report.
     *
     * @param name its class and method
     * @param verdict what it came to
     * @param evidence its folder, relative to the report; empty if it was not run
     */
    public record StoredCase(String name, Verdict verdict, String evidence) {}

    /** What was tested: a release, and with which others. */
    public String tested() {
        return RunInfo.tested(release, peers);
    }

    /**
     * Reads a report.
     *
     * @param path its directory, or its {@code conformance.json}
     * @return what is in it
     * @throws ReportException if there is none, or it has no results
     */
    public static StoredReport read(Path path) throws ReportException {
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        try {
            JsonNode json = MAPPER.readTree(Files.readString(file));
            if (!json.path("suite").asText().equals("pfsync conformance")) {
                throw new ReportException(file + " is not a report of this suite");
            }
            if (!json.has("requirements")) {
                throw new ReportException(file + " has no results; its run was ended before there were any");
            }
            return of(file.toAbsolutePath().normalize().getParent(), json);
        } catch (JsonProcessingException e) {
            throw new ReportException(file + " is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new ReportException(file + " is not a report of this suite: " + e.getMessage());
        } catch (IOException e) {
            throw new ReportException("there is no report in " + path + "; 'check --report DIR' writes one");
        }
    }

    private static StoredReport of(Path directory, JsonNode json) {
        List<StoredRequirement> requirements = new ArrayList<>();
        for (JsonNode one : json.get("requirements")) {
            JsonNode known = one.path("known_deviation");
            List<StoredCase> cases = new ArrayList<>();
            for (JsonNode each : one.path("cases")) {
                cases.add(new StoredCase(
                        text(each, "case"), verdict(each), each.path("evidence").asText()));
            }
            requirements.add(new StoredRequirement(
                    text(one, "id"),
                    text(one, "area"),
                    text(one, "level"),
                    text(one, "sentence"),
                    verdict(one),
                    known.path("how").asText(),
                    known.path("seen").asText(),
                    List.copyOf(cases)));
        }
        List<String> peers = new ArrayList<>();
        json.path("peers").forEach(peer -> peers.add(text(peer, "release")));
        return new StoredReport(
                directory,
                text(json, "release"),
                List.copyOf(peers),
                text(json, "lab"),
                json.path("seed").asLong(),
                json.path("thorough").asBoolean(),
                text(json, "started"),
                json.path("complete").asBoolean(),
                List.copyOf(requirements));
    }

    private static Verdict verdict(JsonNode node) {
        return Verdict.valueOf(text(node, "verdict").toUpperCase(Locale.ROOT));
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return node.get(name).asText();
    }
}
