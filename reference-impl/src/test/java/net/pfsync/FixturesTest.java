package net.pfsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data that the other tests read is on the class path, whole. */
class FixturesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fixtures/layouts.json",
                "fixtures/vectors/v6-7.4_upd_c_x2.hex",
                "fixtures/vectors/v6-7.4_upd_c_x2.json",
                "fixtures/observed/README.md",
                "fixtures/observed/openbsd-4.5/cases.jsonl",
                "fixtures/observed/openbsd-4.6/cases.jsonl",
                "fixtures/observed/openbsd-7.6/cases.jsonl",
            })
    void isOnTheClassPath(String resource) throws IOException {
        try (InputStream in = FixturesTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            assertThat(in.readAllBytes()).as(resource).isNotEmpty();
        }
    }

    @Test
    void carriesNothingOfTheBuild() {
        assertThat(FixturesTest.class.getClassLoader().getResource("fixtures/pom.xml"))
                .isNull();
    }
}
