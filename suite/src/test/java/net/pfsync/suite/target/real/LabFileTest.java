package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.yaml.YamlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabFileTest {

    private static final Path EXAMPLE = Path.of("../fixtures/labs/netns.yaml");

    @TempDir
    private Path folder;

    @Test
    void readsTheExample() {
        LabConfig lab = LabFile.read(EXAMPLE);

        assertThat(lab.name()).isEqualTo("two reference firewalls in network namespaces");
        assertThat(lab.release()).isEqualTo("auto");
        assertThat(lab.mode()).isEqualTo(Mode.FULL);
        assertThat(lab.syncInterface()).isEqualTo("pfl-sync");
        assertThat(lab.probeAddress()).isEqualTo("10.9.0.9");
        assertThat(lab.timeFactor()).isEqualTo(1.0);
        Path files = Path.of("../.lab");
        assertThat(lab.firewalls()).hasSize(2);
        assertThat(lab.firewalls().getLast())
                .isEqualTo(new FirewallEntry(
                        "b",
                        new ConsoleAddress(
                                "root",
                                "169.254.240.12",
                                22,
                                files.resolve("id_ed25519"),
                                files.resolve("known_hosts"),
                                ""),
                        "10.9.0.2",
                        "em0"));
    }

    @Test
    void doesWhatIsSafeUnlessToldOtherwise() throws IOException {
        assertThat(LabFile.read(changed("mode: full", "# no mode")).mode()).isEqualTo(Mode.SAFE);
    }

    @Test
    void aConsoleMayHaveAnotherPort() throws IOException {
        LabConfig lab = LabFile.read(changed("root@169.254.240.11", "admin@fw-a:2222"));

        ConsoleAddress console = lab.firewalls().getFirst().console();
        assertThat(console.port()).isEqualTo(2222);
        assertThat(console).hasToString("ssh://admin@fw-a:2222");
    }

    private Path changed(String part, String other) throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(part);
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, text.replace(part, other));
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time-factor: 1.0|time-facto: 1.0|10:13: unknown key 'time-facto', near: time-factor; possible:",
                "sync-address: 10.9.0.2|sync-address: 10.9.0.1|22:19: 10.9.0.1 is the address of firewall a already",
                "address: 10.9.0.9|address: 10.9.0.2|22:19: 10.9.0.2 is the address of the probe already",
                "sync-address: 10.9.0.2|sync-address: 10.9.0.256|22:19: '10.9.0.256' is not an IPv4 address",
                "mode: full|mode: brave|6:7: 'brave' is not possible here; possible: read-only, safe, full",
                "release: auto|release: openbsd-99|5:10: no such release: 'openbsd-99'",
                "time-factor: 1.0|time-factor: 0.1|10:14: '0.1' is not a number from 1.0 to 100.0",
                "ssh://root@169.254.240.12|telnet://fw|19:14: 'telnet://fw' is not a console, such as",
                "ssh://root@169.254.240.12|ssh://root@fw:70000|19:14: 'ssh://root@fw:70000' is not a console, such as",
                "network: 192.0.2.0/24|network: here|8:39: 'here' is not a network, such as 192.0.2.0/24",
                "'  b:'|'  border:'|19:5: unknown key 'border'; possible: a, b, c",
            })
    void saysWhereAMistakeIs(String part, String other, String said) throws IOException {
        Path file = changed(part, other);
        assertThatThrownBy(() -> LabFile.read(file))
                .isInstanceOf(YamlException.class)
                .hasMessageStartingWith(file + ":" + said);
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(() -> LabFile.read(folder.resolve("none")))
                .isInstanceOf(YamlException.class)
                .hasMessage("there is no lab file " + folder.resolve("none") + "; the lab 'embedded' needs none");
    }
}
