package net.pfsync.suite.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code ci/vagrant-lab} with doubles of Vagrant, virsh and VBoxManage that write down how they are called. */
class VagrantLabTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void programs() throws IOException {
        Programs.needed("ruby", "ssh-keygen");
        Path programs = folder.resolve("programs");
        String write = "echo \"${0##*/} $*\" >> '" + folder.resolve("calls") + "'\n";
        // "fail" in the folder: a machine does not start. Ports as of VirtualBox for b.
        Programs.script(programs, "vagrant", write + """
            case $1 in
                up) [ ! -e '%s/fail' ] ;;
                ssh-config) printf 'Host %%s\\n  HostName 127.0.0.1\\n  Port %%s\\n' "$2" "$([ "$2" = a ] && echo 22 || echo 2200)" ;;
                ssh) printf 'ssh-ed25519 KEYOF%%s root@box\\r\\nssh-rsa RSAOF%%s root@box\\r\\n' "$2" "$2" ;;
            esac
            """.formatted(folder));
        Programs.script(programs, "virsh", """
            case "$4" in
                pfsync-sync) n=5 ;; pfsync-inside) n=6 ;; pfsync-outside) n=7 ;; *) exit 1 ;;
            esac
            printf 'Name:           %s\\nActive:         yes\\nBridge:         virbr%s\\n' "$4" "$n"
            """);
        Programs.script(programs, "VBoxManage", """
            [ "$*" = "showvminfo --machinereadable 1234-abcd" ] || exit 1
            printf 'nic1="nat"\\nhostonlyadapter2="vboxnet4"\\nhostonlyadapter3="vboxnet5"\\nhostonlyadapter4="vboxnet6"\\n'
            """);
        Programs.script(programs, "pfsync", write + "exit 1\n");
        Path machine = Files.createDirectories(folder.resolve("machines/machines/a/virtualbox"));
        Files.writeString(machine.resolve("id"), "1234-abcd");
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        environment.put("PFSYNC_VAGRANT_STATE", folder.resolve("state").toString());
        environment.put("PFSYNC_PROGRAM", programs.resolve("pfsync").toString());
        environment.put("VAGRANT_DOTFILE_PATH", folder.resolve("machines").toString());
    }

    private Ran vagrantLab(String... words) throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("calls"));
        return Programs.run(
                environment,
                Stream.concat(Stream.of("ci/vagrant-lab"), Stream.of(words)).toArray(String[]::new));
    }

    private List<String> calls() throws IOException {
        return Files.exists(folder.resolve("calls")) ? Files.readAllLines(folder.resolve("calls")) : List.of();
    }

    private Path lab() {
        return folder.resolve("state/lab.yaml");
    }

    private Map<?, ?> labFile() throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(lab()));
    }

    private void thirdFirewall() throws IOException {
        Path description = folder.resolve("lab.yaml");
        Files.writeString(
                description,
                Files.readString(Programs.ROOT.resolve("vagrant/lab.yaml")).replace("# c: {number", "  c: {number"));
        environment.put("PFSYNC_VAGRANT_LAB", description.toString());
    }

    @ParameterizedTest
    @CsvSource({"libvirt, virbr5, virbr6, virbr7", "virtualbox, vboxnet4, vboxnet5, vboxnet6"})
    void upStartsBothAndWritesTheLabFile(String provider, String sync, String inside, String outside) throws Exception {
        Ran ran = vagrantLab("up", "--provider", provider);
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.lines()).containsExactly("vagrant-lab: a b are up; the lab file: " + lab());
        assertThat(calls())
                .startsWith(
                        "vagrant up --provider " + provider + " --provision a",
                        "vagrant up --provider " + provider + " --provision b");
        assertThat(labFile())
                .isEqualTo(Map.of(
                        "name",
                        "OpenBSD in Vagrant, a and b",
                        "release",
                        "auto",
                        "mode",
                        "full",
                        "sync",
                        Map.of("interface", sync, "address", "10.9.0.254"),
                        "inside",
                        Map.of("interface", inside, "network", "192.0.2.0/24"),
                        "outside",
                        Map.of("interface", outside, "network", "198.51.100.0/24"),
                        "time-factor",
                        2.0,
                        "firewalls",
                        Map.of(
                                "a", firewall("ssh://root@127.0.0.1", "10.9.0.11"),
                                "b", firewall("ssh://root@127.0.0.1:2200", "10.9.0.12"))));
        assertThat(LabFile.read(lab()).firewalls())
                .extracting(LabConfig.FirewallEntry::name)
                .containsExactly("a", "b");
        assertThat(folder.resolve("state/known_hosts")).hasContent("""
            127.0.0.1 ssh-ed25519 KEYOFa
            127.0.0.1 ssh-rsa RSAOFa
            [127.0.0.1]:2200 ssh-ed25519 KEYOFb
            [127.0.0.1]:2200 ssh-rsa RSAOFb
            """);
        assertThat(folder.resolve("state/id")).exists();
    }

    private static Map<String, String> firewall(String console, String address) {
        return Map.of(
                "console", console,
                "key", "id",
                "known-hosts", "known_hosts",
                "sync-address", address,
                "sync-interface", "em1");
    }

    @Test
    void aRehearsalIsTheFirstAndTheThirdAndTheSecondIsHalted() throws Exception {
        thirdFirewall();
        Ran ran = vagrantLab("up", "--provider", "libvirt", "a", "c");
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(calls())
                .startsWith(
                        "vagrant halt b",
                        "vagrant up --provider libvirt --provision a",
                        "vagrant up --provider libvirt --provision c");
        assertThat(((Map<?, ?>) labFile().get("firewalls")).keySet().toString()).isEqualTo("[a, c]");
        assertThat(labFile().get("release")).isEqualTo("auto");
    }

    @Test
    void upKeepsTheKeyAndReplacesWhatItKnewOfHosts() throws Exception {
        vagrantLab("up", "--provider", "libvirt");
        String key = Files.readString(folder.resolve("state/id"));
        vagrantLab("up", "--provider", "libvirt");
        assertThat(folder.resolve("state/id")).hasContent(key);
        assertThat(Files.readAllLines(folder.resolve("state/known_hosts"))).hasSize(4);
    }

    @Test
    void checkRunsTheSuiteWithTheLabFileAndEndsAsItDoes() throws Exception {
        assertThat(vagrantLab("check"))
                .isEqualTo(new Ran(3, "vagrant-lab: the lab is not up; ci/vagrant-lab up starts it\n"));
        vagrantLab("up", "--provider", "libvirt");
        assertThat(vagrantLab("check", "--plan").exit()).isEqualTo(1);
        assertThat(calls()).containsExactly("pfsync check --lab " + lab() + " --plan");
    }

    @ParameterizedTest
    @CsvSource({"'', vagrant halt", "--destroy, vagrant destroy -f"})
    void downTakesTheLabFileAway(String option, String call) throws Exception {
        vagrantLab("up", "--provider", "libvirt");
        Ran ran = option.isEmpty() ? vagrantLab("down") : vagrantLab("down", option);
        assertThat(ran).isEqualTo(new Ran(0, ""));
        assertThat(calls()).containsExactly(call);
        assertThat(lab()).doesNotExist();
    }

    @Test
    void aFirewallThatDoesNotStartLeavesNoLabFile() throws Exception {
        Files.writeString(folder.resolve("fail"), "");
        assertThat(vagrantLab("up", "--provider", "libvirt"))
                .isEqualTo(new Ran(3, "vagrant-lab: firewall a did not start\n"));
        assertThat(lab()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sideways",
                "up --provider vmware",
                "up --fast",
                "up a",
                "up a a",
                "up a b c",
                "down a",
                "down --destroy a"
            })
    void wrongArgumentsAreOneLine(String words) throws Exception {
        Ran ran = vagrantLab(words.isEmpty() ? new String[0] : words.split(" ", -1));
        assertThat(ran)
                .isEqualTo(new Ran(
                        2,
                        "vagrant-lab: usage: ci/vagrant-lab up [--provider libvirt|virtualbox] [A B] | check"
                                + " [ARGUMENT ...] | down [--destroy]\n"));
        assertThat(calls()).isEmpty();
    }

    @Test
    void aNameThatIsNotInTheDescriptionAndAMistakeInItAreOneLine() throws Exception {
        thirdFirewall();
        String description = environment.get("PFSYNC_VAGRANT_LAB");
        assertThat(vagrantLab("up", "a", "d"))
                .isEqualTo(new Ran(2, "vagrant-lab: no firewall \"d\" in " + description + "; there are: a b c\n"));
        Path file = Path.of(description);
        Files.writeString(file, Files.readString(file).replace("cpus: 1", "cpus: 0"));
        assertThat(vagrantLab("up"))
                .isEqualTo(new Ran(2, description + ":7: \"cpus\" is to be a number from 1 to 64\n"));
        assertThat(calls()).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Path few = folder.resolve("few");
        for (String tool : List.of("bash", "readlink", "ruby")) {
            Programs.script(few, tool, "exec " + where(tool) + " \"$@\"\n");
        }
        environment.put("PATH", few.toString());
        assertThat(vagrantLab("up"))
                .isEqualTo(new Ran(
                        3,
                        "vagrant-lab: neither libvirt (virsh) nor VirtualBox (VBoxManage) is here;"
                                + " vagrant/README.md says what is needed\n"));
        assertThat(vagrantLab("up", "--provider", "libvirt"))
                .isEqualTo(new Ran(3, "vagrant-lab: vagrant is missing; vagrant/README.md says what is needed\n"));
        Files.delete(few.resolve("ruby"));
        assertThat(vagrantLab("up"))
                .isEqualTo(new Ran(3, "vagrant-lab: ruby is missing; vagrant/README.md says what is needed\n"));
    }

    private static Path where(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(each -> Path.of(each, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
