package net.pfsync.suite.target.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What OpenBSD 7.6 printed. */
final class RecordedConsole {

    private static final Path FOLDER = Path.of("../fixtures/observed/openbsd-7.6/outputs");

    private RecordedConsole() {}

    /** The names of the files about a command. */
    static List<String> files(String command) {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .filter(name -> text(name).startsWith("$ " + command + "\n")
                            && text(name).endsWith("[exit 0]\n"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output alone, without the command and its exit code. */
    static String output(String file) {
        String text = text(file);
        return text.substring(text.indexOf('\n') + 1, text.lastIndexOf("[exit "));
    }
}
