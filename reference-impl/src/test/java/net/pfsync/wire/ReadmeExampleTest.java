package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README compiles with nothing but this package and the JDK, and prints what it says. */
class ReadmeExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("## The codec alone.*?```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theExampleRuns() throws IOException, ReflectiveOperationException {
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                "import net.pfsync.wire.*; import net.pfsync.wire.text.*; class Example {"
                        + " public static void run(byte[] packet) {\n" + example() + "}}");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Path.of(Dialect.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = compiler.run(
                null,
                null,
                errors,
                "-proc:none",
                "-cp",
                classes.toString(),
                "-d",
                folder.toString(),
                source.toString());
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();

        assertThat(output(Fixtures.hex("vectors/v6-7.4_upd_c_x2.hex")))
                .contains("4a1b2c3d00000007/deadbeef", "PFSYNCv6 len ", "act UPD ST COMP count 2", "null");
    }

    private static String example() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertThat(example.find()).isTrue();
        assertThat(example.group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(12);
        return example.group(1);
    }

    private String output(byte[] packet) throws IOException, ReflectiveOperationException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method run = loader.loadClass("Example").getDeclaredMethod("run", byte[].class);
            run.setAccessible(true);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            run.invoke(null, (Object) packet);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
