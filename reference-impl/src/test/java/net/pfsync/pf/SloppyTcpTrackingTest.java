package net.pfsync.pf;

import static net.pfsync.pf.OneState.CLIENT_ISN;
import static net.pfsync.pf.OneState.SERVER_ISN;
import static net.pfsync.pf.OneState.client;
import static net.pfsync.pf.OneState.clientAt;
import static net.pfsync.pf.OneState.server;
import static net.pfsync.pf.OneState.serverAt;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP without windows. {@code PF-TRACKING.md} section 5. */
class SloppyTcpTrackingTest {

    private final OneState one = new OneState(Bench.current("pass flags any keep state (sloppy)"));

    @Test
    void everySegmentPasses() {
        one.established();
        assertThat(one.clientPasses(client().seq(77).ack(99).data(1000))).isTrue();
        assertThat(one.serverPasses(server().seq(88).data(1000))).isTrue();
        assertThat(one.clientPasses(client().seq(1).flags(TcpFlags.RST))).isTrue();
    }

    @Test
    void sequenceNumbersAndWindowsStayAsTheyWereMade() { // recorded on OpenBSD 4.6, local-tcp-connection-sloppy
        one.establishedScaled(10, 10);
        one.clientPasses(clientAt(0).data(100));
        assertThat(Bench.peer(one.src())).isEqualTo("1000000:1000002 win 10 state 4 wscale 138");
        assertThat(Bench.peer(one.dst())).isEqualTo("0:1 win 1 state 4 wscale 0");
    }

    /** Flags of a segment of the initiator, the states before, the states after. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 0, 2, 0", // SYN
        "2, 4, 4, 4, 4", // SYN on a connection
        "1, 4, 4, 7, 4", // FIN
        "1, 9, 4, 9, 4", // FIN again
        "16, 4, 2, 4, 4", // ACK of a SYN
        "16, 4, 7, 4, 9", // ACK of a FIN
        "16, 2, 0, 4, 4", // ACK of a connection of which only one half is seen
        "16, 2, 1, 4, 4",
        "16, 4, 4, 4, 4", // ACK
        "16, 7, 4, 7, 7", // ACK behind a FIN: the other half's FIN is never seen
        "17, 4, 4, 7, 7", // FIN and ACK
        "16, 0, 0, 0, 0",
        "4, 4, 4, 10, 10", // RST
        "20, 2, 0, 10, 10",
    })
    void onlyFlagsMoveTheStates(int flags, int src, int dst, int srcAfter, int dstAfter) {
        one.synSent();
        one.src().state = (byte) src;
        one.dst().state = (byte) dst;
        one.bench.filter.load(Bench.ruleset("block"), one.bench.now);
        one.state().timeout = 0;
        TestPacket segment = client().seq(CLIENT_ISN).flags(flags);
        if (flags != TcpFlags.SYN || src < Peer.ESTABLISHED) { // a SYN on a connection is challenged before
            assertThat(one.clientPasses(segment)).isTrue();
        } else {
            assertThat(one.clientPasses(segment)).isFalse();
        }
        assertThat(one.src().state).isEqualTo((byte) srcAfter);
        assertThat(one.dst().state).isEqualTo((byte) dstAfter);
    }

    @Test
    void aFinIsOnlyAnsweredForTheOtherHalfIfThatWasNeverSeen() {
        one.established();
        one.dst().seqlo = SERVER_ISN; // a state that a peer tracked in full
        one.clientPasses(clientAt(0).flags(TcpFlags.FIN));
        assertThat(one.dst().state).isEqualTo((byte) Peer.ESTABLISHED);
    }

    @Test
    void everySegmentMakesTheStateLiveOnWithTheTimeoutOfItsStates() {
        one.established();
        one.bench.now += 7;
        one.serverPasses(serverAt(0).flags(TcpFlags.FIN));
        assertThat(one.state().expire).isEqualTo(1007);
        assertThat(one.dst().state).isEqualTo((byte) Peer.CLOSING);
        assertThat(one.state().timeout).isEqualTo((byte) Timeouts.TCP_CLOSING);
    }

    @Test
    void aConnectionThatIsSeenFromTheMiddleIsEstablishedByItsSecondSegment() {
        one.clientPasses(clientAt(0).data(1));
        one.clientPasses(clientAt(1).data(1));
        assertThat(one.state().timeout).isEqualTo((byte) Timeouts.TCP_ESTABLISHED);
    }
}
