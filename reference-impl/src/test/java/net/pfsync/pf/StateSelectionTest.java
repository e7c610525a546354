package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Killing states as {@code pfctl -k} does. Recorded on OpenBSD 7.6, {@code *_pfctl_k_*.txt}. */
class StateSelectionTest {

    private final Bench bench =
            Bench.current("pass\npass out on em2 inet nat-to 192.0.2.1\npass in on em1 inet6 keep state (if-bound)");

    @BeforeEach
    void threeConnections() {
        bench.fromClient(TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53));
        bench.fromClient(TestPacket.udp("10.7.1.3", 4000, "10.7.2.3", 53));
        bench.fromClient(TestPacket.udp("fd00:1::2", 4000, "fd00:2::2", 53));
        bench.events.clear();
    }

    @Test
    void oneStateIsNamedByItsIdAndCreator() {
        assertThat(bench.filter.kill(StateSelection.id(Bench.FIRST_ID + 1, Bench.HOST_ID)))
                .isEqualTo(1);
        assertThat(bench.events).containsExactly("deleted 1");
        assertThat(bench.filter.kill(StateSelection.id(Bench.FIRST_ID + 1, Bench.HOST_ID)))
                .isZero();
        assertThat(bench.filter.kill(StateSelection.id(Bench.FIRST_ID, 7))).isZero();
    }

    /** A host is the initiator of both states of its connections, whatever it is translated to. */
    @ParameterizedTest
    @CsvSource({
        "10.7.1.2, 2",
        "10.7.1.0/24, 4",
        "10.7.2.2, 0",
        "192.0.2.1, 0",
        "0.0.0.0/0, 4",
        "fd00:1::2, 2",
        "fd00:1::/32, 2",
        "fd00:1::3, 0",
        "any, 6",
    })
    void oneHostMeansTheSourceOfConnections(String host, int killed) {
        assertThat(bench.filter.kill(StateSelection.from(host))).isEqualTo(killed);
        assertThat(bench.events).hasSize(killed);
    }

    @ParameterizedTest
    @CsvSource({
        "10.7.1.2, 10.7.2.2, 2",
        "10.7.1.2, 10.7.2.3, 0",
        "any, 10.7.2.3, 2",
        "10.7.1.0/24, 10.7.2.0/24, 4",
        "any, fd00:2::/32, 2"
    })
    void twoHostsMeanSourceAndDestination(String source, String destination, int killed) {
        assertThat(bench.filter.kill(StateSelection.between(source, destination)))
                .isEqualTo(killed);
    }

    @Test
    void anInterfaceMeansTheStatesThatAreBoundToIt() {
        assertThat(bench.filter.kill(StateSelection.ifname("em2"))).isZero();
        assertThat(bench.filter.kill(StateSelection.ifname("em1"))).isEqualTo(1);
        assertThat(bench.filter.kill(StateSelection.ifname("all"))).isEqualTo(5);
        assertThat(bench.table.size()).isZero();
    }

    @Test
    void selectionsMayBeCombined() {
        assertThat(bench.filter.kill(StateSelection.from("fd00:1::2").and(StateSelection.ifname("em1"))))
                .isEqualTo(1);
        assertThat(bench.filter.kill(StateSelection.ALL)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.7.1", "10.7.1.2/33", "!10.7.1.2"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> StateSelection.from(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
