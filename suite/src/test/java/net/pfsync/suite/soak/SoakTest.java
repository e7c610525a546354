package net.pfsync.suite.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.release.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Some hours of two firewalls; {@code ci/pfsync soak} takes days. */
class SoakTest {

    private static final int HOURS = 6;
    private static final int SHORT = 1;

    private static List<Soak.Hour> hours(String release, long seed, int count, List<String> differences) {
        List<Soak.Hour> hours = new ArrayList<>();
        differences.addAll(new Soak(Release.of(release), seed, () -> 0).run(count, hours::add));
        return hours;
    }

    @ParameterizedTest
    @CsvSource({"reference-v5, 3", "reference-v6, 4"})
    void bothFirewallsKnowTheSameAtEveryQuietMoment(String release, long seed) {
        List<String> differences = new ArrayList<>();
        Soak soak = new Soak(Release.of(release), seed, () -> 0);
        List<Soak.Hour> hours = new ArrayList<>();
        differences.addAll(soak.run(HOURS, hours::add));
        assertThat(differences).isEmpty();
        assertThat(soak.moments()).isEqualTo(2 * HOURS);
        assertThat(hours.getLast().compared()).isGreaterThan(50L * HOURS);
        assertThat(hours.getLast().forwarded()).isGreaterThan(10_000L * HOURS);
        assertThat(hours).allMatch(hour -> hour.statesA() < 1000 && hour.statesB() < 1000);
        assertThat(Failure.values())
                .filteredOn(failure -> soak.suffered(failure) == 0)
                .hasSizeLessThan(2);
    }

    @Test
    void aDefectOfARealKernelIsFound() {
        List<String> differences = new ArrayList<>();
        hours("openbsd-4.6", 3, 2, differences);
        assertThat(differences)
                .as("lifetimes of imported states are twice as long")
                .anyMatch(each -> each.contains("remaining"));
    }

    @Test
    void oneSeedHasOneCourse() {
        List<String> differences = new ArrayList<>();
        List<Soak.Hour> first = hours("reference-v5", 7, SHORT, differences);
        assertThat(hours("reference-v5", 7, SHORT, differences)).isEqualTo(first);
        assertThat(hours("reference-v5", 8, SHORT, differences)).isNotEqualTo(first);
    }
}
