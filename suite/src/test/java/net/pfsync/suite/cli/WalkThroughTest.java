package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.Programs.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the page about a pair on a shelf, with the lab of namespaces in place of the shelf. */
@NeedsLab
@Timeout(240)
class WalkThroughTest {

    private static final Path PAGE = Path.of("../fixtures/labs/README.md");

    @TempDir
    private Path folder;

    private static List<String> commands() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2).replace("sudo ", ""))
                .toList();
    }

    private Ran run(LocalLab local, String command) throws Exception {
        String line = command.replace("ci/pfsync", local.program().toString())
                .replace("fixtures/", Path.of("../fixtures/").toAbsolutePath() + "/")
                .replace("mine.yaml", folder.resolve("mine.yaml").toString())
                .replace("reports/pair", folder.resolve("report").toString())
                .replace("-i eth1 --for 60s", "-i pfl-sync --for 1s")
                .replace("--listen 10", "--listen 0");
        // All that is safe takes minutes; one case of it shows that the line is right. Nobody else is on this LAN to be
        // listened to.
        boolean all = line.contains("--report ");
        boolean sends = line.contains(" check ") && !line.contains("--plan");
        String more = (all ? " --case PFSYNC-UPDC-02" : "") + (sends ? " --listen 0" : "");
        return local.run("sh", "-c", "cd " + folder + " && " + line + more);
    }

    @Test
    void everyCommandOfThePageDoesWhatItSays() throws Exception {
        LocalLab local = LocalLab.of(folder);
        LocalLab.onMachineOfItsOwn(() -> {
            try {
                assertThat(local.lab("up", "netns").exit()).isZero();
                List<String> commands = commands();
                assertThat(commands).hasSize(7);
                assertThat(run(local, commands.getFirst())).isEqualTo(new Ran(0, ""));
                assertThat(folder.resolve("mine.yaml")).exists();
                Files.writeString(folder.resolve("mine.yaml"), local.file("netns"));
                Ran ready = run(local, commands.get(1));
                assertThat(ready.output()).contains(": ready");
                assertThat(ready.exit()).isZero();
                assertThat(run(local, commands.get(2)).output()).contains("PFSYNC-UPDC-02", "UPD_C");
                assertThat(run(local, commands.get(3)).output()).contains("1 requirements conformant, 0 not");
                assertThat(run(local, commands.get(4)).output()).contains("1 requirements conformant, 0 not");
                assertThat(folder.resolve("report/summary.html")).exists();
                assertThat(run(local, commands.get(5)).output()).startsWith("a and b: ");
                assertThat(run(local, commands.get(6)).exit()).isIn(0, Main.NOTHING);
            } finally {
                local.lab("down");
            }
        });
    }
}
