package net.pfsync.suite.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.pfsync.net.Ip;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Mismatch;
import org.junit.jupiter.api.Test;

/** What a case can do with hosts, and that it notices when packets do not come through as they should. */
class TrafficTest {

    private static final long SEED = 240;

    private final LabSession session = session(new Extent(3, true));
    private final Lab lab = session.begin(SEED);

    private static LabSession session(Extent extent) {
        return new LabSession(new EmbeddedArena(Release.of("reference-v5")), extent, SEED);
    }

    @Test
    void aCaseThatDoesNotNeedHostsHasNone() {
        Lab without = session(Extent.ONE_FIREWALL).begin(SEED);

        assertThatThrownBy(without::inside).isInstanceOf(CannotTell.class).hasMessageContaining("traffic");
        assertThatThrownBy(without::peer).isInstanceOf(CannotTell.class).hasMessageContaining("two-firewalls");
        assertThatThrownBy(without::third).isInstanceOf(CannotTell.class).hasMessageContaining("three-firewalls");
    }

    @Test
    void aCaseBeginsWithoutStates() {
        assertThat(lab.target().states()).isEmpty();
        assertThat(lab.peer().states()).isEmpty();
        assertThat(lab.third().states()).isEmpty();
    }

    @Test
    void everyKindOfExchangeComesThroughEveryFirewall() {
        for (TargetView firewall : new TargetView[] {lab.target(), lab.peer(), lab.third()}) {
            lab.inside().via(firewall);
            lab.outside().via(firewall);
            Flow[] flows = {
                lab.inside().tcp(),
                lab.inside().tcp6(),
                lab.inside().udp(),
                lab.inside().udp6(),
                lab.inside().ping(),
                lab.inside().ping6(),
                lab.outside().tcp(),
                lab.outside().udp6(),
                lab.outside().ping()
            };
            for (Flow flow : flows) {
                flow.first().arrives().atOnce();
                flow.answer().arrives().atOnce();
                flow.forth().arrives().atOnce();
                flow.back().arrives().atOnce();
            }
            assertThat(firewall.states()).hasSize(2 * flows.length);
        }
    }

    @Test
    void aPacketThatIsBlockedIsSeenNotToArrive() {
        lab.target().rules("block all");
        Packet packet = lab.inside().udp().first();

        assertThatThrownBy(() -> packet.arrives().within(Duration.ofSeconds(1)))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("it has not arrived");
        packet.doesNotArrive();
    }

    @Test
    void aPacketThatArrivesIsSeenToArrive() {
        Packet packet = lab.inside().udp().first();

        assertThatThrownBy(packet::doesNotArrive)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("it arrived at 0.0001 s");
        packet.arrives().atOnce();
    }

    @Test
    void aPacketThatIsHeldHasNotArrivedAtOnce() {
        lab.target().setDefer(true);
        Packet packet = lab.inside().udp().first();
        lab.pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> packet.arrives().atOnce())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("it arrived after 0.1001 s");
        packet.arrives().after(Duration.ofMillis(100));
    }

    @Test
    void aPacketThatArrivesTwiceIsNoticed() {
        Packet packet = lab.inside().udp().first();
        packet.arrives().atOnce();
        session.judge();

        lab.inside().host().send(Ip.packet(packet.frame()));
        lab.pass(Duration.ofMillis(1));

        assertThatThrownBy(session::judge).isInstanceOf(Mismatch.class).hasMessageContaining("arrived 2 times");
    }

    @Test
    void theResponderAnswersToWhomItHasSeen() {
        lab.target().rules("pass all keep state", "pass out on em2 inet all keep state nat-to 203.0.113.7");
        TcpFlow flow = lab.inside().tcp();

        flow.open();

        assertThat(flow.seenSource().address()).isEqualTo("203.0.113.7");
        assertThat(flow.seenSource()).isNotEqualTo(flow.source());
    }

    @Test
    void aConnectionOfTwoTcpsCarriesBytesBothWays() {
        Connection connection = lab.inside().connect();
        connection.opens(Duration.ofMillis(10));

        connection.send(100_000);
        connection.answer(50_000);

        connection.received(100_000, Duration.ofSeconds(1));
        connection.answered(50_000, Duration.ofSeconds(1));
        assertThat(connection.sentAgain()).isZero();
    }

    @Test
    void aConnectionThatDoesNotOpenIsNoticed() {
        lab.target().rules("block all");
        Connection connection = lab.inside().connect();

        assertThatThrownBy(() -> connection.opens(Duration.ofSeconds(1)))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("SYN_SENT");
    }

    /** 4.5 takes nothing of an update of which one half is old, and answers it: two that each know more of one half never stop. */
    @Test
    void firewallsThatNeverStopAnsweringEachOtherAreNotListenedToForEver() {
        LabSession storm = new LabSession(new EmbeddedArena(Release.of("openbsd-4.5")), new Extent(2, true), SEED);
        Lab both = storm.begin(SEED);
        both.target().addState(both.states().tcp());
        both.peer().comeUp();
        TcpFlow flow = both.inside().tcp();
        flow.open();
        both.pass(Duration.ofSeconds(3));
        both.outside().via(both.peer());
        flow.forth();
        both.pass(Duration.ofMillis(1));
        flow.back();

        assertThatThrownBy(() -> both.pass(Duration.ofHours(1)))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("the sync LAN to fall silent");
    }

    @Test
    void rulesThatAreNotUnderstoodAreTheCasesFault() {
        assertThatThrownBy(() -> lab.target().rules("pass everything"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("everything");
    }
}
