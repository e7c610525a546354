package net.pfsync.suite.vagrant;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine, run as a person would. */
final class Programs {

    /** The folder of the whole project. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final int PATIENCE_SECONDS = 120;

    private Programs() {}

    /** How a program ended, and all it said. */
    record Ran(int exit, String output) {

        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Skips the test on a machine without a program, unless {@code PFSYNC_LABS=required} says that it must be there. */
    static void needed(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!there && "required".equals(System.getenv("PFSYNC_LABS"))) {
                throw new AssertionError(program + " is not installed; PFSYNC_LABS=required ci/setup installs it");
            }
            assumeTrue(there, program + " is not installed; PFSYNC_LABS=required ci/setup installs it");
        }
    }

    static Ran run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Path output = Files.createTempFile("program", ".out");
        try {
            Process process = builder.redirectOutput(output.toFile()).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " does not end; it said: " + Files.readString(output));
            }
            return new Ran(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** A program in a folder, which begins with the shell of the machine. */
    static void script(Path folder, String name, String text) throws IOException {
        Path file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text, StandardCharsets.UTF_8);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + ": cannot be made a program");
        }
    }
}
