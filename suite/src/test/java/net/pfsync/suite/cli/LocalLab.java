package net.pfsync.suite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.pfsync.labs.OwnNetwork;

/** {@code ci/lab} for tests: its files in a folder of the test's, and the program as the tests' class path has it. */
final class LocalLab {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;

    LocalLab(Path folder) {
        this.folder = folder;
    }

    /** What a command came to: both outputs in one, and the exit code. */
    record Came(String output, int exit) {}

    /** What is done on a machine of the test's own. */
    @FunctionalInterface
    interface Lines {
        void run() throws Exception;
    }

    /** Does something where nobody else's networks are. */
    static void onMachineOfItsOwn(Lines lines) throws Exception {
        OwnNetwork.call(() -> {
            Files.createDirectories(Path.of("/run/netns"));
            OwnNetwork.run("mount -t tmpfs tmpfs /run/netns");
            lines.run();
            return null;
        });
    }

    /** Where the lab's files are. */
    Path state() {
        return folder.resolve("state");
    }

    /** The program, to be run as {@code ci/pfsync} is. */
    Path program() throws IOException {
        Path program = folder.resolve("pfsync");
        Files.writeString(
                program,
                "#!/bin/sh\nexec " + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** A command that runs, with both outputs in one. */
    Process start(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PFSYNC_LAB_STATE", state().toString(),
                        "PFSYNC_PROGRAM", program().toString()));
        return builder.start();
    }

    /** Runs a command to its end. */
    Came run(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Came(output, process.waitFor());
    }

    /** Runs {@code ci/lab}. */
    Came lab(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("ci/lab").toString()));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    /** Types a line on a firewall's console. */
    Came console(int firewall, String line) throws IOException, InterruptedException {
        return run(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + state().resolve("known_hosts"),
                "-i",
                state().resolve("id_ed25519").toString(),
                "root@169.254.240.1" + firewall,
                line);
    }
}
