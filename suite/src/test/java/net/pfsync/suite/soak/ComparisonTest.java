package net.pfsync.suite.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.pfsync.net.IpAddress;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.pf.State;
import net.pfsync.release.Release;
import net.pfsync.suite.experiment.Cluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is a difference between two tables, and what is not. */
class ComparisonTest {

    private static final int LONG_AGO = 1000;

    private final Pair pair = new Pair(Release.of("reference-v5"), 1);

    @BeforeEach
    void makeStates() {
        VirtualHost client = pair.cluster().client();
        for (IpAddress to : List.of(Cluster.SERVER, Cluster.SERVER6)) {
            client.udp().send(5000, to, Traffic.SILENT, new byte[10]);
            pass(1000);
        }
        pass(3000);
    }

    private void pass(long millis) {
        pair.cluster().time().advance(Duration.ofMillis(millis));
    }

    private List<String> differences(boolean disturbed) {
        return new Comparison(pair.a(), pair.b(), disturbed, LONG_AGO).differences();
    }

    private State first() {
        return pair.b().states().first();
    }

    @Test
    void whatBothKnowIsNoDifference() {
        Comparison comparison = new Comparison(pair.a(), pair.b(), false, LONG_AGO);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(4);
        assertThat(pair.silent()).isTrue();
    }

    @Test
    void aStateThatOnlyOneKnowsIsADifferenceOnEitherSide() {
        pair.cluster().syncLan().cut("A");
        pair.b().killById(first().id, first().creatorId);
        assertThat(differences(false)).singleElement().asString().endsWith("missing on B");
        assertThat(differences(true)).hasSize(1);
        Comparison turned = new Comparison(pair.b(), pair.a(), false, LONG_AGO);
        assertThat(turned.differences()).singleElement().asString().endsWith("missing on A");
    }

    @Test
    void everyPartOfAPeerCounts() {
        State state = first();
        state.src.seqlo++;
        state.src.seqhi++;
        state.dst.seqdiff++;
        state.dst.maxWin++;
        state.dst.wscale++;
        state.dst.state++;
        assertThat(differences(true))
                .extracting(each -> each.split(": ", -1)[1].split(" ", -1)[0])
                .containsExactlyInAnyOrder(
                        "src.seqlo", "src.seqhi", "dst.seqdiff", "dst.max_win", "dst.wscale", "dst.state");
    }

    @Test
    void timesOfDeathMayBeAFewSecondsApart() {
        first().expire += 2;
        assertThat(differences(false)).isEmpty();
        first().expire += 2;
        assertThat(differences(false)).singleElement().asString().contains("remaining");
        assertThat(differences(true)).isEmpty();
    }

    @Test
    void aStateThatIsAboutToDieMayBeMissing() {
        pair.cluster().syncLan().cut("A");
        pair.b().killById(first().id, first().creatorId);
        pass(55_000);
        assertThat(pair.a().states().size()).isPositive();
        assertThat(differences(false)).isEmpty();
    }

    @Test
    void aConnectionThatWentThroughBothHasTwoNamesWhereTheyDidNotHearOfEachOther() {
        pair.cluster().syncLan().cut("A");
        pair.a().kill(state -> true);
        pair.cluster().paths(1, 1);
        pair.cluster().client().udp().send(5000, Cluster.SERVER6, Traffic.SILENT, new byte[10]);
        pass(3000);
        Comparison comparison = new Comparison(pair.a(), pair.b(), true, LONG_AGO);
        assertThat(comparison.twins()).isPositive();
        assertThat(differences(false)).isNotEmpty();
    }

    @Test
    void aStateOnAQueueIsSomethingToSay() {
        pair.a().touch(pair.a().states().first());
        assertThat(pair.silent()).isFalse();
        pass(1500);
        assertThat(pair.silent()).isTrue();
    }
}
