package net.pfsync.suite.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures are read in both byte orders, and a bad one is one line that says where. */
class CaptureTest {

    @TempDir
    private Path folder;

    @Test
    void bothByteOrdersAndBothUnits() throws IOException {
        assertThat(read(file(0xa1b2c3d4, ByteOrder.BIG_ENDIAN))
                        .frames()
                        .getFirst()
                        .nanos())
                .isEqualTo(5_000_007_000L);
        assertThat(read(file(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN))
                        .frames()
                        .getFirst()
                        .bytes())
                .containsExactly(1, 2, 3);
        assertThat(read(file(0xa1b23c4d, ByteOrder.LITTLE_ENDIAN))
                        .frames()
                        .getFirst()
                        .nanos())
                .isEqualTo(5_000_000_007L);
    }

    @Test
    void everyCutIsSaid() {
        byte[] whole = file(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length != 24) {
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("capture.pcap: ");
            }
        }
    }

    @Test
    void anotherFileIsNone() {
        assertThatThrownBy(() -> read(new byte[64])).hasMessageContaining("is no pcap file");
    }

    private Capture read(byte[] bytes) throws IOException {
        return Capture.read(Files.write(folder.resolve("capture.pcap"), bytes));
    }

    private static byte[] file(int magic, ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + 3).order(order);
        file.putInt(magic).position(24);
        file.putInt(5).putInt(7).putInt(3).putInt(3).put(new byte[] {1, 2, 3});
        return file.array();
    }
}
