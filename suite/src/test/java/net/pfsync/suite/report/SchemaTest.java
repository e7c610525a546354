package net.pfsync.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.pfsync.suite.samples.Samples;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.wire.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema describes the reports as they are, and nothing that is not one. */
class SchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/fixtures/conformance.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A report of cases that end in every way. */
    private static ObjectNode report() throws JsonProcessingException {
        return report(List.of());
    }

    private static ObjectNode report(List<ReleaseInfo> peers) throws JsonProcessingException {
        RunInfo info = new RunInfo(
                new ReleaseInfo("openbsd-4.6", Dialect.of("v5-4.6"), "OpenBSD 4.6."),
                peers,
                "embedded",
                "--release openbsd-4.6 --lab embedded",
                1,
                false,
                "1.0",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "ci/pfsync check");
        RunResult result = new RunResult(info, Samples.catalogue(), Samples.verdicts(), false, Duration.ofMillis(1500));
        return (ObjectNode) MAPPER.readTree(ConformanceJson.of(result));
    }

    @Test
    void aReportIsWhatTheSchemaSays() throws JsonProcessingException {
        assertThat(SCHEMA.validate(report())).isEmpty();
    }

    @Test
    void aReportOfTwoReleasesNamesBoth() throws JsonProcessingException {
        ReleaseInfo peer = new ReleaseInfo("openbsd-4.5", Dialect.of("v5draft"), "OpenBSD 4.5.");
        ObjectNode report = report(List.of(peer, peer));

        assertThat(SCHEMA.validate(report)).isEmpty();
        assertThat(report.get("release").asText()).isEqualTo("openbsd-4.6");
        assertThat(report.get("peers")).hasToString("[{\"release\":\"openbsd-4.5\",\"dialect\":\"v5draft\"}]");
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken("no release", report -> report.remove("release"), "release"),
                broken("another suite", report -> report.put("suite", "other"), "suite"),
                broken("a verdict of its own", report -> requirement(report, 0).put("verdict", "good"), "verdict"),
                broken(
                        "a peer without a dialect",
                        report -> report.putArray("peers").addObject().put("release", "openbsd-4.5"),
                        "dialect"),
                broken("no id", report -> requirement(report, 0).put("id", "FRAME-1"), "id"),
                broken("no source", report -> requirement(report, 0).putArray("source"), "source"),
                broken("seconds as text", report -> report.put("seconds", "1.5"), "seconds"),
                broken(
                        "a failure that expects nothing",
                        report -> aCase(report, 1).remove("expected"),
                        "expected"),
                broken("a skip without reason", report -> aCase(report, 3).remove("reason"), "reason"),
                broken("a pass without evidence", report -> aCase(report, 0).remove("evidence"), "evidence"),
                broken(
                        "a baseline without its changes",
                        report -> report.putObject("baseline").put("known", 1),
                        "changes"),
                broken("evidence elsewhere", report -> aCase(report, 0).put("evidence", "../x"), "evidence"));
    }

    private static Arguments broken(String what, Consumer<ObjectNode> breakage, String where) {
        return Arguments.of(what, breakage, where);
    }

    private static ObjectNode requirement(JsonNode report, int index) {
        return (ObjectNode) report.get("requirements").get(index);
    }

    private static ObjectNode aCase(JsonNode report, int index) {
        return (ObjectNode) requirement(report, index).get("cases").get(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void aBrokenReportIsRefused(String what, Consumer<ObjectNode> breakage, String where)
            throws JsonProcessingException {
        ObjectNode report = report();
        breakage.accept(report);

        Set<ValidationMessage> messages = SCHEMA.validate(report);

        assertThat(messages).as(what).anyMatch(message -> message.getMessage().contains(where));
    }
}
