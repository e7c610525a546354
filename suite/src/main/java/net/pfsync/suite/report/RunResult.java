package net.pfsync.suite.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.suite.baseline.Baseline;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;

/**
 * How a run ended.
 *
 * @param info what it was about
 * @param catalogue the requirements
 * @param outcomes how each case ended, in the order of the catalogue
 * @param interrupted whether it was interrupted, so that cases are missing
 * @param took how long it took, in real time
 * @param baseline what is known of the release, null if the run is not compared with that
 */
public record RunResult(
        RunInfo info,
        Catalogue catalogue,
        List<CaseOutcome> outcomes,
        boolean interrupted,
        Duration took,
        Baseline baseline) {

    /** From bad to good: the verdict of a requirement is the worst of its cases. */
    private static final List<Verdict> WORST_FIRST =
            List.of(Verdict.FAIL, Verdict.DISAGREE, Verdict.UNKNOWN, Verdict.PASS, Verdict.SKIPPED);

    /** Sorts the outcomes as the catalogue has them. */
    public RunResult {
        List<Entry> order = catalogue.entries();
        List<CaseOutcome> sorted = new ArrayList<>(outcomes);
        Map<Entry, Integer> places = new LinkedHashMap<>();
        order.forEach(entry -> places.put(entry, places.size()));
        sorted.sort(Comparator.comparing((CaseOutcome outcome) -> places.get(outcome.entry()))
                .thenComparing(CaseOutcome::methodName));
        outcomes = List.copyOf(sorted);
    }

    /** A run that is not compared with a baseline. */
    public RunResult(
            RunInfo info, Catalogue catalogue, List<CaseOutcome> outcomes, boolean interrupted, Duration took) {
        this(info, catalogue, outcomes, interrupted, took, null);
    }

    /** The run beside its baseline, if it is compared with one. */
    public Optional<Comparison> comparison() {
        return Optional.ofNullable(baseline).map(known -> Comparison.of(known, verdicts()));
    }

    /** The outcomes of each requirement that had cases, in the order of the catalogue. */
    public Map<Entry, List<CaseOutcome>> byRequirement() {
        Map<Entry, List<CaseOutcome>> grouped = new LinkedHashMap<>();
        for (CaseOutcome outcome : outcomes) {
            grouped.computeIfAbsent(outcome.entry(), entry -> new ArrayList<>()).add(outcome);
        }
        return grouped;
    }

    /** The verdict about each requirement that had cases. */
    public Map<Entry, Verdict> verdicts() {
        Map<Entry, Verdict> verdicts = new LinkedHashMap<>();
        byRequirement().forEach((entry, cases) -> verdicts.put(entry, worst(cases)));
        return verdicts;
    }

    private static Verdict worst(List<CaseOutcome> cases) {
        return WORST_FIRST.stream()
                .filter(verdict -> cases.stream().anyMatch(one -> one.verdict() == verdict))
                .findFirst()
                .orElseThrow();
    }

    /** How many requirements came to a verdict. */
    public long requirements(Verdict verdict) {
        return verdicts().values().stream().filter(one -> one == verdict).count();
    }

    /** How many cases ended in a verdict. */
    public long cases(Verdict verdict) {
        return outcomes.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** What the run comes to. */
    public Conclusion conclusion() {
        if (interrupted) {
            return Conclusion.INTERRUPTED;
        }
        if (cases(Verdict.FAIL) + cases(Verdict.DISAGREE) > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        if (cases(Verdict.PASS) == 0 && cases(Verdict.UNKNOWN) == 0) {
            return Conclusion.NOTHING_RAN;
        }
        return cases(Verdict.UNKNOWN) > 0 ? Conclusion.UNKNOWN : Conclusion.CONFORMANT;
    }
}
