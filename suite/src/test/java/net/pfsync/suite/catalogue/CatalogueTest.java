package net.pfsync.suite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.release.Release;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.target.Capability;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final List<FoundCase> CASES = CaseFinder.in("net.pfsync.suite.cases");

    private final Set<String> withCase = CASES.stream().map(FoundCase::id).collect(Collectors.toSet());

    @Test
    void everyRequirementHasACaseOrAReasonWhyNot() {
        assertThat(CATALOGUE.entries())
                .extracting(Entry::id)
                .filteredOn(id -> CATALOGUE.untested(id).isEmpty())
                .allMatch(withCase::contains);
    }

    @Test
    void noRequirementHasBothACaseAndAReasonWhyNot() {
        assertThat(CATALOGUE.untested()).extracting(Untested::id).noneMatch(withCase::contains);
    }

    @Test
    void everyCaseChecksARequirementOfTheCatalogue() {
        assertThat(withCase).allMatch(id -> CATALOGUE.find(id).isPresent());
    }

    @Test
    void atLeastEightyRequirementsHaveCases() {
        assertThat(withCase).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void everyCaseIsAMethodThatTakesTheLabAndReturnsNothing() {
        assertThat(CASES).extracting(FoundCase::method).allSatisfy(method -> {
            assertThat(method.getParameterTypes()).containsExactly(Lab.class);
            assertThat(method.getReturnType()).isEqualTo(void.class);
            assertThat(Modifier.isPrivate(method.getModifiers())).isFalse();
        });
    }

    @Test
    void noTwoCasesOfARequirementHaveTheSameName() {
        assertThat(CASES)
                .extracting(found -> found.id() + "/" + found.method().getName())
                .doesNotHaveDuplicates();
    }

    @Test
    void sourcesStandBestRankFirst() {
        assertThat(CATALOGUE.entries())
                .allSatisfy(entry -> assertThat(entry.sources())
                        .as(entry.id())
                        .isSortedAccordingTo(Comparator.comparing(Source::rank)));
    }

    @Test
    void deviationsNameReleasesToWhichTheRequirementApplies() {
        for (Entry entry : CATALOGUE.entries()) {
            for (Deviation deviation : entry.deviations()) {
                Stream.of(deviation.release(), deviation.peer())
                        .filter(name -> !name.isEmpty())
                        .forEach(name -> assertThat(Release.of(name)).isNotNull());
                assertThat(deviation.release().isEmpty()
                                || entry.appliesTo(
                                        Release.of(deviation.release()).dialect()))
                        .as("%s applies to %s", entry.id(), deviation.whose())
                        .isTrue();
                assertThat(deviation.peer().isEmpty() || ofTwo(entry))
                        .as("%s needs a peer", entry.id())
                        .isTrue();
            }
            assertThat(entry.deviations()).extracting(Deviation::whose).doesNotHaveDuplicates();
        }
    }

    private static boolean ofTwo(Entry entry) {
        return entry.needs().stream()
                .anyMatch(need -> need.capabilities().contains(Capability.PEER)
                        || need.capabilities().contains(Capability.FOREIGN_PEER));
    }

    /** Beside a release that does otherwise they may have to count it. */
    @Test
    void theReferencesDeviateFromNothingByThemselves() {
        for (String reference : List.of("reference-v5", "reference-v6")) {
            assertThat(CATALOGUE.entries())
                    .allMatch(entry -> entry.deviation(reference).isEmpty());
        }
    }

    /** An id is quoted in reports for years. One that is given up stays in its file, with the reason in the ledger. */
    @Test
    void noIdEverVanishes() throws IOException {
        List<String> everUsed;
        try (InputStream in = CatalogueTest.class.getResourceAsStream("/ids-ever-used.txt")) {
            everUsed = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        List<String> present = CATALOGUE.entries().stream().map(Entry::id).toList();

        assertThat(present)
                .as("append new ids to src/test/resources/ids-ever-used.txt")
                .containsExactlyInAnyOrderElementsOf(everUsed);
    }

    @Test
    void everyFileIsOfAnAreaOfTheList() throws IOException {
        Path directory = Path.of("src/main/resources/requirements");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("areas.yaml", "untested.yaml"),
                                    CATALOGUE.areas().stream().map(CatalogueReader::fileOf))
                            .toList());
        }
    }

    @Test
    void methodsOfCasesAreNotFoundTwice() {
        assertThat(CASES).extracting(FoundCase::method).doesNotHaveDuplicates();
        assertThat(CASES)
                .extracting(FoundCase::method)
                .extracting(Method::getDeclaringClass)
                .isNotEmpty();
    }
}
