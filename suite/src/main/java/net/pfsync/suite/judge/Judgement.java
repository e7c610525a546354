package net.pfsync.suite.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.suite.report.ReportDirectory;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.report.StoredReport;
import net.pfsync.suite.report.StoredReport.StoredCase;
import net.pfsync.suite.report.StoredReport.StoredRequirement;
import net.pfsync.suite.requirement.CaseOutcome;

/**
 * What became of the cases of a report when they were repeated.
 *
 * @param cases how many there were in the report
 * @param verdicts those whose verdict is another one now, a line each
 * @param evidence those that came to the same verdict by other evidence, a line each
 */
public record Judgement(int cases, List<String> verdicts, List<String> evidence) {

    /** Files that do not say what a case observed. */
    private static final Set<String> ASIDE = Set.of("repeat.txt", "ladder.svg");

    /**
     * Compares.
     *
     * @param report what an earlier run left
     * @param info what the repetition was about
     * @param outcomes how the cases ended this time
     * @return the differences
     * @throws IOException if the stored evidence cannot be read
     */
    public static Judgement of(StoredReport report, RunInfo info, List<CaseOutcome> outcomes) throws IOException {
        Map<String, CaseOutcome> now = new HashMap<>();
        outcomes.forEach(outcome -> now.put(key(outcome), outcome));
        Set<String> stored = new LinkedHashSet<>();
        List<String> verdicts = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (StoredRequirement requirement : report.requirements()) {
            for (StoredCase one : requirement.cases()) {
                String key = key(requirement.id(), one.name());
                stored.add(key);
                CaseOutcome again = now.get(key);
                if (again == null) {
                    verdicts.add(key + ": was " + one.verdict() + ", the suite does not have it any more");
                } else if (again.verdict() != one.verdict()) {
                    String why = again.observed().isEmpty() ? "" : ": " + again.observed();
                    verdicts.add(key + ": was " + one.verdict() + ", is " + again.verdict() + why);
                } else {
                    Set<String> changed = changed(report.directory(), info, again);
                    if (!changed.isEmpty()) {
                        evidence.add(key + ": " + one.verdict() + " again, other " + String.join(", ", changed));
                    }
                }
            }
        }
        outcomes.stream()
                .filter(outcome -> !stored.contains(key(outcome)))
                .forEach(outcome ->
                        verdicts.add(key(outcome) + ": is " + outcome.verdict() + ", the report does not have it"));
        return new Judgement(stored.size(), verdicts, evidence);
    }

    private static String key(CaseOutcome outcome) {
        return key(outcome.entry().id(), outcome.name());
    }

    private static String key(String id, String name) {
        return id + " " + name;
    }

    /** The files of a case that are not, byte for byte, what they were. */
    private static Set<String> changed(Path report, RunInfo info, CaseOutcome again) throws IOException {
        Map<String, byte[]> files = ReportDirectory.files(info, again);
        Path folder = report.resolve(ReportDirectory.folder(again));
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(stored(folder));
        names.removeAll(ASIDE);
        Set<String> changed = new TreeSet<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (!files.containsKey(name)
                    || !Files.isRegularFile(file)
                    || !Arrays.equals(files.get(name), Files.readAllBytes(file))) {
                changed.add(name);
            }
        }
        return changed;
    }

    private static Set<String> stored(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Whether everything is as it was. */
    public boolean same() {
        return verdicts.isEmpty() && evidence.isEmpty();
    }
}
