package net.pfsync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Dependencies point one way: {@code wire <- pf <- sync <- node}, {@code release} on top of the first three,
 * {@code time} and {@code net} below all and alone. {@code pf} and {@code sync} know a release only through the
 * interfaces that they define themselves.
 */
@AnalyzeClasses(packages = "net.pfsync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule wireUsesNothing = room("wire");

    @ArchTest
    static final ArchRule timeUsesNothing = room("time");

    @ArchTest
    static final ArchRule netUsesTime = room("net", "time");

    @ArchTest
    static final ArchRule pfUsesWire = room("pf", "wire", "time", "net");

    @ArchTest
    static final ArchRule syncUsesPf = room("sync", "wire", "pf", "time", "net");

    @ArchTest
    static final ArchRule releaseUsesSync = room("release", "wire", "pf", "sync");

    @ArchTest
    static final ArchRule nodeUsesEverything = room("node", "wire", "pf", "sync", "release", "time", "net");

    @ArchTest
    static final ArchRule nothingKnowsTheSuite =
            noClasses().should().dependOnClassesThat().resideInAPackage("net.pfsync.suite..");

    @ArchTest
    static final ArchRule nothingButTheJdkIsNeeded =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax..", "net.pfsync..");

    private static ArchRule room(String room, String... mayUse) {
        String[] known = Stream.concat(Stream.of(room), Stream.of(mayUse))
                .map(name -> "net.pfsync." + name + "..")
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(known[0])
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("net.pfsync..").or(resideInAnyPackage(known)))
                .allowEmptyShould(true);
    }
}
