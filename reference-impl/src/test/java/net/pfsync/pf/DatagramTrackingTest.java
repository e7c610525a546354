package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UDP, ICMP queries and all other protocols. {@code PF-TRACKING.md} section 6. */
class DatagramTrackingTest {

    private Bench bench = Bench.current("pass");

    private State state() {
        return bench.table.first();
    }

    private void packet(int proto, boolean forward) {
        String from = forward ? Bench.CLIENT : Bench.SERVER;
        String to = forward ? Bench.SERVER : Bench.CLIENT;
        TestPacket packet = proto == IpProtocol.UDP
                ? TestPacket.udp(from, forward ? 4000 : 53, to, forward ? 53 : 4000)
                : TestPacket.other(from, to, proto).data(4);
        assertThat(bench.test(packet.bytes(), Bench.INSIDE, forward ? State.IN : State.OUT)
                        .verdict())
                .isEqualTo(Result.Verdict.PASS);
    }

    /** {@code >} is a packet of the initiator, {@code <} one of the other end; then the states and the timeouts of UDP and GRE. */
    @ParameterizedTest
    @CsvSource({
        ">, 1, 0, 6, 11",
        ">>, 1, 0, 7, 12",
        ">>>, 1, 0, 7, 12",
        "><, 2, 1, 7, 12",
        "><<, 2, 1, 7, 12",
        "><>, 2, 2, 8, 13",
        "><><, 2, 2, 8, 13",
        ">><>, 2, 2, 8, 13",
    })
    void statesTellWhoHasSentAndWhoWasAnswered(String packets, int src, int dst, int udp, int other) {
        for (int proto : new int[] {IpProtocol.UDP, 47}) {
            bench = Bench.current("pass");
            packets.chars().forEach(direction -> packet(proto, direction == '>'));
            assertThat(state().src.state).isEqualTo((byte) src);
            assertThat(state().dst.state).isEqualTo((byte) dst);
            assertThat(state().timeout).isEqualTo((byte) (proto == IpProtocol.UDP ? udp : other));
        }
    }

    @Test
    void everyPacketMakesTheStateLiveOn() {
        packet(IpProtocol.UDP, true);
        bench.now += 9;
        packet(IpProtocol.UDP, false);
        assertThat(state().expire).isEqualTo(1009);
    }

    @Test
    void theSecondPacketOfAQueryGivesItsStateItsLastTimeout() {
        TestPacket query = TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77);
        TestPacket reply = TestPacket.icmp(Bench.SERVER, Bench.CLIENT, 0, 77);
        bench.in(query);
        bench.now += 3;
        bench.test(reply.bytes(), Bench.INSIDE, State.OUT);
        assertThat(state().timeout).isEqualTo((byte) Timeouts.ICMP_ERROR_REPLY);
        assertThat(state().expire).isEqualTo(1003);
        assertThat(state().src.state).isZero();
        assertThat(state().dst.state).isZero();
        bench.now += 3;
        bench.in(query);
        assertThat(state().expire).isEqualTo(1006);
    }

    @Test
    void aReplyWithAnotherIdBelongsToAnotherQuery() {
        bench.in(TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77));
        byte[] reply = TestPacket.icmp(Bench.SERVER, Bench.CLIENT, 0, 78).bytes();
        assertThat(bench.test(reply, Bench.INSIDE, State.OUT).created()).isTrue();
    }

    @Test
    void aReplyOfAnotherTypeBelongsToAnotherQuery() {
        bench.in(TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77));
        byte[] reply = TestPacket.icmp(Bench.SERVER, Bench.CLIENT, 14, 77).bytes();
        assertThat(bench.test(reply, Bench.INSIDE, State.OUT).created()).isTrue();
    }

    @Test
    void timestampQueriesAreQueriesToo() {
        bench.in(TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 13, 77));
        byte[] reply = TestPacket.icmp(Bench.SERVER, Bench.CLIENT, 14, 77).bytes();
        assertThat(bench.test(reply, Bench.INSIDE, State.OUT).created()).isFalse();
    }
}
