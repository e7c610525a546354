package net.pfsync.suite.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.pfsync.labs.Programs.Ran;
import net.pfsync.suite.cli.LocalLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/lab up containers}, and the suite against it. */
@NeedsDocker
@Timeout(300)
class ContainerLabIT {

    @TempDir
    private Path folder;

    private LocalLab local;

    @BeforeEach
    void prepare() throws IOException {
        local = LocalLab.ofTheJar(folder);
    }

    private Ran lab(String... words) throws IOException, InterruptedException {
        return local.lab(words);
    }

    private Ran check(String... selection) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("containers.yaml"), local.file("containers"));
        Path report = folder.resolve("report");
        return local.run(Stream.concat(
                        Stream.of(local.program(), "check", "--lab", file, "--report", report)
                                .map(Object::toString),
                        Stream.of(selection))
                .toArray(String[]::new));
    }

    @AfterEach
    void down() throws Exception {
        assertThat(lab("down")).isEqualTo(new Ran(0, ""));
        assertThat(lab("status").output()).isEqualTo("fw-a: down\nfw-b: down\n");
        assertThat(Path.of("/sys/class/net/pfl-sync")).doesNotExist();
        assertThat(local.state()).doesNotExist();
    }

    @Test
    void theSuiteRunsAgainstContainers() throws Exception {
        Ran up = lab("up", "containers");
        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output()).contains("fw-a: reference-v6 runs, container pfsync-lab-a", "fw-b: reference-v6 runs");
        assertThat(lab("up", "netns")).isEqualTo(new Ran(1, "lab: the lab is up already; ci/lab down ends it\n"));
        local.nothingWasSaidYet();
        Ran checked = check("--case", "PFSYNC-UPDC-02", "--case", "PFSYNC-DELC-01");
        assertThat(checked.exit()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("2 requirements conformant, 0 not, 0 could not be told, 0 skipped");
    }

    @Test
    void aReleaseThatIsNotThereIsOneLine() throws Exception {
        Ran up = lab("up", "containers", "reference-v9");
        assertThat(up.exit()).isEqualTo(3);
        assertThat(up.output())
                .contains("/etc/pfsync/node.yaml:2:10: no such release: 'reference-v9'")
                .endsWith("lab: firewall a did not start; its log: docker logs pfsync-lab-a\n");
    }
}
