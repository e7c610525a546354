package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.pfsync.release.Release;
import net.pfsync.suite.replay.CaseResult.Standing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our personas do what the three recorded kernels did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedKernelsTest {

    private static final Set<String> KERNELS = Set.of("openbsd-4.5", "openbsd-4.6", "openbsd-7.6");
    private static final int PERCENT = 98;
    private static final int PERCENT_FORWARDING = 95;

    private final Map<String, ReplayReport> reports = new LinkedHashMap<>();
    private Ledger ledger;

    @BeforeAll
    void play(@TempDir Path folder) throws Exception {
        ledger = Ledger.read(new String(read("LEDGER.md"), StandardCharsets.UTF_8).lines());
        for (String kernel : new TreeSet<>(KERNELS)) {
            Path file = Files.write(folder.resolve(kernel + ".jsonl"), read(kernel + "/cases.jsonl"));
            Replay replay = new Replay(new FirewallPlayer(Release.of(kernel)));
            reports.put(kernel, replay.run(kernel, file, CaseReader.read(file)));
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = RecordedKernelsTest.class.getResourceAsStream("/fixtures/observed/" + name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void everyCaseAgreesOrStandsInTheLedgerAsItDiffers(String kernel) {
        Map<String, String> expected = new LinkedHashMap<>();
        ledger.of(kernel).forEach(entry -> expected.put(entry.id(), entry.differs()));
        Map<String, String> differing = new LinkedHashMap<>();
        reports.get(kernel).differing().forEach(result -> differing.put(result.id(), result.whatDiffers()));
        assertThat(differing).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void atLeastNinetyEightOfAHundredAgree(String kernel) {
        ReplayReport report = reports.get(kernel);
        assertThat(report.agreeing() * 100).as(report.summary()).isGreaterThanOrEqualTo(report.compared() * PERCENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void atLeastNinetyFiveOfAHundredThatNeedForwardingAgree(String kernel) {
        List<CaseResult> forwarding = reports.get(kernel).results().stream()
                .filter(result -> result.recorded().needs().contains("forwarding"))
                .filter(result -> result.standing() != Standing.LEFT_OUT)
                .toList();
        long agreeing = forwarding.stream()
                .filter(result -> result.standing() == Standing.AGREES)
                .count();
        assertThat(agreeing * 100)
                .as("%d of %d", agreeing, forwarding.size())
                .isGreaterThanOrEqualTo(forwarding.size() * (long) PERCENT_FORWARDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void onlyCasesThatAreNotComparableAreLeftOut(String kernel) {
        assertThat(reports.get(kernel).results())
                .filteredOn(result -> result.standing() == Standing.LEFT_OUT)
                .noneMatch(result -> result.recorded().comparable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void casesInWhichTheKernelStoppedAreAmongThem(String kernel) {
        assertThat(reports.get(kernel).results())
                .filteredOn(result -> result.recorded().stopped())
                .noneMatch(result -> result.standing() == Standing.LEFT_OUT);
    }

    /** A comparison that overlooks something would agree with a firewall that did it. */
    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-4.6", "openbsd-7.6"})
    void anyChangeToWhatWeDidIsNoticed(String kernel) {
        for (CaseResult result : reports.get(kernel).results()) {
            if (result.standing() == Standing.AGREES) {
                new Changes(result)
                        .forEach((what, changed) -> assertThat(CaseComparison.compare(result.recorded(), changed))
                                .as("%s %s: %s", kernel, result.id(), what)
                                .isNotEmpty());
            }
        }
    }

    @Test
    void everyEntryOfTheLedgerIsComplete() {
        assertThat(ledger.entries()).allSatisfy(entry -> {
            assertThat(entry.kernel()).isIn(KERNELS);
            assertThat(List.of(entry.id(), entry.differs(), entry.reason())).noneMatch(String::isBlank);
        });
    }

    @Test
    void theLedgerIsATable() {
        List<String> lines = List.of(
                "# Heading", "", "| kernel | case | what differs | reason |", "|---|---|---|---|", "| k | c | d | r |");
        assertThat(Ledger.read(lines.stream()).of("k")).containsExactly(new Ledger.Entry("k", "c", "d", "r"));
    }
}
