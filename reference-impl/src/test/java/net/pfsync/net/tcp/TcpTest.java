package net.pfsync.net.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pfsync.net.Direction;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.PacketLog;
import net.pfsync.net.host.Transfer;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts on one LAN that is as good or bad as a test wants it. */
class TcpTest {

    private static final int PORT = 5001;
    private static final int MSS = 1460;
    private static final String SERVER = "10.0.0.2";
    private static final Duration LATENCY = Duration.ofMillis(1);

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, LATENCY);
    private final VirtualHost client =
            new VirtualHost("client", time, lan.attach("client", mac(1)), "10.0.0.1/24", "2001:db8::1/64");
    private final VirtualHost server =
            new VirtualHost("server", time, lan.attach("server", mac(2)), SERVER + "/24", "2001:db8::2/64");

    private static MacAddress mac(int last) {
        return new MacAddress(0x0000_5e00_5300L + last);
    }

    private Transfer transfer(TcpSettings settings, int up, int down) {
        return new Transfer(client, server, SERVER, PORT, settings, up, down);
    }

    private void run(Transfer transfer) {
        assertThat(time.advanceUntil(transfer::over, Duration.ofMinutes(30))).isTrue();
    }

    private static Segment segment(PacketLog.Entry entry) {
        Segment segment = new Segment();
        assertThat(segment.parse(entry.frame())).isTrue();
        return segment;
    }

    private List<Segment> segments(Direction direction) {
        return client.log().entries().stream()
                .filter(entry -> entry.direction() == direction && Ip.protocol(entry.frame()) == Ip.TCP)
                .map(TcpTest::segment)
                .toList();
    }

    /** Loses the frames of TCP that a rule picks by the number under which they were sent, from 0 on. */
    private void lose(java.util.function.IntPredicate rule) {
        int[] count = new int[1];
        lan.conditions((station, frame) ->
                Ethernet.type(frame) == Ethernet.IPV4 && rule.test(count[0]++) ? VirtualLan.Conditions.LOST : 0);
    }

    // ---- what arrives ----

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1", "1459, 1461", "1460, 2920", "100000, 3"})
    void carriesAnyNumberOfBytesBothWays(int up, int down) {
        Transfer transfer = transfer(TcpSettings.DEFAULT, up, down);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isZero();
        assertThat(transfer.server().statistics().segmentsSentAgain()).isZero();
    }

    @Test
    void carriesTenMegabytesBothWaysAtOnceOverIpv6() {
        client.log().limit(0);
        server.log().limit(0);
        Transfer transfer =
                new Transfer(client, server, "2001:db8::2", PORT, TcpSettings.DEFAULT, 10_000_000, 10_000_000);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
    }

    @Property(tries = 40)
    void carriesEverythingThroughLossAndDisorder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double loss = random.nextDouble() * 0.1;
        long disorder = random.nextLong(1, 5_000_000);
        lan.conditions((station, frame) -> random.nextDouble() < loss
                ? VirtualLan.Conditions.LOST
                : random.nextInt(10) == 0 ? random.nextLong(disorder) : 0);
        Transfer transfer = transfer(TcpSettings.DEFAULT, random.nextInt(300_000), random.nextInt(300_000));
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        time.advance(Duration.ofMinutes(20));
        assertThat(client.tcp().connections()).isZero();
        assertThat(server.tcp().connections()).isZero();
    }

    @Test
    void servesManyConnectionsAtOnce() {
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            transfers.add(new Transfer(client, server, SERVER, PORT + i, TcpSettings.DEFAULT, 20_000, 20_000));
        }
        transfers.forEach(this::run);
        assertThat(transfers).allMatch(Transfer::complete);
        assertThat(transfers)
                .extracting(transfer -> transfer.client().localPort())
                .doesNotHaveDuplicates();
    }

    // ---- the handshake ----

    @Test
    void offersItsSegmentSizeAndScaleAndAgreesOnThem() {
        Transfer transfer = transfer(TcpSettings.DEFAULT, 10, 0);
        run(transfer);
        Segment syn = segments(Direction.OUT).get(0);
        assertThat(syn.flags).isEqualTo(Segment.SYN);
        assertThat(syn.mss).isEqualTo(MSS);
        assertThat(syn.shift).isEqualTo(7);
        assertThat(syn.window).isEqualTo(65535);
        Segment answer = segments(Direction.IN).get(0);
        assertThat(answer.flags).isEqualTo(Segment.SYN | Segment.ACK);
        assertThat(answer.shift).isEqualTo(7);
        assertThat(segments(Direction.OUT).get(1).window).isEqualTo((256 * 1024) >> 7);
    }

    @Test
    void scalesNothingIfTheOtherEndDoesNotOfferTo() {
        server.tcp().listen(PORT, TcpSettings.DEFAULT.withWindow(30_000, -1), connection -> {});
        TcpConnection connection =
                client.tcp().connect(IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT.withWindow(1 << 20, 7));
        connection.send(new byte[500_000]);
        time.advance(Duration.ofSeconds(1));
        assertThat(segments(Direction.IN).get(0).shift).isEqualTo(Segment.NO_SHIFT);
        assertThat(segments(Direction.OUT).get(1).window).isEqualTo(65535);
        assertThat(segments(Direction.IN).get(1).window).isEqualTo(30_000);
        assertThat(mostUnderWay()).isBetween(20 * MSS, 30_000);
    }

    /** How far the client was ever ahead of what it had been told to have arrived. */
    private int mostUnderWay() {
        int acknowledged = 0;
        int most = 0;
        for (PacketLog.Entry entry : client.log().entries()) {
            Segment segment = segment(entry);
            if (entry.direction() == Direction.IN) {
                acknowledged = segment.acknowledgement;
            } else if (acknowledged != 0) {
                most = Math.max(most, segment.sequence + segment.length() - acknowledged);
            }
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void repeatsALostSynOrAnswerAfterASecond(int lost) {
        lose(number -> number == lost);
        Transfer transfer = transfer(TcpSettings.DEFAULT, 1000, 1000);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.client().statistics().establishedNanos()).isBetween(1_000_000_000L, 1_010_000_000L);
    }

    @Test
    void isRefusedAtAPortAtWhichNobodyListens() {
        List<CloseReason> reasons = new ArrayList<>();
        TcpConnection connection = client.tcp().connect(IpAddress.parse(SERVER), 9, TcpSettings.DEFAULT);
        connection.onClosed(reasons::add);
        time.advance(Duration.ofMillis(100));
        assertThat(reasons).containsExactly(CloseReason.RESET);
        assertThat(connection.state()).isEqualTo(TcpState.CLOSED);
        assertThat(client.tcp().connections()).isZero();
    }

    @Test
    void givesUpIfNobodyAnswers() {
        lan.conditions((station, frame) -> VirtualLan.Conditions.LOST);
        List<CloseReason> reasons = new ArrayList<>();
        TcpConnection connection = client.tcp().connect(IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT);
        connection.onClosed(reasons::add);
        time.advance(Duration.ofMinutes(10));
        assertThat(reasons).containsExactly(CloseReason.TIMED_OUT);
        assertThat(connection.statistics().segmentsSent()).isEqualTo(11);
        assertThat(client.tcp().connections()).isZero();
    }

    @Test
    void doesNotConnectWhereNoRouteLeadsOrTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.tcp().connect(IpAddress.parse("192.0.2.1"), 1, TcpSettings.DEFAULT))
                .withMessageContaining("192.0.2.1");
        client.tcp().connect(1000, IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.tcp().connect(1000, IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT));
    }

    // ---- windows and rates ----

    @Test
    void keepsWithinTheOtherEndsWindow() {
        Transfer transfer = transfer(TcpSettings.DEFAULT.withWindow(20_000, 2), 200_000, 0);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(mostUnderWay()).isEqualTo(13 * MSS);
    }

    @ParameterizedTest
    @CsvSource({"100, 2000", "1000, 200", "10000, 22"})
    void sendsNoMoreSegmentsInASecondThanItShould(int rate, long millis) {
        Transfer transfer = transfer(TcpSettings.DEFAULT.withPacketsPerSecond(rate), 200 * MSS, 0);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.duration())
                .isBetween(Duration.ofMillis(millis - millis / 20), Duration.ofMillis(millis + 10));
        assertThat(transfer.client().statistics().segmentsSentAgain()).isZero();
    }

    @Test
    void startsWithTenSegmentsAndDoublesThem() {
        transfer(TcpSettings.DEFAULT, 100 * MSS, 0);
        time.advance(Duration.ofMillis(5));
        assertThat(segments(Direction.OUT)).as("a SYN and ten segments").hasSize(11);
        time.advance(Duration.ofMillis(2));
        assertThat(segments(Direction.OUT)).as("and twenty").hasSize(31);
    }

    // ---- loss ----

    @Test
    void sendsALostSegmentAgainBeforeItsTimeIsOver() {
        lose(number -> number == 6);
        Transfer transfer = transfer(TcpSettings.DEFAULT, 50 * MSS, 0);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isEqualTo(1);
        assertThat(transfer.duration()).isLessThan(Duration.ofMillis(30));
    }

    @Test
    void sendsSeveralLostSegmentsAgainOneForEachAnswer() {
        lose(number -> number == 6 || number == 8 || number == 11);
        Transfer transfer = transfer(TcpSettings.DEFAULT, 50 * MSS, 0);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isEqualTo(3);
        assertThat(transfer.duration()).isLessThan(Duration.ofMillis(40));
    }

    @Test
    void sendsTheLastSegmentAgainWhenItsTimeIsOver() {
        lose(number -> number == 3);
        Transfer transfer = transfer(TcpSettings.DEFAULT, 10, 0);
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.duration()).isBetween(Duration.ofMillis(200), Duration.ofMillis(220));
    }

    @Test
    void sendsWhatIsMissingOnlyOnceAfterALongSilence() {
        Transfer transfer = transfer(TcpSettings.DEFAULT.withPacketsPerSecond(1000), 500 * MSS, 0);
        time.advance(Duration.ofMillis(200));
        lan.cut("server");
        time.advance(Duration.ofSeconds(5));
        lan.heal("server");
        run(transfer);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isLessThan(300);
    }

    @Test
    void isThrownAwayByTheEndThatAborts() {
        Transfer transfer = transfer(TcpSettings.DEFAULT.withPacketsPerSecond(100), 100_000, 0);
        time.advance(Duration.ofMillis(100));
        transfer.client().abort();
        run(transfer);
        assertThat(transfer.closedInOrder()).isFalse();
        assertThat(transfer.server().state()).isEqualTo(TcpState.CLOSED);
        assertThat(server.tcp().connections()).isZero();
    }

    // ---- the end ----

    @Test
    void endsInTheStatesThatTheStandardNames() {
        List<TcpState> states = new ArrayList<>();
        TcpConnection[] accepted = new TcpConnection[1];
        server.tcp().listen(PORT, TcpSettings.DEFAULT, connection -> accepted[0] = connection);
        TcpConnection connection = client.tcp().connect(IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT);
        states.add(connection.state());
        time.advance(Duration.ofMillis(10));
        states.add(connection.state());
        connection.close();
        states.add(connection.state());
        time.advance(Duration.ofMillis(10));
        states.add(connection.state());
        states.add(accepted[0].state());
        accepted[0].send(new byte[10]);
        accepted[0].close();
        states.add(accepted[0].state());
        time.advance(Duration.ofMillis(10));
        states.add(accepted[0].state());
        states.add(connection.state());
        assertThat(states)
                .containsExactly(
                        TcpState.SYN_SENT,
                        TcpState.ESTABLISHED,
                        TcpState.FIN_WAIT_1,
                        TcpState.FIN_WAIT_2,
                        TcpState.CLOSE_WAIT,
                        TcpState.LAST_ACK,
                        TcpState.CLOSED,
                        TcpState.TIME_WAIT);
        assertThat(connection.statistics().bytesReceived()).isEqualTo(10);
        assertThat(client.tcp().connections()).isEqualTo(1);
        time.advance(Duration.ofSeconds(61));
        assertThat(connection.state()).isEqualTo(TcpState.CLOSED);
        assertThat(client.tcp().connections()).isZero();
    }

    @Test
    void bothEndsMayCloseAtTheSameTime() {
        TcpConnection[] accepted = new TcpConnection[1];
        server.tcp().listen(PORT, TcpSettings.DEFAULT, connection -> accepted[0] = connection);
        TcpConnection connection = client.tcp().connect(IpAddress.parse(SERVER), PORT, TcpSettings.DEFAULT);
        time.advance(Duration.ofMillis(10));
        connection.close();
        accepted[0].close();
        time.advance(Duration.ofMillis(1));
        assertThat(connection.state()).isEqualTo(TcpState.CLOSING);
        time.advance(Duration.ofMillis(10));
        assertThat(connection.state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(accepted[0].state()).isEqualTo(TcpState.TIME_WAIT);
    }

    @Test
    void answersTheRepeatedLastWordOfTheOtherEndWhileItWaits() {
        lose(number -> number == 4);
        Transfer transfer = transfer(TcpSettings.DEFAULT, 0, 0);
        time.advance(Duration.ofSeconds(5));
        assertThat(segments(Direction.OUT)).extracting(segment -> segment.flags).endsWith(Segment.ACK, Segment.ACK);
        assertThat(transfer.server().state()).isEqualTo(TcpState.CLOSED);
        assertThat(transfer.client().state()).isEqualTo(TcpState.TIME_WAIT);
    }
}
