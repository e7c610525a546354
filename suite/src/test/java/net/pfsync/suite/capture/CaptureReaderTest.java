package net.pfsync.suite.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures are read in both formats and byte orders, and a bad one is one line that says where. */
class CaptureReaderTest {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    @TempDir
    private Path folder;

    @Test
    void bothByteOrdersAndBothUnits() throws IOException {
        assertThat(read(pcap(MICROSECONDS, ByteOrder.BIG_ENDIAN)).getFirst().nanos())
                .isEqualTo(5_000_007_000L);
        assertThat(read(pcap(MICROSECONDS, ByteOrder.LITTLE_ENDIAN)).getFirst().bytes())
                .containsExactly(1, 2, 3);
        assertThat(read(pcap(NANOSECONDS, ByteOrder.LITTLE_ENDIAN)).getFirst().nanos())
                .isEqualTo(5_000_000_007L);
    }

    @Test
    void framesOfPcapngInBothByteOrders() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            List<CapturedFrame> frames = read(pcapng(order));
            assertThat(frames).hasSize(2);
            assertThat(frames.getFirst().nanos()).isEqualTo(1_000_000_500L);
            assertThat(frames.getFirst().bytes()).containsExactly(1, 2, 3);
            assertThat(frames.getFirst().length()).isEqualTo(60);
            assertThat(frames.getFirst().link()).isEqualTo(LinkType.RAW);
            assertThat(frames.get(1).bytes()).containsExactly(9);
        }
    }

    @Test
    void aCompressedCapture() throws IOException {
        assertThat(read(gzip(pcap(MICROSECONDS, ByteOrder.LITTLE_ENDIAN)))).hasSize(1);
        byte[] cut = Arrays.copyOf(gzip(pcap(MICROSECONDS, ByteOrder.LITTLE_ENDIAN)), 25);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCutIsSaidAndWhatIsWholeIsKept(boolean next) {
        byte[] whole = next ? pcapng(ByteOrder.LITTLE_ENDIAN) : pcap(MICROSECONDS, ByteOrder.LITTLE_ENDIAN);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            List<CapturedFrame> frames = new ArrayList<>();
            try {
                read(cut, frames);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("x: ");
            }
            assertThat(frames.size()).isLessThan(next ? 2 : 1);
        }
    }

    @Test
    void aLengthThatCannotBeIsCorruptAndTakesNoMemory() {
        byte[] file = pcap(MICROSECONDS, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 8, 0x7fff_fff0);
        assertThatThrownBy(() -> read(file))
                .hasMessage("x: is corrupt at byte 24: a frame of 2147483632 bytes; 0 frames before it are whole");
    }

    /** Any bytes behind a right beginning give frames or an error that says where, and nothing else. */
    @Test
    void noBytesBreakTheReader() {
        Random random = new Random(240);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? pcapng(ByteOrder.LITTLE_ENDIAN) : pcap(MICROSECONDS, ByteOrder.BIG_ENDIAN);
            for (int k = 0; k < 3; k++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            try {
                read(bytes);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(BadCaptureException.class).hasMessageStartingWith("x: ");
            }
        }
    }

    @Test
    void whatIsNoCaptureIsSaid() {
        assertThatThrownBy(() -> read(new byte[64])).hasMessage("x: is neither pcap nor pcapng");
        assertThatThrownBy(() -> CaptureReader.open(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void whatTheWriterWritesIsRead() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file)) {
            writer.write(1_234_567_890_123_456_789L, new byte[] {7, 8});
        }
        CapturedFrame frame = read(file.toByteArray()).getFirst();
        assertThat(frame.nanos()).isEqualTo(1_234_567_890_123_456_000L);
        assertThat(frame.bytes()).containsExactly(7, 8);
        assertThat(frame.link()).isEqualTo(LinkType.ETHERNET);
    }

    private static List<CapturedFrame> read(byte[] bytes) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>();
        read(bytes, frames);
        return frames;
    }

    private static void read(byte[] bytes, List<CapturedFrame> frames) throws IOException {
        try (CaptureReader reader = CaptureReader.open("x", new ByteArrayInputStream(bytes))) {
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] pcap(int magic, ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + 3).order(order);
        file.putInt(magic).putInt(20, 1).position(24);
        file.putInt(5).putInt(7).putInt(3).putInt(3).put(new byte[] {1, 2, 3});
        return file.array();
    }

    /** A section, an unknown block, an interface of raw IP in nanoseconds, a frame with options, and a simple frame. */
    private static byte[] pcapng(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(28 + 16 + 28 + 44 + 20).order(order);
        file.putInt(0x0a0d0d0a)
                .putInt(28)
                .putInt(0x1a2b3c4d)
                .putInt(1)
                .putLong(-1)
                .putInt(28);
        file.putInt(0x77).putInt(16).putInt(0).putInt(16);
        file.putInt(1).putInt(28).putShort((short) 101).putShort((short) 0).putInt(0);
        file.putShort((short) 9)
                .putShort((short) 1)
                .put((byte) 9)
                .put(new byte[3])
                .putInt(28);
        file.putInt(6)
                .putInt(44)
                .putInt(0)
                .putInt(0)
                .putInt(1_000_000_500)
                .putInt(3)
                .putInt(60);
        file.put(new byte[] {1, 2, 3, 0})
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(44);
        file.putInt(3).putInt(20).putInt(1).put(new byte[] {9, 0, 0, 0}).putInt(20);
        return file.array();
    }
}
