package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.text.FrameText;
import net.pfsync.wire.text.TextOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code dump} prints what OpenBSD 7.6's tcpdump printed, byte for byte.
 *
 * <p>The packets are those that tcpdump itself printed with {@code -x}. Of 120, 123 and 124 no bytes were recorded.
 */
class DumpTcpdumpTest {

    private static final Path OUTPUTS = Path.of("../fixtures/observed/openbsd-7.6/outputs");
    private static final int WHOLE = 65_535;

    /** What the tool captures of a frame if it is not told: {@code DEFAULT_SNAPLEN} of OpenBSD's tcpdump. */
    private static final int DEFAULT = 116;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "235_A_tcpdump_injected_from_10_0_0_9_v0, 237, 236, -n -vv, " + DEFAULT,
        "236_A_tcpdump_injected_from_10_0_0_9_v0e, 237, 236, -n -e -vvv, " + WHOLE,
        "237_A_tcpdump_injected_from_10_0_0_9_v0x, 237, 236, -n -x, " + WHOLE,
        "238_A_tcpdump_injected_from_10_0_0_9_v0d, 237, 236, -n, " + DEFAULT,
        "242_A_tcpdump_real_traffic_v0e, 243, 242, -n -e -vvv, " + WHOLE,
        "243_A_tcpdump_real_traffic_v0x, 243, 242, -n -x, " + WHOLE,
        "244_A_tcpdump_real_traffic_v0d, 243, 242, -n, " + DEFAULT
    })
    void theTextIsTheRecordedOne(String name, String bytes, String links, String flags, int snapLength)
            throws IOException {
        Path pcap = folder.resolve("capture.pcap");
        output(bytes).capture(pcap, output(links), snapLength);
        List<String> args = new ArrayList<>(List.of("dump", "-r", pcap.toString(), "--dialect", "v6-7.4"));
        args.addAll(List.of(flags.split(" ", -1)));

        Program dump = Program.run(args.toArray(String[]::new));

        assertThat(dump.err()).isEmpty();
        assertThat(dump.exitCode()).isZero();
        assertThat(dump.out()).isEqualTo(output(name).text());
    }

    /** On pfsync0 the packets begin with an IP header, which 7.6's tcpdump takes for pfsync's: version 69. */
    @ParameterizedTest
    @CsvSource({"239, 240", "245, 246"})
    void theTextOfThePfsyncInterface(String name, String bytes) throws IOException {
        List<String> heads = output(name).heads();
        List<byte[]> packets = output(bytes).packets();
        assertThat(heads).hasSameSizeAs(packets);
        FrameText frames = new FrameText(Dialect.of("v6-7.4"), new TextOptions(2, true, true));
        for (int i = 0; i < packets.size(); i++) {
            StringBuilder text = new StringBuilder();
            frames.append(text, packets.get(i), 0, packets.get(i).length);
            assertThat(heads.get(i)).endsWith(" " + text);
        }
    }

    private static RecordedTcpdump output(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(OUTPUTS)) {
            return RecordedTcpdump.read(
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
