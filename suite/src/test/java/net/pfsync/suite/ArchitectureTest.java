package net.pfsync.suite;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import net.pfsync.ClockRules;

/** A case speaks to the lab, the probe and the catalogue, so that it runs unchanged against any kind of firewall. */
@AnalyzeClasses(packages = "net.pfsync.suite")
class ArchitectureTest {

    @ArchTest
    static final ArchTests clocks = ArchTests.in(ClockRules.class);

    @ArchTest
    static final ArchRule casesSpeakToTheLabAndNeverToAnAdapter = classes()
            .that()
            .resideInAPackage("net.pfsync.suite.cases..")
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("net.pfsync..")
                    .or(resideInAnyPackage(
                            "net.pfsync.wire..",
                            "net.pfsync.pf..",
                            "net.pfsync.suite.cases..",
                            "net.pfsync.suite.lab..",
                            "net.pfsync.suite.probe..",
                            "net.pfsync.suite.requirement..",
                            "net.pfsync.suite.state..")))
            .allowEmptyShould(true);
}
