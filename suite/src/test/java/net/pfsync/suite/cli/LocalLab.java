package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;

/** {@code ci/lab} for tests: its files in a folder of the test's, and a program that is built already. */
public final class LocalLab {

    /** What {@code ci/pfsync} tells the JVM. */
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ";

    private final Path folder;
    private final Path program;

    private LocalLab(Path folder, String java) throws IOException {
        this.folder = folder;
        program = Programs.script(folder, "pfsync", "exec " + JAVA + java + " \"$@\"\n");
    }

    /** With the program as the tests' class path has it. */
    static LocalLab of(Path folder) throws IOException {
        return new LocalLab(
                folder,
                "--enable-native-access=ALL-UNNAMED -cp '" + System.getProperty("java.class.path") + "' "
                        + Main.class.getName());
    }

    /** With the program as the build packed it. */
    public static LocalLab ofTheJar(Path folder) throws IOException {
        return new LocalLab(folder, "-jar " + Programs.ROOT.resolve("suite/target/pfsync-suite-1.0.0-SNAPSHOT.jar"));
    }

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
    public Path state() {
        return folder.resolve("state");
    }

    /** The program, to be run as {@code ci/pfsync} is. */
    public Path program() {
        return program;
    }

    /** The lab file of a kind of lab, whose files are those of this one. */
    public String file(String kind) throws IOException {
        String text = Files.readString(Programs.ROOT.resolve("fixtures/labs/" + kind + ".yaml"));
        if (!text.contains("../../.lab/")) {
            throw new IOException("the lab file of " + kind + " has its keys elsewhere");
        }
        return text.replace("../../.lab/", state() + "/");
    }

    private Map<String, String> environment() {
        return Map.of("PFSYNC_LAB_STATE", state().toString(), "PFSYNC_PROGRAM", program.toString());
    }

    /** A command that runs. */
    Process start(String... words) throws IOException {
        return Programs.start(environment(), words);
    }

    /** Runs a command to its end. */
    public Ran run(String... words) throws IOException, InterruptedException {
        return Programs.run(environment(), words);
    }

    /** Runs {@code ci/lab}. */
    public Ran lab(String... words) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("ci/lab"), Stream.of(words)).toArray(String[]::new));
    }

    /** The firewalls have no states: hosts that introduced themselves would leave some, and disturb the first cases. */
    public void nothingWasSaidYet() throws IOException, InterruptedException {
        for (int firewall : new int[] {1, 2}) {
            assertThat(console(firewall, "pfctl -s states")).isEqualTo(new Ran(0, ""));
        }
    }

    /** Types a line on a firewall's console. */
    public Ran console(int firewall, String line) throws IOException, InterruptedException {
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
