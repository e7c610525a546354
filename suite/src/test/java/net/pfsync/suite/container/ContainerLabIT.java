package net.pfsync.suite.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.container.Built.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/lab up containers}, and the suite against it. */
@NeedsDocker
@Timeout(300)
class ContainerLabIT {

    @TempDir
    private Path folder;

    private Ran lab(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Built.file("ci/lab").toString()));
        command.addAll(List.of(words));
        return Built.run(Map.of("PFSYNC_LAB_STATE", folder.resolve("lab").toString()), command);
    }

    /** The lab file for the folder of this test. */
    private Path labFile() throws IOException {
        String text = Files.readString(Built.file("fixtures/labs/containers.yaml"));
        return Files.writeString(folder.resolve("containers.yaml"), text.replace("../../.lab", "lab"));
    }

    private Ran check(String... selection) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Built.program());
        command.addAll(List.of(
                "check",
                "--lab",
                labFile().toString(),
                "--report",
                folder.resolve("report").toString()));
        command.addAll(List.of(selection));
        return Built.run(Map.of(), command);
    }

    private String console(int firewall, String line) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"));
        command.addAll(List.of("-o", "UserKnownHostsFile=" + folder.resolve("lab/known_hosts")));
        command.addAll(
                List.of("-i", folder.resolve("lab/id_ed25519").toString(), "root@169.254.240.1" + firewall, line));
        Ran ran = Built.run(Map.of(), command);
        assertThat(ran.exit()).as(ran.output()).isZero();
        return ran.output();
    }

    /** The kernels on the LANs introduce themselves when their interfaces come up, and the firewalls keep states of that for some seconds. */
    private void awaitQuiet() throws IOException, InterruptedException {
        for (int firewall : new int[] {1, 2}) {
            while (!console(firewall, "pfctl -s states").isEmpty()) {
                console(firewall, "pfctl -F states");
            }
        }
    }

    @AfterEach
    void down() throws Exception {
        assertThat(lab("down")).isEqualTo(new Ran(0, ""));
        assertThat(lab("status").output()).isEqualTo("fw-a: down\nfw-b: down\n");
        assertThat(Path.of("/sys/class/net/pfl-sync")).doesNotExist();
        assertThat(folder.resolve("lab")).doesNotExist();
    }

    @Test
    void theSuiteRunsAgainstContainers() throws Exception {
        Ran up = lab("up", "containers");
        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output()).contains("fw-a: reference-v6 runs, container pfsync-lab-a", "fw-b: reference-v6 runs");
        assertThat(lab("up", "netns")).isEqualTo(new Ran(1, "lab: the lab is up already; ci/lab down ends it\n"));
        awaitQuiet();
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
