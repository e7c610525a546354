package net.pfsync.suite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the product depend on each other one way. */
@AnalyzeClasses(packages = "net.pfsync.suite", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule roomsDependOneWay =
            slices().matching("net.pfsync.suite.(*)..").should().beFreeOfCycles();

    /** What a lab is made of is known to nobody but who chooses the lab. */
    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheEmbeddedArena = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "net.pfsync.suite.target.embedded..", "net.pfsync.suite.cli..", "net.pfsync.suite.fault..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.pfsync.suite.target.embedded..");
}
