package net.pfsync.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a console does beyond what was recorded: a shell's errors, and files. */
class ConsoleTest {

    private final Machine machine = new Machine(settings -> settings);

    private void fails(String line, int exit, String message) {
        assertThat(machine.run(line)).isEqualTo(new Answer("", message + "\n", exit));
    }

    // ---- the shell ----

    @Test
    void knowsNoOtherProgram() {
        fails("rm -rf /", 127, "sh: rm: not found");
        fails("/sbin/reboot", 127, "sh: /sbin/reboot: not found");
        fails("'' x", 127, "sh: : not found");
    }

    @Test
    void doesNothingWithoutAWord() {
        assertThat(machine.run("  ")).isEqualTo(Answer.OK);
        assertThat(machine.run("true")).isEqualTo(Answer.OK);
    }

    @Test
    void findsProgramsWhereTheyAre() {
        assertThat(machine.out("/sbin/ifconfig -g carp")).isEqualTo(machine.out("ifconfig -g 'carp'"));
        assertThat(machine.out("/usr/bin/netstat -s -p pfsync"))
                .isEqualTo(machine.out("netstat \"-s\" -p\\ pfsync".replace("\\ ", " ")));
        assertThat(machine.out("\\hostname")).isEqualTo("A\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "&", ";", "<", ">", "(", "$", "`", "*", "~", "#"})
    void isNoShell(String sign) {
        fails("hostname " + sign + " x", 2, "sh: syntax error: `" + sign + "' unexpected");
        assertThat(machine.run("hostname '" + sign + "'").exit()).isZero();
    }

    @Test
    void wantsQuotesClosed() {
        fails("hostname 'x", 2, "sh: no closing quote");
    }

    // ---- pfctl ----

    @Test
    void loadsRulesFromAFileAndKeepsTheOldOnesIfTheyAreWrong() {
        machine.files.put("/etc/pf.conf", "pass out\n");
        machine.files.put("/etc/wrong.conf", "block\npass fast\n");
        assertThat(machine.run("pfctl -f /etc/pf.conf")).isEqualTo(Answer.OK);
        assertThat(machine.out("pfctl -sr")).isEqualTo("pass out all flags S/SA\n");
        Answer answer = machine.run("pfctl -f /etc/wrong.conf");
        assertThat(answer.exit()).isOne();
        assertThat(answer.err())
                .startsWith("/etc/wrong.conf:2: syntax error, line 2, column 6:")
                .endsWith("\npfctl: Syntax error in config file: pf rules not loaded\n");
        assertThat(machine.run("pfctl -nf /etc/pf.conf")).isEqualTo(Answer.OK);
        assertThat(machine.out("pfctl -sr")).isEqualTo("pass out all flags S/SA\n");
        fails(
                "pfctl -f /nowhere",
                1,
                "pfctl: /nowhere: No such file or directory\npfctl: cannot open the main config file!");
    }

    @Test
    void saysBeforehandWhetherItReadsStandardInput() {
        assertThat(Console.readsInput("pfctl -f -")).isTrue();
        assertThat(Console.readsInput("/sbin/pfctl -nvf-")).isTrue();
        assertThat(Console.readsInput("pfctl -f /etc/pf.conf")).isFalse();
        assertThat(Console.readsInput("ifconfig -f -")).isFalse();
        assertThat(Console.readsInput("pfctl -f")).isFalse();
        assertThat(Console.readsInput("")).isFalse();
    }

    @Test
    void flushesRules() {
        machine.run("pfctl -f -", "block\n");
        assertThat(machine.out("pfctl -F rules")).isEqualTo("rules cleared\n");
        assertThat(machine.out("pfctl -sr")).isEmpty();
    }

    @Test
    void isQuietIfTold() {
        assertThat(machine.run("pfctl -qd")).isEqualTo(Answer.OK);
        assertThat(machine.firewall.pfEnabled()).isFalse();
    }

    @Test
    void doesSeveralThingsInPfctlsOrder() {
        machine.add(1);
        Answer answer = machine.run("pfctl -e -Fs -s states -d");
        assertThat(answer.out()).isEqualTo("all tcp 198.51.100.1:80 <- 192.0.2.1:1025       ESTABLISHED:ESTABLISHED\n");
        assertThat(answer.err()).isEqualTo("pf disabled\n1 states cleared\npf enabled\n");
        assertThat(machine.firewall.pfEnabled()).isTrue();
    }

    @Test
    void saysHowLongPfHasBeenOff() {
        machine.out("pfctl -d");
        machine.seconds(90_061);
        assertThat(machine.out("pfctl -si"))
                .startsWith("Status: Disabled for 1 days 01:01:01             Debug: err\n");
    }

    @Test
    void hasNoRateInTheFirstSecond() {
        machine.out("pfctl -d");
        assertThat(machine.out("pfctl -si").lines().filter(line -> line.contains("match")))
                .first()
                .isEqualTo("  match                                  0               ");
    }

    @ParameterizedTest
    @CsvSource({
        "pfctl -k nowhere.example,          'pfctl: getaddrinfo: nowhere.example: no address associated with name'",
        "pfctl -k 10.0.0.1 -k nowhere,      'pfctl: getaddrinfo: nowhere: no address associated with name'",
        "pfctl -s labels,                   'pfctl: this firewall has no labels'",
        "pfctl -F Tables,                   'pfctl: this firewall has no Tables to clear'",
        "pfctl -k label -k x,               'pfctl: this firewall knows no states by label'",
        "pfctl -a anchor -sr,               'pfctl: this firewall knows no -a'",
    })
    void saysWhatItDoesNotKnow(String line, String message) {
        fails(line, 1, message);
    }

    @ParameterizedTest
    @CsvSource({
        "pfctl -s nothing, Unknown show modifier 'nothing'",
        "pfctl -F,         option requires an argument -- F",
        "pfctl -y,         unknown option -- y",
    })
    void explainsItsOptions(String line, String problem) {
        Answer answer = machine.run(line);
        assertThat(answer.exit()).isOne();
        assertThat(answer.err()).startsWith("pfctl: " + problem + "\nusage: pfctl [-deghNnPqrvz]");
    }

    @Test
    void wantsArguments() {
        assertThat(machine.run("pfctl").err()).startsWith("usage: pfctl");
        assertThat(machine.run("pfctl rules").err()).startsWith("usage: pfctl");
        assertThat(machine.run("pfctl -k a -k b -k c").err()).startsWith("pfctl: can only specify -k twice\nusage");
    }

    // ---- ifconfig ----

    @ParameterizedTest
    @CsvSource({
        "ifconfig em7,                            'em7: no such interface'",
        "ifconfig em7 up,                         'em7: no such interface'",
        "ifconfig vio1 10.0.0.9,                  'ifconfig: vio1: Operation not permitted'",
        "ifconfig pfsync0 up,                     'pfsync0: no such interface'",
        "ifconfig -g nobody,                      'ifconfig: SIOCGIFGATTR: No such file or directory'",
        "ifconfig -g,                             'usage: ifconfig -g group-name'",
    })
    void findsNoSuchInterface(String line, String message) {
        fails(line, 1, message);
    }

    @ParameterizedTest
    @CsvSource({
        "create,           'ifconfig: pfsync0: SIOCIFCREATE: File exists'",
        "maxupd 256,       'ifconfig: maxupd 256: too large'",
        "maxupd -1,        'ifconfig: maxupd -1: too small'",
        "maxupd many,      'ifconfig: maxupd many: invalid'",
        "maxupd,           'ifconfig: ''maxupd'' requires argument'",
        "syncdev em7,      'ifconfig: pfsync0: SIOCSETPFSYNC: Device not configured'",
        "syncpeer here,    'ifconfig: error in parsing address string: no address associated with name'",
        "fast,             'ifconfig: fast: bad value'",
    })
    void refusesWrongParameters(String parameter, String message) {
        machine.out("ifconfig pfsync0 create");
        fails("ifconfig pfsync0 " + parameter, 1, message);
    }

    @Test
    void goesOnAfterARefusedMtu() {
        machine.out("ifconfig pfsync0 create syncdev vio0");
        assertThat(machine.run("ifconfig pfsync0 mtu 9000 defer"))
                .isEqualTo(new Answer("", "ifconfig: SIOCSIFMTU: Invalid argument\n", 0));
        assertThat(machine.firewall.pfsync().defer()).isTrue();
    }

    @Test
    void listsAllInterfaces() {
        machine.out("ifconfig pfsync0 create");
        assertThat(machine.out("ifconfig").lines().filter(line -> !line.startsWith("\t")))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("vio0", "vio1", "vio2", "pfsync0");
        assertThat(machine.out("ifconfig -a")).isEqualTo(machine.out("ifconfig"));
    }

    // ---- the rest ----

    @Test
    void switchesForwarding() {
        assertThat(machine.out("sysctl net.inet.ip.forwarding")).isEqualTo("net.inet.ip.forwarding=0\n");
        assertThat(machine.out("sysctl net.inet.ip.forwarding=1")).isEqualTo("net.inet.ip.forwarding: 0 -> 1\n");
        assertThat(machine.out("sysctl -n net.inet.ip.forwarding")).isEqualTo("1\n");
        fails("sysctl net.inet.ip.forwarding=2", 1, "sysctl: net.inet.ip.forwarding: Invalid argument");
        fails("sysctl kern.hostname=x", 1, "sysctl: kern.hostname: Operation not permitted");
        fails("sysctl kern.nothing", 1, "sysctl: second level name nothing in kern.nothing is invalid");
        fails("sysctl nothing", 1, "sysctl: top level name nothing in nothing is invalid");
        fails("sysctl", 1, "usage: sysctl [-n] name[=value] ...");
    }

    @Test
    void saysThatAReferenceIsNoOpenBsd() {
        Machine reference = new Machine("reference-v6", 0, settings -> settings);
        assertThat(reference.out("sysctl kern.version")).startsWith("kern.version=pfsync reference-v6 ");
        assertThat(reference.out("sysctl -n kern.ostype kern.osrelease")).isEqualTo("pfsync\nreference-v6\n");
    }

    @ParameterizedTest
    @CsvSource({
        "10,      ' 7:43AM 0 users, no load average information available'",
        "70,      ' 7:44AM  up 1 min, 0 users, no load average information available'",
        "100,     ' 7:44AM  up 2 mins, 0 users, no load average information available'",
        "3600,    ' 8:43AM  up 1 hr, 0 users, no load average information available'",
        "18000,   '12:43PM  up 5 hrs, 0 users, no load average information available'",
        "18300,   '12:48PM  up  5:05, 0 users, no load average information available'",
        "90000,   ' 8:43AM  up 1 day, 1 hr, 0 users, no load average information available'",
        "259500,  ' 7:48AM  up 3 days, 5 mins, 0 users, no load average information available'",
    })
    void saysHowLongItHasBeenUp(long seconds, String line) {
        machine.time.advance(Duration.ofSeconds(seconds));
        assertThat(machine.out("uptime")).isEqualTo(line + "\n");
    }

    @Test
    void saysWhatTimeItIs() {
        long before = machine.time.epochSeconds();
        assertThat(machine.out("date +%s")).isEqualTo(before + "\n");
        machine.time.advance(Duration.ofSeconds(90));
        assertThat(machine.out("date +%s")).isEqualTo(before + 90 + "\n");
        fails("date", 1, "date: only the seconds since 1970 are told here");
    }

    @Test
    void keepsTheSystemsMessages() {
        assertThat(machine.out("dmesg")).isEmpty();
    }

    @Test
    void explainsNetstat() {
        fails("netstat -an", 1, "usage: netstat -s[s] -p pfsync | -rn");
    }
}
