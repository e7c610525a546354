package net.pfsync.suite.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.pfsync.suite.replay.CaseResult.Standing;

/**
 * What came of the cases of a file.
 *
 * @param release who played them
 * @param file where they are from
 * @param results one per case, in the order of the file
 */
record ReplayReport(String release, Path file, List<CaseResult> results) {

    ReplayReport {
        results = List.copyOf(results);
    }

    List<CaseResult> differing() {
        return results.stream()
                .filter(each -> each.standing() == Standing.DIFFERS)
                .toList();
    }

    long compared() {
        return results.stream()
                .filter(each -> each.standing() != Standing.LEFT_OUT)
                .count();
    }

    long agreeing() {
        return results.stream()
                .filter(each -> each.standing() == Standing.AGREES)
                .count();
    }

    private Map<String, Long> leftOut() {
        return results.stream()
                .filter(each -> each.standing() == Standing.LEFT_OUT)
                .collect(Collectors.groupingBy(CaseResult::reason, TreeMap::new, Collectors.counting()));
    }

    /** One line per differing case, and the sum. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        differing().forEach(each -> lines.add(each.line()));
        lines.add(summary());
        return lines;
    }

    String summary() {
        String sum = agreeing() + " of " + compared() + " comparable cases agree";
        Map<String, Long> leftOut = leftOut();
        if (leftOut.isEmpty()) {
            return sum;
        }
        return sum
                + leftOut.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", ", " (left out: ", ")"));
    }

    /** The same as data: maps, lists, texts and numbers. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("release", release);
        data.put("file", file.toString());
        data.put("comparable", compared());
        data.put("agree", agreeing());
        data.put("left_out", leftOut());
        data.put("cases", results.stream().map(ReplayReport::data).toList());
        return data;
    }

    private static Map<String, Object> data(CaseResult result) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", result.id());
        data.put("line", result.recorded().line());
        data.put("standing", result.standing().toString());
        if (!result.reason().isEmpty()) {
            data.put("reason", result.reason());
        }
        data.put("differences", result.differences());
        return data;
    }
}
