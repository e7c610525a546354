package net.pfsync.suite.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.pfsync.suite.baseline.Change;
import net.pfsync.suite.catalogue.Deviation;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.verdict.Verdict;

/** The report for programs. Its names are part of the suite's interface: they are added to, never changed. */
final class ConformanceJson {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ConformanceJson() {}

    static String of(RunResult result) {
        try {
            return MAPPER.writeValueAsString(map(result)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same before it is written. */
    static Map<String, Object> map(RunResult result) {
        RunInfo info = result.info();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("suite", "pfsync conformance");
        root.put("complete", !result.interrupted());
        root.put("version", info.version());
        root.put("release", info.release().name());
        root.put("description", info.release().description());
        root.put("dialect", info.release().dialect().name());
        root.put(
                "peers",
                info.peers().stream().distinct().map(ConformanceJson::peer).toList());
        root.put("lab", info.arena());
        root.put("seed", info.seed());
        root.put("thorough", info.thorough());
        root.put("command", info.command());
        root.put("started", info.started().toString());
        root.put("seconds", result.took().toMillis() / 1000.0);
        root.put("conclusion", result.conclusion().text());
        root.put("exit_code", result.conclusion().exitCode());
        root.put(
                "baseline", result.comparison().map(ConformanceJson::comparison).orElse(null));
        root.put("requirements_by_verdict", counts(result));
        Map<Entry, Verdict> verdicts = result.verdicts();
        root.put(
                "requirements",
                result.byRequirement().entrySet().stream()
                        .map(each -> requirement(info, each.getKey(), verdicts.get(each.getKey()), each.getValue()))
                        .toList());
        root.put(
                "untested",
                result.catalogue().untested().stream()
                        .map(untested -> Map.of("id", untested.id(), "reason", untested.reason()))
                        .toList());
        return root;
    }

    private static Map<String, Object> peer(ReleaseInfo peer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("release", peer.name());
        map.put("dialect", peer.dialect().name());
        return map;
    }

    private static Map<String, Object> comparison(Comparison comparison) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("known", comparison.known());
        map.put(
                "changes",
                comparison.changes().stream().map(ConformanceJson::change).toList());
        return map;
    }

    private static Map<String, Object> change(Change change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", change.id());
        map.put("verdict", lower(change.now()));
        map.put("expected", lower(change.expected()));
        map.put("reason", change.known() == null ? "" : change.known().reason());
        return map;
    }

    private static Map<String, Object> counts(RunResult result) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            counts.put(lower(verdict), result.requirements(verdict));
        }
        return counts;
    }

    /** One requirement with its cases. */
    static Map<String, Object> requirement(RunInfo info, Entry entry, Verdict verdict, List<CaseOutcome> cases) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        map.put("area", entry.area().name());
        map.put("level", entry.level().name());
        map.put("severity", lower(entry.severity()));
        map.put("sentence", entry.sentence());
        map.put("why", entry.why());
        map.put(
                "source",
                entry.sources().stream()
                        .map(source -> Map.of("rank", lower(source.rank()), "ref", source.ref()))
                        .toList());
        map.put("verdict", lower(verdict));
        map.put(
                "known_deviation",
                info.known(entry).map(ConformanceJson::deviation).orElse(null));
        map.put("repeat", info.repeat(entry.id()));
        map.put("cases", cases.stream().map(ConformanceJson::outcome).toList());
        return map;
    }

    private static Map<String, Object> deviation(Deviation deviation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("how", deviation.how());
        map.put("seen", deviation.seen());
        return map;
    }

    private static Map<String, Object> outcome(CaseOutcome outcome) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("case", outcome.name());
        map.put("verdict", lower(outcome.verdict()));
        switch (outcome.verdict()) {
            case FAIL, DISAGREE -> {
                map.put("expected", outcome.expected());
                map.put("observed", outcome.observed());
                map.put("where", outcome.where());
            }
            case UNKNOWN, SKIPPED -> map.put("reason", outcome.observed());
            case PASS -> {}
        }
        if (outcome.evidence() != null) {
            map.put("protocol_seconds", outcome.time().toMillis() / 1000.0);
            map.put("evidence", ReportDirectory.folder(outcome));
        }
        return map;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
