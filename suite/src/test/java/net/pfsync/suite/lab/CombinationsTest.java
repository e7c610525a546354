package net.pfsync.suite.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CombinationsTest {

    static Stream<int[]> sizes() {
        return Stream.of(
                new int[] {2, 2}, new int[] {3, 3, 3}, new int[] {2, 3, 2, 6, 3, 3}, new int[] {4}, new int[] {1, 5});
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyTwoValuesMeet(int... sizes) {
        List<int[]> rows = Combinations.pairwise(sizes);

        for (int one = 0; one < sizes.length; one++) {
            for (int other = one + 1; other < sizes.length; other++) {
                for (int value = 0; value < sizes[one]; value++) {
                    for (int otherValue = 0; otherValue < sizes[other]; otherValue++) {
                        int[] wanted = {one, value, other, otherValue};
                        assertThat(rows)
                                .as(Arrays.toString(wanted))
                                .anyMatch(row -> row[wanted[0]] == wanted[1] && row[wanted[2]] == wanted[3]);
                    }
                }
            }
        }
        assertThat(rows)
                .allSatisfy(row -> assertThat(Combinations.all(sizes)).anyMatch(any -> Arrays.equals(any, row)));
    }

    @Test
    void pairsAreFewerThanAll() {
        assertThat(Combinations.all(2, 3, 2, 6, 3, 3)).hasSize(648);
        assertThat(Combinations.pairwise(2, 3, 2, 6, 3, 3)).hasSizeLessThan(30);
    }

    @Test
    void theOrderIsAlwaysTheSame() {
        assertThat(Combinations.pairwise(3, 3, 3).toArray(int[][]::new))
                .isDeepEqualTo(Combinations.pairwise(3, 3, 3).toArray(int[][]::new));
    }
}
