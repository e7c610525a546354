package net.pfsync.suite.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.pfsync.release.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the thesis says about connections through one firewall and through two, in small. */
class ExperimentTest {

    private static final Load MEGABYTE = Load.parse("1MB");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long SEED = 240;

    private static Outcome run(String release, Setup setup, Load load, int packetsPerSecond) {
        return Experiment.run(Release.of(release), setup, load, packetsPerSecond, SEED);
    }

    private static double relative(Outcome outcome, Outcome one) {
        return outcome.speed() / one.speed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void splitPathsAreAsFastAsOneFirewallBelowTenThousandPacketsPerSecond(String release) {
        Outcome one = run(release, Setup.ONE, MEGABYTE, 1000);
        Outcome split = run(release, Setup.SPLIT_DEFER, MEGABYTE, 1000);
        assertThat(one.complete()).isTrue();
        assertThat(split.complete()).isTrue();
        assertThat(relative(split, one)).isBetween(0.999, 1.001);
        assertThat(split.mismatched()).isZero();
        assertThat(split.unknown()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void splitPathsAreSlowerAboveAndDoNotStall(String release) {
        Outcome one = run(release, Setup.ONE, MEGABYTE, 50_000);
        Outcome split = run(release, Setup.SPLIT_DEFER, MEGABYTE, 50_000);
        assertThat(split.complete()).isTrue();
        assertThat(split.mismatched()).isPositive();
        assertThat(relative(split, one)).isBetween(0.5, 0.95);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void theFirstAnswerIsLostUnlessTheFirstPacketWaits(String release) {
        Outcome split = run(release, Setup.SPLIT, MEGABYTE, 1000);
        assertThat(split.unknown()).isEqualTo(1);
        assertThat(split.handshake()).isGreaterThan(SECOND);
        assertThat(split.complete()).as("the second try gets through").isTrue();
        Outcome defer = run(release, Setup.SPLIT_DEFER, MEGABYTE, 1000);
        assertThat(defer.unknown()).isZero();
        assertThat(defer.handshake()).isLessThan(MOMENT);
    }

    @Test
    void manySlowConnectionsLoseNothingWhereOneFastOneDoes() {
        Outcome split = run("reference-v5", Setup.SPLIT_DEFER, Load.parse("50x20kB"), 50_000);
        assertThat(split.complete()).isTrue();
        assertThat(split.arrived()).isEqualTo(1_000_000);
        assertThat(split.mismatched()).isZero();
    }

    @Test
    void pfsyncSpeaksOfEachPacketOnlyWhenPathsAreSplit() {
        Outcome one = run("reference-v5", Setup.ONE, MEGABYTE, 1000);
        Outcome symmetric = run("reference-v5", Setup.SYMMETRIC, MEGABYTE, 1000);
        Outcome split = run("reference-v5", Setup.SPLIT_DEFER, MEGABYTE, 1000);
        assertThat(one.forwarded()).isEqualTo(symmetric.forwarded()).isGreaterThan(2 * 1_000_000 / 1460);
        assertThat(one.syncFrames()).isZero();
        assertThat(symmetric.syncFrames()).isPositive().isLessThan(symmetric.forwarded() / 50);
        assertThat(split.syncFrames()).isGreaterThan(split.forwarded() * 9 / 10);
        assertThat(split.syncBytes()).isGreaterThan(100 * split.syncFrames());
    }

    @Test
    void oneSeedHasOneOutcome() {
        Release release = Release.of("reference-v5");
        Outcome first = Experiment.run(release, Setup.SPLIT_DEFER, MEGABYTE, 50_000, 7);
        assertThat(Experiment.run(release, Setup.SPLIT_DEFER, MEGABYTE, 50_000, 7))
                .isEqualTo(first);
        assertThat(Experiment.run(release, Setup.SPLIT_DEFER, MEGABYTE, 50_000, 8))
                .isNotEqualTo(first);
    }
}
