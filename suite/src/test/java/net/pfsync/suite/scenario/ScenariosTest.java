package net.pfsync.suite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Our personas send what the recorded kernels sent in the same scenarios. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosTest {

    private static final Path OBSERVED = Path.of("..", "fixtures", "observed");
    private static final int PERCENT = 95;

    private final List<PlayedScenario> played = new ArrayList<>();

    @BeforeAll
    void play() throws IOException {
        for (Scenario scenario : Scenarios.all()) {
            played.add(PlayedScenario.play(OBSERVED, scenario));
        }
    }

    @Test
    void atLeastNinetyFiveOfAHundredFramesMatchInOrderAndKind() {
        long pairs = played.stream()
                .mapToLong(each -> each.alignment().pairs().size())
                .sum();
        long frames = played.stream()
                .map(PlayedScenario::alignment)
                .mapToLong(each -> Math.max(each.recorded(), each.ours()))
                .sum();
        assertThat(pairs * 100).as("%d of %d", pairs, frames).isGreaterThanOrEqualTo(frames * PERCENT);
    }

    @Test
    void whatDiffersIsExplained() {
        assertThat(played)
                .filteredOn(each -> each.scenario().differs().isEmpty())
                .allSatisfy(each -> assertThat(each.alignment().rows())
                        .as(each.scenario().name())
                        .allMatch(row -> row.pair()
                                && ScenarioTable.sameStates(row)
                                && ScenarioTable.sameFlags(row)
                                && ScenarioTable.sameTime(row)));
    }

    @Test
    void flagsOfStatesAreNeverDifferent() {
        assertThat(played).flatExtracting(each -> each.alignment().pairs()).allMatch(ScenarioTable::sameFlags);
    }

    @Test
    void theTableIsNotStale() throws IOException {
        String written = Files.readString(OBSERVED.resolve("SCENARIOS.md"));
        assertThat(ScenarioTable.of(played))
                .as("made by: ci/pfsync scenarios fixtures/observed > fixtures/observed/SCENARIOS.md")
                .isEqualTo(written);
    }

    @Test
    void theCapturesOfTrafficBulkAndDeferAreAllPlayed() throws IOException {
        List<String> names = Scenarios.all().stream()
                .flatMap(each -> each.captures().stream())
                .toList();
        for (String kernel : List.of("openbsd-4.5", "openbsd-4.6", "openbsd-7.6")) {
            try (Stream<Path> files = Files.list(OBSERVED.resolve(kernel).resolve("captures"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .filteredOn(name -> name.matches("(0[1-5]|s[1-5]).*"))
                        .filteredOn(name -> !name.matches(".*(client|server|lan[12])\\.pcap"))
                        .allMatch(names::contains);
            }
        }
    }
}
