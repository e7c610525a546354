package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ICMP errors belong to the state of the packet that they are about. */
class IcmpErrorTrackingTest {

    private static final String ROUTER = "198.51.100.9";

    private final Bench bench = Bench.current("block in on em2\npass on em1\npass out on em2");

    private static TestPacket query() {
        return TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).data(20);
    }

    private static TestPacket unreachable(byte[] about) {
        return TestPacket.error(ROUTER, Bench.CLIENT, 3, 1, about);
    }

    @Test
    void anErrorComesBackThroughBothStates() {
        byte[] sent = bench.fromClient(query());
        bench.events.clear();
        assertThat(bench.fromServer(unreachable(sent))).isNotNull();
        assertThat(bench.events).containsExactly("updated 1", "updated 0");
        assertThat(bench.state(0).packets1).isEqualTo(1);
        assertThat(bench.state(0).bytes1).isEqualTo(28 + 48);
    }

    @Test
    void anErrorChangesNeitherStatesNorTimeouts() { // recorded on OpenBSD 4.6, defer-off-udp-packet-of-a-new-flow
        byte[] sent = bench.fromClient(query());
        bench.now += 5;
        bench.fromServer(unreachable(sent));
        assertThat(bench.state(1).timeout).isEqualTo((byte) Timeouts.UDP_FIRST_PACKET);
        assertThat(bench.state(1).expire).isEqualTo(1000);
        assertThat(bench.state(1).dst.state).isZero();
    }

    @Test
    void eightBytesOfThePacketInsideAreEnough() {
        byte[] sent = bench.fromClient(query());
        assertThat(bench.fromServer(unreachable(Arrays.copyOf(sent, 28)))).isNotNull();
        assertThat(bench.fromServer(unreachable(Arrays.copyOf(sent, 27)))).isNull();
    }

    @Test
    void anErrorAboutNoKnownPacketIsForTheRules() {
        Result result = bench.test(unreachable(query().bytes()).bytes(), Bench.OUTSIDE, State.IN);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.MATCH);
        Bench open = Bench.current("pass");
        assertThat(open.fromServer(unreachable(query().bytes()))).isNotNull();
        assertThat(open.table.size()).as("an error makes no state").isZero();
    }

    @Test
    void anErrorAboutAnErrorOrAFragmentIsForTheRules() {
        byte[] fragment = query().bytes();
        bench.fromClient(query());
        fragment[6] = 0x20;
        assertThat(bench.fromServer(unreachable(fragment))).isNull();
        byte[] error = unreachable(query().bytes()).bytes();
        assertThat(bench.fromServer(TestPacket.error(ROUTER, Bench.CLIENT, 3, 1, error)))
                .isNull();
    }

    @Test
    void anErrorAboutAQueryBelongsToItsState() {
        byte[] sent = bench.fromClient(
                TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77).data(56));
        assertThat(bench.fromServer(TestPacket.error(ROUTER, Bench.CLIENT, 11, 0, sent)))
                .isNotNull();
        assertThat(bench.state(0).timeout).isEqualTo((byte) Timeouts.ICMP_FIRST_PACKET);
    }

    @Test
    void errorsOfIpv6AreErrorsToo() {
        byte[] sent = bench.fromClient(
                TestPacket.udp("fd00:1::2", 4000, "fd00:2::2", 53).data(20));
        for (int type : new int[] {1, 2, 3, 4}) {
            byte[] error = bench.fromServer(TestPacket.error("fd00:9::9", "fd00:1::2", type, 0, sent));
            assertThat(error).isNotNull();
            assertThat(TestPacket.checksumsRight(error)).isTrue();
        }
    }

    @Test
    void anErrorOfTheClientAboutAnAnswerGoesTheOtherWay() {
        bench.fromClient(query());
        byte[] answer = bench.fromServer(
                TestPacket.udp(Bench.SERVER, 53, Bench.CLIENT, 4000).data(8));
        byte[] error = bench.fromClient(TestPacket.error(Bench.CLIENT, Bench.SERVER, 3, 3, answer));
        assertThat(error).isNotNull();
        assertThat(bench.state(1).packets0).isEqualTo(2);
    }

    // ---- TCP ----

    private byte[] establishedSegment(String rules) {
        bench.filter.load(Bench.ruleset(rules), bench.now);
        TestPacket syn =
                TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80).seq(1000).flags(TcpFlags.SYN);
        byte[] sent = bench.fromClient(syn.window(5000));
        int seq = sequence(sent);
        bench.fromServer(TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000)
                .seq(7000)
                .ack(seq + 1)
                .flags(TcpFlags.SYN)
                .window(5000));
        return bench.fromClient(TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80)
                .seq(1001)
                .ack(7001 + bench.state(0).dst.seqdiff + bench.state(1).dst.seqdiff)
                .data(10));
    }

    /** The sequence number of a segment, or of the segment that an error is about. */
    private static int sequence(byte[] bytes) {
        Packet packet = new Packet();
        packet.parse(bytes, 0, bytes.length);
        return packet.inner() == null ? packet.seq() : packet.inner().seq();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5000, 0, 5000})
    void anErrorAboutASegmentInTheWindowPasses(int offset) {
        byte[] sent = establishedSegment("pass");
        moveSequence(sent, offset == 5000 ? 5000 : offset + 10);
        assertThat(bench.fromServer(unreachable(sent))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5001, 5001})
    void anErrorAboutASegmentOutsideTheWindowIsDropped(int offset) {
        byte[] sent = establishedSegment("pass");
        moveSequence(sent, offset < 0 ? offset + 10 : offset);
        Result result = bench.test(unreachable(sent).bytes(), Bench.OUTSIDE, State.IN);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.STATE_MISMATCH);
    }

    /** The server offers 5000 times 8: what its client has sent that much ago can still be under way. */
    @ParameterizedTest
    @CsvSource({"-40000, true", "-40001, false"})
    void theWindowIsTheScaledOneOfTheOtherEnd(int offset, boolean passes) {
        bench.filter.load(Bench.ruleset("pass"), bench.now);
        bench.fromClient(TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80)
                .seq(1000)
                .flags(TcpFlags.SYN)
                .wscale(2)
                .window(5000));
        bench.fromServer(TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000)
                .seq(7000)
                .ack(1001)
                .flags(TcpFlags.SYN)
                .wscale(3)
                .window(5000));
        byte[] sent = bench.fromClient(TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80)
                .seq(1001)
                .ack(7001)
                .data(10));
        bench.fromServer(TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000)
                .seq(7001)
                .ack(1011)
                .window(5000));
        moveSequence(sent, offset + 10);

        Result result = bench.test(unreachable(sent).bytes(), Bench.OUTSIDE, State.IN);

        assertThat(result.verdict() == Result.Verdict.PASS).isEqualTo(passes);
    }

    private static void moveSequence(byte[] segment, int by) {
        Packet packet = new Packet();
        packet.parse(segment, 0, segment.length);
        packet.setSeq(packet.seq() + by);
    }

    @Test
    void inASloppyStateAnErrorMayBeAboutAnySegment() {
        byte[] sent = establishedSegment("pass keep state (sloppy)");
        moveSequence(sent, 1_000_000);
        assertThat(bench.fromServer(unreachable(sent))).isNotNull();
    }

    @Test
    void anErrorAboutAModulatedSegmentShowsItsSenderItsOwnSequenceNumber() {
        byte[] sent = establishedSegment("pass modulate state");
        assertThat(sequence(sent)).isNotEqualTo(1001);
        byte[] error = bench.fromServer(unreachable(sent));
        assertThat(sequence(error)).isEqualTo(1001);
        assertThat(TestPacket.checksumsRight(error)).isTrue();
    }
}
