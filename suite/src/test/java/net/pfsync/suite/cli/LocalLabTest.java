package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.Programs.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/lab}, on a machine of the test's own as far as its networks go. */
@NeedsLab
@Timeout(240)
class LocalLabTest {

    private static final int TRIES = 200;
    private static final Ran NOTHING = new Ran(0, "");

    @TempDir
    private Path folder;

    private LocalLab local;

    @BeforeEach
    void prepare() throws IOException {
        local = LocalLab.of(folder);
    }

    private Path state() {
        return local.state();
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        return local.run(words);
    }

    private Ran lab(String... words) throws IOException, InterruptedException {
        return local.lab(words);
    }

    private Ran console(int firewall, String line) throws IOException, InterruptedException {
        return local.console(firewall, line);
    }

    /** Asks a console until it says a word; every question takes the time of a connection. */
    private void says(int firewall, String line, String word) throws IOException, InterruptedException {
        Ran came = NOTHING;
        for (int i = 0; i < TRIES; i++) {
            came = console(firewall, line);
            if (came.output().contains(word)) {
                return;
            }
        }
        assertThat(came.output()).contains(word);
    }

    private Ran ping(String from, String to) throws IOException, InterruptedException {
        return run("ip", "netns", "exec", "pfsync-" + from, "ping", "-c", "3", "-i", "0.2", "-W", "5", to);
    }

    @Test
    void connectsHostsThroughFirewallsThatKeepEachOtherInformedAndLeavesNothing() throws Exception {
        LocalLab.onMachineOfItsOwn(() -> {
            try {
                assertThat(lab("up", "netns").exit()).isZero();
                local.nothingWasSaidYet();
                hostsReachEachOther();
                statesAreTheSameOnBoth();
                theirTablesAreEqual();
                aFirewallThatComesBackGetsThem();
                assertThat(lab("up", "netns"))
                        .isEqualTo(new Ran(1, "lab: the lab is up already; ci/lab down ends it\n"));
                whatACrashedLabLeftIsClearedAway();
            } finally {
                assertThat(lab("down")).isEqualTo(NOTHING);
            }
            nothingIsLeft();
        });
    }

    /** Every request has one answer, and the neighbour is the firewall and not the kernel behind it. */
    private void hostsReachEachOther() throws Exception {
        for (String to : List.of("198.51.100.10", "2001:db8:2::10", "192.0.2.1", "2001:db8:1::2")) {
            Ran came = ping("in", to);
            assertThat(came.output()).contains("3 received").doesNotContain("DUP!");
        }
        assertThat(run("ip", "-n", "pfsync-in", "neighbour", "show").output())
                .containsPattern("192\\.0\\.2\\.1 .*02:70:66:")
                .containsPattern("2001:db8:1::2 .*02:70:66:");
        // What the kernel of the firewall's namespace has is for the console alone.
        run("ip", "-n", "pfsync-in", "route", "replace", "169.254.240.11", "dev", "eth0");
        assertThat(ping("in", "169.254.240.11").output()).contains("0 received");
    }

    private void statesAreTheSameOnBoth() throws Exception {
        String connection = "all icmp 192.0.2.10:";
        says(1, "pfctl -s states", connection);
        says(2, "pfctl -s states", connection);
        assertThat(console(1, "pfctl -s nonsense").exit()).isOne();
        assertThat(console(1, "ls")).isEqualTo(new Ran(127, "sh: ls: not found\n"));
    }

    /** The consoles are real ones here, and list their states while these are compared. */
    private void theirTablesAreEqual() throws Exception {
        Path lab = folder.resolve("lab.yaml");
        Files.writeString(lab, local.file("netns"));
        Ran came = run(local.program().toString(), "compare", "--lab", lab.toString(), "--details");
        assertThat(came.output())
                .startsWith("a and b: equal within the tolerance")
                .contains("are on both", "ruleset: ", "syncpeer: multicast");
        assertThat(came.exit()).isZero();
    }

    private void aFirewallThatComesBackGetsThem() throws Exception {
        assertThat(run("ip", "netns", "exec", "pfsync-out", "bash", "-c", "exec 3<>/dev/tcp/192.0.2.10/9")
                        .output())
                .contains("refused");
        says(1, "pfctl -s states", "192.0.2.10:9 <- 198.51.100.10:");
        assertThat(console(2, "ifconfig pfsync0 down").exit()).isZero();
        assertThat(console(2, "pfctl -F states").output()).contains("states cleared");
        assertThat(console(2, "ifconfig pfsync0 up").exit()).isZero();
        says(2, "pfctl -s states", "192.0.2.10:9 <- 198.51.100.10:");
        says(2, "ifconfig -g carp", "carp: carp demote count 0");
        says(2, "dmesg", "bulk update complete");
    }

    private void nothingIsLeft() throws Exception {
        assertThat(run("ip", "netns")).isEqualTo(NOTHING);
        assertThat(run("ip", "-brief", "link").output().lines())
                .singleElement()
                .asString()
                .startsWith("lo ");
        assertThat(state()).doesNotExist();
        assertThat(lab("status").exit()).isOne();
        assertThat(lab("down")).isEqualTo(NOTHING);
    }

    private void whatACrashedLabLeftIsClearedAway() throws Exception {
        run("kill", "-KILL", Files.readString(state().resolve("a.pid")).strip());
        Ran came = lab("status");
        while (came.exit() == 0) {
            came = lab("status");
        }
        assertThat(came.output()).startsWith("fw-a: down\nfw-b: reference-v6 runs");
        came = lab("up", "netns", "openbsd-7.6");
        assertThat(came.output()).contains("fw-a: openbsd-7.6 runs").contains("fw-b: openbsd-7.6 runs");
        assertThat(console(1, "sysctl -n kern.osrelease").output()).isEqualTo("7.6\n");
    }

    @Test
    void saysWhyAFirewallDidNotStart() throws Exception {
        LocalLab.onMachineOfItsOwn(() -> {
            Ran came = lab("up", "netns", "reference-v9");
            assertThat(came.exit()).isEqualTo(3);
            assertThat(came.output())
                    .contains("a.yaml:2:10: no such release: 'reference-v9'")
                    .contains("lab: firewall a did not start; its log: " + state().resolve("a.log"));
            assertThat(lab("down")).isEqualTo(NOTHING);
        });
    }

    @Test
    void explainsItself() throws Exception {
        Ran usage =
                new Ran(2, "lab: usage: ci/lab up netns|containers [RELEASE [OF_B]] | status | reboot a|b | down\n");
        assertThat(lab()).isEqualTo(usage);
        assertThat(lab("up")).isEqualTo(usage);
        assertThat(lab("up", "machines")).isEqualTo(usage);
        assertThat(lab("up", "netns", "reference-v6", "reference-v5", "openbsd-7.6"))
                .isEqualTo(usage);
        assertThat(lab("down", "now")).isEqualTo(usage);
        assertThat(lab("reboot", "c")).isEqualTo(usage);
    }
}
