package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.wire.Counter;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is checked before a message is looked at, and in which order. Source: BEHAVIOUR.md section 2. */
class FrameChecksTest {

    private static final MacAddress OTHER_MAC = MacAddress.parse("00:00:5e:00:53:a1");

    /** What can be wrong with a packet, in the order in which a firewall looks. */
    enum Wrong {
        PF_DISABLED(null, packet -> {}),
        INTERFACE(Counter.BADIF, packet -> packet.destination(Ipv4Address.text(SyncLan.OTHER_ADDRESS))),
        TTL(Counter.BADTTL, packet -> packet.ttl(254)),
        SHORT(Counter.HDROPS, packet -> {}),
        VERSION(Counter.BADVER, packet -> packet.version(9)),
        LENGTH(Counter.BADLEN, packet -> packet.len(1000)),
        SECTION(Counter.BADLEN, packet -> packet.sectionCount(50)),
        VALUE(Counter.BADVAL, packet -> {});

        private final Counter counter;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<FrameBuilder> damage;

        Wrong(Counter counter, Consumer<FrameBuilder> damage) {
            this.counter = counter;
            this.damage = damage;
        }
    }

    /** An insert in which everything from one check on is wrong. */
    private static byte[] packet(SyncLan lan, Wrong first) {
        FrameBuilder packet = lan.frame()
                .add(lan.messages().state(Kind.INS, 1).set("timeout", 99).build());
        for (Wrong wrong : Wrong.values()) {
            if (wrong.compareTo(first) >= 0) {
                wrong.damage.accept(packet);
            }
        }
        // A header of 19 bytes, which IP's length has to agree with.
        return first.compareTo(Wrong.SHORT) <= 0
                ? packet.totalLength(39).truncate(39).build()
                : packet.build();
    }

    static Stream<Arguments> checks() {
        return Stream.of("reference-v5", "reference-v6", "openbsd-4.6", "openbsd-7.6")
                .flatMap(release -> Stream.of(Wrong.values()).map(wrong -> Arguments.of(release, wrong)));
    }

    @ParameterizedTest(name = "{0}: {1} and all that comes later")
    @MethodSource("checks")
    void countsOnlyTheFirstThingThatIsWrong(String release, Wrong first) {
        SyncLan lan = SyncLan.of(release);
        lan.firewall().enablePf(first != Wrong.PF_DISABLED);
        long before = lan.pfsync().statistics().get(Counter.IPACKETS);
        boolean elsewhere = first.compareTo(Wrong.INTERFACE) <= 0;
        lan.send(elsewhere ? OTHER_MAC : MacAddress.multicast(Pfsync.GROUP), packet(lan, first));
        lan.advance(Duration.ZERO);
        assertThat(lan.pfsync().statistics().get(Counter.IPACKETS)).isEqualTo(before + 1);
        assertThat(lan.counted()).isEqualTo(first.counter == null ? Map.of() : Map.of(first.counter, 1L));
        assertThat(lan.firewall().states().size()).isZero();
    }

    @OnBothReferences
    void takesTheSameFrameIfNothingIsWrong(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.receive(lan.messages().insert(1));
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(1)).isNotNull();
    }

    @OnBothReferences
    void hearsNothingWhileItIsDown(String release) {
        SyncLan lan = SyncLan.of(release).configure(Pfsync::down);
        lan.send(
                MacAddress.parse("00:00:5e:00:53:a0"),
                lan.frame()
                        .destination(Ipv4Address.text(SyncLan.ADDRESS))
                        .add(lan.messages().insert(1))
                        .ttl(1)
                        .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(1)).isNull();
    }

    @OnBothReferences
    void asksForNoParticularSource(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame().source("203.0.113.9").add(lan.messages().insert(1)).build());
        lan.advance(Duration.ZERO);
        assertThat(lan.state(1)).isNotNull();
    }

    // ---- sections ----

    @ParameterizedTest(name = "{0}, a section with more messages than there are: {1}")
    @CsvSource({
        "reference-v5, BADLEN",
        "reference-v6, BADLEN",
        "openbsd-4.5, BADLEN",
        "openbsd-4.6, BADLEN",
        "openbsd-7.6, BADLEN"
    })
    void keepsWhatCameBeforeABrokenSection(String release, Counter counter) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame()
                .add(lan.messages().insert(1))
                .add(lan.messages().request(77))
                .sectionCount(50)
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).containsExactly(Map.entry(counter, 1L));
        assertThat(lan.state(1)).isNotNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "reference-v5, true",
        "openbsd-4.5, true",
        "openbsd-4.6, true",
        "reference-v6, false",
        "openbsd-7.6, false"
    })
    void givesUpAtAnUnknownActionInVersion5AndSkipsItInVersion6(String release, boolean givesUp) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame()
                .add(lan.messages().insert(1))
                .section(42, 1, 3, new byte[12])
                .add(lan.messages().insert(2))
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEqualTo(givesUp ? Map.of(Counter.BADACT, 1L) : Map.of());
        assertThat(lan.state(1)).isNotNull();
        assertThat(lan.state(2) == null).isEqualTo(givesUp);
    }

    @ParameterizedTest(name = "{0}, something behind EOF: {1}")
    @CsvSource({"reference-v5, BADLEN", "openbsd-4.6, BADLEN", "openbsd-4.5, BADACT"})
    void countsAnEndMarkerThatIsNotTheEnd(String release, Counter counter) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame()
                .add(lan.messages().insert(1))
                .trailingInside(new byte[7])
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).containsExactly(Map.entry(counter, 1L));
        assertThat(lan.state(1)).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"reference-v5", "reference-v6", "openbsd-4.6", "openbsd-7.6"})
    void doesNothingForAnEmptySection(String release) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame()
                .section(lan.dialect().number(Kind.INS), 0, lan.dialect().stateSize() / 4, new byte[0])
                .add(lan.messages().insert(2))
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(2)).isNotNull();
    }

    @Test
    void takesLongerMessagesOfANewerPeerInVersion6() {
        SyncLan lan = SyncLan.of("reference-v6");
        byte[] longer = new byte[2 * (lan.dialect().stateSize() + 8)];
        lan.messages().insert(1).copyTo(longer, 0);
        lan.messages().insert(2).copyTo(longer, longer.length / 2);
        lan.send(lan.frame()
                .section(lan.dialect().number(Kind.INS), 2, longer.length / 2 / 4, longer)
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.state(1)).isNotNull();
        assertThat(lan.state(2)).isNotNull();
    }

    @ParameterizedTest(name = "{0}, header announcing {1} bytes")
    @CsvSource({
        "reference-v5, 0",
        "reference-v5, 19",
        "reference-v5, 20",
        "reference-v6, 0",
        "reference-v6, 19",
        "reference-v6, 20"
    })
    void processesNothingThatTheHeaderDoesNotAnnounce(String release, int announced) {
        SyncLan lan = SyncLan.of(release);
        lan.send(lan.frame().add(lan.messages().insert(1)).len(announced).build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEmpty();
        assertThat(lan.firewall().states().size()).isZero();
    }

    // ---- BUS, which is looked at only while somebody waits ----

    @ParameterizedTest(name = "{0}, waiting {1}: {2}")
    @CsvSource({
        "reference-v5, true, true",
        "reference-v5, false, false",
        "reference-v6, true, true",
        "reference-v6, false, true"
    })
    void checksTheBytesOfABusSectionIfItIsToLookAtThem(String release, boolean waiting, boolean counts) {
        SyncLan lan = waiting
                ? new SyncLan(net.pfsync.release.Release.of(release), settings -> settings)
                : SyncLan.of(release);
        if (waiting) {
            lan.up();
        }
        lan.counted();
        lan.send(lan.frame()
                .section(lan.dialect().number(Kind.BUS), 1, 3, new byte[4])
                .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.counted()).isEqualTo(counts ? Map.of(Counter.BADLEN, 1L) : Map.of());
        assertThat(lan.pfsync().waitingForBulk()).isEqualTo(waiting);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"INS_ACK", "UPD_REQ", "DEL_C"})
    void handlesEveryMessageOfASection(Kind kind) {
        SyncLan lan = SyncLan.of("reference-v6");
        lan.receive(
                lan.messages().name(kind, 7, 7),
                lan.messages().name(kind, 8, 7),
                lan.messages().name(kind, 9, 7));
        assertThat(lan.counted()).isEqualTo(kind == Kind.INS_ACK ? Map.of() : Map.of(Counter.BADSTATE, 3L));
    }
}
