package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.Programs.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --lab FILE} against two reference firewalls with real networks between them, on good days and on bad ones. */
@NeedsLab
@Timeout(300)
class LanLabTest {

    private static final String WIRE_ALONE = "PFSYNC-UPDC-02";
    private static final String SYNCPEER = "PFSYNC-CONF-02";
    private static final String FAILOVER = "PFSYNC-FAIL-01";
    private static final String FOREIGN = "PFSYNC-UPGR-04";
    private static final String MADE_ON_THE_FIREWALL = "PFSYNC-CLR-09";
    private static final String FULL = "--full=two reference firewalls in network namespaces";
    private static final String[] SOME = {
        "--case", "PFSYNC-UPDC-01", "--case", "PFSYNC-UPDC-02", "--case", "PFSYNC-UPDC-13"
    };
    private static final int PATIENCE_SECONDS = 90;

    @TempDir
    private Path folder;

    private LocalLab local;
    private int comesBackSeconds = 45;

    @BeforeEach
    void prepare() throws IOException {
        local = LocalLab.of(folder);
    }

    private void withALab(LocalLab.Lines lines) throws Exception {
        LocalLab.onMachineOfItsOwn(() -> {
            try {
                assertThat(local.lab("up", "netns").exit()).isZero();
                lines.run();
            } finally {
                local.lab("down");
            }
        });
    }

    @Test
    void goodDays() throws Exception {
        withALab(() -> {
            runsWhatIsSafeAndSaysWhatWouldMakeTheRestRun();
            doesEverythingInModeFullAndPutsItBack();
            aPeerOfAnotherVersionIsNotAnswered();
        });
    }

    @Test
    void badDays() throws Exception {
        withALab(() -> {
            saysWhatIsNotAsItWasBefore();
            aFirewallThatIsBootedInTheMiddleMakesOneCaseUnknown();
            anInterfaceThatGoesDownMakesTheCaseUnknown();
            assertThat(local.run("ip", "link", "set", "pfl-sync", "up").exit()).isZero();
            comesBackSeconds = 3;
            aTargetThatDiesLeavesTheRestUnknownWithoutWaitingForItCaseByCase();
        });
    }

    private Path labFile(String mode) throws IOException {
        String text = local.file("netns");
        assertThat(text).contains("mode: full");
        String patience = "\ncomes-back: " + comesBackSeconds;
        return Files.writeString(
                folder.resolve(mode + ".yaml"), text.replace("mode: full", "mode: " + mode + patience));
    }

    private String[] check(String mode, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                local.program().toString(), "check", "--lab", labFile(mode).toString()));
        command.addAll(List.of("--report", report().toString(), "--listen", "0"));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    private Path report() {
        return folder.resolve("report");
    }

    private void runsWhatIsSafeAndSaysWhatWouldMakeTheRestRun() throws Exception {
        Ran came = local.run(check("safe", "--case", WIRE_ALONE, "--case", SYNCPEER, "--case", MADE_ON_THE_FIREWALL));

        assertThat(came.output())
                .containsPattern("SKIPPED  " + SYNCPEER + " .*\\(needs a console that configures the pfsync"
                        + " interface; the lab .* does not have that in mode safe; mode full has that\\)")
                .containsPattern("SKIPPED  " + MADE_ON_THE_FIREWALL + " .*\\(needs states made on the firewall"
                        + " itself; .*: a console makes no states; --lab embedded runs it\\)")
                .contains("conformant, 0 not, 0 could not be told, 2 skipped")
                .doesNotContain("LEFT");
        assertThat(came.exit()).isZero();
    }

    private void aPeerOfAnotherVersionIsNotAnswered() throws Exception {
        Path configuration = local.state().resolve("b.yaml");
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("release: reference-v6", "release: reference-v5"));
        assertThat(local.lab("reboot", "b").exit()).isZero();

        Ran came = local.run(check("full", FULL, "--case", FOREIGN, "--case", FAILOVER));

        assertThat(came.output())
                .contains("pfsync conformance of reference-v6 (v6-7.4) with reference-v5 (v5-4.6), lab ")
                .containsPattern(
                        "SKIPPED  " + FAILOVER + " .*; it would run with a firewall b that speaks the same version")
                .contains("1 requirements conformant, 0 not, 0 could not be told, 1 skipped")
                .doesNotContain("LEFT");
        assertThat(came.exit()).isZero();
    }

    private void doesEverythingInModeFullAndPutsItBack() throws Exception {
        Ran settings = local.console(1, "ifconfig pfsync0");
        Ran rules = local.console(1, "pfctl -s rules");

        Ran came = local.run(check("full", FULL, "--case", WIRE_ALONE, "--case", SYNCPEER, "--case", FAILOVER));

        assertThat(came.output())
                .contains("3 requirements conformant, 0 not, 0 could not be told, 0 skipped")
                .doesNotContain("LEFT");
        assertThat(came.exit()).isZero();
        assertThat(Files.readString(report().resolve("conformance.json")))
                .contains("ci/pfsync check --lab " + labFile("full")
                        + " --full='two reference firewalls in network namespaces' --case " + FAILOVER + " --seed ");
        for (int firewall : new int[] {1, 2}) {
            assertThat(local.console(firewall, "ifconfig pfsync0")).isEqualTo(settings);
            assertThat(local.console(firewall, "pfctl -s rules")).isEqualTo(rules);
            assertThat(local.console(firewall, "pfctl -s states").output()).isEmpty();
        }
    }

    /** Does something to the lab while cases run, and hears how the run ends. */
    private Ran meanwhile(LocalLab.Lines lines) throws Exception {
        Process run = local.start(check("safe", SOME));
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = run.inputReader()) {
            boolean done = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (!done && line.matches("\\d+/\\d+ .*")) {
                    done = true;
                    lines.run();
                }
            }
            assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(report().resolve("summary.html")).exists();
        return new Ran(run.exitValue(), output.toString());
    }

    private void aTargetThatDiesLeavesTheRestUnknownWithoutWaitingForItCaseByCase() throws Exception {
        Ran came = meanwhile(() -> local.run(
                "kill",
                "-KILL",
                Files.readString(local.state().resolve("a.pid")).strip()));

        assertThat(came.output())
                .contains("0 not, ")
                .containsPattern("UNKNOWN  PFSYNC-UPDC-13")
                .contains("the console ssh://root@169.254.240.11 is lost: ")
                .containsPattern("LEFT     what is left on firewall a cannot be told: ");
        assertThat(came.exit()).isEqualTo(5);
    }

    private void anInterfaceThatGoesDownMakesTheCaseUnknown() throws Exception {
        Ran came = meanwhile(() -> local.run("ip", "link", "set", "pfl-sync", "down"));

        assertThat(came.output())
                .contains("0 not, ")
                .contains("the interface pfl-sync of the probe went down")
                .contains("LEFT     the states of the suite could not be removed: ");
        assertThat(came.exit()).isEqualTo(5);
    }

    private void saysWhatIsNotAsItWasBefore() throws Exception {
        Ran came = meanwhile(() -> local.console(1, "ifconfig pfsync0 maxupd 64"));

        assertThat(came.output()).contains("LEFT     pfsync0 of firewall a is ").contains("0 not, 0 could not be told");
        assertThat(came.exit()).isEqualTo(3);
    }

    private void aFirewallThatIsBootedInTheMiddleMakesOneCaseUnknown() throws Exception {
        Ran came = meanwhile(() -> assertThat(local.lab("reboot", "a").exit()).isZero());

        assertThat(came.output())
                .contains("0 not, 1 could not be told")
                .containsPattern("because   (the console \\S+ (is lost: |went away)|firewall a was booted again in the"
                        + " middle)");
        assertThat(came.exit()).isEqualTo(5);
    }
}
