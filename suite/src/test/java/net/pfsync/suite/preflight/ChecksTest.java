package net.pfsync.suite.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.pfsync.suite.preflight.Finding.Result;
import net.pfsync.suite.preflight.Site.Place;
import net.pfsync.suite.target.real.Consoles;
import net.pfsync.suite.target.real.LabFile;
import net.pfsync.suite.target.real.Person;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every check sees what is right, what is wrong, and when it cannot tell. */
class ChecksTest {

    private static final Person NOBODY = new Person() {
        @Override
        public void tell(String line) {
            // Nobody hears it.
        }

        @Override
        public String answer() {
            return null;
        }
    };

    private static FrameBuilder from(String address, String dialect) {
        return FrameBuilder.of(Dialect.of(dialect)).source(address);
    }

    private static void ok(Check check, Shown shown, String seen) {
        assertThat(check.look(shown.site())).isEqualTo(Finding.ok(seen));
    }

    private static void wrong(Check check, Shown shown, String seen) {
        Finding finding = check.look(shown.site());
        assertThat(finding.result()).isEqualTo(Result.NOT_OK);
        assertThat(finding.seen()).isEqualTo(seen);
        assertThat(finding.remedy()).isNotEmpty();
    }

    private static void open(Check check, Shown shown, String why) {
        assertThat(check.look(shown.site())).isEqualTo(Finding.cannotTell(why));
    }

    @Test
    void theInterfaceIsThereAndUp() {
        Check check = new InterfaceCheck();
        ok(check, new Shown(), "eth1 is up, MTU 1500");
        wrong(check, new Shown().place(new Place("", false, 1500, "")), "eth1 is down or has no cable");
        wrong(check, new Shown().place(new Place("no interface eth1", false, 0, "")), "no interface eth1");
    }

    @Test
    void framesCanBeCaptured() {
        Check check = new CaptureCheck();
        ok(check, new Shown(), "frames can be captured and sent");
        wrong(check, new Shown().place(new Place("", true, 1500, "no permission")), "no permission");
        open(check, new Shown().place(new Place("none", false, 0, "")), "there is no interface to try");
    }

    @Test
    void theConsolesAnswer() {
        Check check = new ConsoleCheck();
        ok(check, new Shown(), "a ssh://root@fw-a, b ssh://root@fw-b");
        wrong(
                check,
                new Shown().prints("b", "pfctl -s info -v", null),
                "the console of firewall b refuses 'pfctl -s info -v'");
        wrong(check, new Shown().prints("b", "unreachable", "refused"), "refused");
        wrong(check, new Shown().prints("a", "lost", "the console is lost"), "the console is lost");
        open(
                check,
                new Shown().withoutConsole("a").withoutConsole("b"),
                "the lab file names no console; everything is read back over the wire");
    }

    @Test
    void thePeersAreHeard() {
        Check check = new PeersCheck();
        Shown both = new Shown().heard(from("10.9.0.1", "v6-7.4")).heard(from("10.9.0.2", "v6-7.4"));
        ok(check, both, "all were heard within 3.0 s, 2 packets");
        wrong(
                check,
                both.heard(from("10.9.0.7", "v6-7.4")),
                "pfsync of 10.9.0.7 is on this LAN, which the lab file does not name");
        open(
                check,
                new Shown().heard(from("10.9.0.1", "v6-7.4")),
                "nothing of b in 3.0 s; a firewall without traffic says nothing, --listen SECONDS waits longer");
        open(check, new Shown().place(new Place("", true, 1500, "no permission")), "nobody could listen");
    }

    @Test
    void theyHearEachOthersDialect() {
        Check check = new DialectCheck();
        Shown six = new Shown().heard(from("10.9.0.1", "v6-7.4"));
        ok(check, six, "a version 6 (v6-7.4)");
        ok(check, six.release("auto"), "a version 6 (v6-7.4)");
        wrong(check, six.release("openbsd-4.6"), "a version 6 (v6-7.4); openbsd-4.6 speaks version 5");
        open(check, new Shown(), "no packet of a firewall was heard in 3.0 s");
    }

    @Test
    void theTtlIsWhole() {
        Check check = new TtlCheck();
        ok(check, new Shown().heard(from("10.9.0.1", "v6-7.4")), "255 in all 1 packets");
        wrong(check, new Shown().heard(from("10.9.0.1", "v6-7.4").ttl(254)), "TTL of 10.9.0.1 254 instead of 255");
        open(check, new Shown(), "no packet was heard in 3.0 s");
    }

    @Test
    void pfsyncRunsWhereTheFileSays() {
        Check check = new RunningCheck();
        ok(check, new Shown(), "runs on a over em0, b over em0");
        wrong(check, new Shown().differs("b", "ifconfig pfsync0", "41<UP,RUNNING>", "0<>"), "pfsync0 of b is down");
        wrong(
                check,
                new Shown().differs("b", "ifconfig pfsync0", "syncdev: em0", "syncdev: em7"),
                "pfsync0 of b uses em7, the lab file says em0");
        wrong(check, new Shown().differs("a", "ifconfig pfsync0", "syncdev: em0 ", ""), "pfsync0 of a has no syncdev");
        open(check, new Shown().withoutConsole("a").withoutConsole("b"), "no console shows pfsync0");
    }

    @Test
    void thePeersSendToEachOther() {
        Check check = new SyncpeerCheck();
        String toB = "syncdev: em0 syncpeer: 10.9.0.2";
        String toA = "syncdev: em0 syncpeer: 10.9.0.1";
        ok(check, new Shown(), "a to the group, b to the group");
        Shown oneWay = new Shown().differs("a", "ifconfig pfsync0", "syncdev: em0", toB);
        wrong(check, oneWay, "a to 10.9.0.2, b to the group: one way only");
        ok(check, oneWay.differs("b", "ifconfig pfsync0", "syncdev: em0", toA), "a to 10.9.0.2, b to 10.9.0.1");
        wrong(
                check,
                new Shown()
                        .differs("a", "ifconfig pfsync0", "syncdev: em0", toB)
                        .differs("b", "ifconfig pfsync0", "syncdev: em0", "syncdev: em0 syncpeer: 10.9.0.8"),
                "a to 10.9.0.2, b to 10.9.0.8: 10.9.0.8 is no other firewall of the lab");
        open(check, new Shown().withoutConsole("b"), "not every firewall shows where it sends to: a to the group");
        Shown wire = new Shown().withoutConsole("a").withoutConsole("b");
        wire.heard(from("10.9.0.1", "v6-7.4").destination("10.9.0.2")).heard(from("10.9.0.2", "v6-7.4"));
        wrong(check, wire, "a to 10.9.0.2, b to the group: one way only");
        ok(
                check,
                new Shown().differs("a", "ifconfig pfsync0", "syncdev: em0", "syncdev: em0 syncpeer: 224.0.0.240"),
                "a to the group, b to the group");
    }

    @Test
    void theMtusFit() {
        Check check = new MtuCheck();
        ok(check, new Shown(), "a 1500, b 1500, here 1500");
        wrong(
                check,
                new Shown().differs("b", "ifconfig pfsync0", "mtu 1500", "mtu 1400"),
                "the MTUs of pfsync0 differ: a 1500, b 1400");
        wrong(
                check,
                new Shown().differs("a", "ifconfig em0", "mtu 1500", "mtu 1400"),
                "pfsync0 is larger than the interface below it: a 1500 over 1400");
        wrong(
                check,
                new Shown().place(new Place("", true, 1400, "")),
                "the firewalls send up to 1500 bytes, eth1 here takes 1400");
        open(check, new Shown().withoutConsole("a").withoutConsole("b"), "no console shows the MTU of pfsync0");
    }

    @Test
    void everyHostIdIsThereOnce() {
        Check check = new CreatorCheck();
        String command = "pfctl -s info -v";
        ok(check, new Shown(), "a 0x0000000a, b 0x0000000b");
        wrong(
                check,
                new Shown().differs("b", command, "0x0000000b", "0x0000000a"),
                "host ids are the same: a 0x0000000a, b 0x0000000a");
        wrong(
                check,
                new Shown().differs("b", command, "0x0000000b", "0x7e570001"),
                "a host id is one of the suite's own creators: a 0x0000000a, b 0x7e570001");
        open(check, new Shown().withoutConsole("b"), "not every console shows a host id: a 0x0000000a");
    }

    @Test
    void theRulesLetPfsyncPass() {
        Check check = new FilterCheck();
        ok(check, new Shown(), "pfsync passes on a, b");
        wrong(
                check,
                new Shown().prints("b", "pfctl -s rules", "pass all flags S/SA\nblock drop in on em0 all\n"),
                "b on em0 in: 'block drop in on em0 all'");
        ok(
                check,
                new Shown()
                        .prints("b", "pfctl -s rules", "block drop all\n")
                        .prints("b", "pfctl -s Interfaces -vv", "em0 (skip)\n\tCleared: …\n"),
                "pfsync passes on a, b (set skip)");
        ok(
                check,
                new Shown()
                        .prints("b", "pfctl -s rules", "block drop all\n")
                        .differs("b", "pfctl -s info -v", "Enabled", "Disabled"),
                "pfsync passes on a, b (pf is disabled)");
        open(
                check,
                new Shown().prints("a", "pfctl -s rules", "pass all\nblock drop in proto pfsync from <bad> to any\n"),
                "it depends on a on em0 in: 'block drop in proto pfsync from <bad> to any'");
        open(check, new Shown().prints("a", "pfctl -s rules", null), "no rules of a are shown");
    }

    @Test
    void aRuleCountsOnlyForThePacketsThatItIsAbout() {
        Check check = new FilterCheck();
        String fine = "pfsync passes on a, b";
        for (String rules : new String[] {
            "pass quick on em0 proto pfsync\nblock drop all\n",
            "pass all\nblock drop on em1 all\n",
            "pass all\nblock drop on ! em0 all\n",
            "pass all\nblock drop proto tcp all\n",
            "pass all\nblock drop inet6 all\n",
            "block drop all\nmatch in all scrub (no-df)\npass on em0 proto pfsync\n",
        }) {
            ok(check, new Shown().prints("b", "pfctl -s rules", rules), fine);
        }
        wrong(
                check,
                new Shown()
                        .prints("b", "pfctl -s rules", "@0 pass in all\n  [ Evaluations: 1 ]\n@1 block drop out all\n"),
                "b on em0 out: 'block drop out all'");
        open(
                check,
                new Shown().prints("b", "pfctl -s rules", "pass all\nanchor \"relayd/*\" all\n"),
                "it depends on b on em0 in: 'anchor \"relayd/*\" all'; it depends on b on em0 out: 'anchor"
                        + " \"relayd/*\" all'");
    }

    @Test
    void theRulesetsAreTheSame() {
        Check check = new RulesetCheck();
        ok(check, new Shown(), "the same 2 rules on a, b");
        wrong(
                check,
                new Shown().differs("b", "pfctl -s rules", "pass all", "block drop all"),
                "rule 1 is 'pass all flags S/SA' on a, 'block drop all flags S/SA' on b");
        wrong(
                check,
                new Shown().prints("b", "pfctl -s rules", "pass quick on em0 proto pfsync\n"),
                "rule 1 is 'pass all flags S/SA' on a, missing on b");
        open(check, new Shown().withoutConsole("b"), "the rules of fewer than two firewalls are shown");
    }

    @Test
    void theFirewallsForward() {
        Check check = new ForwardingCheck();
        ok(check, new Shown(), "net.inet.ip.forwarding: a 1, b 1");
        wrong(
                check,
                new Shown().prints("b", "sysctl -n net.inet.ip.forwarding", "0\n"),
                "net.inet.ip.forwarding: a 1, b 0");
        open(check, new Shown().withoutConsole("a").withoutConsole("b"), "no console shows net.inet.ip.forwarding");
    }

    @Test
    void nobodyUsesTheTestAddresses() {
        Check check = new TestAddressCheck();
        ok(check, new Shown(), "no route and no state has one");
        for (String route : List.of("203.0.113/24", "203.0.113.7", "203.0/16", "2001:db8:7::/48")) {
            wrong(
                    check,
                    new Shown().prints("b", "netstat -rn", route + "   10.0.0.1   UGS  em0\n"),
                    "b has a route to " + route);
        }
        for (String route : List.of("203.0.114/24", "default", "0.0.0.0/0", "2001:db9::/32", "fe80::%em0/64")) {
            ok(
                    check,
                    new Shown().prints("b", "netstat -rn", route + "   10.0.0.1   UGS  em0\n"),
                    "no route and no state has one");
        }
        ok(
                check,
                new Shown().networks("203.0.113.0/24").prints("b", "netstat -rn", "203.0.113.7  x  UHLc em1\n"),
                "no route and no state has one");
        String table = """
            Destination        Gateway            Flags   Refs      Use   Mtu  Prio Iface
            192.0.2/24         192.0.2.1          UCn        0        0     -     4 em1
            2001:db8:1::/64    2001:db8:1::1      UCn        0        0     -     4 em1
            2001:db8:1::1      52:54:00:01:00:01  UHLl       0        0     -     1 em1
            """;
        Shown lan = new Shown().networks("192.0.2.0/24");
        ok(check, lan.prints("a", "netstat -rn", table), "no route and no state has one");
        wrong(
                check,
                lan.prints("a", "netstat -rn", table + "2001:db8:9::/64  2001:db8:1::9  UGS  0  0  -  8 em1\n"),
                "a has a route to 2001:db8:9::/64");
        wrong(
                check,
                lan.prints("a", "netstat -rn", table + "2001:db8:2::/64  2001:db8:2::1  UCn  0  0  -  4 em2\n"),
                "a has a route to 2001:db8:2::/64");
        String states = """
            all tcp 10.1.1.1:5 -> 203.0.113.9:443       ESTABLISHED:ESTABLISHED
               id: 4a1b2c3d00000007 creatorid: deadbeef
            """;
        wrong(
                check,
                new Shown().prints("a", "pfctl -s states -vv", states),
                "a has a state with such an address: all tcp 10.1.1.1:5 -> 203.0.113.9:443 ESTABLISHED:ESTABLISHED");
        ok(
                check,
                new Shown().networks("203.0.113.0/24").prints("a", "pfctl -s states -vv", states),
                "no route and no state has one");
        wrong(
                check,
                new Shown()
                        .prints(
                                "a",
                                "pfctl -s states -vv",
                                states.replace("203.0.113", "10.0.0").replace("deadbeef", "7e570005")),
                "a has a state of the suite's own: id: 4a1b2c3d00000007 creatorid: 7e570005");
        wrong(
                check,
                new Shown()
                        .prints("a", "pfctl -s states -vv", "all udp 2001:db8:1::1[53] <- fd00::2[9]       SINGLE:X\n"),
                "a has a state with such an address: all udp 2001:db8:1::1[53] <- fd00::2[9] SINGLE:X");
        open(check, new Shown().prints("a", "netstat -rn", null), "not shown: the routes of a");
    }

    @Test
    void theClocksGoTheSame() {
        Check check = new ClockCheck(() -> 1002);
        ok(check, new Shown(), "seconds ahead of this machine: a -2, b -2");
        wrong(check, new Shown().prints("b", "date +%s", "1013\n"), "seconds ahead of this machine: a -2, b 11");
        open(
                check,
                new Shown().prints("a", "date +%s", "Sun Nov 22\n").prints("b", "date +%s", null),
                "no console shows the time");
    }

    @Test
    void aRunPrintsALineForEachAndTheRemedies(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lab.yaml");
        String text = Files.readString(Path.of("../fixtures/labs/netns.yaml"));
        Files.writeString(file, text.replace("pfl-sync", "nosuch0"));
        StringWriter printed = new StringWriter();
        Inspection inspection = Inspection.of(LabFile.read(file), new Consoles(NOBODY), Duration.ZERO);
        boolean ready = new Preflight(() -> 0, List.of("interface")).run(inspection, new PrintWriter(printed));

        assertThat(ready).isFalse();
        assertThat(printed.toString().lines())
                .anySatisfy(line -> assertThat(line).startsWith("accepted     interface       no interface nosuch0;"))
                .anySatisfy(line -> assertThat(line).startsWith("not ok       console         the known-hosts file"))
                .contains("cannot tell  capture         there is no interface to try")
                .anySatisfy(line -> assertThat(line).startsWith("             remedy: try it by hand with ssh"));
        assertThatThrownBy(() -> new Preflight(() -> 0, List.of("luck")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such check: 'luck'; possible: interface, capture, console, peers,");
    }
}
