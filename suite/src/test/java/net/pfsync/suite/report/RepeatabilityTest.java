package net.pfsync.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pfsync.release.Release;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** The whole suite, again and again: one seed gives one report, byte for byte, and another seed another order with the same verdicts. */
class RepeatabilityTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final int RUNS = 5;
    private static final long SEED = 240;

    /**
     * A run.
     *
     * @param order the cases as they ended
     * @param evidence a digest of everything that each left behind
     * @param verdicts what each came to
     * @param json the report for programs
     */
    private record Run(List<String> order, Map<String, String> evidence, Map<String, Verdict> verdicts, String json) {}

    private static Run run(String release, long seed) {
        Arena arena = new EmbeddedArena(Release.of(release));
        RunInfo info = new RunInfo(
                arena.release(), List.of(), arena.name(), "", seed, false, "1.0", Instant.EPOCH, "ci/pfsync check");
        List<String> order = new ArrayList<>();
        Map<String, String> evidence = new TreeMap<>();
        Map<String, Verdict> verdicts = new TreeMap<>();
        List<CaseOutcome> outcomes = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                String key = outcome.entry().id() + " " + outcome.name();
                order.add(key);
                evidence.put(key, digest(ReportDirectory.files(info, outcome)));
                verdicts.put(key, outcome.verdict());
                outcomes.add(outcome);
            }
        };
        SuiteRunner.run(
                new CaseRun(CATALOGUE, arena, seed, listener, () -> false), CaseFinder.in("net.pfsync.suite.cases"));
        String json = ConformanceJson.of(new RunResult(info, CATALOGUE, outcomes, false, Duration.ZERO));
        return new Run(order, evidence, verdicts, json);
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneSeedGivesTheSameReportByteForByte() {
        Run first = run("reference-v5", SEED);

        for (int i = 1; i < RUNS; i++) {
            Run again = run("reference-v5", SEED);
            assertThat(again.order()).isEqualTo(first.order());
            assertThat(again.evidence()).isEqualTo(first.evidence());
            assertThat(again.json()).isEqualTo(first.json());
        }
    }

    @Test
    void anotherSeedIsAnotherOrderAndTheSameVerdicts() {
        Run one = run("openbsd-4.6", SEED);
        Run other = run("openbsd-4.6", 7);

        assertThat(other.order()).isNotEqualTo(one.order()).containsExactlyInAnyOrderElementsOf(one.order());
        assertThat(other.verdicts()).isEqualTo(one.verdicts()).containsValue(Verdict.FAIL);
    }
}
