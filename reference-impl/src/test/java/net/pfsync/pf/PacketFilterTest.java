package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the filter does around tracking: counting, telling, limiting, holding, options. */
class PacketFilterTest {

    private static TestPacket query() {
        return TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).data(5);
    }

    private static TestPacket answer() {
        return TestPacket.udp(Bench.SERVER, 53, Bench.CLIENT, 4000).data(9);
    }

    @Test
    void packetsAndBytesAreCountedByDirection() {
        Bench bench = Bench.current("pass");
        bench.fromClient(query());
        bench.fromServer(answer());
        bench.fromServer(answer());
        for (int number = 0; number < 2; number++) {
            assertThat(bench.state(number).packets0).isEqualTo(1);
            assertThat(bench.state(number).packets1).isEqualTo(2);
            assertThat(bench.state(number).bytes0).isEqualTo(33);
            assertThat(bench.state(number).bytes1).isEqualTo(74);
        }
    }

    @Test
    void theFirstPacketInsertsAndTheOthersUpdate() {
        Bench bench = Bench.current("pass");
        bench.fromClient(query());
        bench.fromClient(query());
        assertThat(bench.events).containsExactly("inserted 0", "inserted 1", "updated 0", "updated 1");
    }

    @Test
    void countsOfWhatUseEachRuleIs() {
        Bench bench = Bench.current("block proto tcp\npass proto udp\npass proto icmp no state");
        bench.in(query());
        bench.in(query());
        bench.in(TestPacket.tcp(Bench.CLIENT, 1, Bench.SERVER, 2).flags(TcpFlags.SYN));
        long length = query().bytes().length;
        assertThat(bench.filter.ruleUses().get(0)).isEqualTo(new RuleUse("block drop proto tcp all", 2, 1, 40, 0, 0));
        assertThat(bench.filter.ruleUses().get(1)).isEqualTo(new RuleUse("pass proto udp all", 2, 2, 2 * length, 1, 1));
        assertThat(bench.filter.ruleUses().get(2).evaluations()).isEqualTo(2);
        bench.now++;
        bench.filter.load(Bench.ruleset("pass\npass"), bench.now);
        bench.in(query());
        assertThat(bench.filter.ruleUses())
                .containsExactly(
                        new RuleUse("pass all flags S/SA", 0, 0, 0, 0, 0),
                        new RuleUse("pass all flags S/SA", 0, 0, 0, 0, 0));
    }

    @Test
    void searchesInsertsRemovalsAndReasonsAreCounted() {
        Bench bench = Bench.current("pass\nblock proto tcp");
        bench.in(query());
        bench.in(query());
        bench.in(TestPacket.tcp(Bench.CLIENT, 1, Bench.SERVER, 2).flags(TcpFlags.SYN));
        bench.filter.remove(bench.state(0));
        bench.filter.malformed();
        PfStatistics statistics = bench.filter.statistics();
        assertThat(statistics.searches()).isEqualTo(3);
        assertThat(statistics.inserts()).isEqualTo(1);
        assertThat(statistics.removals()).isEqualTo(1);
        assertThat(bench.table.inserted()).isEqualTo(1);
        assertThat(statistics.count(Reason.MATCH)).isEqualTo(2);
        assertThat(statistics.count(Reason.SHORT)).isEqualTo(1);
    }

    @Test
    void theReasonsHaveTheNamesAndTheOrderOfPfctl() { // recorded on OpenBSD 7.6, 004_A_pfctl_si.txt
        assertThat(Reason.values())
                .extracting(Reason::text)
                .containsExactly(
                        "match",
                        "bad-offset",
                        "fragment",
                        "short",
                        "normalize",
                        "memory",
                        "bad-timestamp",
                        "congestion",
                        "ip-option",
                        "proto-cksum",
                        "state-mismatch",
                        "state-insert",
                        "state-limit",
                        "src-limit",
                        "synproxy",
                        "translate",
                        "no-route");
    }

    @Test
    void atTheLimitNoStateIsMadeAndThePacketIsDropped() {
        Bench bench = Bench.current("pass");
        bench.stateLimit = 2;
        assertThat(bench.fromClient(query())).isNotNull();
        Result result = bench.in(TestPacket.udp(Bench.CLIENT, 4001, Bench.SERVER, 53));
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.MEMORY);
        assertThat(bench.table.size()).isEqualTo(2);
        assertThat(bench.fromClient(query())).as("known states go on").isNotNull();
        bench.filter.remove(bench.state(0));
        assertThat(bench.in(TestPacket.udp(Bench.CLIENT, 4001, Bench.SERVER, 53))
                        .verdict())
                .as("an unlinked state counts until it is freed")
                .isEqualTo(Result.Verdict.DROP);
    }

    @Test
    void aStateThatClashesWithAnotherOneIsNotMade() {
        Bench bench = Bench.current("pass in on em1 inet proto udp rdr-to 10.7.2.2 port 53");
        bench.in(query());
        Result second = bench.in(TestPacket.udp(Bench.CLIENT, 4000, "192.0.2.7", 99));
        assertThat(second.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(second.reason()).isEqualTo(Reason.STATE_INSERT);
        assertThat(bench.table.size()).isEqualTo(1);
    }

    // ---- deferral ----

    @Test
    void theFirstPacketOfAnOutgoingStateMayBeHeld() {
        Bench bench = Bench.current("pass");
        bench.defers = true;
        assertThat(bench.in(query()).verdict()).isEqualTo(Result.Verdict.PASS);
        Result out = bench.out(query());
        assertThat(out.verdict()).isEqualTo(Result.Verdict.DEFER);
        assertThat(out.state().packets0)
                .as("recorded: a held packet is not counted")
                .isZero();
        assertThat(bench.held).hasSize(1);
        assertThat(bench.out(query()).verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(bench.held).hasSize(1);
    }

    @Test
    void aHeldPacketHasItsFinalAddresses() {
        Bench bench = Bench.current("pass out on em2 inet nat-to 192.0.2.1");
        bench.defers = true;
        bench.out(query());
        Packet held = new Packet();
        held.parse(bench.held.get(0), 0, bench.held.get(0).length);
        assertThat(held.sourceHi()).isEqualTo(0xc000020100000000L);
    }

    @Test
    void packetsOfStatesThatAreNotAnnouncedAreNotHeld() {
        Bench bench = Bench.current("pass keep state (no-sync)");
        bench.defers = true;
        assertThat(bench.out(query()).verdict()).isEqualTo(Result.Verdict.PASS);
    }

    // ---- options of IP ----

    @ParameterizedTest
    @CsvSource({
        "pass, false",
        "pass allow-opts, true",
        "pass no state, false",
        "pass no state allow-opts, true",
    })
    void packetsWithIpOptionsNeedARuleThatAllowsThem(String rules, boolean passes) {
        for (TestPacket packet : new TestPacket[] {
            query().ipOptions(), TestPacket.udp("fd00:1::2", 1, "fd00:2::2", 2).ipOptions()
        }) {
            Bench bench = Bench.current(rules);
            Result first = bench.in(packet);
            assertThat(first.verdict() == Result.Verdict.PASS).isEqualTo(passes);
            assertThat(first.reason()).isEqualTo(passes ? Reason.MATCH : Reason.IP_OPTION);
            assertThat(bench.in(packet).verdict() == Result.Verdict.PASS).isEqualTo(passes);
        }
    }

    @Test
    void aPacketThatIsDroppedForItsOptionsIsNotCountedInItsState() {
        Bench bench = Bench.current("pass");
        bench.in(query());
        bench.in(query().ipOptions());
        assertThat(bench.state(0).packets0).isEqualTo(1);
    }

    @Test
    void withoutRulesOptionsDoNotPassEither() { // recorded on OpenBSD 4.6: "dropping packet with ip options"
        assertThat(Bench.current("").in(query().ipOptions()).reason()).isEqualTo(Reason.IP_OPTION);
    }

    // ---- rules may change ----

    @Test
    void statesOutliveTheirRules() {
        Bench bench = Bench.current("pass");
        bench.fromClient(query());
        bench.filter.load(Bench.ruleset("block"), bench.now);
        assertThat(bench.fromClient(query())).isNotNull();
        assertThat(bench.in(TestPacket.udp(Bench.CLIENT, 4001, Bench.SERVER, 53))
                        .verdict())
                .isEqualTo(Result.Verdict.DROP);
    }

    @Test
    void aFragmentBelongsToNoState() {
        Bench bench = Bench.current("pass quick inet proto udp to any port 53\nblock");
        bench.in(query());
        byte[] fragment = query().bytes();
        fragment[7] = 3;
        Result result = bench.test(fragment, Bench.INSIDE, State.IN);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.state()).isNull();
    }
}
