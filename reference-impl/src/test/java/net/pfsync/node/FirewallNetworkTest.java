package net.pfsync.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.host.Datagram;
import net.pfsync.net.host.EchoReply;
import net.pfsync.pf.Reason;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.State;
import net.pfsync.pf.StateSelection;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Firewalls on their LANs: what they forward, what they answer, whom they find, and what pf makes of it. */
class FirewallNetworkTest {

    private static final String KEEP_STATE = """
        set skip on em0
        pass inet6 proto icmp6 no state
        pass inet keep state
        pass inet6 proto tcp keep state
            pass inet6 proto udp keep state
        """;
    private static final String ONLY_OUTWARD = """
        set skip on em0
        block
        pass in on em1 inet keep state
        pass out on em2 inet keep state
        """;
    private static final Release V6 = Release.of("openbsd-7.6");

    private final List<EchoReply> replies = new ArrayList<>();
    private final List<Datagram> heard = new ArrayList<>();
    private final List<Datagram> answered = new ArrayList<>();

    private SplitLab lab(String rules) {
        return lab(V6, rules);
    }

    private SplitLab lab(Release release, String rules) {
        SplitLab lab = new SplitLab(release, rules);
        lab.client.ping().onReply(replies::add);
        lab.client.udp().listen(5000, answered::add);
        lab.server.udp().listen(53, datagram -> {
            heard.add(datagram);
            lab.server.udp().send(53, datagram.source(), datagram.sourcePort(), datagram.payload());
        });
        return lab;
    }

    private static void ping(SplitLab lab, String destination) {
        lab.client.ping().send(IpAddress.parse(destination), 77, 1, new byte[16]);
        lab.pass(20);
    }

    private static void ask(SplitLab lab, String destination) {
        lab.client.udp().send(5000, IpAddress.parse(destination), 53, new byte[10]);
        lab.pass(20);
    }

    private static List<String> states(Firewall firewall) {
        List<String> texts = new ArrayList<>();
        for (State state : firewall.states()) {
            texts.add((state.proto & 0xff) + (state.direction == State.IN ? " in" : " out"));
        }
        return texts;
    }

    // ---- without pf ----

    @ParameterizedTest
    @ValueSource(strings = {SplitLab.SERVER, SplitLab.SERVER6, "10.7.1.11", "10.7.2.11", "fd00:1::11", "fd00:2::11"})
    void isPingedAndForwardsPings(String destination) {
        SplitLab lab = lab("");
        ping(lab, destination);
        assertThat(replies).extracting(reply -> reply.source().toString()).containsExactly(destination);
        assertThat(lab.a.states().size()).isZero();
    }

    @Test
    void forwardsOnlyIfItIsToldTo() {
        SplitLab lab = lab("");
        lab.a.forward(false);
        ping(lab, SplitLab.SERVER);
        assertThat(replies).isEmpty();
        lab.a.forward(true);
        ping(lab, SplitLab.SERVER);
        assertThat(replies).hasSize(1);
    }

    @Test
    void leavesTheSharedAddressToTheOneThatTakesItOver() {
        SplitLab lab = lab("");
        lab.client.route("10.7.2.0/24", "10.7.1.1");
        lab.a.takeOver("em1", "10.7.1.1/24");
        ping(lab, SplitLab.SERVER);
        lab.a.giveUp("em1", "10.7.1.1/24");
        lab.b.takeOver("em1", "10.7.1.1/24");
        lab.pass(1);
        assertThat(lab.client.networkInterface().neighbour(IpAddress.parse("10.7.1.1")))
                .isEqualTo(SplitLab.mac(1, 12));
        ping(lab, SplitLab.SERVER);
        assertThat(replies).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> lab.a.takeOver("em9", "10.7.1.1/24"));
    }

    @Test
    void saysInItsLogWhoHasItsAddress() {
        SplitLab lab = lab("");
        lab.a.takeOver("em1", "10.7.1.1/24");
        lab.b.takeOver("em1", "10.7.1.1/24");
        lab.pass(1);
        assertThat(lab.a.messages()).singleElement().asString().contains("duplicate IP address 10.7.1.1");
    }

    @Test
    void doesNothingAnyMoreWithoutPower() throws ConfigException {
        SplitLab lab = lab(KEEP_STATE).synchronised();
        ask(lab, SplitLab.SERVER);
        int answers = answered.size();
        lab.a.powerOff();
        int before = lab.syncFrames.size();
        ask(lab, SplitLab.SERVER);
        lab.pass(100_000);
        assertThat(answered).hasSize(answers).isNotEmpty();
        assertThat(lab.syncFrames).as("its INS was still to be sent").hasSize(before);
        assertThat(lab.a.states().listed()).as("nobody purges").isEqualTo(2);
        assertThat(lab.a.stopped()).contains("powered off");
    }

    // ---- pfsync's own packets ----

    @Test
    void findsAUnicastPeerByArp() throws ConfigException {
        SplitLab lab = lab("").synchronised();
        for (Firewall each : List.of(lab.a, lab.b)) {
            each.pfsync().down();
            each.pfsync().setSyncpeer(Ipv4Address.parse(each == lab.a ? "10.7.0.2" : "10.7.0.1"));
            each.pfsync().up();
        }
        lab.pass(60_000);
        assertThat(lab.syncFrames).isNotEmpty();
        assertThat(lab.syncFrames)
                .allMatch(frame -> !Ethernet.destination(frame).group());
        assertThat(lab.b.pfsync().waitingForBulk()).isFalse();
        assertThat(lab.b.pfsync().statistics().get(Counter.IPACKETS)).isPositive();
    }

    @Test
    void countsAnErrorIfThereIsNoWayToThePeer() throws ConfigException {
        SplitLab lab = lab("");
        lab.a.pfsync().create();
        lab.a.pfsync().setSyncdev("em0");
        lab.a.pfsync().setSyncpeer(Ipv4Address.parse("198.51.100.9"));
        lab.a.pfsync().up();
        lab.pass(10);
        assertThat(lab.a.pfsync().statistics().get(Counter.OERRORS)).isEqualTo(1);
        assertThat(lab.a.pfsync().statistics().get(Counter.OPACKETS)).isZero();
    }

    @Test
    void doesNotSendPfsyncIfPfBlocksIt() throws ConfigException {
        SplitLab lab = lab("block out quick on em0 proto 240");
        lab.a.pfsync().create();
        lab.a.pfsync().setSyncdev("em0");
        lab.a.pfsync().up();
        lab.pass(10);
        assertThat(lab.syncFrames).isEmpty();
        lab.a.load(Ruleset.EMPTY);
        lab.pass(10_000);
        assertThat(lab.syncFrames).isNotEmpty();
    }

    // ---- with pf ----

    @ParameterizedTest
    @CsvSource({"openbsd-7.6", "openbsd-4.6", "reference-v5", "reference-v6"})
    void makesTwoStatesForEachForwardedConnectionAndTellsItsPeer(String release) throws ConfigException {
        SplitLab lab = lab(Release.of(release), KEEP_STATE).synchronised();
        ask(lab, SplitLab.SERVER);
        ask(lab, SplitLab.SERVER6);
        ping(lab, SplitLab.SERVER);
        assertThat(answered).hasSize(2);
        assertThat(replies).hasSize(1);
        assertThat(states(lab.a)).containsExactly("17 in", "17 out", "17 in", "17 out", "1 in", "1 out");
        lab.pass(1500);
        assertThat(states(lab.b)).containsExactlyInAnyOrderElementsOf(states(lab.a));
        assertThat(lab.a.filter().statistics().inserts()).isEqualTo(6);
    }

    @Test
    void passesNothingThatARuleBlocks() {
        SplitLab lab = lab("block in on em1 proto udp\npass in on em1 proto udp to any port 54");
        ask(lab, SplitLab.SERVER);
        assertThat(heard).isEmpty();
        assertThat(lab.a.filter().statistics().count(Reason.MATCH)).isPositive();
        lab.a.enablePf(false);
        ask(lab, SplitLab.SERVER);
        assertThat(heard).hasSize(1);
        lab.a.enablePf(true);
        ask(lab, SplitLab.SERVER);
        assertThat(heard).hasSize(1);
    }

    @Test
    void dropsWhatPfCannotRead() {
        SplitLab lab = lab(KEEP_STATE);
        byte[] packet =
                Ip.packet(Ip.make(IpAddress.parse(SplitLab.CLIENT), IpAddress.parse(SplitLab.SERVER), Ip.TCP, 8));
        lab.client.send(packet);
        lab.pass(20);
        assertThat(lab.server.log().received()).isEmpty();
        assertThat(lab.a.filter().statistics().count(Reason.SHORT)).isEqualTo(1);
    }

    @Test
    void translatesTheSourceOfWhatLeaves() {
        SplitLab lab = lab(KEEP_STATE + "\npass out on em2 inet proto udp nat-to 10.7.2.11");
        ask(lab, SplitLab.SERVER);
        assertThat(heard).extracting(datagram -> datagram.source().toString()).containsExactly("10.7.2.11");
        assertThat(answered).hasSize(1);
        assertThat(answered.get(0).source()).hasToString(SplitLab.SERVER);
    }

    @Test
    void sendsToWhereADestinationIsTranslated() {
        SplitLab lab = lab(KEEP_STATE + "\npass in on em1 inet proto udp to 203.0.113.9 rdr-to 10.7.2.2");
        lab.client.route("203.0.113.0/24", "10.7.1.11");
        ask(lab, "203.0.113.9");
        assertThat(heard).hasSize(1);
        assertThat(answered)
                .extracting(datagram -> datagram.source().toString())
                .containsExactly("203.0.113.9");
    }

    @Test
    void letsTheErrorsThatBelongToAStatePass() {
        SplitLab lab = lab(ONLY_OUTWARD);
        lab.client.udp().send(5000, IpAddress.parse(SplitLab.SERVER), 9, new byte[10]);
        lab.pass(20);
        assertThat(lab.client.log().received()).hasSize(1);
        assertThat(Ip.protocol(lab.client.log().received().get(0).frame())).isEqualTo(Ip.ICMP);
        assertThat(states(lab.a)).hasSize(2);
    }

    @Test
    void removesTheStatesThatAreKilledHereAndAtThePeer() throws ConfigException {
        SplitLab lab = lab(KEEP_STATE).synchronised();
        ask(lab, SplitLab.SERVER);
        ping(lab, SplitLab.SERVER);
        lab.pass(1500);
        assertThat(lab.b.states().size()).isEqualTo(4);
        assertThat(lab.a.killBySource(Ipv4Address.parse("10.7.1.9"))).isZero();
        assertThat(lab.a.kill(StateSelection.from(SplitLab.CLIENT))).isEqualTo(4);
        lab.pass(1500);
        assertThat(lab.b.states().size()).isZero();
    }

    // ---- split paths ----

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-7.6", "openbsd-4.6", "reference-v5", "reference-v6"})
    void answersComeBackThroughTheOtherFirewallIfTheFirstPacketWaitsForIt(String release) throws ConfigException {
        SplitLab lab = lab(Release.of(release), ONLY_OUTWARD).synchronised();
        lab.serverThrough(2);
        ping(lab, SplitLab.SERVER);
        assertThat(replies).as("B does not know the states yet").isEmpty();
        lab.pass(15_000);
        lab.a.pfsync().setDefer(true);
        lab.b.pfsync().setDefer(true);
        lab.client.ping().send(IpAddress.parse(SplitLab.SERVER), 78, 1, new byte[16]);
        lab.pass(20);
        ask(lab, SplitLab.SERVER);
        assertThat(replies).hasSize(1);
        assertThat(answered).hasSize(1);
        assertThat(lab.a.pfsync().deferred()).isZero();
    }

    /** Source: BEHAVIOUR 14.7. Down, it still waits for its timer; without an interface nobody would. */
    @Test
    void sendsWhatItHoldsWhenPfsyncIsDestroyed() throws ConfigException {
        SplitLab lab = lab(Release.of("reference-v6"), KEEP_STATE).synchronised();
        lab.b.pfsync().down();
        lab.a.pfsync().setDefer(true);
        lab.client.udp().send(5000, IpAddress.parse(SplitLab.SERVER), 53, new byte[10]);
        lab.pass(5);
        assertThat(heard).isEmpty();
        assertThat(lab.a.pfsync().deferred()).isEqualTo(1);

        lab.a.pfsync().destroy();

        assertThat(lab.a.pfsync().deferred()).isZero();
        lab.pass(1);
        assertThat(heard).hasSize(1);
    }

    @Test
    void sendsAHeldPacketWithANewIdentificationAndItsLastHopTaken() throws ConfigException {
        SplitLab lab = lab(KEEP_STATE).synchronised();
        lab.a.pfsync().setDefer(true);
        ask(lab, SplitLab.SERVER);
        byte[] sent = lab.client.log().sent().get(0).packet();
        byte[] received = lab.server.log().received().get(0).packet();
        assertThat(received[8]).isEqualTo((byte) (sent[8] - 1));
        assertThat(new byte[] {received[4], received[5]}).isNotEqualTo(new byte[] {sent[4], sent[5]});
        assertThat(heard).hasSize(1);
        byte[] before = lab.client.log().sent().get(0).packet();
        ask(lab, SplitLab.SERVER);
        byte[] second = lab.server.log().received().get(1).packet();
        byte[] secondSent = lab.client.log().sent().get(1).packet();
        assertThat(new byte[] {second[4], second[5]})
                .as("what is not held keeps its own")
                .isEqualTo(new byte[] {secondSent[4], secondSent[5]})
                .isNotEqualTo(new byte[] {before[4], before[5]});
    }
}
