package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code scrub (reassemble tcp)}. {@code PF-TRACKING.md} 3.12. */
class TcpNormalizationTest {

    private static final int CLIENT_CLOCK = 100_000;
    private static final int SERVER_CLOCK = 900_000;

    private final Bench bench = Bench.of2009("pass scrub (reassemble tcp)");

    private static TestPacket client() {
        return TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80);
    }

    private static TestPacket server() {
        return TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000);
    }

    private static Packet parsed(byte[] bytes) {
        Packet packet = new Packet();
        assertThat(packet.parse(bytes, 0, bytes.length)).isTrue();
        assertThat(TestPacket.checksumsRight(bytes)).isTrue();
        return packet;
    }

    private static int tsval(Packet packet) {
        return packet.option32(packet.options().timestampAt());
    }

    private static int tsecr(Packet packet) {
        return packet.option32(packet.options().timestampAt() + 4);
    }

    /** What both ends have added to their clocks on the way, through both states. */
    private int shift(boolean ofClient) {
        Peer first = ofClient ? bench.state(0).src : bench.state(0).dst;
        Peer second = ofClient ? bench.state(1).src : bench.state(1).dst;
        return first.scrub.tsMod + second.scrub.tsMod;
    }

    private void establish() {
        bench.fromClient(client().seq(1000).flags(TcpFlags.SYN).timestamps(CLIENT_CLOCK, 0));
        bench.fromServer(server().seq(5000)
                .ack(1001)
                .flags(TcpFlags.SYN)
                .timestamps(
                        SERVER_CLOCK, CLIENT_CLOCK + bench.state(0).src.scrub.tsMod + bench.state(1).src.scrub.tsMod));
        bench.fromClient(client().seq(1001).ack(5001).timestamps(CLIENT_CLOCK + 1, SERVER_CLOCK + shift(false)));
    }

    @Test
    void bothEndsAreRememberedAsRecorded() { // OpenBSD 4.6, local-tcp-connection-scrub-reassemble-tcp
        establish();
        assertThat(bench.state(0).src.scrub.flags).isEqualTo((short) Peer.Scrub.TIMESTAMP);
        assertThat(bench.state(0).src.scrub.ttl).isEqualTo((byte) 64);
        assertThat(bench.state(0).dst.scrub.ttl).isEqualTo((byte) 63);
        assertThat(bench.state(1).src.scrub.ttl).isEqualTo((byte) 63);
        assertThat(bench.state(1).dst.scrub.ttl).isEqualTo((byte) 64);
        assertThat(bench.state(0).src.scrub.tsMod).isNotZero().isNotEqualTo(bench.state(1).src.scrub.tsMod);
    }

    @Test
    void timestampsAreShiftedAndTheirEchoesShiftedBack() {
        establish();
        Packet data = parsed(bench.fromClient(
                client().seq(1001).ack(5001).data(5).timestamps(CLIENT_CLOCK + 9, SERVER_CLOCK + shift(false))));
        assertThat(tsval(data)).isEqualTo(CLIENT_CLOCK + 9 + shift(true));
        assertThat(tsecr(data)).isEqualTo(SERVER_CLOCK);
        Packet answer = parsed(bench.fromServer(
                server().seq(5001).ack(1006).data(5).timestamps(SERVER_CLOCK + 9, CLIENT_CLOCK + 9 + shift(true))));
        assertThat(tsval(answer)).isEqualTo(SERVER_CLOCK + 9 + shift(false));
        assertThat(tsecr(answer)).isEqualTo(CLIENT_CLOCK + 9);
    }

    @Test
    void neitherEndCanLowerItsTimeToLive() {
        establish();
        Packet lower = parsed(bench.fromClient(
                client().seq(1001).ack(5001).data(5).ttl(3).timestamps(CLIENT_CLOCK + 9, SERVER_CLOCK + shift(false))));
        assertThat(lower.ttl()).isEqualTo(63);
        Packet higher = parsed(bench.fromClient(client().seq(1006)
                .ack(5001)
                .data(5)
                .ttl(200)
                .timestamps(CLIENT_CLOCK + 9, SERVER_CLOCK + shift(false))));
        assertThat(higher.ttl()).isEqualTo(199);
        assertThat(bench.state(0).src.scrub.ttl).isEqualTo((byte) 200);
    }

    private Reason reasonOf(TestPacket fromClient) {
        return bench.in(fromClient).reason();
    }

    @Test
    void dataWithoutATimestampIsDroppedOnceThereAreTimestamps() {
        establish();
        assertThat(reasonOf(client().seq(1001).ack(5001).data(5))).isEqualTo(Reason.BAD_TIMESTAMP);
        assertThat(bench.filter.statistics().count(Reason.BAD_TIMESTAMP)).isEqualTo(1);
        assertThat(bench.state(0).src.seqlo).isEqualTo(1000);
        assertThat(reasonOf(client().seq(1001).ack(5001))).as("no data").isNull();
        assertThat(reasonOf(client().seq(1001).ack(5001).data(1).flags(TcpFlags.RST)))
                .as("a reset")
                .isNull();
    }

    @Test
    void aTimestampOlderThanWhatTheOtherEndHasEchoedIsDropped() {
        establish();
        bench.fromServer(server().seq(5001).ack(1001).timestamps(SERVER_CLOCK, CLIENT_CLOCK + 1 + shift(true)));
        assertThat(reasonOf(client().seq(1001).ack(5001).data(5).timestamps(CLIENT_CLOCK, 0)))
                .isEqualTo(Reason.BAD_TIMESTAMP);
        assertThat(reasonOf(client().seq(1001).ack(5001).data(5).timestamps(CLIENT_CLOCK + 1, 0)))
                .isNull();
    }

    @Test
    void aTimestampMayRunAheadOfTheClockByTheDifferenceThatIsSet() {
        establish();
        bench.now += 10;
        int latest = CLIENT_CLOCK + 1 + (10 + 30) * 1000;
        assertThat(reasonOf(client().seq(1001).ack(5001).data(5).timestamps(latest + 1, 0)))
                .isEqualTo(Reason.BAD_TIMESTAMP);
        assertThat(reasonOf(client().seq(1001).ack(5001).data(5).timestamps(latest, 0)))
                .isNull();
    }

    @Test
    void anEndWithoutTimestampsIsNotAskedForThem() {
        bench.fromClient(client().seq(1000).flags(TcpFlags.SYN));
        bench.fromServer(server().seq(5000).ack(1001).flags(TcpFlags.SYN).timestamps(SERVER_CLOCK, 0));
        assertThat(bench.state(0).src.scrub.flags).isZero();
        assertThat(bench.fromClient(client().seq(1001).ack(5001).data(5))).isNotNull();
    }

    @Test
    void withoutTheRuleNothingIsTouched() {
        Bench plain = Bench.of2009("pass");
        byte[] syn = client().seq(1000)
                .flags(TcpFlags.SYN)
                .timestamps(CLIENT_CLOCK, 0)
                .bytes();
        byte[] before = syn.clone();
        plain.test(syn, Bench.INSIDE, State.IN);
        assertThat(syn).isEqualTo(before);
        assertThat(plain.state(0).src.scrub).isNull();
    }

    @Test
    void aMatchingRuleMayAskForItOnBehalfOfOthers() {
        Bench matched = Bench.of2009("match scrub (reassemble tcp)\npass");
        matched.in(client().seq(1000).flags(TcpFlags.SYN));
        assertThat(matched.state(0).src.scrub).isNotNull();
        assertThat(matched.state(0).rule).isEqualTo(1);
    }

    /** A state that came from a peer without the flag, which version 5 cannot carry. */
    @Test
    void anEndIsRememberedIfTheOtherOneIs() {
        bench.fromClient(client().seq(1000).flags(TcpFlags.SYN).timestamps(CLIENT_CLOCK, 0));
        bench.state(0).clear(StateFlags.SCRUB_TCP);
        bench.state(1).clear(StateFlags.SCRUB_TCP);
        bench.fromServer(server().seq(5000).ack(1001).flags(TcpFlags.SYN).timestamps(SERVER_CLOCK, 0));
        assertThat(bench.state(0).dst.scrub).isNotNull();
    }
}
