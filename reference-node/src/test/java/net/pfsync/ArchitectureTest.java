package net.pfsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

/** Real wires too are given their time, and libpcap is known to one package. */
@AnalyzeClasses(packages = {"net.pfsync.pcap", "net.pfsync.yaml", "net.pfsync.machine"})
class ArchitectureTest {

    @ArchTest
    static final ArchTests clocks = ArchTests.in(ClockRules.class);

    @ArchTest
    static final ArchRule onlyOneRoomKnowsLibpcap = noClasses()
            .that()
            .resideOutsideOfPackage("net.pfsync.pcap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pcap4j..", "com.sun.jna..");

    @ArchTest
    static final ArchRule linksKnowNothingOfFirewalls = noClasses()
            .that()
            .resideInAPackage("net.pfsync.pcap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.pfsync.node..", "net.pfsync.sync..", "net.pfsync.pf..", "net.pfsync.machine..");
}
