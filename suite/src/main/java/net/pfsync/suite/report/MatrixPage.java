package net.pfsync.suite.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.report.StoredReport.StoredRequirement;
import net.pfsync.suite.verdict.Verdict;

/** Requirements and releases as one page: what each of several runs came to, side by side. */
public final class MatrixPage {

    private final Path file;
    private final Catalogue catalogue;
    private final List<StoredReport> reports;
    private final List<Map<String, StoredRequirement>> columns = new ArrayList<>();

    private MatrixPage(Path file, Catalogue catalogue, List<StoredReport> reports) {
        this.file = file;
        this.catalogue = catalogue;
        this.reports = reports;
        for (StoredReport report : reports) {
            Map<String, StoredRequirement> column = new LinkedHashMap<>();
            report.requirements().forEach(one -> column.put(one.id(), one));
            columns.add(column);
        }
    }

    /**
     * Makes the page.
     *
     * @param file where it will lie; its links to the reports are relative to that
     * @param catalogue the order and the titles of the areas
     * @param reports a column each, in this order
     * @return the page
     */
    public static String of(Path file, Catalogue catalogue, List<StoredReport> reports) {
        MatrixPage page = new MatrixPage(file.toAbsolutePath().normalize(), catalogue, reports);
        return Page.of("matrix.ftlh", Map.of("columns", page.heads(), "areas", page.areas()));
    }

    private List<Map<String, Object>> heads() {
        List<Map<String, Object>> heads = new ArrayList<>();
        for (StoredReport report : reports) {
            Map<String, Object> head = new HashMap<>(counts(report.requirements()));
            head.put("release", report.tested());
            head.put("lab", report.lab());
            head.put("started", report.started());
            head.put("complete", report.complete());
            head.put("href", href(report));
            heads.add(head);
        }
        return heads;
    }

    private String href(StoredReport report) {
        Path summary = report.directory().resolve(RunReport.SUMMARY);
        return Objects.equals(file.getRoot(), summary.getRoot())
                ? file.getParent().relativize(summary).toString().replace('\\', '/')
                : summary.toUri().toString();
    }

    private List<Map<String, Object>> areas() {
        Map<String, Map<String, StoredRequirement>> byArea = new LinkedHashMap<>();
        catalogue.areas().forEach(area -> byArea.put(area.name(), new LinkedHashMap<>()));
        catalogue
                .entries()
                .forEach(entry -> columns.stream()
                        .map(column -> column.get(entry.id()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .ifPresent(one -> byArea.get(entry.area().name()).put(one.id(), one)));
        columns.forEach(column -> column.values()
                .forEach(one -> byArea.computeIfAbsent(one.area(), name -> new LinkedHashMap<>())
                        .putIfAbsent(one.id(), one)));
        return byArea.entrySet().stream()
                .filter(area -> !area.getValue().isEmpty())
                .map(area -> area(area.getKey(), List.copyOf(area.getValue().values())))
                .toList();
    }

    private Map<String, Object> area(String name, List<StoredRequirement> requirements) {
        List<Map<String, Object>> rows = requirements.stream()
                .map(one -> Map.of(
                        "id", one.id(), "level", one.level(), "sentence", one.sentence(), "cells", cells(one.id())))
                .toList();
        List<Map<String, Object>> counts = columns.stream()
                .map(column -> counts(column.values().stream()
                        .filter(one -> one.area().equals(name))
                        .toList()))
                .toList();
        String title = catalogue.areas().stream()
                .filter(area -> area.name().equals(name))
                .map(area -> area.title())
                .findFirst()
                .orElse(name);
        return Map.of("name", name, "title", title, "rows", rows, "counts", counts);
    }

    private List<Map<String, Object>> cells(String id) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Optional<StoredRequirement> one = Optional.ofNullable(columns.get(i).get(id));
            cells.add(Map.of(
                    "release", reports.get(i).tested(),
                    "verdict", one.map(found -> lower(found.verdict())).orElse(""),
                    "known",
                            one.map(found -> found.known() && found.verdict().againstTarget())
                                    .orElse(false),
                    "how", one.map(StoredRequirement::how).orElse(""),
                    "href", href(reports.get(i)) + "#" + id));
        }
        return cells;
    }

    private static Map<String, Object> counts(List<StoredRequirement> requirements) {
        Map<String, Object> counts = new HashMap<>();
        for (Verdict verdict : Verdict.values()) {
            counts.put(
                    lower(verdict),
                    requirements.stream()
                            .filter(one -> one.verdict() == verdict)
                            .count());
        }
        counts.put(
                "known",
                requirements.stream()
                        .filter(one -> one.known() && one.verdict().againstTarget())
                        .count());
        return counts;
    }

    private static String lower(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
