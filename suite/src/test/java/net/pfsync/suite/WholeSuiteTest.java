package net.pfsync.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.release.Release;
import net.pfsync.suite.baseline.Baseline;
import net.pfsync.suite.baseline.Change;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Need;
import net.pfsync.suite.lab.AlteredArena;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.report.RunResult;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The suite against every release: the references meet all requirements, and each persona fails exactly those whose entries
 * name it. A deviation that does not show any more is as wrong as one that nobody knows.
 */
class WholeSuiteTest {

    private static final long SEED = 240;

    static Stream<String> releases() {
        return Release.all().stream().map(Release::name);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void failsExactlyTheRequirementsWhoseDeviationsNameIt(String release) {
        Catalogue catalogue = Catalogue.load();

        List<CaseOutcome> outcomes = run(catalogue, new EmbeddedArena(Release.of(release)));

        Set<String> wanted = catalogue.entries().stream()
                .filter(entry -> entry.deviation(release).isPresent()
                        && catalogue.untested(entry.id()).isEmpty())
                .map(Entry::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(outcomes)
                .as("cases that could not be told")
                .filteredOn(outcome -> outcome.verdict() == Verdict.UNKNOWN)
                .isEmpty();
        assertThat(outcomes)
                .as("failures that no entry explains")
                .filteredOn(outcome -> outcome.verdict().againstTarget()
                        && !wanted.contains(outcome.entry().id()))
                .isEmpty();
        assertThat(failed(outcomes)).as("known deviations").containsExactlyElementsOf(wanted);
        assertThat(changes(catalogue, release, outcomes))
                .as("changes against fixtures/baselines/%s.yaml", release)
                .isEmpty();
    }

    /** What a firewall is to another that was not upgraded, or was: whatever needs two of them, and nothing fails but what an entry says of that pair. */
    @ParameterizedTest
    @CsvSource({
        "reference-v5, reference-v6",
        "reference-v6, reference-v5",
        "openbsd-4.5, openbsd-4.6",
        "openbsd-4.6, openbsd-4.5",
    })
    void besideAnotherReleaseFailsExactlyWhatIsKnownOfBoth(String release, String peer) {
        Catalogue catalogue = Catalogue.load();
        Arena arena = new EmbeddedArena(Release.of(release), Release.of(peer), Sabotage.NONE);
        boolean apart = arena.capabilities().contains(Capability.FOREIGN_PEER);

        List<CaseOutcome> outcomes = run(catalogue, arena, WholeSuiteTest::ofTwo);

        assertThat(outcomes)
                .as("cases that need a peer of the %s version", apart ? "same" : "other")
                .filteredOn(outcome -> outcome.entry().needs().contains(Need.FOREIGN_PEER) != apart)
                .isNotEmpty()
                .allMatch(outcome -> outcome.verdict() == Verdict.SKIPPED);
        List<CaseOutcome> told = outcomes.stream()
                .filter(outcome -> outcome.verdict() != Verdict.SKIPPED)
                .toList();
        assertThat(told).hasSizeGreaterThanOrEqualTo(apart ? 6 : 50);
        assertThat(told).noneMatch(outcome -> outcome.verdict() == Verdict.UNKNOWN);
        assertThat(failed(told))
                .containsExactlyElementsOf(told.stream()
                        .map(CaseOutcome::entry)
                        .filter(entry -> entry.deviation(release, peer).isPresent())
                        .map(Entry::id)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean ofTwo(Entry entry) {
        return entry.needs().contains(Need.FOREIGN_PEER)
                || entry.needs().contains(Need.TWO_FIREWALLS)
                || entry.needs().contains(Need.THREE_FIREWALLS);
    }

    private static List<Change> changes(Catalogue catalogue, String release, List<CaseOutcome> outcomes) {
        Arena arena = new EmbeddedArena(Release.of(release));
        RunInfo info = new RunInfo(arena.release(), List.of(), arena.name(), "", SEED, false, "", Instant.EPOCH, "");
        RunResult result = new RunResult(info, catalogue, outcomes, false, Duration.ZERO);
        return Baseline.of(release, catalogue).orElseThrow().changes(result.verdicts());
    }

    /** What a case needs besides the wire stands in its requirement, so that a target without a console can be tested. */
    @Test
    void withoutAConsoleEveryCaseThatDoesNotNeedOneStillPasses() {
        Catalogue catalogue = Catalogue.load();

        List<CaseOutcome> outcomes = run(catalogue, new AlteredArena().withoutConsole());

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.verdict() != Verdict.PASS && outcome.verdict() != Verdict.SKIPPED)
                .isEmpty();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.verdict() == Verdict.PASS)
                .hasSizeGreaterThan(80);
    }

    private static Set<String> failed(List<CaseOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.verdict().againstTarget())
                .map(outcome -> outcome.entry().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<CaseOutcome> run(Catalogue catalogue, Arena arena) {
        return run(catalogue, arena, entry -> true);
    }

    private static List<CaseOutcome> run(Catalogue catalogue, Arena arena, Predicate<Entry> chosen) {
        List<CaseOutcome> outcomes = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                outcomes.add(outcome);
            }
        };
        CaseRun run = new CaseRun(catalogue, arena, SEED, listener, () -> false);
        SuiteRunner.run(
                run,
                CaseFinder.in("net.pfsync.suite.cases").stream()
                        .filter(found -> chosen.test(catalogue.find(found.id()).orElseThrow()))
                        .toList());
        return outcomes;
    }
}
