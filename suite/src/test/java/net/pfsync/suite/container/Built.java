package net.pfsync.suite.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program as the build packed it, and the scripts around it. */
final class Built {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Built() {}

    /** How a program ended, and all it said. */
    record Ran(int exit, String output) {}

    /** A file of the project. */
    static Path file(String name) {
        return ROOT.resolve(name);
    }

    /** What starts the program, in place of {@code ci/pfsync}, which would build it first. */
    static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                file("suite/target/pfsync-suite-1.0.0-SNAPSHOT.jar").toString());
    }

    /**
     * Runs a program to its end.
     *
     * @param environment what it finds in its environment beside the test's own; the program counts as built
     * @param words the command
     * @return what came of it
     */
    static Ran run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PFSYNC_PROGRAM", "/bin/true");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
