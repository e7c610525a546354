package net.pfsync.suite.ci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;

/** A checkout on a build server: the real pipeline script, and doubles of what it calls that note how they were called. */
final class Workplace {

    private static final String PFSYNC = """
        #!/usr/bin/env bash
        echo "pfsync $*" >> "$CALLS"
        case $1 in
            check)
                mkdir -p "$5/history"
                if [[ $3 == unwritten ]]; then exit 2; fi
                echo '{"release": "'"$3"'", "conclusion": "double", "requirements_by_verdict": {"pass": 1, "fail": 0}}' > "$5/conformance.json"
                touch "$5"/{summary.html,badge.svg,report.html,junit.xml}
                code=EXIT_${3//[^a-z0-9]/_}
                exit "${!code:-0}" ;;
            matrix)
                touch "${@: -1}" ;;
        esac
        """;

    private final Path directory;
    private final Path calls;

    /**
     * Prepares it.
     *
     * @param directory an empty directory
     */
    Workplace(Path directory) {
        this.directory = directory;
        this.calls = directory.resolve("calls.txt");
        try {
            Files.createDirectory(directory.resolve("ci"));
            Files.writeString(calls, "");
            program("pfsync", PFSYNC);
            program("setup", "#!/usr/bin/env bash\necho setup >> \"$CALLS\"\n");
            program("pipeline", Files.readString(ci().resolve("pipeline")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("ci").resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The folder of the pipelines. */
    static Path ci() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("ci/pipeline"))) {
            here = here.getParent();
        }
        return here.resolve("ci");
    }

    /** Runs a script with the shell that a build server gives it. */
    Ran run(String script, Map<String, String> environment, String... shell) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("step.sh"), script);
        Map<String, String> all = new HashMap<>(environment);
        all.put("CALLS", calls.toString());
        return Programs.run(
                directory,
                all,
                Stream.concat(Stream.of(shell), Stream.of(file.toString())).toArray(String[]::new));
    }

    /** What the doubles were called with, in order. */
    List<String> calls() {
        try {
            return Files.readAllLines(calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of it. */
    Path file(String name) {
        return directory.resolve(name);
    }
}
