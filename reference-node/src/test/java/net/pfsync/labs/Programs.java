package net.pfsync.labs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine, run as a person would, in the network namespace of the calling thread. */
public final class Programs {

    /** The folder of the whole project. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final int PATIENCE_SECONDS = 300;

    private Programs() {}

    /**
     * How a program ended, and all it said.
     *
     * @param exit its exit code
     * @param output both outputs in one
     */
    public record Ran(int exit, String output) {

        /** What it said, line by line. */
        public List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Skips the test on a machine without a program, unless {@code PFSYNC_LABS=required} says that it must be there. */
    public static void needed(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!there && LabPossible.required()) {
                throw new AssertionError(program + " is not installed; PFSYNC_LABS=required ci/setup installs it");
            }
            assumeTrue(there, program + " is not installed; PFSYNC_LABS=required ci/setup installs it");
        }
    }

    /**
     * Runs a program to its end in the folder of the project, with nothing to read.
     *
     * @param environment what it finds in its environment beside the test's own
     * @param command its words
     * @return what came of it
     */
    public static Ran run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        return run(ROOT, environment, command);
    }

    /** The same in another folder. */
    public static Ran run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = builder(environment, command).directory(folder.toFile());
        // Not a pipe, which would stay open as long as what the program leaves running.
        Path output = Files.createTempFile("program", ".out");
        try {
            Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " does not end; it said: " + Files.readString(output));
            }
            return new Ran(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** A program in the folder of the project that runs while the test goes on, with both outputs in one. */
    public static Process start(Map<String, String> environment, String... command) throws IOException {
        return builder(environment, command).directory(ROOT.toFile()).start();
    }

    private static ProcessBuilder builder(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Writes a program.
     *
     * @param folder where, made if it is not there
     * @param name its name
     * @param text what the machine's shell runs
     * @return its path
     */
    public static Path script(Path folder, String name, String text) throws IOException {
        Path file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text, StandardCharsets.UTF_8);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
