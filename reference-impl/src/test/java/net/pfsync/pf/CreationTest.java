package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first packet makes. {@code PF-TRACKING.md} sections 1 and 2. */
class CreationTest {

    private static final int ISN = 1_000_000;

    private final Bench bench = Bench.current("set skip on lo\npass flags any keep state");

    private static TestPacket tcp() {
        return TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80).seq(ISN);
    }

    private State made(TestPacket packet) {
        Result result = bench.in(packet);
        assertThat(result.created()).isTrue();
        assertThat(result.verdict()).isEqualTo(Result.Verdict.PASS);
        assertThat(result.state()).isSameAs(bench.table.first());
        return result.state();
    }

    @Test
    void theInitiatorOfATcpConnectionIsWhereItsSynSays() {
        State state = made(tcp().flags(TcpFlags.SYN).window(64240));
        assertThat(Bench.peer(state.src)).isEqualTo("1000000:1000002 win 64240 state 2 wscale 0");
        assertThat(state.src.seqdiff).isZero();
        assertThat(state.timeout).isEqualTo((byte) Timeouts.TCP_FIRST_PACKET);
    }

    @Test
    void theOtherEndOfATcpConnectionIsClosedAndMaySendOneByte() {
        State state = made(tcp().flags(TcpFlags.SYN));
        assertThat(Bench.peer(state.dst)).isEqualTo("0:1 win 1 state 0 wscale 0");
    }

    /** The upper end is one behind what was sent; SYN and FIN count as a byte each. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1000001",
        "2, 0, 1000002",
        "1, 0, 1000002",
        "3, 0, 1000003",
        "16, 100, 1000101",
        "17, 100, 1000102"
    })
    void theUpperEndOfTheInitiatorIsOneBehindWhatWasSent(int flags, int data, int seqhi) {
        assertThat(made(tcp().flags(flags).data(data)).src.seqhi).isEqualTo(seqhi);
    }

    /** Shift -1 is a SYN without the option. */
    @ParameterizedTest
    @CsvSource({
        "-1, 64240, 0, 64240",
        "0, 64240, 128, 64240",
        "7, 64240, 135, 502",
        "10, 64240, 138, 63",
        "14, 65535, 142, 4",
        "15, 65535, 142, 4",
        "7, 0, 135, 1",
        "-1, 0, 0, 1",
    })
    void theWindowOfASynIsCountedInItsScaleAndRoundedUp(int shift, int window, int wscale, int maxWindow) {
        TestPacket syn = tcp().flags(TcpFlags.SYN).window(window);
        State state = made(shift < 0 ? syn : syn.wscale(shift));
        assertThat(state.src.wscale & 0xff).isEqualTo(wscale);
        assertThat(state.src.window()).isEqualTo(maxWindow);
    }

    @Test
    void theScaleOfASegmentThatIsNoSynIsNotBelieved() {
        assertThat(made(tcp().ack(1).wscale(7)).src.wscale).isZero();
    }

    @Test
    void aPureSynIsModulatedIfTheRuleSaysSo() {
        Bench modulating = Bench.current("pass flags any modulate state");
        byte[] syn = tcp().flags(TcpFlags.SYN).bytes();
        State state = modulating.test(syn, Bench.INSIDE, State.IN).state();
        assertThat(state.src.seqdiff).isNotZero();
        Packet sent = new Packet();
        sent.parse(syn, 0, syn.length);
        assertThat(sent.seq()).isEqualTo(ISN + state.src.seqdiff);
        assertThat(TestPacket.checksumsRight(syn)).isTrue();

        Bench other = Bench.current("pass flags any modulate state");
        assertThat(other.in(tcp().flags(TcpFlags.SYN).ack(1)).state().src.seqdiff)
                .isZero();
    }

    /** Recorded on OpenBSD 4.6 and 7.6: the second state of a modulated connection differs from the first by 4096. */
    @Test
    void theOutgoingStateOfAModulatedConnectionIsOneStepFurther() {
        Bench modulating = Bench.current("pass modulate state");
        modulating.fromClient(tcp().flags(TcpFlags.SYN));
        assertThat(modulating.state(1).src.seqlo).isEqualTo(ISN + modulating.state(0).src.seqdiff);
        assertThat(modulating.state(1).src.seqdiff).isEqualTo(4096);
    }

    @Test
    void aDatagramMakesItsSenderSingle() {
        State state = made(TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53));
        assertThat(state.src.state).isEqualTo((byte) 1);
        assertThat(state.dst.state).isZero();
        assertThat(state.timeout).isEqualTo((byte) Timeouts.UDP_FIRST_PACKET);
    }

    @Test
    void anotherProtocolMakesItsSenderSingle() {
        State state = made(TestPacket.other(Bench.CLIENT, Bench.SERVER, 47).data(8));
        assertThat(state.src.state).isEqualTo((byte) 1);
        assertThat(state.dst.state).isZero();
        assertThat(state.timeout).isEqualTo((byte) Timeouts.OTHER_FIRST_PACKET);
        assertThat(state.wire.port(0)).isZero();
    }

    @Test
    void anIcmpQueryHasNoStateNumbers() {
        State state = made(TestPacket.icmp(Bench.CLIENT, Bench.SERVER, 8, 77));
        assertThat(state.src.state).isZero();
        assertThat(state.dst.state).isZero();
        assertThat(state.timeout).isEqualTo((byte) Timeouts.ICMP_FIRST_PACKET);
    }

    @ParameterizedTest
    @CsvSource({"10.7.1.2, 10.7.2.2, 8, 0", "fd00:1::2, fd00:2::2, 128, 129"})
    void theKeyOfAQueryHoldsItsIdAndItsType(String client, String server, int query, int reply) {
        State state = made(TestPacket.icmp(client, server, query, 77));
        assertThat(state.wire.port(0)).isEqualTo(77);
        assertThat(state.wire.port(1)).isEqualTo(query);
        assertThat(bench.test(TestPacket.icmp(server, client, reply, 77).bytes(), Bench.INSIDE, State.OUT)
                        .state())
                .isSameAs(state);
    }

    @Test
    void olderReleasesHoldTheIdOfAQueryTwice() {
        TrackingRule older = new TrackingRule(
                28, false, false, true, false, TrackingRule.Reuse.REMOVES, TrackingRule.Purge.ONE_BY_ONE, false);
        Bench freebsd = new Bench("pass", older);
        State state = freebsd.in(TestPacket.icmp("fd00::1", "fd00::2", 128, 77)).state();
        assertThat(state.wire.port(0)).isEqualTo(77);
        assertThat(state.wire.port(1)).isEqualTo(77);
        assertThat(state.wire.af()).isEqualTo(28);
        byte[] reply = TestPacket.icmp("fd00::2", "fd00::1", 129, 77).bytes();
        assertThat(freebsd.test(reply, Bench.INSIDE, State.OUT).state()).isSameAs(state);
    }

    @Test
    void forwardedTrafficMakesTwoStatesWithMirroredKeys() {
        assertThat(bench.fromClient(tcp().flags(TcpFlags.SYN))).isNotNull();
        State in = bench.state(0);
        State out = bench.state(1);
        assertThat(in.direction).isEqualTo((byte) State.IN);
        assertThat(out.direction).isEqualTo((byte) State.OUT);
        assertThat(in.wire.address0Hi).isEqualTo(out.wire.address1Hi).isEqualTo(0x0a07010200000000L);
        assertThat(in.wire.port(0)).isEqualTo(out.wire.port(1)).isEqualTo(4000);
        assertThat(in.translated()).isFalse();
        assertThat(in.wire.af()).isEqualTo(2);
        assertThat(bench.table.size()).isEqualTo(2);
        assertThat(bench.events).containsExactly("inserted 0", "inserted 1");
    }

    @Test
    void theAnswerBelongsToBothStates() {
        bench.fromClient(tcp().flags(TcpFlags.SYN));
        TestPacket answer = TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000)
                .flags(TcpFlags.SYN)
                .ack(ISN + 1);
        assertThat(bench.fromServer(answer)).isNotNull();
        assertThat(bench.table.size()).isEqualTo(2);
        assertThat(bench.events).containsExactly("inserted 0", "inserted 1", "updated 1", "updated 0");
    }

    @Test
    void statesAreNamedByTheMachineAndItsCounter() {
        bench.fromClient(tcp().flags(TcpFlags.SYN));
        assertThat(bench.state(0).id).isEqualTo(Bench.FIRST_ID);
        assertThat(bench.state(1).id).isEqualTo(Bench.FIRST_ID + 1);
        assertThat(bench.state(1).creatorId).isEqualTo(Bench.HOST_ID);
    }

    @Test
    void aNewStateWasMadeNowAndWasActiveNow() {
        State state = made(tcp().flags(TcpFlags.SYN));
        assertThat(state.creation).isEqualTo(1000);
        assertThat(state.expire).isEqualTo(1000);
        assertThat(state.rule).isZero();
        assertThat(state.anchor).isEqualTo(State.NONE);
        assertThat(state.natRule).isEqualTo(State.NONE);
        assertThat(state.stateFlags).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "pass, all, 0",
        "pass keep state (if-bound), em1, 0",
        "set state-policy if-bound; pass, em1, 0",
        "set state-policy if-bound; pass keep state (floating), all, 0",
        "pass keep state (no-sync), all, 8",
        "pass keep state (sloppy), all, 2",
        "pass allow-opts, all, 1",
        "pass scrub (reassemble tcp), all, 256",
    })
    void theRuleDecidesAboutInterfaceAndFlags(String rules, String ifname, int flags) {
        Bench other = Bench.current(rules.replace("; ", "\n"));
        State state = other.in(tcp().flags(TcpFlags.SYN)).state();
        assertThat(state.ifname).isEqualTo(ifname);
        assertThat(state.stateFlags & 0xffff).isEqualTo(flags);
    }

    @Test
    void aStateThatIsBoundToAnInterfaceMatchesOnlyThere() {
        Bench bound = Bench.current("pass keep state (if-bound)");
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        State first = bound.test(query, "em1", State.IN).state();
        assertThat(bound.test(query, "em1", State.IN).state()).isSameAs(first);
        assertThat(bound.test(query, "em3", State.IN).created()).isTrue();
        assertThat(bound.table.size()).isEqualTo(2);
    }

    @Test
    void aFloatingStateMatchesAnywhere() {
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        State first = bench.test(query, "em1", State.IN).state();
        assertThat(bench.test(query, "em3", State.IN).state()).isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStateThatIsBoundToThePacketsInterfaceGoesBeforeAFloatingOne(boolean boundFirst) {
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        State bound;
        State floating;
        if (boundFirst) {
            bench.filter.load(Bench.ruleset("pass keep state (if-bound)"), bench.now);
            bound = bench.test(query, "em3", State.IN).state();
            bench.filter.load(Bench.ruleset("pass"), bench.now);
            floating = bench.test(query, "em1", State.IN).state();
        } else {
            floating = bench.test(query, "em1", State.IN).state();
            bound = boundCopy(floating, "em3");
            assertThat(bench.table.insert(bound)).isTrue();
        }
        assertThat(bench.test(query, "em3", State.IN).state()).isSameAs(bound);
        assertThat(bench.test(query, "em1", State.IN).state()).isSameAs(floating);
    }

    /** As a peer may send it. */
    private static State boundCopy(State state, String ifname) {
        State bound = new State();
        bound.id = 99;
        bound.ifname = ifname;
        bound.wire = state.wire;
        bound.stack = state.stack;
        bound.direction = state.direction;
        bound.proto = state.proto;
        return bound;
    }

    @Test
    void packetsOfTheSameDirectionOnTheOtherSideBelongToOtherStates() {
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        bench.test(query, "em1", State.IN);
        assertThat(bench.test(query, "em1", State.OUT).created()).isTrue();
    }

    /** A packet with the key of a state that dies at the next purge run finds nothing. */
    @Test
    void aStateThatIsToBePurgedIsNotFound() {
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        State first = bench.test(query, "em1", State.IN).state();
        first.timeout = Timeouts.PURGE;
        Result again = bench.test(query, "em1", State.IN);
        assertThat(again.created()).isTrue();
        assertThat(again.state()).isNotSameAs(first);
        assertThat(bench.events).containsExactly("inserted 0", "deleted 0", "inserted 1");
    }

    @Test
    void aBlockedPacketLeavesAStateThatIsToBePurgedAlone() {
        byte[] query = TestPacket.udp(Bench.CLIENT, 4000, Bench.SERVER, 53).bytes();
        State first = bench.test(query, "em1", State.IN).state();
        first.timeout = Timeouts.PURGE;
        bench.filter.load(Bench.ruleset("block"), bench.now);
        assertThat(bench.test(query, "em1", State.IN).verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(first.linked()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TestRelease.class)
    void currentStatesNameTheirRoutingTables(TestRelease release) {
        Bench named = new Bench("pass", release.rule());
        named.fromClient(tcp().flags(TcpFlags.SYN));
        if (release == TestRelease.CURRENT) {
            assertThat(named.state(0).extra.rtableWire).isEqualTo(-1);
            assertThat(named.state(0).extra.rtableStack).isZero();
            assertThat(named.state(1).extra.rtableWire).isZero();
            assertThat(named.state(1).extra.rtableStack).isEqualTo(-1);
        } else {
            assertThat(named.state(0).extra).isNull();
        }
    }
}
