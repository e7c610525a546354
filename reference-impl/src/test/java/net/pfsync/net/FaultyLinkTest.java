package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.pfsync.net.FaultyLink.Faults;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults before a link, each alone, in both directions. */
class FaultyLinkTest {

    private static final MacAddress MAC = MacAddress.parse("00:00:5e:00:53:0a");
    private static final int MANY = 10_000;
    private static final long MILLI = 1_000_000L;

    private final VirtualTime time = new VirtualTime(0);
    private final Wire wire = new Wire();
    private final List<byte[]> received = new ArrayList<>();

    /** What is behind the faults: keeps what is sent, and brings what a test says. */
    private static final class Wire implements Link {
        private final List<byte[]> sent = new ArrayList<>();
        private Consumer<byte[]> receiver;
        private Consumer<Boolean> listener;
        private boolean up = true;

        @Override
        public void send(byte[] frame) {
            sent.add(frame);
        }

        @Override
        public void onReceive(Consumer<byte[]> consumer) {
            receiver = consumer;
        }

        @Override
        public boolean up() {
            return up;
        }

        @Override
        public void onStatus(Consumer<Boolean> consumer) {
            listener = consumer;
        }

        @Override
        public MacAddress address() {
            return MAC;
        }
    }

    private FaultyLink link(Faults faults) {
        FaultyLink link = new FaultyLink(wire, time, faults, 240);
        link.onReceive(received::add);
        return link;
    }

    private static byte[] frame(int number) {
        byte[] packet = new byte[100];
        NetworkOrder.put32(packet, 0, number);
        return Ethernet.frame(MAC, MAC, packet);
    }

    private static List<Integer> numbers(List<byte[]> frames) {
        return frames.stream()
                .map(frame -> NetworkOrder.int32(frame, Ethernet.HEADER))
                .toList();
    }

    private static List<Integer> firstNumbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private void sendAndReceive(FaultyLink link, int count) {
        for (int i = 0; i < count; i++) {
            link.send(frame(i));
            wire.receiver.accept(frame(i));
        }
    }

    @Test
    void passesEverythingAsItIsWithoutFaults() {
        FaultyLink link = link(Faults.NONE);
        sendAndReceive(link, 100);
        assertThat(numbers(wire.sent)).isEqualTo(firstNumbers(100));
        assertThat(numbers(received)).isEqualTo(firstNumbers(100));
    }

    @Test
    void losesAShareOfEitherDirection() {
        sendAndReceive(link(new Faults(0.1, 0, 0, 0, 0, 0)), MANY);
        assertThat(wire.sent).hasSizeBetween(8800, 9200);
        assertThat(received).hasSizeBetween(8800, 9200);
        assertThat(numbers(wire.sent)).isSorted().isNotEqualTo(numbers(received));
    }

    @Test
    void losesEverythingIfTold() {
        sendAndReceive(link(new Faults(1, 1, 1, 1, 0, 0)), 100);
        time.advance(Duration.ofSeconds(1));
        assertThat(wire.sent).isEmpty();
        assertThat(received).isEmpty();
    }

    @Test
    void doublesAShare() {
        sendAndReceive(link(new Faults(0, 0.1, 0, 0, 0, 0)), MANY);
        assertThat(wire.sent).hasSizeBetween(10_800, 11_200);
        assertThat(numbers(wire.sent)).isSorted();
        assertThat(numbers(wire.sent).stream().distinct().toList()).isEqualTo(firstNumbers(MANY));
    }

    @Test
    void turnsOneBitBehindTheHeaderAndLeavesTheSendersFrameAlone() {
        FaultyLink link = link(new Faults(0, 0, 1, 0, 0, 0));
        for (int i = 0; i < 1000; i++) {
            byte[] frame = frame(i);
            link.send(frame);
            assertThat(frame).isEqualTo(frame(i));
            byte[] wrong = wire.sent.get(i);
            int bits = IntStream.range(0, frame.length)
                    .map(at -> Integer.bitCount((frame[at] ^ wrong[at]) & 0xff))
                    .sum();
            assertThat(bits).isEqualTo(1);
            assertThat(Arrays.copyOf(wrong, Ethernet.HEADER)).isEqualTo(Arrays.copyOf(frame, Ethernet.HEADER));
        }
    }

    @Test
    void letsTheNextFrameOvertake() {
        FaultyLink link = link(new Faults(0, 0, 0, 1, 0, 0));
        for (int i = 0; i < 6; i++) {
            link.send(frame(i));
        }
        assertThat(numbers(wire.sent)).containsExactly(1, 0, 3, 2, 5, 4);
    }

    @Test
    void doesNotWaitForeverToBeOvertaken() {
        link(new Faults(0, 0, 0, 1, 0, 0)).send(frame(7));
        time.advance(Duration.ofNanos(FaultyLink.OVERTAKEN_NANOS - 1));
        assertThat(wire.sent).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(numbers(wire.sent)).containsExactly(7);
        time.advance(Duration.ofSeconds(1));
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void losesNoneOfThoseThatAreReordered() {
        sendAndReceive(link(new Faults(0, 0, 0, 0.1, 0, 0)), MANY);
        time.advance(Duration.ofSeconds(1));
        assertThat(numbers(wire.sent)).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(numbers(wire.sent)).isNotEqualTo(firstNumbers(MANY));
    }

    @Test
    void delaysByTheGivenTimeAndALittleMore() {
        FaultyLink link = link(new Faults(0, 0, 0, 0, 5 * MILLI, 2 * MILLI));
        sendAndReceive(link, 100);
        time.advance(Duration.ofNanos(5 * MILLI - 1));
        assertThat(wire.sent).isEmpty();
        assertThat(received).isEmpty();
        time.advance(Duration.ofNanos(MILLI));
        assertThat(wire.sent).hasSizeBetween(1, 99);
        time.advance(Duration.ofNanos(MILLI + 1));
        assertThat(wire.sent).hasSize(100);
        assertThat(received).hasSize(100);
    }

    @Test
    void doesTheSameAgainWithTheSameSeed() {
        Faults faults = new Faults(0.2, 0.2, 0.2, 0.2, MILLI, MILLI);
        sendAndReceive(link(faults), 500);
        time.advance(Duration.ofSeconds(1));
        List<byte[]> first = List.copyOf(wire.sent);
        wire.sent.clear();
        sendAndReceive(link(faults), 500);
        time.advance(Duration.ofSeconds(1));
        assertThat(wire.sent).usingElementComparator(Arrays::compare).containsExactlyElementsOf(first);
    }

    @Test
    void isUpAndHasTheAddressOfTheLinkBehindIt() {
        FaultyLink link = link(Faults.NONE);
        List<Boolean> told = new ArrayList<>();
        link.onStatus(told::add);
        wire.listener.accept(false);
        wire.up = false;
        assertThat(told).containsExactly(false);
        assertThat(link.up()).isFalse();
        assertThat(link.address()).isEqualTo(MAC);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesSharesThatAreNone(double share) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Faults(share, 0, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Faults(0, 0, 0, share, 0, 0));
    }

    @Test
    void refusesToSendFramesBackInTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Faults(0, 0, 0, 0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Faults(0, 0, 0, 0, 0, -1));
    }
}
