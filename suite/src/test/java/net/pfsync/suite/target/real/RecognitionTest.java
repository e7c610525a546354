package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;

import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.wire.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {

    @ParameterizedTest
    @CsvSource({
        "reference-v5,v5-4.6",
        "openbsd-4.6,v5-4.6",
        "openbsd-7.6,v6-7.4",
        "openbsd-4.7,v6-4.7",
        "openbsd-5.6,v6-5.2",
        "openbsd-6.8,v6-5.7",
        "openbsd-7.3,v6-6.9",
        "openbsd-7.5,v6-7.4",
        "openbsd-7.9,v6-7.9",
        "freebsd-13.2-RELEASE,fbsd-1301",
        "freebsd-14.1-RELEASE-p3,fbsd-1400",
        "freebsd-15.0-CURRENT,fbsd-1500",
    })
    void aNameSaysWhatIsSpoken(String name, String dialect) {
        ReleaseInfo release = Recognition.named(name).orElseThrow();

        assertThat(release.name()).isEqualTo(name);
        assertThat(release.dialect()).isEqualTo(Dialect.of(dialect));
    }

    @ParameterizedTest
    @ValueSource(strings = {"freebsd-8.4-RELEASE", "freebsd-16.0", "openbsd-4.4", "dragonfly-6.4", "openbsd-", ""})
    void whatNobodyKnowsIsNotGuessed(String name) {
        assertThat(Recognition.named(name)).isEmpty();
    }

    @Test
    void framesNameTheDialectAlone() {
        ReleaseInfo release = Recognition.speaking(Dialect.of("fbsd-1400"));

        assertThat(release.name()).isEqualTo("fbsd-1400");
        assertThat(Recognition.oneOfEachVersion())
                .extracting(Dialect::versionByte)
                .containsExactly(6, 5);
    }
}
