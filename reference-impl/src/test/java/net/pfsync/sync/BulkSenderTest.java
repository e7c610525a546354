package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.pf.Timeouts;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A firewall that is asked for all its states. Source: BEHAVIOUR.md 15.10 to 15.13 and 15.21. */
class BulkSenderTest {

    private SyncLan lan;

    /** A firewall with states 1 to a number, which were announced long ago. */
    private void boot(String release, int states) {
        lan = SyncLan.of(release);
        for (int id = 1; id <= states; id++) {
            lan.add(id);
        }
        lan.seconds(3);
        lan.sent();
        lan.counted();
    }

    private void ask() {
        lan.receive(lan.messages().bulkRequest());
    }

    private Duration pace() {
        return Duration.ofMillis(lan.dialect().versionByte() == 5 ? 10 : 20);
    }

    private static List<Long> ids(List<Sent> frames) {
        return frames.stream()
                .flatMap(frame -> frame.messages(Kind.UPD).stream())
                .map(message -> ((Update) message).id())
                .toList();
    }

    private static List<Long> upTo(int states) {
        return LongStream.rangeClosed(1, states).boxed().toList();
    }

    /** START, END and what is between them, a number for each run of UPD: {@code START 5 END}. */
    private static String shape(Sent frame) {
        List<String> shape = new ArrayList<>();
        int updates = 0;
        for (Message message : frame.frame().messages()) {
            if (message.kind() == Kind.UPD) {
                updates++;
                continue;
            }
            if (updates > 0) {
                shape.add(Integer.toString(updates));
                updates = 0;
            }
            if (message instanceof BulkStatus status) {
                shape.add(status.status() == BulkStatus.START ? "START" : "END");
            }
        }
        if (updates > 0) {
            shape.add(Integer.toString(updates));
        }
        return String.join(" ", shape);
    }

    /** The shapes of the frames that have one, with commas between them. */
    private static String shapes(List<Sent> frames) {
        return String.join(
                ", ",
                frames.stream()
                        .map(BulkSenderTest::shape)
                        .filter(shape -> !shape.isEmpty())
                        .toList());
    }

    @ParameterizedTest(name = "{0}, {1} states: {2}")
    @CsvSource({
        "reference-v5, 0, 'START, END'",
        "reference-v5, 1, 'START, 1 END'",
        "reference-v5, 5, 'START, 5 END'",
        "reference-v5, 6, 'START, 6, END'",
        "reference-v5, 10, 'START, 6, 4 END'",
        "reference-v6, 0, 'START END'",
        "reference-v6, 1, 'START 1 END'",
        "reference-v6, 5, 'START 5 END'",
        "reference-v6, 6, 'START 5, 1 END'",
        "reference-v6, 10, 'START 5, 5 END'"
    })
    void putsTheEndBehindTheLastStateIfThereIsRoom(String release, int states, String expected) {
        boot(release, states);
        ask();
        lan.seconds(1);
        assertThat(shapes(lan.sent())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, 3 states, mtu {1}: {2}")
    @CsvSource({
        // Headers of 40 bytes, a subheader of 4 and states of 264, BUS of 16.
        "reference-v6, 308, 'START, 1, 1, 1, END'",
        "reference-v6, 323, 'START, 1, 1, 1, END'",
        "reference-v6, 324, 'START 1, 1, 1 END'",
        "reference-v6, 587, 'START 1, 2, END'",
        "reference-v6, 588, 'START 2, 1 END'",
        // Headers of 44 bytes with the end marker, a subheader of 4 and states of 240, BUS of 16.
        "reference-v5, 288, 'START, 1, 1, 1, END'",
        "reference-v5, 303, 'START, 1, 1, 1, END'",
        "reference-v5, 304, 'START, 1, 1, 1 END'",
        "reference-v5, 528, 'START, 2, 1 END'"
    })
    void fillsItsFramesToTheByte(String release, int mtu, String expected) {
        boot(release, 3);
        lan.configure(pfsync -> pfsync.setMtu(mtu));
        ask();
        lan.seconds(1);
        assertThat(shapes(lan.sent())).isEqualTo(expected);
    }

    static Stream<Arguments> sizes() {
        List<Arguments> sizes = new ArrayList<>();
        for (String release : List.of("reference-v5", "reference-v6")) {
            for (int mtu : List.of(308, 400, 600, 1500)) {
                for (int states : List.of(0, 1, 5, 6, 10, 500)) {
                    sizes.add(Arguments.of(release, mtu, states));
                }
            }
        }
        return sizes.stream();
    }

    @ParameterizedTest(name = "{0}, mtu {1}, {2} states")
    @MethodSource("sizes")
    void sendsEveryStateOnceBetweenStartAndEnd(String release, int mtu, int states) {
        boot(release, states);
        lan.configure(pfsync -> pfsync.setMtu(mtu));
        long asked = lan.time().nanos();
        ask();
        lan.seconds(30);
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).isEqualTo(upTo(states));
        assertThat(shapes(frames))
                .startsWith("START")
                .endsWith("END")
                .containsOnlyOnce("START")
                .containsOnlyOnce("END");
        assertThat(frames.getFirst().nanos()).isEqualTo(asked);
        assertThat(frames).allSatisfy(frame -> {
            assertThat(frame.frame().problem()).isNull();
            assertThat(frame.length()).isLessThanOrEqualTo(mtu);
        });
        paced(frames);
        assertThat(lan.pfsync().sendingBulk()).isFalse();
        assertThat(lan.counted()).isEmpty();
    }

    /** Frames with states are at least a tick apart. */
    private void paced(List<Sent> frames) {
        List<Long> times = frames.stream()
                .filter(frame -> !frame.messages(Kind.UPD).isEmpty())
                .map(Sent::nanos)
                .toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(pace().toNanos());
        }
    }

    @OnBothReferences
    void tellsHowLongItTookInVersion5Only(String release) {
        boot(release, 3000);
        ask();
        lan.seconds(30);
        BulkStatus end = (BulkStatus) lan.said().getLast();
        assertThat(end.creatorId()).isEqualTo(SyncLan.HOST);
        // 500 frames, 10 ms apart.
        assertThat(end.endtime()).isEqualTo(release.equals("reference-v5") ? 5 : 0);
    }

    @OnBothReferences
    void sendsStatesThatCameFromPeers(String release) {
        boot(release, 1);
        lan.receive(lan.messages().insert(7));
        ask();
        lan.seconds(1);
        assertThat(ids(lan.sent())).containsExactly(1L, 7L);
    }

    // ---- a second request during a transfer ----

    @OnBothReferences
    void givesTheSecondOfTwoRequestersAWholeTransferToo(String release) {
        boot(release, 20);
        ask();
        lan.advance(pace());
        lan.sent();
        ask();
        lan.seconds(2);
        List<Sent> frames = lan.sent();
        int start = 0;
        while (!shape(frames.get(start)).contains("START")) {
            start++;
        }
        List<Sent> second = frames.subList(start, frames.size());
        assertThat(new HashSet<>(ids(second))).isEqualTo(Set.copyOf(upTo(20)));
        assertThat(shapes(second)).endsWith("END").containsOnlyOnce("END");
        assertThat(lan.pfsync().sendingBulk()).isFalse();
    }

    @Test
    void goesOnWhereItIsWhenItIsAskedAgainInVersion5() {
        boot("reference-v5", 20);
        ask();
        lan.advance(pace());
        assertThat(ids(lan.sent())).isEqualTo(upTo(6));
        ask();
        lan.seconds(2);
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).startsWith(7L, 8L).endsWith(5L, 6L).hasSize(20);
        paced(frames);
    }

    @OnBothReferences
    void answersEveryRequestOfOneInstant(String release) {
        boot(release, 12);
        lan.inject(lan.messages().bulkRequest());
        lan.inject(lan.messages().bulkRequest());
        lan.seconds(2);
        String shapes = shapes(lan.sent());
        assertThat(shapes).endsWith("END");
        assertThat(shapes.split("START", -1)).hasSize(3);
    }

    @OnBothReferences
    void answersAgainWhenATransferIsOver(String release) {
        boot(release, 12);
        ask();
        lan.seconds(1);
        String first = shapes(lan.sent());
        ask();
        lan.seconds(1);
        assertThat(shapes(lan.sent())).isEqualTo(first);
    }

    // ---- what happens to states meanwhile ----

    @OnBothReferences
    void announcesAStateThatComesDuringATransfer(String release) {
        boot(release, 20);
        ask();
        lan.add(99);
        lan.seconds(2);
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).containsAll(upTo(20));
        assertThat(frames).flatExtracting(frame -> frame.messages(Kind.INS)).hasSize(1);
    }

    @Test
    void sendsOnlyTheStatesThatItHadWhenItWasAskedInVersion6() {
        boot("reference-v6", 20);
        ask();
        lan.firewall().killById(20, SyncLan.HOST);
        lan.add(99);
        lan.seconds(2);
        assertThat(ids(lan.sent())).isEqualTo(upTo(19));
    }

    @Test
    void endsAlthoughStatesKeepComingInVersion6() {
        boot("reference-v6", 20);
        ask();
        for (int id = 100; id < 200; id++) {
            lan.add(id);
            lan.advance(Duration.ofMillis(1));
        }
        assertThat(lan.pfsync().sendingBulk()).isFalse();
        assertThat(ids(lan.sent())).isEqualTo(upTo(20));
    }

    @OnBothReferences
    void leavesOutAStateThatIsRemovedBeforeItsTurn(String release) {
        boot(release, 20);
        ask();
        for (long id : List.of(7, 11, 20)) {
            lan.firewall().killById(id, SyncLan.HOST);
        }
        lan.seconds(2);
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).doesNotContain(11L, 20L).contains(12L, 19L);
        assertThat(shapes(frames)).endsWith("END");
    }

    @OnBothReferences
    void leavesOutTheVeryNextStateIfItIsRemovedBetweenTwoFrames(String release) {
        boot(release, 20);
        ask();
        lan.advance(pace());
        long next = ids(lan.sent()).getLast() + 1;
        lan.firewall().killById(next, SyncLan.HOST);
        lan.seconds(2);
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).doesNotContain(next).contains(next + 1, 20L);
        assertThat(frames)
                .flatExtracting(frame -> frame.messages(Kind.UPD))
                .allSatisfy(message -> assertThat(((Update) message).timeout()).isLessThan(Timeouts.MAX));
    }

    @OnBothReferences
    void leavesOutTheVeryNextStateIfItMustNoLongerBeAnnounced(String release) {
        boot(release, 20);
        ask();
        lan.advance(pace());
        long next = ids(lan.sent()).getLast() + 1;
        lan.firewall().states().find(next, SyncLan.HOST).set(StateFlags.NOSYNC);
        lan.seconds(2);
        assertThat(ids(lan.sent())).doesNotContain(next).contains(next + 1, 20L);
    }

    @OnBothReferences
    void endsEvenIfAllTheRestIsRemoved(String release) {
        boot(release, 20);
        ask();
        lan.advance(pace());
        lan.firewall().flushStates("");
        lan.seconds(2);
        assertThat(shapes(lan.sent())).endsWith("END");
        assertThat(lan.pfsync().sendingBulk()).isFalse();
    }

    @OnBothReferences
    void freesNoStateDuringATransferAndAllAfterIt(String release) {
        boot(release, 2000);
        lan.configure(pfsync -> pfsync.setMtu(308));
        ask();
        lan.seconds(5);
        for (int id = 1; id <= 100; id++) {
            lan.firewall().killById(id, SyncLan.HOST);
        }
        assertThat(lan.time().advanceUntil(() -> !lan.pfsync().sendingBulk(), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(lan.now()).isGreaterThan(80);
        assertThat(lan.firewall().states().listed()).isEqualTo(2000);
        lan.seconds(20);
        assertThat(lan.firewall().states().listed()).isEqualTo(1900);
    }

    @OnBothReferences
    void survivesStatesThatExpireDuringATransfer(String release) {
        boot(release, 500);
        State dying = States.state(States.UDP, 9999, SyncLan.HOST);
        lan.add(dying);
        dying.expire = lan.now() - 59;
        lan.seconds(1);
        ask();
        lan.seconds(20);
        assertThat(dying.linked()).isFalse();
        List<Sent> frames = lan.sent();
        assertThat(ids(frames)).containsAll(upTo(500));
        assertThat(shapes(frames)).endsWith("END");
    }

    // ---- the end of it ----

    @OnBothReferences
    void stopsWithoutAnEndWhenItGoesDown(String release) {
        boot(release, 100);
        ask();
        lan.advance(pace());
        lan.sent();
        lan.configure(Pfsync::down);
        assertThat(lan.pfsync().sendingBulk()).isFalse();
        lan.configure(Pfsync::up);
        lan.seconds(1);
        assertThat(lan.said()).extracting(Message::kind).doesNotContain(Kind.UPD, Kind.BUS);
    }

    @OnBothReferences
    void startsFromTheBeginningAfterItWasDown(String release) {
        boot(release, 100);
        ask();
        lan.advance(pace());
        lan.configure(Pfsync::down).configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        lan.sent();
        ask();
        lan.seconds(2);
        assertThat(ids(lan.sent())).isEqualTo(upTo(100));
    }
}
