package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code watch} on a terminal of the system's, on one that cannot draw, and into a file. */
@Timeout(120)
class WatchCommandTest {

    private static final String BULK = "../fixtures/observed/openbsd-7.6/captures/s2_bulk_0.pcap";
    private static final int ENOUGH = 20;
    /** A build in the background ignores it, and its programs would, too. */
    private static final List<String> LISTENING_TO_CTRL_C = List.of("env", "--default-signal=INT");

    private static final String LEAVES_SCREEN = "\u001b[?1049l";

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "watch"));
        command.addAll(List.of(words));
        return command;
    }

    /** The program on a terminal that a test holds the other end of; it controls the program, so that Ctrl-C is a signal. */
    private static final class OnTerminal implements AutoCloseable {

        private final JniNativePty pty;
        private final Process process;
        private final StringBuilder seen = new StringBuilder();

        OnTerminal(String type, String... words) throws IOException {
            pty = (JniNativePty) new JniTerminalProvider().open(null, new Size(80, 24));
            List<String> command = new ArrayList<>(LISTENING_TO_CTRL_C);
            command.addAll(List.of("setsid", "--ctty", "--wait"));
            command.addAll(command(words));
            File slave = new File(pty.getName());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(slave)
                    .redirectOutput(slave)
                    .redirectError(slave);
            builder.environment().put("TERM", type);
            process = builder.start();
        }

        /** Reads what is drawn until a text is there. */
        void sees(String text) throws IOException {
            InputStream in = pty.getMasterInput();
            byte[] bytes = new byte[4096];
            while (seen.indexOf(text) < 0) {
                int read = in.read(bytes);
                assertThat(read).as(seen.toString()).isPositive();
                seen.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
            }
        }

        void types(String keys) throws IOException {
            pty.getMasterOutput().write(keys.getBytes(StandardCharsets.UTF_8));
            pty.getMasterOutput().flush();
        }

        Attributes attributes() throws IOException {
            return pty.getAttr();
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(ENOUGH, TimeUnit.SECONDS))
                    .as(seen.toString())
                    .isTrue();
            return process.exitValue();
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            pty.close();
        }
    }

    private void endsAndGivesTheTerminalBack(String key) throws Exception {
        try (OnTerminal watch = new OnTerminal("xterm-256color", "-r", BULK, "--speed", "50")) {
            String before = watch.attributes().toString();
            watch.sees("10.0.0.2 asks again for all states although the END");
            watch.sees("10.0.0.1                 v6-7.4");
            assertThat(watch.attributes().getLocalFlag(LocalFlag.ICANON)).isFalse();
            watch.types(key);
            watch.sees(LEAVES_SCREEN);
            assertThat(watch.exit()).isZero();
            assertThat(watch.attributes()).hasToString(before);
        }
    }

    @Test
    void qEndsItAndTheTerminalIsAsItWas() throws Exception {
        endsAndGivesTheTerminalBack("q");
    }

    @Test
    void ctrlCEndsItAndTheTerminalIsAsItWas() throws Exception {
        endsAndGivesTheTerminalBack("\u0003");
    }

    @Test
    void aTerminalThatCannotDrawGetsLines() throws Exception {
        try (OnTerminal watch = new OnTerminal("dumb", "-r", BULK, "--speed", "50")) {
            watch.sees("asks again for all states");
            assertThat(watch.exit()).isZero();
            assertThat(watch.seen.toString()).doesNotContain("\u001b");
        }
    }

    @Test
    @NeedsLab
    void anInterfaceIsWatchedUntilItIsEnded() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            Process process = new ProcessBuilder(command("-i", "wireb"))
                    .redirectInput(new File("/dev/null"))
                    .start();
            try {
                assertThat(process.errorReader().readLine()).isEqualTo("listening on wireb; Ctrl-C ends it");
                LiveCommandsTest.send("s2_bulk_0.pcap");
                BufferedReader out = process.inputReader();
                String line = out.readLine();
                while (!line.contains("2 firewalls")) {
                    line = out.readLine();
                }
                while (!line.startsWith("WARNING")) {
                    line = out.readLine();
                }
                assertThat(line).startsWith("WARNING 10.0.0.1 answers a bulk request by END without START");
                process.toHandle().destroy();
                assertThat(process.waitFor(ENOUGH, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
            } finally {
                process.destroyForcibly();
            }
            return null;
        });
    }

    @Test
    void badInputIsOneLine() {
        refused(3, "no interface nowhere0; there are ", "-i", "nowhere0");
        refused(2, "none: there is no such file", "-r", "none");
        refused(2, "--speed 0.0: a number above 0 is expected", "-r", BULK, "--speed", "0");
        refused(4, "", "-r", "../fixtures/observed/openbsd-7.6/captures/s5_split_defer_lan1.pcap", "--speed", "1000");
    }

    private static void refused(int exitCode, String line, String... words) {
        List<String> args = new ArrayList<>(List.of("watch"));
        args.addAll(List.of(words));
        Program program = Program.run(args.toArray(String[]::new));
        assertThat(program.err()).singleElement().asString().startsWith(line);
        assertThat(program.exitCode()).isEqualTo(exitCode);
    }
}
