package net.pfsync.net.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.net.Bystander;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host and somebody who sends it single segments of his own making. */
class TcpAttackTest {

    private static final int PORT = 80;
    private static final int HIS_PORT = 1024;
    private static final int HIS_FIRST = 0xfffffff8;
    private static final MacAddress HOST = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress HIS = MacAddress.parse("00:00:5e:00:53:02");
    private static final int WINDOW = 10_000;
    private static final TcpSettings SETTINGS = TcpSettings.DEFAULT.withWindow(WINDOW, -1);

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, Duration.ofMillis(1));
    private final VirtualHost host = new VirtualHost("host", time, lan.attach("host", HOST), "10.0.0.1/24");
    private final Bystander peer = new Bystander(lan, "peer", HIS, Ipv4Address.parse("10.0.0.2"));
    private final List<Integer> received = new ArrayList<>();
    private final List<CloseReason> closed = new ArrayList<>();
    private TcpConnection connection;
    private int hostFirst;

    TcpAttackTest() {
        host.tcp().listen(PORT, SETTINGS, accepted -> {
            connection = accepted;
            accepted.onReceive((bytes, at, length) -> {
                for (int i = 0; i < length; i++) {
                    received.add((int) bytes[at + i]);
                }
            });
            accepted.onClosed(closed::add);
        });
    }

    private static byte[] packet(int port, int sequence, int acknowledgement, int flags, int window, byte... bytes) {
        Segment segment = Segment.make(sequence, acknowledgement, flags, window);
        segment.mss = (flags & Segment.SYN) == 0 ? 0 : 1000;
        segment.dataLength = bytes.length;
        segment.layOut(new ConnectionId(IpAddress.parse("10.0.0.2"), port, IpAddress.parse("10.0.0.1"), PORT));
        System.arraycopy(bytes, 0, segment.frame, segment.dataAt, bytes.length);
        segment.seal();
        return Ip.packet(segment.frame);
    }

    /** Sends a segment with what the host said acknowledged, and returns what the host answers. */
    private List<Segment> say(int offset, int flags, byte... bytes) {
        return say(packet(HIS_PORT, HIS_FIRST + offset, hostFirst + 1, flags, 1000, bytes));
    }

    private List<Segment> say(byte[] packet) {
        peer.send(HOST, packet);
        time.advance(Duration.ofMillis(5));
        return heard();
    }

    private List<Segment> heard() {
        return peer.receivedPackets().stream()
                .map(frame -> {
                    Segment segment = new Segment();
                    assertThat(segment.parse(frame)).isTrue();
                    return segment;
                })
                .toList();
    }

    private void connect() {
        hostFirst = say(packet(HIS_PORT, HIS_FIRST, 0, Segment.SYN, 1000)).get(0).sequence;
        say(1, Segment.ACK);
        assertThat(connection.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    private void assertOnlyAnswer(List<Segment> answers, int flags, int acknowledged) {
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).flags).isEqualTo(flags);
        assertThat(answers.get(0).acknowledgement).isEqualTo(HIS_FIRST + acknowledged);
    }

    private static byte[] numbers(int from, int count) {
        byte[] numbers = new byte[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (byte) (from + i);
        }
        return numbers;
    }

    @Test
    void answersASynThatComesAgainLikeTheFirst() {
        Segment first = say(packet(HIS_PORT, HIS_FIRST, 0, Segment.SYN, 1000)).get(0);
        List<Segment> again = say(packet(HIS_PORT, HIS_FIRST, 0, Segment.SYN, 1000));
        assertOnlyAnswer(again, Segment.SYN | Segment.ACK, 1);
        assertThat(again.get(0).sequence).isEqualTo(first.sequence);
        assertThat(again.get(0).mss).isEqualTo(first.mss).isPositive();
        connect();
    }

    @Test
    void takesSegmentsThatOverlapInAnyOrderEachByteOnce() {
        connect();
        assertOnlyAnswer(say(1 + 6, Segment.ACK, numbers(6, 4)), Segment.ACK, 1);
        assertOnlyAnswer(say(1 + 4, Segment.ACK, numbers(4, 4)), Segment.ACK, 1);
        assertOnlyAnswer(say(1, Segment.ACK, numbers(0, 5)), Segment.ACK, 1 + 10);
        assertOnlyAnswer(say(1 + 3, Segment.ACK, numbers(3, 12)), Segment.ACK, 1 + 15);
        assertThat(received).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    }

    @Test
    void takesNoByteOutsideItsWindow() {
        connect();
        assertOnlyAnswer(say(1 + WINDOW, Segment.ACK, numbers(0, 4)), Segment.ACK, 1);
        assertOnlyAnswer(say(1 - 4, Segment.ACK, numbers(0, 4)), Segment.ACK, 1);
        assertOnlyAnswer(say(1 - 2, Segment.ACK, numbers(0, 4)), Segment.ACK, 1 + 2);
        assertThat(received).containsExactly(2, 3);
    }

    @Test
    void takesNothingBehindTheLastWord() {
        connect();
        assertOnlyAnswer(say(1 + 2, Segment.ACK | Segment.FIN, numbers(2, 2)), Segment.ACK, 1);
        assertOnlyAnswer(say(1, Segment.ACK, numbers(0, 9)), Segment.ACK, 1 + 5);
        assertThat(received).containsExactly(0, 1, 2, 3);
        assertThat(connection.state()).isEqualTo(TcpState.CLOSE_WAIT);
        say(1 + 5, Segment.ACK, numbers(5, 3));
        assertThat(received).hasSize(4);
    }

    @Test
    void holdsNoMoreThanItsWindowHasEvenIfEverySegmentOverlaps() {
        connect();
        for (int at = 1; at < 1000; at++) {
            say(1 + at, Segment.ACK, numbers(at, 1000));
        }
        say(1, Segment.ACK, numbers(0, 1000));
        assertThat(received).hasSizeBetween(1000, WINDOW + 1000);
        for (int i = 0; i < received.size(); i++) {
            assertThat(received.get(i)).isEqualTo((byte) i);
        }
    }

    @Test
    void isResetOnlyByExactlyTheExpectedNumber() {
        connect();
        assertOnlyAnswer(say(1 + 5, Segment.RST), Segment.ACK, 1);
        assertThat(say(1 + WINDOW, Segment.RST)).isEmpty();
        assertThat(say(-1, Segment.RST | Segment.ACK)).isEmpty();
        assertThat(connection.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(say(1, Segment.RST)).isEmpty();
        assertThat(closed).containsExactly(CloseReason.RESET);
    }

    @Test
    void answersASynWithWhatItExpects() {
        connect();
        assertOnlyAnswer(say(1 + 5, Segment.SYN), Segment.ACK, 1);
        assertOnlyAnswer(say(0, Segment.SYN), Segment.ACK, 1);
        assertThat(connection.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void believesNoAcknowledgementOfWhatItNeverSent() {
        connect();
        hostFirst++;
        assertOnlyAnswer(say(1, Segment.ACK, numbers(0, 1)), Segment.ACK, 1);
        assertThat(received).isEmpty();
    }

    @Test
    void ignoresSegmentsWithoutAcknowledgement() {
        connect();
        assertThat(say(1, 0, numbers(0, 3))).isEmpty();
        assertThat(say(1, Segment.FIN)).isEmpty();
        assertThat(received).isEmpty();
    }

    @Test
    void isNotEstablishedByAWrongAcknowledgement() {
        hostFirst = say(packet(HIS_PORT, HIS_FIRST, 0, Segment.SYN, 1000)).get(0).sequence + 7;
        List<Segment> answers = say(1, Segment.ACK);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).flags).isEqualTo(Segment.RST);
        assertThat(answers.get(0).sequence).isEqualTo(hostFirst + 1);
        assertThat(connection.state()).isEqualTo(TcpState.SYN_RECEIVED);
    }

    @Test
    void asksWithOneByteWhetherAClosedWindowIsStillClosed() {
        connect();
        say(packet(HIS_PORT, HIS_FIRST + 1, hostFirst + 1, Segment.ACK, 0));
        connection.send(numbers(0, 2000));
        time.advance(Duration.ofMillis(190));
        assertThat(heard()).isEmpty();
        time.advance(Duration.ofMillis(20));
        List<Segment> probes = heard();
        assertThat(probes).hasSize(1);
        assertThat(probes.get(0).dataLength).isEqualTo(1);
        List<Segment> burst = say(packet(HIS_PORT, HIS_FIRST + 1, hostFirst + 1, Segment.ACK, 1500));
        assertThat(burst).extracting(segment -> segment.sequence).containsExactly(hostFirst + 1);
        assertThat(burst).extracting(segment -> segment.dataLength).containsExactly(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {Segment.ACK, Segment.ACK | Segment.FIN, Segment.SYN | Segment.ACK})
    void refusesWhatBelongsToNoConnection(int flags) {
        List<Segment> answers = say(packet(HIS_PORT, 5, 77, flags, 1000, numbers(0, 3)));
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).flags).isEqualTo(Segment.RST);
        assertThat(answers.get(0).sequence).isEqualTo(77);
        assertThat(say(packet(HIS_PORT, 5, 77, flags | Segment.RST, 1000))).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfConnectionsInAFloodOfSyns() {
        host.log().limit(0);
        connect();
        for (int i = 0; i < 20_000; i++) {
            peer.send(HOST, packet(HIS_PORT + 1 + i, i, 0, Segment.SYN, 1000));
        }
        time.advance(Duration.ofMillis(5));
        assertThat(host.tcp().connections()).isEqualTo(10_000);
        assertThat(peer.receivedPackets()).hasSize(9_999);
        time.advance(Duration.ofMinutes(15));
        assertThat(host.tcp().connections()).isEqualTo(1);
    }
}
