package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.pfsync.net.IpPrefix;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.Door;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.ManualDoor;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.LabConfig.RelayPlace;
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
        assertThat(lab.patience()).isEqualTo(Patience.USUAL);
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
                        Platform.OPENBSD,
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

        Door console = lab.firewalls().getFirst().console();
        assertThat(console)
                .isInstanceOfSatisfying(
                        ConsoleAddress.class, ssh -> assertThat(ssh.port()).isEqualTo(2222));
        assertThat(console).hasToString("ssh://admin@fw-a:2222");
    }

    @Test
    void aFirewallMayHaveNoConsoleOrAPersonAtIt() throws IOException {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, """
            name: a pair on a shelf
            sync: {interface: eth1, address: 10.9.0.9, relay: "ssh://root@tester", key: k, known-hosts: h}
            firewalls:
              a: {sync-address: 10.9.0.1}
              b: {sync-address: 10.9.0.2, console: manual, system: freebsd, sync-interface: igb2}
            """);
        LabConfig lab = LabFile.read(file);

        assertThat(lab.firewalls())
                .containsExactly(
                        new FirewallEntry("a", new NoDoor(), Platform.OPENBSD, "10.9.0.1", ""),
                        new FirewallEntry("b", new ManualDoor(), Platform.FREEBSD, "10.9.0.2", "igb2"));
        assertThat(lab.relay())
                .isEqualTo(new RelayPlace(
                        new ConsoleAddress("root", "tester", 22, folder.resolve("k"), folder.resolve("h"), ""),
                        "ci/pfsync"));
    }

    @Test
    void aFirewallMayRunAnotherReleaseThanTheLab() throws IOException {
        LabConfig lab = LabFile.read(changed("  b:\n", "  b:\n    release: openbsd-4.6\n"));

        assertThat(lab.firewalls()).extracting(lab::releaseOf).containsExactly("auto", "openbsd-4.6");
        Path wrong = changed("  b:\n", "  b:\n    release: openbsd-76\n");
        assertThatThrownBy(() -> LabFile.read(wrong))
                .isInstanceOf(YamlException.class)
                .hasMessageStartingWith(wrong + ":19:14: no such release: 'openbsd-76'; near: openbsd-7.6");
    }

    @Test
    void readsTheFileThatExplainsEveryKey() {
        LabConfig lab = LabFile.read(Path.of("../fixtures/labs/pair.yaml"));

        assertThat(lab.mode()).isEqualTo(Mode.SAFE);
        assertThat(lab.patience()).isEqualTo(new Patience(2.0, Duration.ofMinutes(2)));
        assertThat(lab.relay().address()).hasToString("ssh://root@tester");
        assertThat(lab.firewalls()).extracting(FirewallEntry::console).hasAtLeastOneElementOfType(ManualDoor.class);
    }

    @Test
    void knowsTheNetworksOfTheLans() {
        assertThat(LabFile.read(EXAMPLE).networks())
                .containsExactly(IpPrefix.parse("192.0.2.0/24"), IpPrefix.parse("198.51.100.0/24"));
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
                "time-factor: 1.0|comes-back: soon|10:13: 'soon' is not a number from 0 to 180",
                "time-factor: 1.0|comes-back: 181|10:13: '181' is not a number from 0 to 180",
                "ssh://root@169.254.240.12|telnet://fw|19:14: 'telnet://fw' is not a console, such as",
                "ssh://root@169.254.240.12|ssh://root@fw:70000|19:14: 'ssh://root@fw:70000' is not a console, such as",
                "'sync:    {interface: pfl-sync,'|'sync:    {interface: pfl-sync, key: k,'|7:37: 'key' belongs to a"
                        + " relay, such as",
                "'sync:    {'|'sync:    {relay: tester, '|7:18: 'tester' is not a relay, such as ssh://root@10.0.0.1",
                "'sync:    {'|'sync: {program: a;b, key: k, known-hosts: h, relay: \"ssh://root@t\", '|7:17: 'a;b' is"
                        + " not a path of",
                "'console: \"ssh://root@169.254.240.12\"'|'console: manual'|20:10: 'key' belongs to a console, such as",
                "'console: \"ssh://root@169.254.240.12\"'|'system: linux'|20:10: 'key' belongs to a console, such as",
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
