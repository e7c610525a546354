package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.release.Quirk;
import net.pfsync.release.Release;
import net.pfsync.sync.Demotion.Change;
import net.pfsync.sync.StagedBulkRequester.Stage;
import net.pfsync.wire.BulkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of the requester's table in version 6. Source: BEHAVIOUR.md 15.20 and 16.3. */
class StagedBulkRequesterTest {

    private static final String INTENDED = """
        stage | up     | link up | link down | START | END  | timer  | down
        NONE  | SENT ? | NONE    | NONE      | NONE  | NONE |        |
        START |        | SENT ?  |           | BULK  | DONE | DONE   | NONE
        SENT  |        | SENT    | SENT      | BULK  | DONE | SENT ? | NONE
        BULK  |        | BULK    | BULK      | BULK  | DONE | SENT ? | NONE
        DONE  |        | DONE    | DONE      | DONE  | DONE | DONE   | NONE
        """;

    private static final String OPENBSD_7_6 = """
        stage | up     | link up | link down | START | END   | timer  | down
        NONE  | SENT ? | NONE    | NONE      | NONE  | NONE  |        |
        START |        | SENT ?  |           | BULK  | START | DONE   | NONE
        SENT  |        | SENT    | SENT      | BULK  | SENT  | SENT ? | NONE
        BULK  |        | BULK    | BULK      | BULK  | DONE  | DONE ? | NONE
        DONE  |        | DONE    | DONE      | DONE  | DONE  | DONE   | NONE
        """;

    private static final int LIMIT = 1000;
    private static final Duration FOR_LINK = Duration.ofSeconds(30);
    private static final Duration FOR_ANSWER = Duration.ofSeconds(2);
    /** Four times what 1000 states need at 5 in a frame and 50 frames a second. */
    private static final Duration FOR_TRANSFER = Duration.ofSeconds(16);

    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    private SyncLan lan;

    private void boot(Release release) {
        lan = new SyncLan(release, settings -> settings.stateLimit(LIMIT));
    }

    private StagedBulkRequester requester() {
        return (StagedBulkRequester) lan.pfsync().requester();
    }

    /** Brings the machine to a stage in the way in which it gets there in life. */
    private void bootTo(Stage stage, Release release) {
        boot(release);
        if (stage == Stage.START) {
            lan.lan().cut(SyncLan.DEVICE);
        }
        if (stage != Stage.NONE) {
            lan.up();
        }
        if (stage == Stage.BULK || stage == Stage.DONE) {
            happen("START");
        }
        if (stage == Stage.DONE) {
            happen("END");
        }
        lan.advance(Duration.ZERO);
        lan.sent();
        assertThat(requester().stage()).isEqualTo(stage);
    }

    private void happen(String event) {
        switch (event) {
            case "up" -> lan.up();
            case "down" -> lan.configure(Pfsync::down);
            case "link up" -> {
                lan.lan().cut(SyncLan.DEVICE);
                lan.lan().heal(SyncLan.DEVICE);
            }
            case "link down" -> lan.lan().cut(SyncLan.DEVICE);
            case "START" -> requester().status(BulkStatus.START, 0);
            case "END" -> requester().status(BulkStatus.END, 0);
            case "timer" -> lan.advance(wait(requester().stage()));
            default -> throw new IllegalArgumentException(event);
        }
        lan.advance(Duration.ZERO);
    }

    private static Duration wait(Stage stage) {
        return switch (stage) {
            case START, NONE -> FOR_LINK;
            case SENT -> FOR_ANSWER;
            case BULK -> FOR_TRANSFER;
            case DONE -> Duration.ofSeconds(100);
        };
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        add(cells, "reference-v6", INTENDED);
        add(cells, "openbsd-7.6", OPENBSD_7_6);
        return cells.stream();
    }

    private static void add(List<Arguments> cells, String release, String table) {
        List<String[]> rows = table.lines().map(line -> line.split("\\|", -1)).toList();
        String[] head = rows.getFirst();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int i = 1; i < head.length; i++) {
                if (!row[i].isBlank()) {
                    cells.add(Arguments.of(release, Stage.valueOf(row[0].trim()), head[i].trim(), row[i].trim()));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} in {1}, {2}: {3}")
    @MethodSource("cells")
    void goesWhereItsTableSays(String release, Stage stage, String event, String cell) {
        bootTo(stage, Release.of(release));
        happen(event);
        Stage after = Stage.valueOf(cell.split(" ", 2)[0]);
        assertThat(requester().stage()).isEqualTo(after);
        if (cell.endsWith("?")) {
            assertThat(lan.said()).containsExactly(lan.messages().bulkRequest());
        } else {
            assertThat(lan.said()).isEmpty();
        }
        boolean waiting = after != Stage.NONE && after != Stage.DONE;
        assertThat(lan.pfsync().waitingForBulk()).isEqualTo(waiting);
        assertThat(lan.pfsync().syncOk()).isNotEqualTo(waiting);
        boolean linkDemoted = requester().stage() != Stage.NONE && !linkUp(stage, event);
        assertThat(lan.pfsync().demotion().value()).isEqualTo((waiting ? 32 : 0) + (linkDemoted ? 1 : 0));
        ledgerAddsUp();
        lan.seconds(60);
        assertThat(lan.firewall().stopped()).isEmpty();
    }

    private static boolean linkUp(Stage stage, String event) {
        return event.equals("link up") || (stage != Stage.START && !event.equals("link down"));
    }

    private void ledgerAddsUp() {
        Demotion demotion = lan.pfsync().demotion();
        assertThat(demotion.ledger().stream().mapToInt(Change::amount).sum()).isEqualTo(demotion.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "SENT", "BULK"})
    void doesNothingBeforeItsTimerIsOver(Stage stage) {
        bootTo(stage, Release.of("reference-v6"));
        lan.advance(wait(stage).minus(A_MILLISECOND));
        assertThat(lan.sent()).isEmpty();
        assertThat(requester().stage()).isEqualTo(stage);
        lan.advance(A_MILLISECOND);
        assertThat(requester().stage()).isNotEqualTo(Stage.START).isNotEqualTo(Stage.BULK);
    }

    @Test
    void asksTwelveTimesEveryTwoSecondsAndThenGivesUp() {
        boot(Release.of("reference-v6"));
        lan.up();
        lan.seconds(23);
        assertThat(lan.pfsync().demotion().value()).isEqualTo(32);
        lan.seconds(100);
        List<Duration> expected = Stream.iterate(Duration.ZERO, at -> at.plus(FOR_ANSWER))
                .limit(12)
                .toList();
        assertThat(lan.sent())
                .extracting(frame -> Duration.ofNanos(frame.nanos()))
                .isEqualTo(expected);
        assertThat(requester().stage()).isEqualTo(Stage.DONE);
        Change last = lan.pfsync().demotion().ledger().getLast();
        assertThat(Duration.ofNanos(last.nanos())).isEqualTo(Duration.ofSeconds(24));
        assertThat(last.amount()).isEqualTo(-32);
    }

    @Test
    void asksTwelveTimesInAllEvenIfEveryAnswerIsOnlyStart() {
        boot(Release.of("reference-v6"));
        lan.up();
        List<Sent> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lan.advance(Duration.ZERO);
            requests.addAll(lan.sent());
            happen("START");
            lan.advance(FOR_TRANSFER);
        }
        assertThat(requests).hasSize(12);
        assertThat(requester().stage()).isEqualTo(Stage.DONE);
        assertThat(lan.pfsync().demotion().value()).isZero();
    }

    @Test
    void asksForNothingThroughALinkThatComesAfterThirtySeconds() {
        bootTo(Stage.START, Release.of("reference-v6"));
        assertThat(lan.pfsync().demotion().value()).isEqualTo(33);
        lan.advance(FOR_LINK);
        assertThat(lan.pfsync().demotion().value()).isEqualTo(1);
        lan.lan().heal(SyncLan.DEVICE);
        lan.seconds(10);
        assertThat(lan.sent()).isEmpty();
        assertThat(lan.pfsync().demotion().value()).isZero();
    }

    @Test
    void keepsAskingThroughALinkThatGoesAndComes() {
        bootTo(Stage.SENT, Release.of("reference-v6"));
        lan.lan().cut(SyncLan.DEVICE);
        assertThat(lan.pfsync().demotion().value()).isEqualTo(33);
        lan.seconds(4);
        assertThat(lan.sent()).isEmpty();
        lan.lan().heal(SyncLan.DEVICE);
        assertThat(lan.pfsync().demotion().value()).isEqualTo(32);
        lan.seconds(2);
        assertThat(lan.sent()).hasSize(1);
    }

    @Test
    void doesNotCareForAnotherInterfacesLink() {
        bootTo(Stage.DONE, Release.of("reference-v6"));
        lan.lan().cut(SyncLan.OTHER);
        assertThat(lan.pfsync().demotion().value()).isZero();
    }

    @Test
    void waitsForAVeryShortTransferAtLeastFourSeconds() {
        lan = new SyncLan(Release.of("reference-v6"), settings -> settings.stateLimit(1));
        lan.up();
        happen("START");
        lan.sent();
        lan.advance(Duration.ofSeconds(4).minus(A_MILLISECOND));
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        assertThat(lan.sent()).hasSize(1);
    }

    @Test
    void startsAfreshEveryTimeItComesUp() {
        bootTo(Stage.DONE, Release.of("reference-v6"));
        lan.configure(Pfsync::down);
        lan.configure(Pfsync::up);
        lan.seconds(30);
        assertThat(lan.sent()).hasSize(12);
        ledgerAddsUp();
    }

    @Test
    void undoesBothDemotionsWhenItIsDestroyed() {
        bootTo(Stage.START, Release.of("reference-v6"));
        lan.pfsync().destroy();
        assertThat(lan.pfsync().demotion().value()).isZero();
        lan.lan().heal(SyncLan.DEVICE);
        lan.seconds(60);
        assertThat(lan.sent()).isEmpty();
        ledgerAddsUp();
    }

    @Test
    void takesAnEndFromAnyPeer() {
        bootTo(Stage.BULK, Release.faulty("reference-v6", Quirk.END_WITHOUT_START_IGNORED));
        lan.receive(net.pfsync.wire.MessageBuilder.from(lan.messages().bulk(BulkStatus.END, 0))
                .set("creatorid", "12345678")
                .build());
        assertThat(requester().stage()).isEqualTo(Stage.DONE);
    }
}
