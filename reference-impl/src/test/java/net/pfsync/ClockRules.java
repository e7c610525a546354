package net.pfsync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Who may know what time it is, wait, or draw numbers that nobody can draw again: {@code net.pfsync.time} and programs
 * with a {@code main} method. Everything else is given the time and a seed, and so can be repeated.
 *
 * <p>Holds for both modules, tests included. What JMH generates measures, and may.
 */
public final class ClockRules {

    private static final DescribedPredicate<JavaClass> GIVEN_TIME_AND_SEED = DescribedPredicate.describe(
            "are neither in net.pfsync.time nor programs",
            type -> !resideInAnyPackage("net.pfsync.time..", "..jmh_generated..")
                            .test(type)
                    && !isProgram(type));

    private static final Set<String> RANDOM = Set.of(
            Random.class.getName(),
            SplittableRandom.class.getName(),
            SecureRandom.class.getName(),
            ThreadLocalRandom.class.getName(),
            RandomGenerator.class.getName());

    @ArchTest
    static final ArchRule onlyTimeReadsTheSystemClock = noClasses()
            .that(GIVEN_TIME_AND_SEED)
            .should()
            .accessTargetWhere(access("read the system clock", ClockRules::readsClock));

    @ArchTest
    static final ArchRule onlyTimeSleeps =
            noClasses().that(GIVEN_TIME_AND_SEED).should().accessTargetWhere(access("sleep", ClockRules::sleeps));

    @ArchTest
    static final ArchRule randomnessHasASeed = noClasses()
            .that(GIVEN_TIME_AND_SEED)
            .should()
            .accessTargetWhere(access("draw random numbers without a seed", ClockRules::hasNoSeed));

    private ClockRules() {}

    private static boolean isProgram(JavaClass type) {
        return type.getMethods().stream()
                .anyMatch(method ->
                        method.getName().equals("main") && method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean readsClock(CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        return switch (target.getName()) {
            case "nanoTime", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "now" ->
                owner.isAssignableTo(Temporal.class)
                        && target.getRawParameterTypes().isEmpty();
            default -> owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system");
        };
    }

    private static boolean sleeps(CodeUnitAccessTarget target) {
        return target.getName().equals("sleep")
                && (target.getOwner().isEquivalentTo(Thread.class)
                        || target.getOwner().isEquivalentTo(TimeUnit.class));
    }

    private static boolean hasNoSeed(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        return switch (target.getName()) {
            case "<init>" ->
                RANDOM.contains(owner) && target.getRawParameterTypes().isEmpty();
            case "current", "getDefault" -> RANDOM.contains(owner);
            case "random" -> owner.equals(Math.class.getName());
            default -> false;
        };
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> access(
            String description, Predicate<CodeUnitAccessTarget> forbidden) {
        return DescribedPredicate.describe(
                description,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target && forbidden.test(target));
    }
}
