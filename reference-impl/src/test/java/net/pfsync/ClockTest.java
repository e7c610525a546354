package net.pfsync;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Time is a parameter: in the code, and in its tests and benchmarks too. */
@AnalyzeClasses(packages = "net.pfsync")
class ClockTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(ClockRules.class);
}
