package net.pfsync.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fixtures on the class path, from a folder or from a jar. */
public final class Fixtures {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Path ROOT = root();

    private Fixtures() {}

    public static JsonNode json(String path) {
        return parse(text(path));
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String path) {
        try {
            return Files.readAllBytes(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] hex(String path) {
        return HexFormat.of().parseHex(text(path).replaceAll("\\s", ""));
    }

    /** Names of the files of a folder with that ending, sorted, without the ending. */
    public static List<String> names(String folder, String ending) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("resource") // the jar stays open as long as the tests run
    private static Path root() {
        try {
            URL layouts = Fixtures.class.getClassLoader().getResource("fixtures/layouts.json");
            URI uri = layouts.toURI();
            if (uri.getScheme().equals("jar")) {
                FileSystem jar = FileSystems.newFileSystem(uri, Map.of());
                return jar.getPath("fixtures");
            }
            return Path.of(uri).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
