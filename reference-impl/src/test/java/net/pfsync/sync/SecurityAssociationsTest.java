package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.TdbUpdate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counters of security associations, in and out. Source: BEHAVIOUR.md section 18. */
class SecurityAssociationsTest {

    private static final int SPI = 0x1001;
    private static final int ESP = 50;
    private static final byte[] DESTINATION = {10, 0, 0, 31};

    private SyncLan lan;
    private SecurityAssociation ours;

    private void boot(String release) {
        lan = SyncLan.of(release);
        ours = add(DESTINATION);
        ours.replay = 100;
        ours.bytes = 10_000;
    }

    private SecurityAssociation add(byte... destination) {
        SecurityAssociation association = new SecurityAssociation(SPI, 2, destination, ESP);
        lan.pfsync().securityAssociations().add(association);
        return association;
    }

    private MessageBuilder tdb() {
        return MessageBuilder.of(lan.dialect(), Kind.TDB)
                .set("spi", SPI)
                .set("dst", "10.0.0.31")
                .set("sproto", ESP)
                .set("rpl", 100)
                .set("cur_bytes", 10_000);
    }

    // ---- in ----

    @ParameterizedTest(name = "{0}: counter {1} and bytes {2} taken {3}")
    @CsvSource({
        "reference-v5, 100, 10000, true",
        "reference-v5, 101, 10000, true",
        "reference-v5, 100, 10001, true",
        "reference-v5, 99, 20000, false",
        "reference-v5, 200, 9999, false",
        "reference-v6, 4294967295, 10000, true",
        "reference-v6, 99, 20000, false",
        "reference-v6, 200, 9999, false"
    })
    void onlyEverGoUpAndTogether(String release, long replay, long bytes, boolean taken) {
        boot(release);
        lan.receive(tdb().set("rpl", replay).set("cur_bytes", bytes).build());
        assertThat(ours.replay).isEqualTo(taken ? replay : 100);
        assertThat(ours.bytes).isEqualTo(taken ? bytes : 10_000);
        boolean counted = !taken && release.equals("reference-v5");
        assertThat(lan.counted()).isEqualTo(counted ? Map.of(Counter.BADSTATE, 1L) : Map.of());
    }

    @OnBothReferences
    void compareAsUnsignedNumbers(String release) {
        boot(release);
        lan.receive(tdb().set("cur_bytes", -1).build());
        assertThat(ours.bytes).isEqualTo(-1);
        lan.receive(tdb().set("cur_bytes", 20_000).build());
        assertThat(ours.bytes).isEqualTo(-1);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({"reference-v5, spi, 0", "reference-v5, spi, 255", "reference-v6, spi, 0", "reference-v6, spi, 255"})
    void areRefusedForAReservedNumber(String release, String field, int value) {
        boot(release);
        lan.receive(tdb().set(field, value).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
    }

    @OnBothReferences
    void areRefusedForAFamilyThatNobodyKnows(String release) {
        boot(release);
        byte[] sockaddr = new byte[28];
        sockaddr[1] = 77;
        lan.receive(tdb().set("dst", sockaddr).build());
        assertThat(lan.counted()).containsExactly(Map.entry(Counter.BADSTATE, 1L));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "reference-v5, spi, 4098", "reference-v5, sproto, 51", "reference-v5, dst, 10.0.0.32",
        "reference-v6, spi, 4098", "reference-v6, sproto, 51", "reference-v6, dst, 2001:db8::1"
    })
    void areIgnoredForAnotherAssociation(String release, String field, String value) {
        boot(release);
        lan.receive(tdb().set(field, field.equals("spi") ? Integer.valueOf(value) : value)
                .set("rpl", 500)
                .build());
        assertThat(ours.replay).isEqualTo(100);
        assertThat(lan.counted()).isEmpty();
    }

    /** 10.0.0.31 and 10.0.1.0 have the same {@link java.util.Arrays#hashCode(byte[])}. */
    @OnBothReferences
    void reachTheAssociationOfTheirDestinationAndNoOther(String release) {
        boot(release);
        SecurityAssociation other = add((byte) 10, (byte) 0, (byte) 1, (byte) 0);
        assertThat(lan.pfsync().securityAssociations().all()).containsExactly(ours, other);
        lan.receive(tdb().set("rpl", 500).build());
        assertThat(ours.replay).isEqualTo(500);
        assertThat(other.replay).isZero();
    }

    @OnBothReferences
    void areKnownByAnIpv6DestinationToo(String release) {
        boot(release);
        byte[] destination = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        SecurityAssociation six = new SecurityAssociation(SPI, 24, destination, ESP);
        lan.pfsync().securityAssociations().add(six);
        lan.receive(tdb().set("dst", "2001:db8::1").set("rpl", 7).build());
        assertThat(six.replay).isEqualTo(7);
        lan.pfsync().changed(six);
        lan.seconds(1);
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(TdbUpdate.class, message -> {
            assertThat(message.family()).isEqualTo(24);
            assertThat(message.address()).isEqualTo(destination);
        });
    }

    // ---- out ----

    @ParameterizedTest(name = "{0}, outbound {1}: {2}")
    @CsvSource({
        "reference-v5, false, 100",
        "reference-v5, true, 16484",
        "reference-v6, false, 100",
        "reference-v6, true, 16484"
    })
    void areSentAfterASecondWithAJumpAheadForOutboundTraffic(String release, boolean outbound, long replay) {
        boot(release);
        ours.outbound = outbound;
        lan.pfsync().changed(ours);
        lan.pfsync().changed(ours);
        lan.advance(Duration.ofMillis(999));
        assertThat(lan.sent()).isEmpty();
        lan.advance(Duration.ofMillis(1));
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(TdbUpdate.class, message -> {
            assertThat(message.spi()).isEqualTo(SPI);
            assertThat(message.family()).isEqualTo(2);
            assertThat(message.address()).isEqualTo(DESTINATION);
            assertThat(message.sproto()).isEqualTo(ESP);
            assertThat(message.rpl()).isEqualTo(replay);
            assertThat(message.curBytes()).isEqualTo(10_000);
        });
    }

    @OnBothReferences
    void areSentAtOnceWhenTheyChangedOftenEnough(String release) {
        boot(release);
        lan.configure(pfsync -> pfsync.setMaxupd(3));
        for (int round = 0; round < 2; round++) {
            for (int change = 0; change < 3; change++) {
                lan.pfsync().changed(ours);
                lan.seconds(0);
            }
            assertThat(lan.sent()).isEmpty();
            lan.pfsync().changed(ours);
            lan.seconds(0);
            assertThat(lan.said()).hasSize(1);
        }
    }

    @OnBothReferences
    void areNotSentAnyMoreWhenTheAssociationIsGone(String release) {
        boot(release);
        lan.pfsync().changed(ours);
        lan.pfsync().securityAssociations().remove(ours);
        assertThat(lan.pfsync().queues().isEmpty()).isTrue();
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.pfsync().securityAssociations().all()).isEmpty();
    }

    @OnBothReferences
    void areNotSentAnyMoreWhenTheAssociationIsReplaced(String release) {
        boot(release);
        lan.pfsync().changed(ours);
        SecurityAssociation successor = add(DESTINATION);
        lan.pfsync().changed(successor);
        lan.seconds(1);
        assertThat(lan.said())
                .singleElement()
                .isInstanceOfSatisfying(
                        TdbUpdate.class,
                        message -> assertThat(message.curBytes()).isZero());
    }

    @OnBothReferences
    void areNotSentWhilePfsyncIsDown(String release) {
        boot(release);
        lan.configure(Pfsync::down);
        lan.pfsync().changed(ours);
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
    }
}
