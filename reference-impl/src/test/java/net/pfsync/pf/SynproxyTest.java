package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handshakes that pf makes with both ends. {@code PF-TRACKING.md} section 7. */
class SynproxyTest {

    /** Numbers of the case {@code local-tcp-connection-synproxy-state-in-on-em1} of OpenBSD 4.6. */
    private static final int CLIENT_ISN = (int) 3770993163L;

    private static final int SERVER_ISN = (int) 3536347500L;
    private static final int TOWARDS_CLIENT = (int) 3160671677L;
    private static final int TOWARDS_SERVER = (int) 2955334883L;
    private static final int WINDOW = 64240;

    private final Bench bench = Bench.of2009(
            "pass in quick on em1 inet proto tcp flags S/SA synproxy state\npass quick flags any keep state");

    private static TestPacket client() {
        return TestPacket.tcp(Bench.CLIENT, 42002, Bench.SERVER, 42002).window(WINDOW);
    }

    private static TestPacket syn() {
        return client().seq(CLIENT_ISN).flags(TcpFlags.SYN).mss(1460);
    }

    private static TestPacket clientAck() {
        return client().seq(CLIENT_ISN + 1).ack(TOWARDS_CLIENT + 1);
    }

    private static TestPacket server() {
        return TestPacket.tcp(Bench.SERVER, 42002, Bench.CLIENT, 42002).window(WINDOW);
    }

    private static TestPacket serverSynAck() {
        return server().seq(SERVER_ISN)
                .ack(TOWARDS_SERVER + 1)
                .flags(TcpFlags.SYN)
                .mss(1460);
    }

    @BeforeEach
    void aClientSendsASyn() {
        assertThat(bench.fromClient(syn())).isNull();
        proxied().src.seqhi = TOWARDS_CLIENT; // what would be random is what it was in the recording
    }

    private State proxied() {
        return bench.state(0);
    }

    private static String segment(byte[] bytes) {
        Packet packet = new Packet();
        assertThat(packet.parse(bytes, 0, bytes.length)).isTrue();
        assertThat(TestPacket.checksumsRight(bytes)).isTrue();
        return packet.sourcePort() + " " + packet.destinationPort() + " flags " + packet.flags() + " seq "
                + Integer.toUnsignedString(packet.seq()) + " ack " + Integer.toUnsignedString(packet.ack()) + " win "
                + packet.window() + " mss " + packet.mss() + " length " + packet.length();
    }

    private static List<String> segments(List<byte[]> sent) {
        return sent.stream().map(SynproxyTest::segment).toList();
    }

    // ---- 7.1 ----

    @Test
    void aSynIsAnsweredByPfAndGoesNoFurther() { // 7.1
        assertThat(segment(bench.sentInside.get(0)))
                .matches("42002 42002 flags 18 seq \\d+ ack 3770993164 win 0 mss 1460 length 44");
        assertThat(bench.sentOutside).isEmpty();
        assertThat(proxied().src.state).isEqualTo((byte) Peer.PROXY_SRC);
        assertThat(proxied().src.mss).isEqualTo((short) 1460);
        assertThat(proxied().timeout).isEqualTo((byte) Timeouts.TCP_FIRST_PACKET);
        assertThat(bench.events).containsExactly("inserted 0");
        assertThat(bench.filter.statistics().count(Reason.SYNPROXY)).isEqualTo(1);
    }

    /** MSS of the SYN, 0 for none; MTU of the links; MSS that is offered. */
    @ParameterizedTest
    @CsvSource({
        "1460, 1500, 1460",
        "1460, 1400, 1360",
        "1200, 1400, 1200",
        "0, 1500, 512",
        "30, 1500, 64",
        "1460, 100, 512"
    })
    void theSegmentSizeIsThatOfTheSynAsFarAsTheLinksCarryIt(int mss, int mtu, int offered) { // 7.1
        Bench other = Bench.of2009("pass synproxy state");
        other.mtu = mtu;
        TestPacket syn = client().seq(1).flags(TcpFlags.SYN);
        other.in(mss == 0 ? syn : syn.mss(mss));
        assertThat(other.state(0).src.mss).isEqualTo((short) offered);
        assertThat(segment(other.sentInside.get(0))).contains("mss " + offered);
    }

    @Test
    void withIpv6TheHeaderIsLonger() { // 7.1
        Bench other = Bench.of2009("pass synproxy state");
        other.in(TestPacket.tcp("fd00:1::2", 1, "fd00:2::2", 2)
                .flags(TcpFlags.SYN)
                .mss(1500));
        assertThat(other.state(0).src.mss).isEqualTo((short) 1440);
        assertThat(segment(other.sentInside.get(0))).contains("length 64");
    }

    // ---- 7.2 ----

    @Test
    void theSameSynIsAnsweredAgain() { // 7.2
        assertThat(bench.fromClient(syn())).isNull();
        assertThat(bench.sentInside).hasSize(2);
        assertThat(segment(bench.sentInside.get(1))).contains("seq 3160671677 ack 3770993164");
    }

    @Test
    void anotherSynIsNotAnswered() { // 7.2
        assertThat(bench.fromClient(syn().seq(CLIENT_ISN + 1))).isNull();
        assertThat(bench.sentInside).hasSize(1);
    }

    @Test
    void whatTheServerSendsBeforeItWasAskedIsDropped() { // 7.2
        byte[] early = serverSynAck().bytes();
        Result result = bench.test(early, Bench.INSIDE, State.OUT);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.SYNPROXY);
        assertThat(proxied().src.state).isEqualTo((byte) Peer.PROXY_SRC);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 4", "0, 0, 1"})
    void onlyTheRightAcknowledgementGoesOn(int seqOff, int ackOff, int moreFlags) { // 7.2
        bench.fromClient(client().seq(CLIENT_ISN + 1 + seqOff)
                .ack(TOWARDS_CLIENT + 1 + ackOff)
                .flags(moreFlags));
        assertThat(proxied().src.state).isEqualTo((byte) Peer.PROXY_SRC);
        assertThat(bench.sentOutside).isEmpty();
    }

    // ---- 7.3 ----

    private void clientAcknowledges() {
        proxied().dst.seqhi = TOWARDS_SERVER;
        assertThat(bench.fromClient(clientAck())).isNull();
    }

    @Test
    void theRightAcknowledgementMakesPfAskTheServer() { // 7.3
        clientAcknowledges();
        assertThat(proxied().src.state).isEqualTo((byte) Peer.PROXY_DST);
        assertThat(proxied().src.window()).isEqualTo(WINDOW);
        assertThat(segments(bench.sentOutside))
                .containsExactly("42002 42002 flags 2 seq 2955334883 ack 0 win 64240 mss 1460 length 44");
    }

    @Test
    void theNumberTowardsTheServerIsRandom() { // 7.3
        bench.fromClient(clientAck());
        assertThat(proxied().dst.seqhi).isNotEqualTo(1).isNotEqualTo(CLIENT_ISN);
        int chosen = proxied().dst.seqhi;
        bench.fromClient(clientAck());
        assertThat(proxied().dst.seqhi).isEqualTo(chosen);
        assertThat(bench.sentOutside).hasSize(2);
    }

    @Test
    void whatPfSendsToTheServerMakesTheOutgoingState() { // recorded
        clientAcknowledges();
        State out = bench.state(1);
        assertThat(out.direction).isEqualTo((byte) State.OUT);
        assertThat(out.rule).isEqualTo(1);
        assertThat(out.src.seqlo).isEqualTo(TOWARDS_SERVER);
    }

    @Test
    void aSynWhileTheServerIsAskedIsDropped() { // 7.3: ACK without SYN
        clientAcknowledges();
        bench.fromClient(clientAck().flags(TcpFlags.SYN));
        assertThat(bench.sentOutside).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 18", "0, 16", "0, 2"})
    void onlyTheRightAnswerOfTheServerGoesOn(int ackOff, int flags) { // 7.3
        clientAcknowledges();
        byte[] answer =
                server().seq(SERVER_ISN).ack(TOWARDS_SERVER + 1 + ackOff).bytes();
        answer[33] = (byte) flags;
        assertThat(bench.test(answer, Bench.INSIDE, State.OUT).verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(proxied().src.state).isEqualTo((byte) Peer.PROXY_DST);
    }

    @Test
    void afterBothHandshakesTheStatesAreThoseOfTheRecordedKernel() { // 7.3
        clientAcknowledges();
        assertThat(bench.fromServer(serverSynAck())).isNull();

        State in = proxied();
        assertThat(Bench.peer(in.src)).isEqualTo("3770993163:3771057403 win 64240 state 4 wscale 0");
        assertThat(in.src.seqdiff).isEqualTo((int) 3479309016L);
        assertThat(in.src.mss).isEqualTo((short) 1460);
        assertThat(Bench.peer(in.dst)).isEqualTo("3536347500:3536411740 win 64240 state 4 wscale 0");
        assertThat(in.dst.seqdiff).isEqualTo((int) 3919291473L);
        assertThat(in.timeout).isEqualTo((byte) Timeouts.TCP_FIRST_PACKET);
        assertThat(in.packets0 + in.packets1).isZero();

        State out = bench.state(1);
        assertThat(Bench.peer(out.src)).isEqualTo("2955334883:2955399124 win 64240 state 4 wscale 0");
        assertThat(Bench.peer(out.dst)).isEqualTo("3536347501:3536411741 win 64240 state 4 wscale 0");
        assertThat(out.timeout).isEqualTo((byte) Timeouts.TCP_ESTABLISHED);
        assertThat(out.packets0).isEqualTo(2);
        assertThat(out.packets1).isEqualTo(1);
        assertThat(out.bytes0).isEqualTo(84);
        assertThat(out.bytes1).isEqualTo(44);
    }

    @Test
    void bothEndsAreAcknowledged() { // 7.3
        clientAcknowledges();
        bench.fromServer(serverSynAck());
        assertThat(segment(bench.sentOutside.get(1)))
                .isEqualTo("42002 42002 flags 16 seq 2955334884 ack 3536347501 win 64240 mss 0 length 40");
        assertThat(segment(bench.sentInside.get(1)))
                .isEqualTo("42002 42002 flags 16 seq 3160671678 ack 3770993164 win 64240 mss 0 length 40");
    }

    @Test
    void afterwardsBothEndsTalkToEachOther() {
        clientAcknowledges();
        bench.fromServer(serverSynAck());
        byte[] request = bench.fromClient(clientAck().data(50));
        assertThat(segment(request)).contains("seq 2955334884 ack 3536347501");
        byte[] answer = bench.fromServer(
                server().seq(SERVER_ISN + 1).ack(TOWARDS_SERVER + 51).data(20));
        assertThat(segment(answer)).contains("seq 3160671678 ack 3770993214");
        assertThat(proxied().timeout).isEqualTo((byte) Timeouts.TCP_ESTABLISHED);
        assertThat(proxied().packets0).isEqualTo(1);
        assertThat(proxied().packets1).isEqualTo(1);
    }

    @Test
    void outgoingConnectionsAreNotProxied() { // recorded: "synproxy used for inbound rules only"
        Bench other = Bench.current("pass synproxy state");
        Result result = other.out(syn());
        assertThat(result.verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(result.state().src.state).isEqualTo((byte) Peer.SYN_SENT);
        assertThat(result.state().src.seqdiff).isZero();
    }

    @Test
    void onlyASynIsProxied() {
        Bench other = Bench.current("pass flags any synproxy state");
        assertThat(other.in(clientAck()).verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(other.in(TestPacket.udp(Bench.CLIENT, 1, Bench.SERVER, 2)).verdict())
                .isEqualTo(Result.Verdict.PASS);
    }

    @Test
    void aProxiedConnectionMayBeRedirected() {
        Bench other = Bench.current(
                "pass in on em1 inet proto tcp to 192.0.2.1 port 80 synproxy state rdr-to 10.7.2.2 port 8080\n"
                        + "pass out flags any");
        TestPacket syn =
                TestPacket.tcp(Bench.CLIENT, 4000, "192.0.2.1", 80).seq(100).flags(TcpFlags.SYN);
        other.fromClient(syn);
        State state = other.state(0);
        other.fromClient(
                TestPacket.tcp(Bench.CLIENT, 4000, "192.0.2.1", 80).seq(101).ack(state.src.seqhi + 1));
        assertThat(segment(other.sentOutside.get(0))).startsWith("4000 8080 flags 2");
        other.fromServer(TestPacket.tcp(Bench.SERVER, 8080, Bench.CLIENT, 4000)
                .seq(900)
                .ack(state.dst.seqhi + 1)
                .flags(TcpFlags.SYN));
        assertThat(segment(other.sentInside.get(1))).startsWith("80 4000 flags 16");
        assertThat(state.src.state).isEqualTo((byte) Peer.ESTABLISHED);
    }
}
