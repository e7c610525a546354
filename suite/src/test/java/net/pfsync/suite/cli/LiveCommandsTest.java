package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.pcap.PcapLink;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.time.RealTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code dump} and {@code lint} on an interface: what passes it is shown as it comes, and judged when the time is over. */
@Timeout(120)
class LiveCommandsTest {

    private static final String OBSERVED = "../fixtures/observed/openbsd-7.6/captures/";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The program in a JVM of its own, which listens at one end of a wire. */
    private record Listening(Process process, BufferedReader out, BufferedReader err) {

        static Listening with(String... words) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
            command.addAll(List.of(words));
            Process process = new ProcessBuilder(command).start();
            Listening listening = new Listening(process, process.inputReader(), process.errorReader());
            assertThat(listening.err().readLine()).isEqualTo("listening on wireb; Ctrl-C ends it");
            return listening;
        }

        List<String> lines(int count) throws IOException {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lines.add(out.readLine());
            }
            return lines;
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        int interrupted() throws InterruptedException {
            process.toHandle().destroy();
            return exit();
        }

        String rest() {
            return out.lines().collect(Collectors.joining("\n"));
        }
    }

    /** What is done on a wire. */
    @FunctionalInterface
    private interface OnWire {
        void run() throws Exception;
    }

    private static void onWire(OnWire what) throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            what.run();
            return null;
        });
    }

    /** Sends the frames of a capture at the other end, one behind the other. */
    static void send(String capture) throws Exception {
        try (RealTime loop = new RealTime("sender", Throwable::printStackTrace);
                CaptureReader reader = CaptureReader.open(Path.of(OBSERVED + capture))) {
            PcapLink link = loop.call(() -> PcapLink.open("wirea", null, loop), PATIENCE);
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                byte[] bytes = frame.bytes();
                loop.call(
                        () -> {
                            link.send(bytes);
                            return null;
                        },
                        PATIENCE);
            }
            loop.call(
                    () -> {
                        link.close();
                        return null;
                    },
                    PATIENCE);
        }
    }

    /** The recorded text of a file, without times. */
    private static List<String> dumped(String capture) {
        return Program.run("dump", "-v", "-r", OBSERVED + capture)
                .out()
                .lines()
                .map(LiveCommandsTest::withoutTime)
                .toList();
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d\\.\\d{6} ", "");
    }

    /** Nothing is held back: the lines are there while the program goes on listening. */
    @Test
    @NeedsLab
    void dumpShowsWhatComesAsItComes() throws Exception {
        onWire(() -> {
            Listening dump = Listening.with("dump", "-v", "-i", "wireb");
            List<String> expected = dumped("s2_bulk_1.pcap");
            for (int round = 0; round < 2; round++) {
                send("s2_bulk_1.pcap");
                assertThat(dump.lines(expected.size()).stream().map(LiveCommandsTest::withoutTime))
                        .isEqualTo(expected);
            }
            assertThat(dump.process().isAlive()).isTrue();
            assertThat(dump.interrupted()).isEqualTo(143);
            assertThat(dump.rest()).isEmpty();
            assertThat(dump.err().lines())
                    .containsExactly(
                            "4 packets captured", "4 packets received by filter", "0 packets dropped by kernel");
        });
    }

    @Test
    @NeedsLab
    void dumpEndsBehindSoManyPackets() throws Exception {
        onWire(() -> {
            Listening dump = Listening.with("dump", "--json", "--action", "BUS", "--count", "1", "-i", "wireb");
            send("s2_bulk_1.pcap");
            assertThat(dump.exit()).isZero();
            assertThat(dump.rest()).startsWith("{\"number\":2,").doesNotContain("\n");
        });
    }

    @Test
    @NeedsLab
    void lintJudgesWhatPassedWhenItsTimeIsOver() throws Exception {
        onWire(() -> {
            Listening lint = Listening.with("lint", "-i", "wireb", "--for", "5s");
            send("s2_bulk_0.pcap");
            assertThat(lint.exit()).isEqualTo(1);
            assertThat(lint.rest()).contains("PFSYNC-BULK-14", "wireb: ", " in 6 packets");
        });
    }

    @Test
    @NeedsLab
    void lintJudgesWhatPassedWhenItIsInterrupted() throws Exception {
        onWire(() -> {
            Listening lint = Listening.with("lint", "-i", "wireb");
            Listening witness = Listening.with("dump", "--count", "2", "-i", "wireb");
            send("s2_bulk_500.pcap");
            assertThat(witness.exit()).isZero();
            assertThat(lint.interrupted()).isEqualTo(143);
            assertThat(lint.rest()).contains("wireb: 0 errors, 0 warnings in ");
        });
    }

    @Test
    @NeedsLab
    void anInterfaceThatGoesAwayIsOneLine() throws Exception {
        onWire(() -> {
            Listening dump = Listening.with("dump", "-i", "wireb");
            OwnNetwork.run("ip link del wireb");
            assertThat(dump.exit()).isEqualTo(3);
            assertThat(dump.err().lines()).anyMatch(line -> line.startsWith("wireb is gone: "));
        });
    }

    @Test
    void whatCannotBeListenedToIsOneLine() {
        Program unknown = Program.run("dump", "-i", "nowhere0");
        assertThat(unknown.err()).singleElement().asString().startsWith("no interface nowhere0; there are ");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(Program.run("lint", "-i", "nowhere0").exitCode()).isEqualTo(3);
        refused("--for is for interfaces; a file is read to its end", "lint", "--for", "3s", "-r", "x");
        refused("--count 0: at least one packet is expected", "dump", "--count", "0", "-i", "lo");
        assertThat(Program.run("lint", "--for", "0s", "-i", "lo").err())
                .singleElement()
                .asString()
                .contains("'0s' is no span of time, such as 60s, 5m or 1h");
    }

    private static void refused(String line, String... args) {
        Program program = Program.run(args);
        assertThat(program.err()).containsExactly(line);
        assertThat(program.exitCode()).isEqualTo(2);
    }
}
