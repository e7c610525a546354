package net.pfsync.suite.vagrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Vagrantfile and the scripts, looked at by those who understand them. */
class VagrantfileTest {

    @TempDir
    Path folder;

    private Map<String, String> quietVagrant() {
        return Map.of(
                "VAGRANT_HOME", folder.resolve("home").toString(),
                "VAGRANT_CWD", "vagrant",
                "VAGRANT_DOTFILE_PATH", folder.resolve("machines").toString(),
                "VAGRANT_CHECKPOINT_DISABLE", "1",
                "VAGRANT_NO_COLOR", "1");
    }

    private Ran validate(Map<String, String> more, String... options) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(quietVagrant());
        environment.putAll(more);
        String[] command = new String[options.length + 2];
        command[0] = "vagrant";
        command[1] = "validate";
        System.arraycopy(options, 0, command, 2, options.length);
        return Programs.run(environment, command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab_test.rb", "machines_test.rb"})
    void rubysOwnTestsPass(String test) throws Exception {
        Programs.needed("ruby");
        Ran ran = Programs.run(Map.of(), "ruby", "-w", "vagrant/test/" + test);
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output())
                .contains(" 0 failures, 0 errors, 0 skips")
                .doesNotContain("\n0 runs")
                .doesNotContain("warning:");
    }

    @Test
    void vagrantUnderstandsTheMachinesOfBothProviders() throws Exception {
        Programs.needed("ruby", "vagrant");
        Ran ran = Programs.run(quietVagrant(), "ruby", "vagrant/test/vagrant_test.rb");
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("2 runs, ", " 0 failures, 0 errors");
    }

    @Test
    void theVagrantfileIsValid() throws Exception {
        Programs.needed("vagrant");
        Ran ran = validate(Map.of(), "--ignore-provider");
        assertThat(ran.output()).contains("Vagrantfile validated successfully.");
        assertThat(ran.exit()).isZero();
    }

    /** With the plugin, Vagrant also looks at what is set of libvirt. */
    @Test
    void theVagrantfileIsValidForLibvirt() throws Exception {
        Programs.needed("vagrant");
        Ran ran = validate(Map.of("VAGRANT_DEFAULT_PROVIDER", "libvirt"));
        assumeTrue(
                "required".equals(System.getenv("PFSYNC_LABS")) || !ran.output().contains("could not be found"),
                "vagrant-libvirt is not installed; PFSYNC_LABS=required ci/setup installs it");
        assertThat(ran.output()).contains("Vagrantfile validated successfully.");
        assertThat(ran.exit()).isZero();
    }

    /** Vagrant adds words of its own; ours is the line with the place. */
    @Test
    void aMistakeInTheDescriptionIsToldWithItsLine() throws Exception {
        Programs.needed("vagrant");
        Path lab = folder.resolve("lab.yaml");
        Files.writeString(
                lab,
                Files.readString(Programs.ROOT.resolve("vagrant/lab.yaml")).replace("memory: 512", "memory: lots"));
        Ran ran = validate(Map.of("PFSYNC_VAGRANT_LAB", lab.toString()), "--ignore-provider");
        assertThat(ran.output()).contains(lab + ":6: \"memory\" is to be a number from 256 to 65536");
        assertThat(ran.exit()).isNotZero();
    }

    @Test
    void shellcheckFindsNothingInTheScripts() throws Exception {
        Programs.needed("shellcheck");
        Ran ran = Programs.run(Map.of(), "shellcheck", "vagrant/provision.sh", "ci/vagrant-lab");
        assertThat(ran.output()).isEmpty();
        assertThat(ran.exit()).isZero();
    }
}
