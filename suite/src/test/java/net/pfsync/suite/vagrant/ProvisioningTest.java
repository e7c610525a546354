package net.pfsync.suite.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;
import net.pfsync.pf.Ruleset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provisioning in a root of its own, with doubles of OpenBSD's commands that write down how they are called and remember what was set. */
class ProvisioningTest {

    private static final String KEY = "ssh-ed25519 AAAAC3Nz lab";

    @TempDir
    Path folder;

    private Path root;
    private Path calls;
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void machine() throws Exception {
        Programs.needed("ruby");
        root = folder.resolve("root");
        calls = folder.resolve("calls");
        Files.createDirectories(root.resolve("etc/ssh"));
        Files.createDirectories(root.resolve("var/db"));
        Files.createDirectories(root.resolve("root"));
        Files.writeString(root.resolve("etc/myname"), "openbsd.box\n");
        Files.writeString(root.resolve("etc/sysctl.conf"), "net.inet.ip.forwarding=0\nkern.maxfiles=2000\n");
        Files.writeString(root.resolve("etc/ssh/sshd_config"), "#Port 22\nPermitRootLogin no\nUseDNS no\n");
        doubles();
        environment = told("a");
    }

    private void doubles() throws IOException {
        Path programs = folder.resolve("programs");
        String write = "echo \"${0##*/} $*\" >> '" + calls + "'\n";
        Programs.script(programs, "uname", "echo OpenBSD\n");
        for (String name : List.of("hostname", "sh", "sshd", "pkill")) {
            Programs.script(programs, name, write);
        }
        Programs.script(programs, "ifconfig", "case $*:$1 in *:em[0-3]) ;; *:em*|*:vio*) exit 1 ;; esac\n" + write);
        // "fail" in the folder: the next rules are refused.
        Programs.script(programs, "pfctl", """
            %scase "$*" in
                -e) touch '%s/enabled' ;;
                "-s info") if [ -e '%s/enabled' ]; then echo "Status: Enabled for 0 days"; else echo "Status: Disabled"; fi ;;
                -n*) [ ! -e '%s/fail' ] ;;
            esac
            """.formatted(write, folder, folder, folder));
        Programs.script(programs, "sysctl", """
            case $1 in
                -n) cat "%s/$2" 2> /dev/null || echo 0 ;;
                *) %s echo "${1#*=}" > "%s/${1%%=*}" ;;
            esac
            """.formatted(folder, write.strip() + ";", folder));
    }

    private Map<String, String> told(String firewall) throws IOException, InterruptedException {
        Map<String, String> told = new LinkedHashMap<>();
        for (String line : Programs.run(
                        Map.of(), "ruby", "vagrant/lab_file.rb", "vagrant/lab.yaml", "environment", firewall)
                .lines()) {
            int equals = line.indexOf('=');
            told.put(line.substring(0, equals), line.substring(equals + 1));
        }
        assertThat(told).containsKeys("LAB_SYNC", "LAB_CARP_INSIDE6");
        told.put("LAB_KEY", KEY);
        told.put("PREFIX", root.toString());
        told.put("PATH", folder.resolve("programs") + ":" + System.getenv("PATH"));
        return told;
    }

    private Ran provision() throws IOException, InterruptedException {
        Files.deleteIfExists(calls);
        return Programs.run(environment, "/bin/sh", "vagrant/provision.sh");
    }

    /** What was called, but for looking: paths as they are on the machine. */
    private List<String> done() throws IOException {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.map(line -> line.replace(root.toString(), ""))
                    .filter(line -> !line.equals("pfctl -s info") && !line.matches("ifconfig em\\d"))
                    .toList();
        }
    }

    private String etc(String name) throws IOException {
        return Files.readString(root.resolve("etc").resolve(name));
    }

    private Map<String, String> everyFile() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(
                        file + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " "
                                + Files.getLastModifiedTime(file),
                        Files.readString(file));
            }
        }
        return found;
    }

    private static final List<String> IN_ORDER = List.of(
            "pfctl -n -f /etc/pf.conf.new",
            "hostname fw-a",
            "sysctl net.inet.ip.forwarding=1",
            "sysctl net.inet6.ip6.forwarding=1",
            "sysctl net.inet.carp.preempt=1",
            "pfctl -f /etc/pf.conf",
            "pfctl -e",
            "sh /etc/netstart em1",
            "sh /etc/netstart em2",
            "sh /etc/netstart em3",
            "sh /etc/netstart pfsync0",
            "sh /etc/netstart carp1",
            "sh /etc/netstart carp2",
            "sshd -t -f /etc/ssh/sshd_config.new",
            "pkill -HUP -P 1 -x sshd");

    @Test
    void theFirstRunDoesEverythingInTheOrderOfABoot() throws Exception {
        Ran ran = provision();
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(done()).isEqualTo(IN_ORDER);
    }

    @Test
    void theSecondRunChangesNothing() throws Exception {
        provision();
        Map<String, String> before = everyFile();
        Ran again = provision();
        assertThat(again.output()).isEqualTo("fw-a: nothing to change\n");
        assertThat(again.exit()).isZero();
        assertThat(done()).isEmpty();
        assertThat(everyFile()).isEqualTo(before);
    }

    @Test
    void theFilesSayWhatTheDescriptionSays() throws Exception {
        provision();
        assertThat(etc("myname")).isEqualTo("fw-a\n");
        assertThat(etc("hostname.em1")).isEqualTo("inet 10.9.0.11 255.255.255.0\n");
        assertThat(etc("hostname.em2")).isEqualTo("inet 192.0.2.11 255.255.255.0\ninet6 2001:db8:1::11 64\n");
        assertThat(etc("hostname.em3")).isEqualTo("inet 198.51.100.11 255.255.255.0\ninet6 2001:db8:2::11 64\n");
        assertThat(etc("hostname.pfsync0")).isEqualTo("up syncdev em1\n");
        assertThat(etc("hostname.carp1")).isEqualTo("""
            inet 192.0.2.1 255.255.255.0 NONE vhid 1 carpdev em2 pass pfsync-lab advskew 0
            inet6 2001:db8:1::1 64
            """);
        assertThat(etc("hostname.carp2")).isEqualTo("""
            inet 198.51.100.1 255.255.255.0 NONE vhid 2 carpdev em3 pass pfsync-lab advskew 0
            inet6 2001:db8:2::1 64
            """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("etc/hostname.carp1"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whatOthersWroteStays() throws Exception {
        provision();
        assertThat(etc("sysctl.conf").lines())
                .containsExactly(
                        "kern.maxfiles=2000",
                        "net.inet.ip.forwarding=1",
                        "net.inet6.ip6.forwarding=1",
                        "net.inet.carp.preempt=1");
        assertThat(etc("ssh/sshd_config").lines())
                .containsExactly("PermitRootLogin without-password", "#Port 22", "UseDNS no");
        assertThat(Files.readString(root.resolve("root/.ssh/authorized_keys"))).isEqualTo(KEY + "\n");
    }

    @Test
    void theRulesAreTheSameOnBothAndTheReferenceFirewallReadsThem() throws Exception {
        provision();
        String rules = etc("pf.conf");
        assertThat(Ruleset.parse(rules).toString()).isEqualTo("""
            pass quick proto carp all no state
            pass quick inet6 proto ipv6-icmp all icmp6-type neighbrsol no state
            pass quick inet6 proto ipv6-icmp all icmp6-type neighbradv no state
            pass all flags S/SA
            """);
        environment = told("b");
        provision();
        assertThat(etc("myname")).isEqualTo("fw-b\n");
        assertThat(etc("pf.conf")).isEqualTo(rules);
        assertThat(etc("hostname.carp1")).contains(" advskew 100\n");
    }

    @Test
    void anAddressThatChangesIsTakenOffFirst() throws Exception {
        provision();
        environment.put("LAB_INSIDE", "192.0.2.77");
        environment.put("LAB_DEFER", "defer");
        assertThat(provision().exit()).isZero();
        assertThat(done())
                .containsExactly(
                        "ifconfig em2 inet 192.0.2.11 delete",
                        "ifconfig em2 inet6 2001:db8:1::11 delete",
                        "sh /etc/netstart em2",
                        "ifconfig pfsync0 destroy",
                        "sh /etc/netstart pfsync0");
        assertThat(etc("hostname.pfsync0")).isEqualTo("up syncdev em1 defer\n");
    }

    @Test
    void refusedRulesLeaveTheOldOnes() throws Exception {
        Files.writeString(root.resolve("etc/pf.conf"), "pass\n");
        Files.writeString(folder.resolve("fail"), "");
        Ran ran = provision();
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.lines().getLast())
                .isEqualTo(
                        "provision: " + root + "/etc/pf.conf is left as it was: \"pfctl -n -f\" refuses the new one");
        assertThat(etc("pf.conf")).isEqualTo("pass\n");
        assertThat(root.resolve("etc/pf.conf.new")).doesNotExist();
        assertThat(done()).containsExactly("pfctl -n -f /etc/pf.conf.new");
    }

    @Test
    void aRunThatWasCutShortIsFinishedByTheNext() throws Exception {
        Path netstart = folder.resolve("programs/sh");
        String working = Files.readString(netstart);
        Files.writeString(
                netstart,
                "[ \"$2\" != em3 ] || exit 1\n",
                StandardCharsets.UTF_8,
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(provision().exit()).isEqualTo(1);
        assertThat(done()).endsWith("sh /etc/netstart em2", "sh /etc/netstart em3");
        Files.writeString(netstart, working);
        assertThat(provision().exit()).isZero();
        assertThat(done()).isEqualTo(IN_ORDER.subList(IN_ORDER.indexOf("sh /etc/netstart em3"), IN_ORDER.size()));
    }

    @Test
    void withoutAKeyTheDoorIsNotTouched() throws Exception {
        environment.put("LAB_KEY", "");
        provision();
        assertThat(etc("ssh/sshd_config")).contains("PermitRootLogin no");
        assertThat(done()).endsWith("sh /etc/netstart carp2");
    }

    @Test
    void aMissingCardAndAnotherSystemAreOneLineAndNothingIsWritten() throws Exception {
        Map<String, String> before = everyFile();
        environment.put("LAB_NIC", "vio");
        assertThat(provision())
                .isEqualTo(new Ran(
                        1,
                        "provision: no interface vio1; \"nic\" in lab.yaml is the driver of the network cards"
                                + " (em or vio)\n"));
        Programs.script(folder.resolve("programs"), "uname", "echo Plan9\n");
        assertThat(provision()).isEqualTo(new Ran(1, "provision: this is Plan9, not OpenBSD\n"));
        assertThat(everyFile()).isEqualTo(before);
    }
}
