package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import net.pfsync.wire.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of pf.conf is understood, what is refused and where, and which rule decides. */
class RulesetTest {

    private static final String DNS = "10.7.2.53";

    private static Result.Verdict verdict(String rules, TestPacket packet, String ifname, int direction) {
        return Bench.of2009(rules).test(packet.bytes(), ifname, direction).verdict();
    }

    private static boolean passes(String rules, TestPacket packet) {
        return verdict(rules, packet, Bench.INSIDE, State.IN) == Result.Verdict.PASS;
    }

    private static TestPacket syn() {
        return TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80).flags(TcpFlags.SYN);
    }

    private static TestPacket query() {
        return TestPacket.udp(Bench.CLIENT, 4000, DNS, 53).data(5);
    }

    // ---- what is understood ----

    /** Left: as written; right: as pfctl prints it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "pass | pass all flags S/SA",
                "pass all | pass all flags S/SA",
                "block | block drop all",
                "block drop quick on ! em0 inet | block drop quick on ! em0 inet all",
                "pass in log quick on em1 inet proto tcp from any to 10.0.0.1 port 80"
                        + " | pass in log quick on em1 inet proto tcp from any to 10.0.0.1 port = 80 flags S/SA",
                "pass out proto udp from 10.1.2.3/8 port 1:1023 to ! 192.0.2.0/24 port = 53"
                        + " | pass out inet proto udp from 10.0.0.0/8 port 1:1023 to ! 192.0.2.0/24 port = 53",
                "pass to 2001:db8:0:0:1:0:0:1 | pass inet6 from any to 2001:db8::1:0:0:1 flags S/SA",
                "pass from ::/0 to ::1 | pass inet6 from ::/0 to ::1 flags S/SA",
                "pass proto 240 | pass proto pfsync all",
                "pass proto 99 | pass proto 99 all",
                "pass keep state | pass all flags S/SA",
                "pass flags any keep state | pass all flags any",
                "pass flags A/SA modulate state | pass all flags A/SA modulate state",
                "pass proto tcp flags /SFRA | pass proto tcp all flags /FSRA",
                "pass keep state (no-sync, sloppy) | pass all flags S/SA keep state (no-sync, sloppy)",
                "pass keep state (if-bound) | pass all flags S/SA keep state (if-bound)",
                "pass synproxy state (floating) | pass all flags S/SA synproxy state (floating)",
                "pass no state | pass all no state",
                "pass inet proto icmp icmp-type echoreq code 0 | pass inet proto icmp all icmp-type echoreq code 0",
                "pass quick inet6 proto icmp6 no state | pass quick inet6 proto ipv6-icmp all no state",
                "pass inet6 proto icmp6 icmp6-type 200 | pass inet6 proto ipv6-icmp all icmp6-type 200",
                "pass allow-opts | pass all flags S/SA allow-opts",
                "pass scrub (reassemble tcp) | pass all flags S/SA scrub (reassemble tcp)",
                "match out on em2 nat-to 192.0.2.1 | match out on em2 inet all nat-to 192.0.2.1",
                "pass out nat-to 192.0.2.1 static-port | pass out inet all flags S/SA nat-to 192.0.2.1 static-port",
                "pass out proto udp nat-to 192.0.2.1 port 1000:2000 | pass out inet proto udp all nat-to 192.0.2.1"
                        + " port 1000:2000",
                "pass in proto tcp to 192.0.2.1 port 80 rdr-to 10.7.2.2 port 8080 | pass in inet proto tcp from any to"
                        + " 192.0.2.1 port = 80 flags S/SA rdr-to 10.7.2.2 port 8080",
            })
    void rulesArePrintedAsPfctlDoes(String written, String printed) {
        assertThat(Bench.ruleset(written)).hasToString(printed + "\n");
        assertThat(Bench.ruleset(printed)).hasToString(printed + "\n");
    }

    /** Recorded on OpenBSD 7.6 with {@code pfctl -s rules}; labels and priorities are not understood. */
    @ParameterizedTest
    @ValueSource(strings = {"006_A_pfctl_sr.txt", "151_A_pfctl_s_rules.txt", "257_A_pfctl_s_rules_for_the_states.txt"})
    void recordedRulesetsArePrintedAsTheyWereRecorded(String file) {
        StringBuilder rules = new StringBuilder();
        for (String line :
                Fixtures.text("observed/openbsd-7.6/outputs/" + file).lines().toList()) {
            if (!line.startsWith("$") && !line.startsWith("[")) {
                rules.append(line.replaceAll(" label \".*\"| set \\(prio .\\)", ""))
                        .append('\n');
            }
        }
        assertThat(rules).contains("pass all flags S/SA\n");
        assertThat(Bench.ruleset(rules.toString())).hasToString(rules.toString());
    }

    @Test
    void commentsBlankLinesAndContinuedLinesAreUnderstood() {
        Ruleset ruleset = Bench.ruleset("# first\n\npass in \\\n  on em1 # second\n\tblock out\n");
        assertThat(ruleset).hasToString("pass in on em1 all flags S/SA\nblock drop out all\n");
        assertThat(ruleset.size()).isEqualTo(2);
    }

    @Test
    void rulesAreNumberedFromZeroWithoutOptionsAndComments() {
        Ruleset ruleset = Bench.ruleset("set skip on lo\n# a comment\nblock\nset state-policy if-bound\npass\n");
        assertThat(List.of(ruleset.rule(0).number(), ruleset.rule(1).number())).containsExactly(0, 1);
        assertThat(ruleset.size()).isEqualTo(2);
    }

    @Test
    void equalRulesHaveEqualChecksumsAndOthersDoNot() {
        byte[] checksum = Bench.ruleset("pass in on em1").checksum();
        assertThat(checksum).hasSize(16);
        assertThat(Bench.ruleset("pass  in on em1 all flags S/SA keep state # same")
                        .checksum())
                .isEqualTo(checksum);
        assertThat(Bench.ruleset("pass in on em2").checksum()).isNotEqualTo(checksum);
        assertThat(Bench.ruleset("pass in on em1\npass in on em1").checksum()).isNotEqualTo(checksum);
        assertThat(Ruleset.EMPTY.checksum()).isEqualTo(new byte[16]);
    }

    // ---- what is refused ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 | 1 | allow all | expected \"pass\", \"block\", \"match\" or \"set\", found \"allow\"",
                "1 | 6 | pass outward | expected \"flags\", \"icmp-type\"",
                "1 | 8 | pass on | expected an interface, found the end of the text",
                "1 | 9 | pass on (em1) | expected an interface, found \"(\"",
                "1 | 11 | pass from example.org | expected \"any\", an address or a network, found \"example.org\"",
                "1 | 11 | pass from 10.0.0 to any | expected \"any\", an address or a network, found \"10.0.0\"",
                "1 | 11 | pass from 10.0.0.256 | expected \"any\", an address or a network",
                "1 | 11 | pass from 10.0.0.0/33 | expected a prefix of 0 to 32 bits",
                "1 | 11 | pass from fe80::/129 | expected a prefix of 0 to 128 bits",
                "1 | 11 | pass from fe80:::1 | expected \"any\", an address or a network",
                "1 | 17 | pass inet6 from 10.0.0.1 | this is an IPv4 address, but the rule is about IPv6",
                "1 | 23 | pass from 10.0.0.1 to ::1 | this is an IPv6 address, but the rule is about IPv4",
                "1 | 13 | pass to any port 80 | a port needs \"proto tcp\" or \"proto udp\"",
                "1 | 28 | pass proto tcp to any port www | expected a port, 0 to 65535, found \"www\"",
                "1 | 28 | pass proto tcp to any port 65536 | expected a port, 0 to 65535",
                "1 | 28 | pass proto tcp to any port 9:8 | expected a range of ports",
                "1 | 28 | pass proto tcp to any port { 80 } | expected a port, 0 to 65535, found \"{\"",
                "1 | 12 | pass proto 256 | expected a protocol, 0 to 255",
                "1 | 12 | pass proto tcpip | expected a protocol, 0 to 255, found \"tcpip\"",
                "1 | 16 | pass proto udp flags S/SA | flags are only for TCP",
                "1 | 12 | pass flags SYN | expected \"any\" or flags out of flags",
                "1 | 12 | pass flags S/A | expected \"any\" or flags out of flags",
                "1 | 12 | pass flags S/ | expected \"any\" or flags out of flags",
                "1 | 11 | pass flags | expected \"any\" or flags out of flags",
                "1 | 6 | pass icmp-type echoreq | \"icmp-type\" needs \"proto icmp\"",
                "1 | 27 | pass proto icmp icmp-type echo | expected a type of ICMP, 0 to 255",
                "1 | 40 | pass proto icmp icmp-type echoreq code x | expected a code, 0 to 255",
                "1 | 1 | pass inet6 proto icmp | of different IP versions",
                "1 | 10 | pass keep | expected \"state\", found the end of the text",
                "1 | 18 | pass keep state (max 10) | expected \"no-sync\", \"sloppy\", \"if-bound\" or \"floating\","
                        + " found \"max\"",
                "1 | 24 | pass keep state (sloppy | expected \")\", found the end of the text",
                "1 | 17 | pass keep state no state | the rule says already how it keeps state",
                "1 | 16 | pass no state (sloppy) | without state there is nothing to choose",
                "1 | 22 | pass modulate state (sloppy) | cannot be modulated or proxied",
                "1 | 7 | block keep state | only rules that pass keep state",
                "1 | 7 | match no state | only rules that pass keep state",
                "1 | 13 | pass scrub (no-df) | expected \"reassemble\", found \"no-df\"",
                "1 | 6 | pass nat-to 10.0.0.1 | \"nat-to\" needs \"in\" or \"out\"",
                "1 | 11 | block out nat-to 10.0.0.1 | what is blocked cannot be translated",
                "1 | 1 | pass out no state nat-to 10.0.0.1 | translation needs state",
                "1 | 17 | pass out nat-to 10.0.0.0/24 | expected an address",
                "1 | 17 | pass out nat-to em0 | expected an address, found \"em0\"",
                "1 | 26 | pass out nat-to 10.0.0.1 nat-to 10.0.0.2 | translates to somewhere already",
                "1 | 35 | pass in proto udp rdr-to 10.0.0.1 port 1:2 | \"rdr-to\" needs one port",
                "1 | 25 | pass in rdr-to 10.0.0.1 static-port | \"static-port\" is only for \"nat-to\" without a port",
                "1 | 22 | pass in inet6 rdr-to 10.0.0.1 | this is an IPv4 address",
                "1 | 6 | pass label ~x~ | expected \"flags\"",
                "1 | 1 | ext = \"em0\" | expected \"pass\"",
                "1 | 9 | pass on $ext | expected an interface, found \"$\"",
                "1 | 5 | set timeout interval 10 | expected \"skip\", \"state-policy\" or \"limit\", found \"timeout\"",
                "1 | 11 | set limit frags 10 | expected \"states\", found \"frags\"",
                "1 | 18 | set state-policy bound | expected \"floating\" or \"if-bound\"",
                "1 | 10 | set skip lo | expected \"on\", found \"lo\"",
                "1 | 17 | set skip on { lo  | expected an interface or \"}\", found the end of the text",
                "1 | 17 | set skip on lo0 em1 | expected the end of the line, found \"em1\"",
            })
    void whatIsNotUnderstoodIsRefusedWithItsPlace(int line, int column, String text, String problem) {
        RulesetException refused =
                catchThrowableOfType(RulesetException.class, () -> Ruleset.parse(text.replace('~', '"')));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.line()).as(refused.getMessage()).isEqualTo(line);
        assertThat(refused.column()).as(refused.getMessage()).isEqualTo(column);
        assertThat(refused).hasMessageStartingWith("line " + line + ", column " + column + ": ");
    }

    @Test
    void theLineOfAnErrorIsThatOfTheText() {
        assertThatThrownBy(() -> Ruleset.parse("pass\n# nothing\npass in \\\n\ton em1 from nowhere\n"))
                .hasMessage("line 4, column 14: expected \"any\", an address or a network, found \"nowhere\"");
    }

    // ---- which rule decides ----

    @Test
    void withoutARuleEverythingPassesWithoutState() {
        Bench bench = Bench.of2009("");
        assertThat(bench.in(syn()).verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(bench.table.size()).isZero();
    }

    @Test
    void theLastRuleThatMatchesDecides() {
        assertThat(passes("block\npass", syn())).isTrue();
        assertThat(passes("pass\nblock", syn())).isFalse();
        assertThat(passes("pass\nblock proto udp", syn())).isTrue();
    }

    @Test
    void aQuickRuleDecidesAtOnce() {
        assertThat(passes("pass quick\nblock", syn())).isTrue();
        assertThat(passes("pass quick proto udp\nblock", syn())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "block in, true",
        "block out, false",
        "block on em1, true",
        "block on em2, false",
        "block on em, true",
        "block on em10, false",
        "block on e, false",
        "block on ! em1, false",
        "block on ! em2, true",
        "block inet, true",
        "block inet6, false",
        "block proto udp, true",
        "block proto tcp, false",
        "block from 10.7.1.2, true",
        "block from 10.7.1.3, false",
        "block from 10.7.0.0/16 to 10.7.2.32/27, true",
        "block from 10.7.0.0/16 to 10.7.2.0/27, false",
        "block from ! 10.7.1.2, false",
        "block from ! 10.7.1.3, true",
        "block proto udp to any port 53, true",
        "block proto udp to any port 50:60, true",
        "block proto udp to any port 54, false",
        "block proto udp from any port 4000 to any, true",
        "block proto udp from any port 53 to any, false",
        "block proto udp from any port 0:65535, true",
    })
    void aRuleIsAboutWhatItSays(String rule, boolean blocks) {
        assertThat(passes(rule, query())).isEqualTo(!blocks);
    }

    @Test
    void aRuleAboutIcmpTypesIsAboutThemOnly() {
        TestPacket ping = TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 1);
        assertThat(passes("block proto icmp icmp-type echoreq", ping)).isFalse();
        assertThat(passes("block proto icmp icmp-type echorep", ping)).isTrue();
        assertThat(passes("block proto icmp icmp-type echoreq code 1", ping)).isTrue();
        assertThat(passes("block proto icmp icmp-type echoreq", query())).isTrue();
    }

    @Test
    void theFlagsOfARuleAreComparedForTcpOnly() {
        String rules = "block\npass flags S/SA keep state";
        assertThat(passes(rules, syn())).isTrue();
        assertThat(passes(rules, syn().ack(1))).isFalse();
        assertThat(passes(rules, query())).isTrue();
        assertThat(passes("block\npass flags any", syn().ack(1))).isTrue();
        assertThat(passes("block\npass no state", syn().ack(1))).isTrue();
    }

    @Test
    void packetsOfASkippedInterfaceAreNotLookedAt() {
        String rules = "set skip on { lo em1 }\nblock";
        assertThat(verdict(rules, query(), "em1", State.IN)).isEqualTo(Result.Verdict.PASS);
        assertThat(verdict(rules, query(), "lo0", State.IN)).isEqualTo(Result.Verdict.PASS);
        assertThat(verdict(rules, query(), "em2", State.IN)).isEqualTo(Result.Verdict.DROP);
        assertThat(verdict("set skip on em1\nblock", query(), "em10", State.IN)).isEqualTo(Result.Verdict.DROP);
    }

    @Test
    void aFragmentIsJudgedByRulesThatNeedOnlyItsAddresses() {
        byte[] fragment = query().bytes();
        fragment[7] = 1;
        assertThat(Bench.of2009("block from 10.7.1.2")
                        .test(fragment, "em1", State.IN)
                        .verdict())
                .isEqualTo(Result.Verdict.DROP);
        Bench bench = Bench.of2009("pass\nblock proto udp to any port 53\nblock proto udp to any port 0");
        assertThat(bench.test(fragment, "em1", State.IN).verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(bench.table.size()).isZero();
    }
}
