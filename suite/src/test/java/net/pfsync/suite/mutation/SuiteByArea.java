package net.pfsync.suite.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.release.Release;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases as tests of the reference firewall, an area at a time, for {@code ci/mutation}: a mutant dies of the first case that does not pass. The build
 * leaves it out, because {@code WholeSuiteTest} has all of it.
 */
class SuiteByArea {

    private static final long SEED = 240;
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final List<FoundCase> CASES = CaseFinder.in("net.pfsync.suite.cases");

    static Stream<Arguments> areas() {
        return Stream.of("reference-v5", "reference-v6")
                .flatMap(
                        release -> CATALOGUE.areas().stream().map(Area::name).map(area -> Arguments.of(release, area)));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void passes(String release, String area) {
        List<CaseOutcome> bad = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                if (outcome.verdict() != Verdict.PASS && outcome.verdict() != Verdict.SKIPPED) {
                    bad.add(outcome);
                }
            }
        };
        Arena arena = new EmbeddedArena(Release.of(release));
        CaseRun run = new CaseRun(CATALOGUE, arena, SEED, listener, () -> !bad.isEmpty());

        SuiteRunner.run(
                run,
                CASES.stream()
                        .filter(found -> found.id().startsWith("PFSYNC-" + area + "-"))
                        .toList());

        assertThat(bad).isEmpty();
    }
}
