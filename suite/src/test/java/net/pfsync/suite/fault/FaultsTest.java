package net.pfsync.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.pfsync.release.Quirk;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite notices every fault that it is known to notice; a survivor means that a case lost its sharpness. */
class FaultsTest {

    private static final long SEED = 240;
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final List<FoundCase> CASES = CaseFinder.in("net.pfsync.suite.cases");

    private static final List<FaultRun> RUNS = Faults.all().stream()
            .map(fault -> FaultRun.of(fault, CATALOGUE, fault.cases(CASES), SEED))
            .toList();

    static List<FaultRun> runs() {
        return RUNS;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyFaultIsNoticed(FaultRun run) {
        assertThat(run.noticed())
                .as("%s survives: it %s; outcomes %s", run.fault(), run.fault().sentence(), run.outcomes())
                .isTrue();
    }

    @Test
    void thePageIsTrue() throws IOException {
        assertThat(FaultTable.of(RUNS)).isEqualTo(Files.readString(Path.of("../fixtures/FAULTS.md")));
    }

    @Test
    void thePageIsReadBack() {
        List<NoticedFault> read = NoticedFault.read(FaultTable.of(RUNS));

        assertThat(read)
                .extracting(NoticedFault::name)
                .isEqualTo(RUNS.stream().map(run -> run.fault().name()).toList());
        assertThat(read)
                .extracting(NoticedFault::sentence)
                .isEqualTo(RUNS.stream().map(run -> run.fault().sentence()).toList());
        assertThat(read).allSatisfy(fault -> assertThat(fault.cases()).isNotEmpty());
    }

    @Test
    void withoutAFaultTheSameCasesPass() {
        for (String base : List.of(FaultList.V5, FaultList.V6)) {
            Fault none = new Fault("NONE", "is sound", base, Sabotage.NONE, List.of("PFSYNC-INS-01"));
            Set<String> named = Faults.all().stream()
                    .flatMap(fault -> fault.noticedBy().stream())
                    .collect(Collectors.toSet());

            FaultRun run = FaultRun.of(
                    none,
                    CATALOGUE,
                    CASES.stream().filter(found -> named.contains(found.id())).toList(),
                    SEED);

            assertThat(run.outcomes()).as(base).isEmpty();
        }
    }

    @Test
    void everyQuirkIsAFaultOrCannotBeProvoked() {
        Set<String> names = Faults.all().stream().map(Fault::name).collect(Collectors.toSet());
        for (Quirk quirk : Quirk.values()) {
            assertThat(names.contains(quirk.name())).as(quirk.name()).isNotEqualTo(QuirkFaults.UNSEEN.contains(quirk));
        }
    }

    @Test
    void thereAreSixtyInventedFaultsOverManyAreas() {
        List<Fault> invented =
                Faults.all().stream().filter(fault -> !isQuirk(fault.name())).toList();

        assertThat(invented.stream().map(Fault::name).distinct().count()).isGreaterThanOrEqualTo(60);
        assertThat(invented.stream()
                        .flatMap(fault -> fault.noticedBy().stream())
                        .map(id -> id.substring(0, id.lastIndexOf('-')))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(15);
    }

    /** What a firewall says of itself and what it sends are told apart from what it does wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TABLE_HIDES_NEWEST",
                "TABLE_SHOWS_OTHER_WINDOWS",
                "TABLE_KEEPS_REMOVED",
                "FORGETS_OPACKETS",
                "ANSWERS_WITH_OTHER_WINDOW"
            })
    void aLieOnTheConsoleOrOnTheWireIsAContradiction(String name) {
        assertThat(RUNS)
                .filteredOn(run -> run.fault().name().equals(name))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.outcomes())
                        .extracting(CaseOutcome::verdict)
                        .contains(Verdict.DISAGREE));
    }

    private static boolean isQuirk(String name) {
        return List.of(Quirk.values()).stream().anyMatch(quirk -> quirk.name().equals(name));
    }
}
