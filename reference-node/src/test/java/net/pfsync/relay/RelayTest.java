package net.pfsync.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.net.Ethernet;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.LinkStatistics;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.pcap.PcapLink;
import net.pfsync.relay.RelayMessage.Failure;
import net.pfsync.relay.RelayMessage.Frame;
import net.pfsync.relay.RelayMessage.Status;
import net.pfsync.time.RealTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {

    private static final int PIPE = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final LinkStatistics COUNTERS = new LinkStatistics(1, 2, 3, 4, 5, 6, 7);
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:77");

    private static byte[] sent(RelayMessage... messages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((RelayMessage.GREETING + "\n").getBytes(StandardCharsets.US_ASCII));
        for (RelayMessage message : messages) {
            RelayMessage.write(new DataOutputStream(bytes), message);
        }
        return bytes.toByteArray();
    }

    /** A relay that has said something and then waits. */
    private static InputStream saying(byte[] bytes) throws IOException {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, PIPE);
        out.write(bytes);
        return in;
    }

    private static Status status(boolean up) {
        return new Status(up, MAC, 1500, COUNTERS);
    }

    private static RelayLink open(InputStream in, RealTime loop) throws LinkException {
        return RelayLink.open(in, OutputStream.nullOutputStream(), () -> {}, loop, Duration.ofSeconds(2));
    }

    private static <T> T onLoop(RealTime loop, java.util.concurrent.Callable<T> task) throws Exception {
        return loop.call(task, PATIENCE);
    }

    private static void cannotOpen(byte[] said, String because) throws IOException {
        try (RealTime loop = new RealTime("near", thrown -> {})) {
            assertThatExceptionOfType(LinkException.class)
                    .isThrownBy(() -> open(new ByteArrayInputStream(said), loop))
                    .withMessage(because);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte... other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void aBannerBeforeTheGreetingIsSkipped() throws Exception {
        byte[] bytes = joined(text("Welcome to tester\r\n\n"), sent(status(true)));
        try (RealTime loop = new RealTime("near", thrown -> {})) {
            RelayLink link = open(saying(bytes), loop);
            assertThat(link.address()).isEqualTo(MAC);
            assertThat(link.mtu()).isEqualTo(1500);
            assertThat(link.up()).isTrue();
            assertThat(link.statistics()).isEqualTo(COUNTERS);
            onLoop(loop, () -> {
                link.close();
                return null;
            });
        }
    }

    @Test
    void whatIsNoRelayIsSaidInOneLine() throws Exception {
        cannotOpen(new byte[0], "the relay does not work: it ended without a word");
        cannotOpen(text("sh: pfsync: not found\n"), "the relay does not work: it ended with: sh: pfsync: not found");
        cannotOpen(text("\u001b[31mx\n".repeat(2000)), "the relay does not work: it is no relay: [31mx");
        cannotOpen(sent(new Failure("no interface eth9")), "the relay does not work: no interface eth9");
        byte[] huge = joined(sent(), (byte) 0x7f, (byte) -1, (byte) -1, (byte) -1);
        cannotOpen(huge, "the relay does not work: a message of 2147483647 bytes, which is none of a relay");
        byte[] negative = joined(sent(), (byte) -1, (byte) -1, (byte) -1, (byte) -1);
        cannotOpen(negative, "the relay does not work: a message of 4294967295 bytes, which is none of a relay");
        byte[] empty = joined(sent(), (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        cannotOpen(empty, "the relay does not work: a message of 0 bytes, which is none of a relay");
        byte[] type = joined(sent(), (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 'x');
        cannotOpen(type, "the relay does not work: a message of type 120, which is none of a relay");
        byte[] cut = joined(sent(), (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 'S', (byte) 1);
        cannotOpen(cut, "the relay does not work: a status of 1 bytes, which is none of a relay");
    }

    @Test
    void aSilentRelayIsNotWaitedForForEver() throws Exception {
        try (RealTime loop = new RealTime("near", thrown -> {})) {
            assertThatExceptionOfType(LinkException.class)
                    .isThrownBy(() -> open(saying(sent()), loop))
                    .withMessage("the relay said nothing within 2 s");
        }
    }

    @Test
    void whatEndsInTheMiddleIsALoss() throws Exception {
        try (RealTime loop = new RealTime("near", thrown -> {})) {
            LinkedBlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
            PipedOutputStream far = new PipedOutputStream();
            PipedInputStream in = new PipedInputStream(far, PIPE);
            far.write(sent(status(true)));
            RelayLink link = open(in, loop);
            onLoop(loop, () -> {
                link.onStatus(changes::add);
                return null;
            });
            far.close();
            assertThat(changes.poll(5, TimeUnit.SECONDS)).isFalse();
            assertThat(link.up()).isFalse();
            assertThat(link.statistics().lost()).isEqualTo(COUNTERS.lost() + 1);
            onLoop(loop, () -> {
                link.send(new byte[60]);
                return null;
            });
            assertThat(link.statistics().sendErrors()).isEqualTo(COUNTERS.sendErrors() + 1);
        }
    }

    @Test
    void anyBytesAreHarmless() throws Exception {
        Random random = new Random(240);
        byte[] sound = sent(status(true), new Frame(new byte[80]), status(false), new Failure("done"));
        for (int round = 0; round < 60; round++) {
            byte[] bytes = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int change = random.nextInt(6); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try (RealTime loop = new RealTime("near", thrown -> {})) {
                RelayLink link = open(new ByteArrayInputStream(bytes), loop);
                assertThat(link.address()).isNotNull();
            } catch (LinkException e) {
                assertThat(e.getMessage())
                        .startsWith("the relay does not work: ")
                        .doesNotContain("\n");
            }
        }
    }

    /** A relay between pipes, and the link at the other end. */
    private record Pair(RelayLink near, RealTime loop, LinkedBlockingQueue<byte[]> heard, PipedOutputStream toRelay) {}

    private static Pair relayed(String device, LinkedBlockingQueue<String> ends) throws Exception {
        PipedOutputStream toRelay = new PipedOutputStream();
        PipedInputStream relayIn = new PipedInputStream(toRelay, PIPE);
        PipedOutputStream fromRelay = new PipedOutputStream();
        PipedInputStream nearIn = new PipedInputStream(fromRelay, PIPE);
        Thread far = new Thread(() -> {
            try {
                Relay.run(loop -> PcapLink.open(device, null, loop), relayIn, fromRelay);
                ends.add("ended");
            } catch (LinkException | IOException e) {
                ends.add(e.getMessage());
            }
        });
        far.start();
        RealTime loop = new RealTime("near", thrown -> {});
        RelayLink near = RelayLink.open(nearIn, toRelay, toRelay, loop, PATIENCE);
        LinkedBlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
        onLoop(loop, () -> {
            near.onReceive(heard::add);
            return null;
        });
        return new Pair(near, loop, heard, toRelay);
    }

    @Test
    @NeedsLab
    void framesPassBothWaysAndTheEndIsClean() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
            Pair pair = relayed("wirea", ends);
            LinkedBlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
            try (RealTime loop = new RealTime("station", thrown -> {})) {
                MeteredLink station = PcapLink.open("wireb", null, loop);
                onLoop(loop, () -> {
                    station.onReceive(there::add);
                    return null;
                });
                for (int i = 0; i < 500; i++) {
                    byte[] frame = Ethernet.frame(station.address(), pair.near.address(), new byte[46 + i]);
                    onLoop(pair.loop, () -> {
                        pair.near.send(frame);
                        return null;
                    });
                    assertThat(there.poll(5, TimeUnit.SECONDS)).isEqualTo(frame);
                    byte[] answer = Ethernet.frame(pair.near.address(), station.address(), new byte[46 + i]);
                    onLoop(loop, () -> {
                        station.send(answer);
                        return null;
                    });
                    assertThat(pair.heard.poll(5, TimeUnit.SECONDS)).isEqualTo(answer);
                }
                assertThat(pair.near.statistics().lost()).isZero();
                onLoop(loop, () -> {
                    station.close();
                    return null;
                });
            }
            onLoop(pair.loop, () -> {
                pair.near.close();
                return null;
            });
            assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("ended");
            pair.loop.close();
            return null;
        });
    }

    @Test
    @NeedsLab
    void hostileInputEndsTheRelayAndNothingElse() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
            Pair pair = relayed("wirea", ends);
            pair.toRelay.write(new byte[] {0x7f, 0, 0, 0, 'F'});
            pair.toRelay.flush();
            assertThat(ends.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("a message of 2130706432 bytes, which is none of a relay");
            pair.loop.close();
            return null;
        });
    }

    @Test
    @NeedsLab
    void whatFindsNoRoomIsCounted() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            // Nobody reads: the pipe fills, then the relay's own room.
            PipedOutputStream fromRelay = new PipedOutputStream();
            PipedInputStream slow = new PipedInputStream(fromRelay, 1 << 16);
            PipedOutputStream toRelay = new PipedOutputStream();
            PipedInputStream relayIn = new PipedInputStream(toRelay, PIPE);
            Thread far = new Thread(() -> {
                try {
                    Relay.run(loop -> PcapLink.open("wirea", null, loop), relayIn, fromRelay);
                } catch (LinkException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            far.start();
            int flood = 100_000;
            try (RealTime loop = new RealTime("station", thrown -> {})) {
                assertThat(slow.read()).isEqualTo('P');
                MeteredLink station = PcapLink.open("wireb", null, loop);
                byte[] frame = Ethernet.frame(MacAddress.BROADCAST, station.address(), new byte[46]);
                onLoop(loop, () -> {
                    for (int i = 0; i < flood; i++) {
                        station.send(frame);
                    }
                    return null;
                });
                byte[] rest = joined(text("P"), slow.readNBytes(RelayMessage.GREETING.length()));
                assertThat(new String(rest, StandardCharsets.US_ASCII)).isEqualTo(RelayMessage.GREETING + "\n");
                java.io.DataInputStream in = new java.io.DataInputStream(slow);
                int arrived = 0;
                long lost = 0;
                while (arrived + lost < flood) {
                    switch (RelayMessage.read(in)) {
                        case Frame one -> arrived++;
                        case Status now -> lost = now.counters().lost();
                        case Failure failure -> throw new IllegalStateException(failure.why());
                    }
                }
                assertThat(lost).isPositive();
                assertThat(arrived + lost).isEqualTo(flood);
                onLoop(loop, () -> {
                    station.close();
                    return null;
                });
            }
            toRelay.close();
            far.join(10_000);
            assertThat(far.isAlive()).isFalse();
            return null;
        });
    }
}
