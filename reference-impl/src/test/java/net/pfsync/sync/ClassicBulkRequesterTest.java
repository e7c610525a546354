package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.release.Quirk;
import net.pfsync.release.Release;
import net.pfsync.sync.Demotion.Change;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of the requester's table in version 5. Source: BEHAVIOUR.md 7.14, 7.15 and 15.1 to 15.5. */
class ClassicBulkRequesterTest {

    /** Four seconds, and a tick of 10 ms for each frame of 6 that a full table of 10000 states needs. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(20_660);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int RETRIES = 12;
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    private SyncLan lan;

    @BeforeEach
    void boot() {
        boot(Release.of("reference-v5"));
    }

    private void boot(Release release) {
        lan = new SyncLan(release, settings -> settings);
    }

    private void waitForAnswer() {
        lan.up();
        lan.advance(Duration.ZERO);
        asked();
    }

    private void receives(int status, long endtime) {
        lan.receive(lan.messages().bulk(status, endtime));
    }

    /** The firewall has asked for all states once since this was last looked at, and said nothing else. */
    private void asked() {
        assertThat(lan.said()).containsExactly(lan.messages().bulkRequest());
    }

    private void isWaiting() {
        assertThat(lan.pfsync().waitingForBulk()).isTrue();
        assertThat(lan.pfsync().syncOk()).isFalse();
        assertThat(lan.pfsync().demotion().value()).isOne();
    }

    private void isIdle() {
        assertThat(lan.pfsync().waitingForBulk()).isFalse();
        assertThat(lan.pfsync().syncOk()).isTrue();
        assertThat(lan.pfsync().demotion().value()).isZero();
        assertThat(lan.pfsync().demotion().ledger().stream()
                        .mapToInt(Change::amount)
                        .sum())
                .isZero();
    }

    private void asksNoMore() {
        lan.sent();
        lan.seconds(120);
        assertThat(lan.sent()).isEmpty();
    }

    // ---- idle ----

    @Test
    void isIdleAndInSyncUntilItComesUp() {
        isIdle();
        asksNoMore();
    }

    @Test
    void asksAndStandsBackWhenItComesUp() {
        waitForAnswer();
        isWaiting();
    }

    @ParameterizedTest
    @ValueSource(ints = {BulkStatus.START, BulkStatus.END, 0, 3})
    void ignoresEveryStatusWhenIdle(int status) {
        waitForAnswer();
        receives(BulkStatus.END, 0);
        receives(status, 0);
        isIdle();
        asksNoMore();
    }

    // ---- waiting ----

    @Test
    void asksAgainTwelveTimesAndThenGivesUp() {
        waitForAnswer();
        lan.seconds(200);
        List<Duration> expected = new ArrayList<>();
        for (int retry = 0; retry < RETRIES; retry++) {
            expected.add(FIRST_WAIT.plus(RETRY.multipliedBy(retry)));
        }
        List<Sent> frames = lan.sent();
        assertThat(frames).extracting(frame -> Duration.ofNanos(frame.nanos())).isEqualTo(expected);
        assertThat(frames)
                .flatExtracting(frame -> frame.frame().messages().subList(0, 1))
                .containsOnly(lan.messages().bulkRequest());
        isIdle();
        Change last = lan.pfsync().demotion().ledger().getLast();
        assertThat(Duration.ofNanos(last.nanos())).isEqualTo(FIRST_WAIT.plus(RETRY.multipliedBy(RETRIES)));
        assertThat(last.reason()).contains("failed to receive bulk update");
        assertThat(lan.firewall().messages()).anyMatch(line -> line.contains("failed to receive bulk update"));
    }

    @Test
    void waitsLongerForAFullTableThatIsLarger() {
        lan = new SyncLan(Release.of("reference-v5"), settings -> settings.stateLimit(60_000));
        waitForAnswer();
        lan.advance(Duration.ofSeconds(104).minus(A_MILLISECOND));
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        asked();
    }

    @Test
    void waitsAgainAfterStart() {
        waitForAnswer();
        lan.seconds(10);
        receives(BulkStatus.START, 0);
        isWaiting();
        lan.advance(FIRST_WAIT.minus(A_MILLISECOND));
        assertThat(lan.sent()).isEmpty();
        lan.advance(A_MILLISECOND);
        asked();
    }

    @Test
    void isInSyncAfterEnd() {
        waitForAnswer();
        receives(BulkStatus.START, 0);
        receives(BulkStatus.END, 0);
        isIdle();
        asksNoMore();
    }

    @Test
    void takesEndWithoutStart() {
        waitForAnswer();
        receives(BulkStatus.END, 0);
        isIdle();
    }

    @ParameterizedTest(name = "END of {0} s after {1} s: {2}")
    @CsvSource({"0, 0, true", "1, 2, true", "2, 2, true", "3, 2, false", "60, 2, false", "62, 2, false", "63, 2, false"
    })
    void takesAnEndOnlyOfATransferThatBeganAfterItsRequest(int endtime, int seconds, boolean taken) {
        waitForAnswer();
        lan.seconds(seconds);
        receives(BulkStatus.END, endtime);
        if (taken) {
            isIdle();
        } else {
            isWaiting();
            assertThat(lan.firewall().messages()).anyMatch(line -> line.contains("bad timestamp"));
            assertThat(lan.counted()).isEmpty();
        }
    }

    @Test
    void countsTheTimeOfAnEndFromTheLatestRequest() {
        waitForAnswer();
        lan.advance(FIRST_WAIT.plusSeconds(2));
        asked();
        receives(BulkStatus.END, 4);
        isWaiting();
        receives(BulkStatus.END, 2);
        isIdle();
    }

    @Test
    void goesOnWaitingAfterAnEndThatItDidNotTake() {
        waitForAnswer();
        receives(BulkStatus.END, 50);
        lan.advance(FIRST_WAIT);
        asked();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 255})
    void ignoresAStatusWithoutMeaning(int status) {
        waitForAnswer();
        receives(status, 0);
        isWaiting();
        lan.advance(FIRST_WAIT);
        asked();
    }

    @Test
    void asksAtOnceAndStandsBackNoFurtherWhenItIsConfiguredAgain() {
        waitForAnswer();
        lan.seconds(7);
        lan.configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
        lan.advance(Duration.ZERO);
        asked();
        isWaiting();
        lan.advance(FIRST_WAIT.minus(A_MILLISECOND));
        assertThat(lan.sent()).isEmpty();
        receives(BulkStatus.END, 0);
        isIdle();
    }

    @Test
    void asksAnotherTwelveTimesWhenItIsConfiguredAgain() {
        waitForAnswer();
        lan.advance(FIRST_WAIT.plus(RETRY.multipliedBy(8)));
        assertThat(lan.sent()).hasSize(9);
        lan.configure(pfsync -> pfsync.setSyncdev(SyncLan.DEVICE));
        lan.seconds(200);
        assertThat(lan.sent()).hasSize(1 + RETRIES);
        isIdle();
    }

    @Test
    void givesUpWhenItGoesDown() {
        waitForAnswer();
        lan.configure(Pfsync::down);
        isIdle();
        asksNoMore();
    }

    @Test
    void looksAtTheFirstMessageOfASectionOnly() {
        waitForAnswer();
        lan.receive(lan.messages().bulk(BulkStatus.START, 0), lan.messages().bulk(BulkStatus.END, 0));
        isWaiting();
        lan.receive(lan.messages().bulk(BulkStatus.END, 0), lan.messages().bulk(BulkStatus.START, 0));
        isIdle();
    }

    @Test
    void looksAtEverySectionOfAFrame() {
        waitForAnswer();
        Message start = lan.messages().bulk(BulkStatus.START, 0);
        Message end = lan.messages().bulk(BulkStatus.END, 0);
        lan.receive(start, lan.messages().insert(1), end);
        isIdle();
        assertThat(lan.state(1)).isNotNull();
    }

    // ---- releases that differ ----

    @Test
    void goesOnAskingWhileDownInReleasesThatOnlyTellTheSender() {
        boot(Release.faulty("reference-v5", Quirk.WAITS_FOR_BULK_WHILE_DOWN));
        waitForAnswer();
        lan.configure(Pfsync::down);
        isWaiting();
        lan.seconds(10);
        lan.configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        lan.sent();
        receives(BulkStatus.END, 0);
        isIdle();
    }

    @Test
    void undoesTheDemotionEvenThereWhenItIsDestroyed() {
        boot(Release.faulty("reference-v5", Quirk.WAITS_FOR_BULK_WHILE_DOWN));
        waitForAnswer();
        lan.pfsync().destroy();
        isIdle();
        asksNoMore();
    }

    @Test
    void waitsFiveSecondsForTheFirstAnswerInReleasesThatIgnoreTheSizeOfTheTable() {
        boot(Release.faulty("reference-v5", Quirk.FIRST_WAIT_IGNORES_TABLE_SIZE));
        waitForAnswer();
        lan.advance(RETRY);
        asked();
    }

    @Test
    void takesAnEndFromBeforeItsBootInReleasesThatCountUnsigned() {
        boot(Release.faulty("reference-v5", Quirk.BULK_END_TIME_WRAPS));
        waitForAnswer();
        receives(BulkStatus.END, lan.now());
        isWaiting();
        receives(BulkStatus.END, lan.now() + 1);
        isIdle();
    }
}
