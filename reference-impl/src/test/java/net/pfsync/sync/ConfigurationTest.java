package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Configuration;
import net.pfsync.net.Ipv4Address;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException.Errno;
import net.pfsync.wire.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of the interface, their limits, and what changing them does. Source: BEHAVIOUR.md sections 17 and 19. */
class ConfigurationTest {

    /** A firewall whose pfsync interface exists and is down. */
    private static SyncLan down(String release) {
        return new SyncLan(Release.of(release), settings -> settings);
    }

    private static void refused(SyncLan lan, Configuration change, String call, Errno errno) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> change.apply(lan.pfsync()))
                .satisfies(refused -> {
                    assertThat(refused.errno()).isEqualTo(errno);
                    assertThat(refused.call()).isEqualTo(call);
                })
                .withMessage(call + ": " + errno.text());
    }

    @OnBothReferences
    void startsAsOnAFreshSystem(String release) {
        Pfsync pfsync = down(release).pfsync();
        assertThat(pfsync.exists()).isTrue();
        assertThat(pfsync.running()).isFalse();
        assertThat(pfsync.syncdev()).isEmpty();
        assertThat(pfsync.syncpeer()).isEqualTo(Pfsync.GROUP);
        assertThat(pfsync.maxupd()).isEqualTo(128);
        assertThat(pfsync.defer()).isFalse();
        assertThat(pfsync.mtu()).isEqualTo(1500);
    }

    // ---- maxupd, peer, defer ----

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    void takesAMaxupdUpTo255(int maxupd) {
        SyncLan lan = down("reference-v5").configure(pfsync -> pfsync.setMaxupd(maxupd));
        assertThat(lan.pfsync().maxupd()).isEqualTo(maxupd);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void refusesAnyOtherMaxupd(int maxupd) {
        SyncLan lan = down("reference-v5");
        refused(lan, pfsync -> pfsync.setMaxupd(maxupd), "SIOCSETPFSYNC", Errno.EINVAL);
        assertThat(lan.pfsync().maxupd()).isEqualTo(128);
    }

    @OnBothReferences
    void sendsToItsPeerAndWithoutOneToTheGroup(String release) {
        SyncLan lan = down(release).configure(pfsync -> pfsync.setSyncpeer(SyncLan.PEER_ADDRESS));
        lan.up();
        lan.advance(Duration.ZERO);
        assertThat(lan.sent().getFirst().frame().ip().destination()).isEqualTo(Ipv4Address.text(SyncLan.PEER_ADDRESS));
        lan.configure(Pfsync::down).configure(pfsync -> pfsync.setSyncpeer(0)).configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.sent().getFirst().frame().ip().destination()).isEqualTo("224.0.0.240");
    }

    @Test
    void switchesDeferral() {
        SyncLan lan = down("reference-v6").configure(pfsync -> pfsync.setDefer(true));
        assertThat(lan.pfsync().defer()).isTrue();
    }

    // ---- the sync interface ----

    @ParameterizedTest
    @CsvSource({"reference-v5, EINVAL", "openbsd-4.6, EINVAL", "reference-v6, ENXIO", "openbsd-7.6, ENXIO"})
    void refusesASyncInterfaceThatDoesNotExist(String release, Errno errno) {
        SyncLan lan = down(release);
        refused(lan, pfsync -> pfsync.setSyncdev("foo0"), "SIOCSETPFSYNC", errno);
        assertThat(lan.pfsync().syncdev()).isEmpty();
    }

    @OnBothReferences
    void givesItsSyncInterfaceUpWithoutAnError(String release) {
        SyncLan lan = down(release).configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
        assertThat(lan.pfsync().syncdev()).isEqualTo(SyncLan.DEVICE);
        lan.configure(pfsync -> pfsync.setSyncdev(""));
        assertThat(lan.pfsync().syncdev()).isEmpty();
    }

    @Test
    void keepsItsSyncInterfaceAndPeerWhileItIsUpInVersion6() {
        SyncLan lan = SyncLan.of("reference-v6");
        refused(lan, pfsync -> pfsync.setSyncdev(SyncLan.OTHER), "SIOCSETPFSYNC", Errno.EBUSY);
        refused(lan, pfsync -> pfsync.setSyncdev(""), "SIOCSETPFSYNC", Errno.EBUSY);
        refused(lan, pfsync -> pfsync.setSyncpeer(SyncLan.PEER_ADDRESS), "SIOCSETPFSYNC", Errno.EBUSY);
        assertThat(lan.pfsync().syncdev()).isEqualTo(SyncLan.DEVICE);
        assertThat(lan.pfsync().syncpeer()).isEqualTo(Pfsync.GROUP);
    }

    @Test
    void changesItsSyncInterfaceWhileItIsUpAndAsksAgainInVersion5() {
        SyncLan lan = SyncLan.of("reference-v5");
        lan.configure(pfsync -> pfsync.setSyncdev(SyncLan.OTHER));
        lan.advance(Duration.ZERO);
        assertThat(lan.sent()).singleElement().satisfies(frame -> {
            assertThat(frame.frame().ip().source()).isEqualTo(Ipv4Address.text(SyncLan.OTHER_ADDRESS));
            assertThat(frame.kinds()).containsExactly(Kind.UPD_REQ);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "reference-v5, false, true",
        "openbsd-4.6, false, true",
        "reference-v6, false, false",
        "reference-v6, true, true",
        "reference-v5, true, true"
    })
    void joinsTheGroupOnItsSyncInterface(String release, boolean up, boolean joined) {
        SyncLan lan = down(release).configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
        if (up) {
            lan.configure(Pfsync::up);
        }
        assertThat(lan.pfsync().joined(SyncLan.DEVICE)).isEqualTo(joined);
        assertThat(lan.pfsync().joined(SyncLan.OTHER)).isFalse();
    }

    @OnBothReferences
    void joinsNoGroupIfItHasAPeer(String release) {
        SyncLan lan = down(release).configure(pfsync -> pfsync.setSyncpeer(SyncLan.PEER_ADDRESS));
        lan.up();
        assertThat(lan.pfsync().joined(SyncLan.DEVICE)).isFalse();
    }

    // ---- the MTU ----

    @ParameterizedTest(name = "{0}, mtu {1}: {2}")
    @CsvSource({
        "reference-v5, 288, 288", "reference-v5, 1500, 1500", "reference-v5, 2048, 2048", "reference-v5, 9000, 2048",
        "reference-v6, 308, 308", "reference-v6, 1500, 1500", "openbsd-4.6, 45, 45", "openbsd-7.6, 41, 41"
    })
    void takesAnMtu(String release, int mtu, int taken) {
        SyncLan lan = SyncLan.of(release).configure(pfsync -> pfsync.setMtu(mtu));
        assertThat(lan.pfsync().mtu()).isEqualTo(taken);
    }

    @ParameterizedTest(name = "{0}, mtu {1}")
    @CsvSource({
        "reference-v5, 287",
        "reference-v5, 0",
        "reference-v6, 307",
        "reference-v6, 1501",
        "openbsd-4.6, 44",
        "openbsd-7.6, 40",
        "openbsd-7.6, 9000"
    })
    void refusesAnMtuThatHoldsNoStateOrThatTheLinkDoesNotHave(String release, int mtu) {
        SyncLan lan = SyncLan.of(release);
        refused(lan, pfsync -> pfsync.setMtu(mtu), "SIOCSIFMTU", Errno.EINVAL);
        assertThat(lan.pfsync().mtu()).isEqualTo(1500);
    }

    @OnBothReferences
    void sendsWhatIsQueuedBeforeItsMtuShrinks(String release) {
        SyncLan lan = SyncLan.of(release);
        for (int id = 1; id <= 4; id++) {
            lan.add(id);
        }
        lan.configure(pfsync -> pfsync.setMtu(400));
        assertThat(lan.sent())
                .singleElement()
                .satisfies(frame -> assertThat(frame.messages(Kind.INS)).hasSize(4));
        for (int id = 5; id <= 8; id++) {
            lan.add(id);
        }
        lan.seconds(1);
        assertThat(lan.sent())
                .hasSize(4)
                .allSatisfy(frame -> assertThat(frame.length()).isLessThanOrEqualTo(400));
    }

    // ---- up and down ----

    @Test
    void doesNotComeUpWithoutASyncInterfaceInVersion6() {
        SyncLan lan = down("reference-v6");
        refused(lan, Pfsync::up, "SIOCSIFFLAGS", Errno.ENXIO);
        assertThat(lan.pfsync().running()).isFalse();
    }

    @Test
    void comesUpWithoutASyncInterfaceAndAsksWhenItGetsOneInVersion5() {
        SyncLan lan = down("reference-v5").configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.pfsync().syncOk()).isTrue();
        lan.configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
        lan.advance(Duration.ZERO);
        assertThat(lan.said()).containsExactly(lan.messages().bulkRequest());
    }

    @OnBothReferences
    void asksOnlyOnceWhenItIsBroughtUpTwice(String release) {
        SyncLan lan = down(release);
        lan.up();
        lan.advance(Duration.ZERO);
        lan.sent();
        lan.configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.sent()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: asks again {1}")
    @CsvSource({"reference-v5, true", "reference-v6, true", "openbsd-7.6, true", "openbsd-4.6, false"})
    void asksAgainWhenItComesUpAgain(String release, boolean asks) {
        SyncLan lan = SyncLan.of(release);
        lan.configure(Pfsync::down).configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.said()).hasSize(asks ? 1 : 0);
    }

    @Test
    void callsItAnErrorToGoDownTwiceInVersion6() {
        SyncLan lan = down("reference-v6");
        refused(lan, Pfsync::down, "SIOCSIFFLAGS", Errno.ENOTTY);
        down("reference-v5").configure(Pfsync::down);
    }

    // ---- destroying ----

    @OnBothReferences
    void forgetsEverythingWhenItIsDestroyed(String release) {
        SyncLan lan = SyncLan.of(release).configure(pfsync -> {
            pfsync.setMtu(600);
            pfsync.setMaxupd(7);
            pfsync.setDefer(true);
        });
        lan.add(1);
        lan.receive(lan.messages().bulkRequest());
        lan.sent();
        lan.pfsync().destroy();
        assertThat(lan.pfsync().exists()).isFalse();
        assertThat(lan.pfsync().running()).isFalse();
        assertThat(lan.pfsync().sendingBulk()).isFalse();
        assertThat(lan.pfsync().queues().isEmpty()).isTrue();
        lan.receive(lan.messages().insert(7));
        assertThat(lan.state(7)).isNull();
        lan.seconds(60);
        assertThat(lan.sent()).isEmpty();
        lan.pfsync().create();
        assertThat(lan.pfsync().syncdev()).isEmpty();
        assertThat(lan.pfsync().mtu()).isEqualTo(1500);
        assertThat(lan.pfsync().maxupd()).isEqualTo(128);
        assertThat(lan.pfsync().defer()).isFalse();
    }

    @OnBothReferences
    void undoesItsDemotionWhenItIsDestroyed(String release) {
        SyncLan lan = down(release);
        lan.up();
        assertThat(lan.pfsync().demotion().value()).isPositive();
        lan.pfsync().destroy();
        assertThat(lan.pfsync().demotion().value()).isZero();
        assertThat(lan.pfsync().waitingForBulk()).isFalse();
    }
}
