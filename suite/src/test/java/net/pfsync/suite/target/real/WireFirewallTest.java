package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.pfsync.release.Release;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference firewalls of which only the wire is seen. */
class WireFirewallTest {

    private static final StateSpec STATE = StateSpec.udp(
            new StateId(0x7e57_0000_0000_0001L, 0x7e570001),
            new Endpoint("203.0.113.1", 1000),
            new Endpoint("198.51.100.1", 53));

    private static FirewallEntry entry(String name, String address) {
        return new FirewallEntry(name, new NoDoor(), Platform.OPENBSD, address, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void theTableIsAskedForOnTheWire(String release) {
        EmbeddedArena arena = new EmbeddedArena(Release.of(release));
        Dialect dialect = arena.release().dialect();
        try (Bench bench = arena.open(new Extent(2, false), 1)) {
            bench.target().comeUp();
            bench.peers().forEach(peer -> peer.comeUp());
            bench.pace().pass(Duration.ofMinutes(3));
            RehearsedStation station = new RehearsedStation(bench, null, packet -> {});
            WireFirewall a = new WireFirewall(entry("a", bench.target().address()), station, dialect);
            assertThat(a.table()).isEmpty();

            station.send(FrameBuilder.of(dialect)
                    .source(station.probeAddress())
                    .add(Messages.insert(STATE).in(dialect))
                    .build());
            station.pass(Duration.ofMillis(10));
            List<StateView> table = a.table();
            assertThat(table).hasSize(1);
            assertThat(table.getFirst().differences(STATE)).isEmpty();

            WireFirewall b =
                    new WireFirewall(entry("b", bench.peers().getFirst().address()), station, dialect);
            int heardBefore = station.frames().size();
            assertThat(b.table()).extracting(StateView::id).contains(STATE.id());
            assertThat(heardBefore).isPositive();
            assertThat(station.frames())
                    .as("what was heard of b is no business of a")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v6"})
    void whatIsNotSeenIsSaid(String release) {
        EmbeddedArena arena = new EmbeddedArena(Release.of(release));
        try (Bench bench = arena.open(Extent.ONE_FIREWALL, 1)) {
            RehearsedStation station = new RehearsedStation(bench, null, packet -> {});
            WireFirewall a = new WireFirewall(
                    entry("a", bench.target().address()),
                    station,
                    arena.release().dialect());
            assertThat(a.capabilities()).isEmpty();
            assertThatThrownBy(a::hostId)
                    .isInstanceOf(NotOffered.class)
                    .hasMessage("the host id of firewall a cannot be seen without a console");
            assertThatThrownBy(() -> a.setDefer(true))
                    .isInstanceOf(NotOffered.class)
                    .hasMessage("deferral of firewall a cannot be changed without a console");
            assertThatThrownBy(a::table)
                    .isInstanceOf(CannotTell.class)
                    .hasMessage("firewall a did not end its answer to a bulk request within 30 s");
        }
    }
}
