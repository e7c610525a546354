import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks or repairs the format of every Java file of the tree: {@code check ROOT} names the files that differ and exits
 * with 1, {@code apply ROOT} rewrites them. The build runs the first, {@code ci/format} the second.
 */
final class Format {

    /** What the build writes, in the root's or a module's {@code target}; a package may have that name too. */
    private static final Pattern BUILT = Pattern.compile("([^/]*/)?target/.*|(.*/)?\\..*");

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<Path> wrong =
                sources(root).parallel().filter(file -> differs(file, apply)).toList();
        wrong.forEach(file -> System.out.println((apply ? "formatted " : "not formatted: ") + root.relativize(file)));
        if (!apply && !wrong.isEmpty()) {
            System.out.println("ci/format repairs this.");
            System.exit(1);
        }
    }

    private static Stream<Path> sources(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            !BUILT.matcher(root.relativize(file).toString()).matches())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static boolean differs(Path file, boolean apply) {
        try {
            String before = Files.readString(file);
            String after = FORMATTER.formatSourceAndFixImports(before);
            if (after.equals(before)) {
                return false;
            }
            if (apply) {
                Files.writeString(file, after);
            }
            return true;
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
