package net.pfsync.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.net.Ipv4Address;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.release.Release;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Counter;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Insert;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator does on a firewall, what its clock does, and what peers hear of it. */
class FirewallTest {

    // ---- states made and changed here ----

    @OnBothReferences
    void announcesAStateThatIsAddedWithTheNextOwnName(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = States.tcp(0, 0);
        lan.add(state);
        State next = States.tcp(0, 0);
        next.wire = States.key(99);
        next.stack = next.wire;
        lan.add(next);
        assertThat(state.creatorId).isEqualTo(SyncLan.HOST);
        assertThat(state.id >>> 32).isEqualTo(lan.firewall().bootEpochSeconds());
        assertThat(next.id).isEqualTo(state.id + 1);
        lan.seconds(1);
        assertThat(lan.said()).extracting(message -> ((Insert) message).id()).containsExactly(state.id, next.id);
    }

    @OnBothReferences
    void refusesAStateThatClashesOrIsOneTooMany(String release) {
        SyncLan lan = SyncLan.of(Release.of(release), settings -> settings.stateLimit(2));
        lan.add(1);
        assertThat(lan.firewall().addState(States.tcp(1, SyncLan.HOST))).isFalse();
        lan.add(2);
        assertThat(lan.firewall().addState(States.tcp(3, SyncLan.HOST))).isFalse();
        lan.seconds(1);
        assertThat(lan.said()).hasSize(2);
    }

    @OnBothReferences
    void keepsAStateAliveThatIsUsed(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = lan.add(States.state(States.UDP, 1, SyncLan.HOST));
        lan.seconds(50);
        lan.firewall().touch(state);
        lan.seconds(55);
        assertThat(state.linked()).isTrue();
        lan.seconds(10);
        assertThat(state.linked()).isFalse();
    }

    // ---- states removed here ----

    @OnBothReferences
    void tellsPeersWithinTwoSecondsThatAStateExpired(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(States.state(States.UDP, 1, SyncLan.HOST));
        lan.seconds(59);
        lan.sent();
        lan.seconds(3);
        assertThat(lan.said()).containsExactly(lan.messages().name(Kind.DEL_C, 1, SyncLan.HOST));
        assertThat(lan.firewall().states().size()).isZero();
    }

    @OnBothReferences
    void tellsPeersThatAStateOfTheirsExpiredHere(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().state(Kind.INS, 1).set("expire", 5).build());
        lan.seconds(8);
        assertThat(lan.said()).containsExactly(lan.messages().delete(1));
    }

    @OnBothReferences
    void keepsARemovedStateUntilPeersWereToldAndFreesItThen(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.add(1);
        lan.advance(Duration.ofMillis(2500));
        lan.sent();
        lan.firewall().killById(1, SyncLan.HOST);
        lan.advance(Duration.ofMillis(999));
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.firewall().states().listed()).isOne();
        lan.seconds(2);
        assertThat(lan.said()).singleElement().isInstanceOf(DeleteCompressed.class);
        assertThat(lan.firewall().states().listed()).isZero();
    }

    @OnBothReferences
    void killsAStateByItsName(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1), lan.messages().insert(2));
        assertThat(lan.firewall().killById(1, SyncLan.HOST)).isZero();
        assertThat(lan.firewall().killById(1, SyncLan.PEER)).isOne();
        assertThat(lan.firewall().killById(1, SyncLan.PEER)).isZero();
        assertThat(lan.state(2)).isNotNull();
        lan.seconds(1);
        assertThat(lan.said()).containsExactly(lan.messages().delete(1));
    }

    @OnBothReferences
    void killsStatesByTheAddressOfTheirInitiator(String release) {
        SyncLan lan = SyncLan.of(release);
        State in = lan.add(1);
        State out = States.tcp(2, SyncLan.HOST);
        out.direction = State.OUT;
        lan.add(out);
        lan.seconds(1);
        lan.sent();
        assertThat(lan.firewall().killBySource(Ipv4Address.parse("192.0.2.9"))).isZero();
        assertThat(lan.firewall().killBySource(Ipv4Address.parse("192.0.2.1"))).isOne();
        assertThat(in.linked()).isFalse();
        assertThat(out.linked()).isTrue();
        assertThat(lan.firewall().killBySource(Ipv4Address.parse("198.51.100.1")))
                .isOne();
        lan.seconds(1);
        assertThat(lan.said()).hasSize(2);
    }

    @OnBothReferences
    void flushesStatesOfAllCreatorsAndClearsOnlyItsOwnAtPeers(String release) {
        SyncLan lan = SyncLan.of(release);
        State own = lan.add(1);
        lan.seconds(1);
        lan.sent();
        lan.receive(lan.messages().insert(2));
        assertThat(lan.firewall().flushStates("")).isEqualTo(2);
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(Clear.class, clear -> {
            assertThat(clear.creatorId()).isEqualTo(SyncLan.HOST);
            assertThat(clear.ifname()).isEmpty();
        });
        assertThat(own.has(StateFlags.NOSYNC)).isTrue();
        lan.seconds(30);
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.firewall().states().listed()).isZero();
    }

    @OnBothReferences
    void flushesStatesOfAnInterfaceAndSaysSoEvenIfThereAreNone(String release) {
        SyncLan lan = SyncLan.of(release);
        State bound = States.tcp(1, SyncLan.HOST);
        bound.ifname = "em1";
        lan.add(bound);
        lan.add(2);
        lan.seconds(1);
        lan.sent();
        assertThat(lan.firewall().flushStates("em1")).isOne();
        assertThat(lan.firewall().flushStates("em1")).isZero();
        assertThat(lan.said()).extracting(message -> ((Clear) message).ifname()).containsExactly("em1", "em1");
    }

    // ---- what reaches pfsync ----

    private static final Map<String, Boolean> DESTINATIONS = Map.of(
            "224.0.0.240", true,
            "10.9.0.1", true,
            "10.9.1.1", true,
            "10.9.0.255", true,
            "255.255.255.255", true,
            "224.0.0.1", true,
            "224.0.0.18", false,
            "10.9.0.77", false);

    @OnBothReferences
    void takesPacketsToItsAddressesToTheGroupAndToAll(String release) {
        DESTINATIONS.forEach((destination, taken) -> {
            SyncLan lan = SyncLan.of(release);
            lan.send(lan.frame()
                    .destination(destination)
                    .add(lan.messages().insert(1))
                    .build());
            lan.advance(Duration.ZERO);
            assertThat(lan.state(1) != null).as(destination).isEqualTo(taken);
        });
    }

    @OnBothReferences
    void takesNoPacketToTheGroupIfItHasAPeer(String release) {
        SyncLan lan = new SyncLan(Release.of(release), settings -> settings);
        lan.configure(pfsync -> pfsync.setSyncpeer(SyncLan.PEER_ADDRESS)).up();
        lan.receive(lan.messages().insert(1));
        assertThat(lan.state(1)).isNull();
        lan.send(lan.frame()
                .destination("10.9.0.1")
                .add(lan.messages().insert(1))
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.state(1)).isNotNull();
    }

    private static void reachesPfsync(String release, byte[] packet, boolean reaches) {
        SyncLan lan = SyncLan.of(release);
        long before = lan.pfsync().statistics().get(Counter.IPACKETS);
        lan.send(packet);
        lan.advance(Duration.ZERO);
        assertThat(lan.pfsync().statistics().get(Counter.IPACKETS) - before).isEqualTo(reaches ? 1 : 0);
        assertThat(lan.state(1) != null).isEqualTo(reaches);
    }

    @OnBothReferences
    void dropsBadIpPacketsBeforeTheyAreCounted(String release) {
        SyncLan lan = SyncLan.of(release);
        Message insert = lan.messages().insert(1);
        reachesPfsync(release, lan.frame().add(insert).build(), true);
        reachesPfsync(release, lan.frame().add(insert).ipChecksum(0x1234).build(), false);
        reachesPfsync(release, lan.frame().add(insert).protocol(241).build(), false);
        reachesPfsync(release, lan.frame().add(insert).totalLength(1400).build(), false);
        reachesPfsync(release, lan.frame().add(insert).totalLength(19).build(), false);
        reachesPfsync(release, lan.frame().add(insert).fragment(8, false).build(), false);
        reachesPfsync(release, new byte[60], false);
    }

    @OnBothReferences
    void letsPfDropIpOptions(String release) {
        SyncLan lan = SyncLan.of(release);
        Message insert = lan.messages().insert(1);
        byte[] routerAlert = {(byte) 148, 4, 0, 0};
        reachesPfsync(release, lan.frame().add(insert).build(), true);
        reachesPfsync(release, lan.frame().add(insert).options(routerAlert).build(), false);
    }

    @OnBothReferences
    void ignoresWhatFollowsThePacket(String release) {
        SyncLan lan = SyncLan.of(release);
        Message insert = lan.messages().insert(1);
        reachesPfsync(
                release,
                lan.frame().add(insert).padding(new byte[] {1, 2, 3, 4, 5}).build(),
                true);
    }

    @Test
    void ignoresFramesThatAreNoIpv4() {
        SyncLan lan = SyncLan.of("reference-v6");
        long before = lan.pfsync().statistics().get(Counter.IPACKETS);
        byte[] packet = lan.frame().add(lan.messages().insert(1)).build();
        packet[0] = 0x65;
        lan.send(packet);
        lan.advance(Duration.ZERO);
        assertThat(lan.pfsync().statistics().get(Counter.IPACKETS)).isEqualTo(before);
    }

    // ---- the system ----

    @Test
    void hasBeenUpForAsLongAsItsSettingsSay() {
        SyncLan lan = SyncLan.of(Release.of("reference-v5"), settings -> settings.uptimeSeconds(1000));
        long boot = lan.firewall().bootEpochSeconds();
        assertThat(lan.firewall().uptimeSeconds()).isEqualTo(1000);
        lan.advance(Duration.ofMillis(1999));
        assertThat(lan.firewall().uptimeSeconds()).isEqualTo(1001);
        assertThat(lan.time().epochSeconds()).isEqualTo(boot + 1001);
    }

    @Test
    void connectsOnlyInterfacesThatItHas() {
        SyncLan lan = SyncLan.of("reference-v5");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        lan.firewall().connect("foo0", lan.lan().attach("foo0", net.pfsync.net.MacAddress.BROADCAST)))
                .withMessageContaining("foo0");
    }

    @Test
    void keepsTheEndOfItsLog() {
        SyncLan lan = SyncLan.of("reference-v5");
        for (int i = 0; i < 600; i++) {
            lan.configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
            lan.receive(lan.messages().bulk(2, 0));
        }
        assertThat(lan.firewall().messages()).hasSize(500).last().asString().startsWith("pfsync: ");
    }

    // ---- stopping ----

    private static SyncLan panicked() {
        SyncLan lan = SyncLan.of("openbsd-4.6");
        lan.add(7);
        lan.receive(lan.messages().insert(1), lan.messages().clear(SyncLan.PEER, "em1"));
        lan.sent();
        return lan;
    }

    @Test
    void saysWhyItStopped() {
        SyncLan lan = panicked();
        assertThat(lan.firewall().stopped())
                .hasValueSatisfying(why -> assertThat(why).startsWith("panic: ").contains("pfsync_in_clr"));
    }

    @Test
    void doesNothingAnyMoreOnceItStopped() {
        SyncLan lan = panicked();
        Map<Counter, Long> before = lan.pfsync().statistics().snapshot();
        int states = lan.firewall().states().listed();
        State state = lan.firewall().states().find(7, SyncLan.HOST);
        int activity = state.expire;
        lan.receive(lan.messages().insert(2), lan.messages().bulkRequest());
        lan.firewall().touch(state);
        assertThat(lan.firewall().killById(7, SyncLan.HOST)).isZero();
        assertThat(lan.firewall().killBySource(Ipv4Address.parse("192.0.2.1"))).isZero();
        assertThat(lan.firewall().addState(States.tcp(3, SyncLan.HOST))).isFalse();
        assertThat(lan.firewall().flushStates("")).isZero();
        lan.lan().cut(SyncLan.DEVICE);
        lan.seconds(100_000);
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.pfsync().statistics().since(before)).isEmpty();
        assertThat(lan.firewall().states().listed()).isEqualTo(states);
        assertThat(state.linked()).isTrue();
        assertThat(state.expire).isEqualTo(activity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openbsd-4.5", "openbsd-7.6", "reference-v5", "reference-v6"})
    void runsOnWhereNothingStopsIt(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        lan.seconds(10);
        assertThat(lan.firewall().stopped()).isEmpty();
    }
}
