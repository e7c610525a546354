package net.pfsync.suite.report;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Deviation;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Severity;
import net.pfsync.suite.evidence.EvidenceFiles;
import net.pfsync.suite.evidence.Journal;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;

/** The results as Allure reads them: one result per case, with what was done as its steps and the evidence attached. */
final class AllureResults {

    private static final Map<Severity, String> SEVERITIES = Map.of(
            Severity.CRITICAL, "blocker", Severity.HIGH, "critical", Severity.MEDIUM, "normal", Severity.LOW, "minor");
    private static final Map<Verdict, Status> STATUSES = Map.of(
            Verdict.PASS, Status.PASSED,
            Verdict.FAIL, Status.FAILED,
            Verdict.DISAGREE, Status.FAILED,
            Verdict.UNKNOWN, Status.BROKEN,
            Verdict.SKIPPED, Status.SKIPPED);
    private static final String KNOWN = "known deviation: ";
    private static final String CATEGORIES = """
        [
          {"name": "Known deviations of this release", "matchedStatuses": ["failed"], "messageRegex": "(?s).*KNOWN.*"},
          {"name": "Requirements that are not met", "matchedStatuses": ["failed"], "messageRegex": "(?s)(?!.*(KNOWN|DISAGREE)).*"},
          {"name": "Console and wire contradict each other", "matchedStatuses": ["failed"], "messageRegex": "(?s)DISAGREE.*"},
          {"name": "Could not be told", "matchedStatuses": ["broken"]},
          {"name": "Does not apply to this dialect", "matchedStatuses": ["skipped"], "messageRegex": "does not apply.*"},
          {"name": "Not possible in this lab", "matchedStatuses": ["skipped"], "messageRegex": "needs.*"},
          {"name": "Not run", "matchedStatuses": ["skipped"], "messageRegex": "interrupted.*"}
        ]
        """.replace("KNOWN", KNOWN);

    private final RunInfo info;
    private final AllureLifecycle lifecycle;

    AllureResults(RunInfo info, Path directory) {
        this.info = info;
        this.lifecycle = new AllureLifecycle(new FileSystemResultsWriter(directory));
        try {
            Files.writeString(directory.resolve("categories.json"), CATEGORIES);
            String environment = environment(info).entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(directory.resolve("environment.properties"), environment, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands under "environment" in the report. */
    static Map<String, String> environment(RunInfo info) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Release", info.tested());
        environment.put("Description", info.release().description());
        environment.put("Dialect", info.release().dialect().name());
        environment.put("Lab", info.arena());
        environment.put("Seed", String.valueOf(info.seed()));
        environment.put("Suite", info.version());
        return environment;
    }

    /** A case begins: its real time is taken from here. */
    void started(String id, String method) {
        TestResult result = new TestResult().setUuid(uuid(id, method));
        lifecycle.scheduleTestCase(result);
        lifecycle.startTestCase(result.getUuid());
    }

    /** A case ended; one that did not begin is written as well. */
    void finished(CaseOutcome outcome, Map<String, byte[]> files) {
        String id = outcome.entry().id();
        String uuid = uuid(id, outcome.methodName());
        if (outcome.evidence() == null) {
            started(id, outcome.methodName());
        }
        lifecycle.updateTestCase(uuid, result -> describe(result, outcome));
        files.forEach((name, content) -> lifecycle.addAttachment(name, type(name), extension(name), content));
        lifecycle.stopTestCase(uuid);
        lifecycle.writeTestCase(uuid);
    }

    private static String type(String name) {
        return switch (extension(name)) {
            case ".pcap" -> "application/vnd.tcpdump.pcap";
            case ".svg" -> "image/svg+xml";
            default -> "text/plain";
        };
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.'));
    }

    private String uuid(String id, String method) {
        String name = String.join("/", info.release().name(), String.valueOf(info.seed()), id, method);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void describe(TestResult result, CaseOutcome outcome) {
        Entry entry = outcome.entry();
        String fullName = outcome.className() + "." + outcome.methodName();
        result.setName(entry.id() + " " + outcome.title())
                .setFullName(fullName)
                .setHistoryId(entry.id() + "/" + outcome.methodName())
                .setTestCaseId(entry.id())
                .setDescription(description(entry) + "\nAgain: `" + info.repeat(entry.id()) + "`\n")
                .setStatus(STATUSES.get(outcome.verdict()))
                .setStatusDetails(details(outcome))
                .setLabels(labels(outcome));
        if (outcome.evidence() != null) {
            String folder = ReportDirectory.folder(outcome);
            result.setLinks(List.of(
                    link("evidence", folder + "/"), link(EvidenceFiles.LADDER, folder + "/" + EvidenceFiles.LADDER)));
            result.setSteps(outcome.evidence().journal().stream()
                    .filter(note -> note.at().compareTo(outcome.evidence().beginning()) >= 0)
                    .map(note -> step(outcome.evidence().beginning(), note))
                    .toList());
        }
    }

    private static Link link(String name, String url) {
        return new Link().setName(name).setUrl(url).setType("link");
    }

    private StepResult step(Duration beginning, Journal.Entry note) {
        String at = String.format("%.4f s", note.at().minus(beginning).toNanos() / 1e9);
        long started = info.started().toEpochMilli();
        return new StepResult()
                .setName(at + "  " + note.who() + ": " + note.text())
                .setStatus(
                        note.text().startsWith("FAIL") || note.text().startsWith("DISAGREE")
                                ? Status.FAILED
                                : Status.PASSED)
                .setStage(Stage.FINISHED)
                .setStart(started)
                .setStop(started);
    }

    private String description(Entry entry) {
        String sources = entry.sources().stream()
                .map(source -> "- " + source.rank().name().toLowerCase(Locale.ROOT) + ": " + source.ref())
                .collect(Collectors.joining("\n"));
        return "**" + entry.level() + "** " + entry.sentence() + "\n\n" + entry.why() + "\n\nSources:\n\n" + sources
                + "\n";
    }

    private StatusDetails details(CaseOutcome outcome) {
        StringBuilder message = new StringBuilder();
        if (outcome.verdict().againstTarget()) {
            message.append(outcome.verdict() == Verdict.DISAGREE ? "DISAGREE\n" : "");
            message.append("expected: ").append(outcome.expected());
            message.append("\nobserved: ").append(outcome.observed());
            message.append("\nwhere: ").append(outcome.where());
            Optional<Deviation> known = info.known(outcome.entry());
            known.ifPresent(deviation -> message.append("\n").append(KNOWN).append(deviation.how()));
        } else {
            message.append(outcome.observed());
        }
        return new StatusDetails().setMessage(message.toString()).setTrace(outcome.trouble());
    }

    private List<Label> labels(CaseOutcome outcome) {
        Entry entry = outcome.entry();
        return List.of(
                label("parentSuite", entry.area().title()),
                label("suite", entry.id() + " " + entry.sentence()),
                label("epic", "pfsync conformance"),
                label("feature", entry.area().title()),
                label("story", entry.id() + " " + entry.sentence()),
                label("severity", SEVERITIES.get(entry.severity())),
                label("tag", entry.level().name()),
                label("tag", info.release().dialect().name()),
                label("package", "pfsync." + entry.area().name().toLowerCase(Locale.ROOT)),
                label("testClass", outcome.className()),
                label("testMethod", outcome.methodName()),
                label("framework", "pfsync conformance"),
                label("language", "java"));
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }
}
