package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code node}: how it begins, how it ends, and what it says when it cannot. */
@Timeout(120)
class NodeCommandTest {

    @TempDir
    private Path folder;

    private String config(String device, String address) throws IOException {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, """
            hostname: fw
            release: reference-v6
            host-id: 1
            interfaces:
              em0: {device: %s, addresses: [%s]}
            pfsync: {syncdev: em0}
            """.formatted(device, address));
        return file.toString();
    }

    private static void refuses(int exitCode, String line, String... args) {
        Program program = Program.run(args);
        assertThat(program.err()).containsExactly(line);
        assertThat(program.exitCode()).isEqualTo(exitCode);
        assertThat(program.out()).isEmpty();
    }

    @Test
    void needsAConfiguration() {
        refuses(2, "Missing required option: '--config=FILE'; 'pfsync node --help' explains", "node");
        refuses(2, "there is no file nowhere.yaml", "node", "--config", "nowhere.yaml");
    }

    @Test
    void refusesAnAddressForWhichTheKernelAnswersToo() throws IOException {
        refuses(
                3,
                "em0: the kernel has 127.0.0.1 on lo and would answer as well; take it away there",
                "node",
                "--config",
                config("lo", "127.0.0.1/8"));
    }

    @Test
    void refusesAnInterfaceThatIsNotThere() throws IOException {
        Program program = Program.run("node", "--config", config("nowhere0", "10.9.0.1/24"));
        assertThat(program.err()).singleElement().asString().startsWith("no interface nowhere0; there are ");
        assertThat(program.exitCode()).isEqualTo(3);
    }

    @Test
    @NeedsLab
    void runsUntilItIsTerminated() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            Process process = start(config("wirea", "10.9.0.1/24"));
            BufferedReader output = process.inputReader();
            assertThat(output.readLine()).isEqualTo("fw: reference-v6 runs");
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(output.readLine()).isNull();
            return null;
        });
    }

    private static Process start(String config) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("node", "--config", config));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
