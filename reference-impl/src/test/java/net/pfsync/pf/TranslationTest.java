package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nat-to} and {@code rdr-to}. {@code PF-TRACKING.md} 1.7; keys recorded on OpenBSD 7.6, {@code 264_A_raw.txt}. */
class TranslationTest {

    private static final String PUBLIC = "192.0.2.1";
    private static final long PUBLIC_HI = 0xc000020100000000L;
    private static final long CLIENT_HI = 0x0a07010200000000L;
    private static final long SERVER_HI = 0x0a07020200000000L;
    private static final String NAT = "pass\npass out on em2 inet nat-to 192.0.2.1";

    private static Packet parsed(byte[] bytes) {
        Packet packet = new Packet();
        assertThat(packet.parse(bytes, 0, bytes.length)).isTrue();
        assertThat(TestPacket.checksumsRight(bytes)).isTrue();
        return packet;
    }

    private static TestPacket query() {
        return TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).data(5);
    }

    @Test
    void anOutgoingConnectionGetsAnotherSourceAndItsAnswersComeBack() {
        Bench bench = Bench.current(NAT);
        Packet sent = parsed(bench.fromClient(query()));
        assertThat(sent.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(sent.sourcePort()).isBetween(50001, 65535);
        assertThat(sent.destinationHi()).isEqualTo(SERVER_HI);

        Packet answer = parsed(bench.fromServer(
                TestPacket.udp(Bench.SERVER, 53, PUBLIC, sent.sourcePort()).data(9)));
        assertThat(answer.destinationHi()).isEqualTo(CLIENT_HI);
        assertThat(answer.destinationPort()).isEqualTo(4000);
        Packet next = parsed(bench.fromClient(query()));
        assertThat(next.sourcePort()).isEqualTo(sent.sourcePort());
        assertThat(bench.table.size()).isEqualTo(2);
    }

    @Test
    void theWireKeyOfAnOutgoingTranslatedStateHasTheNewSource() {
        Bench bench = Bench.current(NAT);
        int port = parsed(bench.fromClient(query())).sourcePort();
        State out = bench.state(1);
        assertThat(out.translated()).isTrue();
        assertThat(out.wire.address1Hi).isEqualTo(PUBLIC_HI);
        assertThat(out.wire.port(1)).isEqualTo(port);
        assertThat(out.wire.address0Hi).isEqualTo(out.stack.address0Hi).isEqualTo(SERVER_HI);
        assertThat(out.stack.address1Hi).isEqualTo(CLIENT_HI);
        assertThat(out.stack.port(1)).isEqualTo(4000);
        assertThat(bench.state(0).translated()).isFalse();
    }

    @Test
    void anIncomingConnectionGetsAnotherDestinationAndItsAnswersShowTheOldOne() {
        Bench bench =
                Bench.current("pass\npass in on em1 inet proto udp to 192.0.2.1 port 8053 rdr-to 10.7.2.2 port 53");
        Packet sent = parsed(bench.fromClient(
                TestPacket.udp(Bench.CLIENT, 4000, PUBLIC, 8053).data(5)));
        assertThat(sent.destinationHi()).isEqualTo(SERVER_HI);
        assertThat(sent.destinationPort()).isEqualTo(53);
        State in = bench.state(0);
        assertThat(in.wire.address1Hi).isEqualTo(PUBLIC_HI);
        assertThat(in.wire.port(1)).isEqualTo(8053);
        assertThat(in.stack.address1Hi).isEqualTo(SERVER_HI);
        assertThat(in.stack.port(1)).isEqualTo(53);

        Packet answer = parsed(bench.fromServer(
                TestPacket.udp(Bench.SERVER, 53, Bench.CLIENT, 4000).data(9)));
        assertThat(answer.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(answer.sourcePort()).isEqualTo(8053);
    }

    @Test
    void withoutAPortTheDestinationKeepsItsOwn() {
        Bench bench = Bench.current("pass in on em1 inet to 192.0.2.1 rdr-to 10.7.2.2");
        Packet sent = parsed(bench.fromClient(
                TestPacket.udp(Bench.CLIENT, 4000, PUBLIC, 8053).data(5)));
        assertThat(sent.destinationPort()).isEqualTo(8053);
    }

    @Test
    void aTranslatingMatchLeavesTheDecisionAndTheStateToALaterRule() { // recorded on OpenBSD 7.6: rule 13
        Bench bench = Bench.current("match out on em2 inet nat-to 192.0.2.1\npass");
        Packet sent = parsed(bench.fromClient(query()));
        assertThat(sent.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(bench.state(1).rule).isEqualTo(1);
    }

    @Test
    void rulesBehindATranslationSeeTheTranslatedPacket() {
        Bench bench = Bench.current("match out on em2 inet nat-to 192.0.2.1\npass\nblock out from 10.7.1.2");
        assertThat(bench.fromClient(query())).isNotNull();
        Bench other = Bench.current("match out on em2 inet nat-to 192.0.2.1\npass\nblock out from 192.0.2.1");
        assertThat(other.fromClient(query())).isNull();
    }

    @Test
    void everyConnectionGetsAPortOfItsOwn() {
        Bench bench = Bench.current("pass\npass out on em2 inet proto udp nat-to 192.0.2.1 port 1000:1003");
        Set<Integer> ports = new HashSet<>();
        for (int port = 1; port <= 4; port++) {
            ports.add(parsed(bench.fromClient(TestPacket.udp(Bench.CLIENT, port, Bench.SERVER, 53)))
                    .sourcePort());
        }
        assertThat(ports).containsExactlyInAnyOrder(1000, 1001, 1002, 1003);

        byte[] fifth = TestPacket.udp(Bench.CLIENT, 5, Bench.SERVER, 53).bytes();
        Result result = bench.test(fifth, Bench.OUTSIDE, State.OUT);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.TRANSLATE);
        assertThat(bench.fromClient(TestPacket.udp(Bench.CLIENT, 5, "10.7.2.3", 53)))
                .as("the same ports serve another destination")
                .isNotNull();
    }

    @Test
    void aStaticPortStaysAndIsUsedOnce() {
        Bench bench = Bench.current("pass\npass out on em2 inet proto udp nat-to 192.0.2.1 static-port");
        assertThat(parsed(bench.fromClient(query())).sourcePort()).isEqualTo(4000);
        byte[] other = TestPacket.udp("10.7.1.3", 4000, Bench.SERVER, 53).bytes();
        assertThat(bench.test(other, Bench.OUTSIDE, State.OUT).reason()).isEqualTo(Reason.TRANSLATE);
    }

    @Test
    void aQueryGetsAnotherIdAndItsReplyShowsTheOldOne() { // recorded on OpenBSD 7.6
        Bench bench = Bench.current(NAT);
        Packet sent = parsed(bench.fromClient(
                TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77).data(3)));
        assertThat(sent.sourceHi()).isEqualTo(PUBLIC_HI);
        int id = sent.queryId();
        State out = bench.state(1);
        assertThat(out.wire.port(1)).isEqualTo(id);
        assertThat(out.wire.port(0)).isEqualTo(8);
        assertThat(out.stack.port(1)).isEqualTo(77);
        Packet reply = parsed(
                bench.fromServer(TestPacket.icmp(Bench.SERVER, PUBLIC, 0, id).data(3)));
        assertThat(reply.queryId()).isEqualTo(77);
        assertThat(reply.destinationHi()).isEqualTo(CLIENT_HI);
        assertThat(parsed(bench.fromClient(TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77)))
                        .queryId())
                .isEqualTo(id);
    }

    @Test
    void protocolsWithoutPortsAreTranslatedByAddressAlone() {
        Bench bench = Bench.current(NAT);
        byte[] sent = bench.fromClient(
                TestPacket.other(Bench.CLIENT, Bench.SERVER, 47).data(8));
        assertThat(parsed(sent).sourceHi()).isEqualTo(PUBLIC_HI);
        byte[] answer =
                bench.fromServer(TestPacket.other(Bench.SERVER, PUBLIC, 47).data(8));
        assertThat(parsed(answer).destinationHi()).isEqualTo(CLIENT_HI);
    }

    @Test
    void ipv6IsTranslatedLikeIpv4() {
        Bench bench = Bench.current("pass\npass out on em2 inet6 proto tcp nat-to 2001:db8::1");
        Packet sent = parsed(bench.fromClient(
                TestPacket.tcp("fd00:1::2", 4000, "fd00:2::2", 80).flags(TcpFlags.SYN)));
        assertThat(sent.sourceHi()).isEqualTo(0x20010db800000000L);
        assertThat(sent.sourceLo()).isEqualTo(1);
        Packet answer = parsed(bench.fromServer(TestPacket.tcp("fd00:2::2", 80, "2001:db8::1", sent.sourcePort())
                .flags(TcpFlags.SYN)
                .ack(1)));
        assertThat(answer.destinationLo()).isEqualTo(2);
        assertThat(answer.destinationPort()).isEqualTo(4000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.9", Bench.SERVER})
    void anErrorAboutATranslatedPacketShowsItsSenderWhatItHadSent(String reporter) {
        Bench bench = Bench.current(NAT);
        byte[] sent = bench.fromClient(query());
        byte[] error = bench.fromServer(TestPacket.error(reporter, PUBLIC, 3, 1, sent));
        Packet seen = parsed(error);
        assertThat(seen.destinationHi()).isEqualTo(CLIENT_HI);
        assertThat(seen.inner().sourceHi()).isEqualTo(CLIENT_HI);
        assertThat(seen.inner().sourcePort()).isEqualTo(4000);
        assertThat(seen.inner().destinationHi()).isEqualTo(SERVER_HI);
    }

    @Test
    void anErrorOfARedirectedServerComesFromWhereTheClientHadSent() {
        Bench bench =
                Bench.current("pass\npass in on em1 inet proto udp to 192.0.2.1 port 8053 rdr-to 10.7.2.2 port 53");
        byte[] sent = bench.fromClient(
                TestPacket.udp(Bench.CLIENT, 4000, PUBLIC, 8053).data(5));
        Packet seen = parsed(bench.fromServer(TestPacket.error(Bench.SERVER, Bench.CLIENT, 3, 3, sent)));
        assertThat(seen.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(seen.inner().destinationHi()).isEqualTo(PUBLIC_HI);
        assertThat(seen.inner().destinationPort()).isEqualTo(8053);
        Bench far = Bench.current("pass\npass in on em1 inet proto udp to 192.0.2.1 port 8053 rdr-to 10.7.2.2 port 53");
        byte[] again =
                far.fromClient(TestPacket.udp(Bench.CLIENT, 4000, PUBLIC, 8053).data(5));
        Packet router = parsed(far.fromServer(TestPacket.error("198.51.100.9", Bench.CLIENT, 11, 0, again)));
        assertThat(router.sourceHi()).as("a router keeps its address").isEqualTo(0xc633640900000000L);
    }

    @Test
    void anErrorAboutATranslatedQueryShowsItsId() {
        Bench bench = Bench.current(NAT);
        byte[] sent = bench.fromClient(
                TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77).data(3));
        Packet seen = parsed(bench.fromServer(TestPacket.error("198.51.100.9", PUBLIC, 11, 0, sent)));
        assertThat(seen.inner().queryId()).isEqualTo(77);
    }

    @Test
    void sourceAndDestinationMayBothBeTranslated() {
        Bench bench = Bench.current("pass in on em1 inet proto tcp to 192.0.2.1 rdr-to 10.7.2.2\n"
                + "pass out on em2 inet proto tcp nat-to 192.0.2.1");
        TestPacket syn = TestPacket.tcp(Bench.CLIENT, 4000, PUBLIC, 80).seq(5).flags(TcpFlags.SYN);
        Packet sent = parsed(bench.fromClient(syn));
        assertThat(sent.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(sent.destinationHi()).isEqualTo(SERVER_HI);
        Packet answer = parsed(bench.fromServer(TestPacket.tcp(Bench.SERVER, 80, PUBLIC, sent.sourcePort())
                .seq(9)
                .ack(6)
                .flags(TcpFlags.SYN)));
        assertThat(answer.sourceHi()).isEqualTo(PUBLIC_HI);
        assertThat(answer.destinationHi()).isEqualTo(CLIENT_HI);
        assertThat(bench.state(0).src.state).isEqualTo((byte) Peer.ESTABLISHED);
    }
}
