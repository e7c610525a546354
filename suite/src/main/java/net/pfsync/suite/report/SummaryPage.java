package net.pfsync.suite.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Level;
import net.pfsync.suite.catalogue.Severity;
import net.pfsync.suite.evidence.EvidenceFiles;
import net.pfsync.suite.verdict.Verdict;

/**
 * The page for a customer: what was tested, the verdict, what failed with its reason, source and evidence, then everything
 * else. It is {@code conformance.json} for people.
 */
final class SummaryPage {

    private SummaryPage() {}

    static String of(RunResult result) {
        Map<Entry, Verdict> verdicts = result.verdicts();
        Map<String, Object> model = new HashMap<>();
        model.put("tested", result.info().tested());
        model.put("run", ConformanceJson.map(result));
        model.put("cases", result.outcomes().size());
        model.put("verdicts", words(Verdict.values()));
        model.put(
                "byLevel",
                counts(
                        verdicts,
                        entry -> entry.level().name(),
                        List.of(Level.values()).stream().map(Level::name).toList()));
        model.put(
                "byArea",
                counts(
                        verdicts,
                        entry -> entry.area().title(),
                        result.catalogue().areas().stream()
                                .map(area -> area.title())
                                .toList()));
        model.put("failed", of(result, Verdict.FAIL));
        model.put("disagreeing", of(result, Verdict.DISAGREE));
        model.put("unknown", of(result, Verdict.UNKNOWN));
        model.put("skipped", of(result, Verdict.SKIPPED));
        model.put("passed", of(result, Verdict.PASS));
        model.put("ladder", EvidenceFiles.LADDER);
        model.put("picture", EvidenceFiles.PICTURE);
        model.put("capture", EvidenceFiles.CAPTURE);
        return Page.of("summary.ftlh", model);
    }

    private static List<String> words(Enum<?>[] constants) {
        List<String> words = new ArrayList<>();
        for (Enum<?> constant : constants) {
            words.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** The requirements of one verdict as {@code conformance.json} has them, the most severe first. */
    private static List<Object> of(RunResult result, Verdict verdict) {
        Map<Entry, Verdict> verdicts = result.verdicts();
        return result.byRequirement().entrySet().stream()
                .filter(each -> verdicts.get(each.getKey()) == verdict)
                .sorted(Comparator.comparing(
                        each -> verdict.againstTarget() ? each.getKey().severity() : Severity.LOW))
                .map(each ->
                        (Object) ConformanceJson.requirement(result.info(), each.getKey(), verdict, each.getValue()))
                .toList();
    }

    /** How many requirements of each group came to which verdict; groups without any are left out. */
    private static List<Map<String, Object>> counts(
            Map<Entry, Verdict> verdicts, Function<Entry, String> group, List<String> groups) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : groups) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            long all = 0;
            for (Verdict verdict : Verdict.values()) {
                long count = verdicts.entrySet().stream()
                        .filter(each -> group.apply(each.getKey()).equals(name) && each.getValue() == verdict)
                        .count();
                row.put(verdict.name().toLowerCase(Locale.ROOT), count);
                all += count;
            }
            row.put("all", all);
            if (all > 0) {
                rows.add(row);
            }
        }
        return rows;
    }
}
