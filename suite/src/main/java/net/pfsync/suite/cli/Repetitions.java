package net.pfsync.suite.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.report.RunResult;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;

/** What the same cases came to in several runs. */
final class Repetitions {

    private final Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();

    /** Begins with a first run. */
    Repetitions(RunResult first) {
        first.outcomes().forEach(this::add);
    }

    private void add(CaseOutcome outcome) {
        verdicts.computeIfAbsent(outcome.entry().id() + " " + outcome.name(), name -> new ArrayList<>())
                .add(outcome.verdict());
    }

    /** Takes the verdicts of a further run. */
    CaseListener next() {
        return new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                add(outcome);
            }
        };
    }

    /** The cases that did not come to one and the same verdict, a line each. */
    List<String> unstable() {
        return verdicts.entrySet().stream()
                .filter(each -> each.getValue().stream().distinct().count() > 1)
                .map(each -> each.getKey() + ": "
                        + each.getValue().stream().map(Verdict::toString).collect(Collectors.joining(", ")))
                .toList();
    }
}
