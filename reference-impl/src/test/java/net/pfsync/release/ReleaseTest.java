package net.pfsync.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import net.pfsync.pf.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The releases and their quirks, as a list that people read. */
class ReleaseTest {

    static Stream<Release> all() {
        return Release.all().stream();
    }

    @ParameterizedTest
    @CsvSource({
        "reference-v5, v5-4.6, 10000",
        "reference-v6, v6-7.4, 100000",
        "openbsd-4.5, v5draft, 10000",
        "openbsd-4.6, v5-4.6, 10000",
        "openbsd-7.6, v6-7.4, 100000"
    })
    void speaksItsDialectAndHasItsNumbers(String name, String dialect, int states) {
        Release release = Release.of(name);
        assertThat(release).hasToString(name);
        assertThat(release.dialect().name()).isEqualTo(dialect);
        assertThat(release.defaults().stateLimit()).isEqualTo(states);
        assertThat(release.defaults().timeouts()).hasSize(Timeouts.MAX);
        assertThat(release.defaults().pfTimeouts().seconds(2)).isEqualTo(86_400);
    }

    @Test
    void comesWithBothReferencesFirst() {
        assertThat(Release.all())
                .extracting(Release::name)
                .containsExactly("reference-v5", "reference-v6", "openbsd-4.5", "openbsd-4.6", "openbsd-7.6");
    }

    @Test
    void namesAllOthersWhenItIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Release.of("openbsd-7.7"))
                .withMessageContaining("openbsd-7.7")
                .withMessageContaining("reference-v5")
                .withMessageContaining("openbsd-7.6");
    }

    @Test
    void hasNoQuirkIfItIsAReference() {
        assertThat(Release.of("reference-v5").quirks()).isEmpty();
        assertThat(Release.of("reference-v6").quirks()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItIsAndHasNoQuirkTwice(Release release) {
        assertThat(release.description()).isNotBlank();
        assertThat(release.quirks()).doesNotHaveDuplicates();
    }

    @Test
    void sharesEveryQuirkWithARealSystem() {
        Set<Quirk> seen = EnumSet.noneOf(Quirk.class);
        Release.all().forEach(release -> seen.addAll(release.quirks()));
        assertThat(seen).isEqualTo(EnumSet.allOf(Quirk.class));
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void explainsEveryQuirkInASentenceAndSaysWhereItWasSeen(Quirk quirk) {
        assertThat(quirk.sentence()).matches("(CLR|BUS|[a-z]).{20,}[^.]");
        assertThat(quirk.source()).containsPattern("(BEHAVIOUR|PF-TRACKING) \\d+|FAILURES F\\d|openbsd-\\d");
    }
}
