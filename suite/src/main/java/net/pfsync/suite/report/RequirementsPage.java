package net.pfsync.suite.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Deviation;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Untested;
import net.pfsync.suite.fault.NoticedFault;
import net.pfsync.suite.verdict.Verdict;

/** The catalogue as a page: each sentence with its source, its cases, and who is known to do otherwise. */
final class RequirementsPage {

    private RequirementsPage() {}

    static String of(RunResult result, Map<String, List<String>> cases, List<NoticedFault> faults) {
        Catalogue catalogue = result.catalogue();
        Map<Entry, Verdict> verdicts = result.verdicts();
        List<Map<String, Object>> areas = new ArrayList<>();
        for (Area area : catalogue.areas()) {
            List<Map<String, Object>> requirements = catalogue.entries().stream()
                    .filter(entry -> entry.area().equals(area))
                    .map(entry -> requirement(
                            catalogue, entry, cases.getOrDefault(entry.id(), List.of()), verdicts.get(entry), faults))
                    .toList();
            areas.add(Map.of("name", area.name(), "title", area.title(), "requirements", requirements));
        }
        return Page.of(
                "requirements.ftlh",
                Map.of(
                        "areas",
                        areas,
                        "release",
                        result.info().tested(),
                        "version",
                        result.info().version(),
                        "count",
                        catalogue.entries().size(),
                        "cases",
                        cases.values().stream().mapToInt(List::size).sum(),
                        "untested",
                        catalogue.untested().size()));
    }

    private static Map<String, Object> requirement(
            Catalogue catalogue, Entry entry, List<String> cases, Verdict verdict, List<NoticedFault> faults) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        map.put("level", entry.level().name());
        map.put("severity", lower(entry.severity()));
        map.put("sentence", entry.sentence());
        map.put("why", entry.why());
        map.put(
                "source",
                entry.sources().stream()
                        .map(source -> Map.of("rank", lower(source.rank()), "ref", source.ref()))
                        .toList());
        map.put("dialects", String.join(", ", entry.dialects()));
        map.put("needs", entry.needs().stream().map(Object::toString).toList());
        map.put(
                "deviations",
                entry.deviations().stream().map(RequirementsPage::deviation).toList());
        map.put("cases", cases);
        map.put(
                "faults",
                faults.stream()
                        .filter(fault ->
                                fault.cases().stream().anyMatch(one -> one.id().equals(entry.id())))
                        .map(fault ->
                                Map.of("anchor", FaultsPage.anchor(fault), "name", fault.name(), "base", fault.base()))
                        .toList());
        map.put("untested", catalogue.untested(entry.id()).map(Untested::reason).orElse(""));
        map.put("verdict", verdict == null ? "" : lower(verdict));
        return map;
    }

    private static Map<String, String> deviation(Deviation deviation) {
        return Map.of("release", deviation.whose(), "how", deviation.how(), "seen", deviation.seen());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
