package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.PcapLink;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.Station.Neighbour;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.time.RealTime;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** The probe's place on a wire of the test, at whose other end the test sits. */
@NeedsLab
@Timeout(60)
class ProbeStationTest {

    private static final Dialect DIALECT =
            net.pfsync.release.Release.of("reference-v6").rules().dialect();
    private static final MacAddress TARGET = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:02");
    private static final StateSpec STATE = StateSpec.udp(
            new StateId(0x7e57_0000_0000_0009L, 0x7e570001),
            new Endpoint("192.0.2.1", 1),
            new Endpoint("198.51.100.1", 2));
    private static final Duration SOON = Duration.ofSeconds(5);

    private final BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();

    /** What is done at the ends of the wire. */
    @FunctionalInterface
    private interface Ends {
        void meet(ProbeStation probe, Far far) throws Exception;
    }

    /** Sends a frame at the far end. */
    @FunctionalInterface
    private interface Far {
        void send(byte[] frame) throws Exception;
    }

    private static LabConfig lab(String name) {
        return new LabConfig("lab", "auto", Mode.SAFE, name, "10.9.0.9", null, null, null, Patience.USUAL, List.of());
    }

    private void onWire(Ends ends) throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("near", "far");
            try (RealTime loop = new RealTime("far", thrown -> {});
                    ProbeStation probe = new ProbeStation(lab("near"))) {
                PcapLink far = loop.call(() -> PcapLink.open("far", null, loop), SOON);
                loop.call(
                        () -> {
                            far.onReceive(seen::add);
                            return null;
                        },
                        SOON);
                ends.meet(
                        probe,
                        frame -> loop.call(
                                () -> {
                                    far.send(frame);
                                    return null;
                                },
                                SOON));
            }
            return null;
        });
    }

    private byte[] next() throws InterruptedException {
        byte[] frame = seen.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(frame).isNotNull();
        return frame;
    }

    private static byte[] packet(String source, MessageSpec message) {
        return FrameBuilder.of(DIALECT).source(source).add(message.in(DIALECT)).build();
    }

    private static byte[] frame(String source, MessageSpec message) {
        return Ethernet.frame(MacAddress.multicast(0xe00000f0), TARGET, packet(source, message));
    }

    private static void talkToTheTarget(ProbeStation probe) {
        probe.talkTo(Map.of(Ipv4Address.parse("10.9.0.1"), new Neighbour("a", TARGET)));
    }

    @Test
    void answersForItsAddress() throws Exception {
        onWire((probe, far) -> {
            byte[] who = HexFormat.of()
                    .parseHex("ffffffffffff" + "020000000001" + "0806" + "0001080006040001" + "020000000001"
                            + "0a090001" + "000000000000" + "0a090009");
            byte[] another = who.clone();
            another[another.length - 1] = 8;
            far.send(another);
            far.send(who);

            byte[] reply = next();
            assertThat(Ethernet.destination(reply)).isEqualTo(TARGET);
            assertThat(HexFormat.of().formatHex(reply, 12, 22)).isEqualTo("08060001080006040002");
            assertThat(Arrays.copyOfRange(reply, 22, 28)).isEqualTo(Arrays.copyOfRange(reply, 6, 12));
            assertThat(HexFormat.of().formatHex(reply, 28, 42)).isEqualTo("0a090009" + "020000000001" + "0a090001");
        });
    }

    @Test
    void hearsTheFirewallsOfTheCaseAndTellsWhoElseSpokeOfItsStates() throws Exception {
        onWire((probe, far) -> {
            talkToTheTarget(probe);
            far.send(frame("10.9.0.2", Messages.insertAck(new StateId(5, 5))));
            far.send(frame("10.9.0.1", Messages.insertAck(STATE.id())));
            assertThat(probe.until(() -> !probe.frames().isEmpty(), SOON)).isTrue();
            assertThat(probe.frames()).extracting(Captured::sender).containsExactly("a");
            assertThat(probe.meddler(DIALECT)).isEmpty();

            far.send(frame("10.9.0.2", Messages.update(STATE)));
            assertThat(probe.until(() -> probe.meddler(DIALECT).isPresent(), SOON))
                    .isTrue();
            assertThat(probe.meddler(DIALECT))
                    .hasValueSatisfying(who -> assertThat(who)
                            .startsWith("10.9.0.2 took part with UPD about a state of the suite; mode full"));
            probe.restart();
            assertThat(probe.meddler(DIALECT)).isEmpty();
            assertThat(probe.frames()).isEmpty();
        });
    }

    @Test
    void speaksToTheTargetAloneAndRemovesStatesFromTheOthersFirst() throws Exception {
        onWire((probe, far) -> {
            talkToTheTarget(probe);
            probe.removeAlsoFrom(DIALECT, List.of(OTHER));

            probe.send(packet("10.9.0.9", Messages.insert(STATE)));
            probe.send(FrameBuilder.of(DIALECT)
                    .source("10.9.0.9")
                    .section(77, 1, 4, new byte[16])
                    .build());
            probe.send(packet("10.9.0.9", Messages.deleteCompressed(STATE.id())));

            for (MacAddress to : List.of(TARGET, TARGET, OTHER, TARGET)) {
                assertThat(Ethernet.destination(next())).isEqualTo(to);
            }
            assertThat(probe.sent()).isEqualTo(3);
        });
    }

    @Test
    void speaksToWhomeverAPacketIsForWhereACaseHasSeveralFirewalls() throws Exception {
        onWire((probe, far) -> {
            probe.talkTo(Map.of(
                    Ipv4Address.parse("10.9.0.1"), new Neighbour("a", TARGET),
                    Ipv4Address.parse("10.9.0.2"), new Neighbour("b", OTHER)));

            probe.send(packet("10.9.0.9", Messages.bulkRequest()));
            assertThat(Ethernet.destination(next())).isEqualTo(MacAddress.multicast(0xe00000f0));
            byte[] toB = packet("10.9.0.9", Messages.bulkRequest());
            System.arraycopy(new byte[] {10, 9, 0, 2}, 0, toB, 16, 4);
            probe.send(toB);
            assertThat(Ethernet.destination(next())).isEqualTo(OTHER);
        });
    }

    @Test
    void cannotTellWhenItsInterfaceWentDown() throws Exception {
        onWire((probe, far) -> {
            talkToTheTarget(probe);
            OwnNetwork.run("ip link set near down");
            assertThatExceptionOfType(CannotTell.class)
                    .isThrownBy(() -> probe.until(() -> false, SOON))
                    .withMessage("the interface near of the probe went down");
            OwnNetwork.run("ip link set near up");
            assertThatExceptionOfType(CannotTell.class).isThrownBy(() -> probe.pass(Duration.ofMillis(1)));
        });
    }

    @Test
    void nobodyWaitsAnHourInRealTime() throws Exception {
        onWire((probe, far) -> assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> probe.pass(Duration.ofHours(1)))
                .withMessage("it waits for 60 min, and a lab in real time for 3 min at most; --lab embedded runs it"));
    }

    @Test
    void saysWhichInterfaceIsMissing() {
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(() -> new ProbeStation(lab("nowhere0")).close())
                .withMessageContaining("nowhere0");
    }
}
