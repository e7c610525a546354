package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that people type, and what they may have meant. */
class NamesTest {

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "badlen, badlen, 0", "ab, ba, 2", "stale, state, 1"})
    void countsTheLettersThatDiffer(String one, String other, int distance) {
        assertThat(NearMatch.distance(one, other)).isEqualTo(distance);
        assertThat(NearMatch.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void namesTheNearestFirstAndNoneThatIsFar() {
        List<String> possible = List.of("expires", "creation", "expire", "exit", "ifname");

        assertThat(NearMatch.near("expire", possible)).containsExactly("expire", "expires");
        // A third of nine letters may differ, and of a short name two.
        assertThat(NearMatch.near("creaxxxon", possible)).containsExactly("creation");
        assertThat(NearMatch.near("creaxxxxn", possible)).isEmpty();
        assertThat(NearMatch.near("ex", possible)).containsExactly("exit");
        assertThat(NearMatch.near("a", List.of("1", "2", "3", "4", "5", "6"))).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(Counter.class)
    void countersAreKnownByTheirNames(Counter counter) {
        assertThat(Counter.parse(counter.text())).isSameAs(counter);
        assertThat(counter).hasToString(counter.text());
    }

    @Test
    void aCounterThatIsMisspelledIsNotGuessed() {
        assertThatThrownBy(() -> Counter.parse("badlan"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such counter: 'badlan'; near: badlen");
    }

    @Test
    void dialectsSayTheirNames() {
        assertThat(Dialect.names())
                .allSatisfy(name -> assertThat(Dialect.of(name)).hasToString(name));
    }
}
