package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk of each generation of kernels, where the recorded cases and the vectors do not show it. */
class SectionCursorTest {
    private static final byte[] NOTHING = {};

    @Test
    void sectionsBeforeAProblemAreHandedOutFirst() {
        SectionCursor cursor =
                cursor("v5-4.6", frame("v5-4.6").add(delete("v5-4.6")).section(13, 1, 0, NOTHING));
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.problem()).isNull();
        assertThat(cursor.action().kind()).isEqualTo(Kind.DEL_C);
        assertThat(cursor.message(0)).isEqualTo(delete("v5-4.6"));
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.problem())
                .isEqualTo(new Problem(Counter.BADACT, 56, "action 13 is not assigned, 13 is the first that is not"));
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void itCanBeUsedForOnePacketAfterAnother() {
        SectionCursor cursor = cursor("v5-4.6", frame("v5-4.6").version(6));
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.problem().counter()).isEqualTo(Counter.BADVER);
        start(cursor, frame("v5-4.6").add(delete("v5-4.6")));
        assertThat(kinds(cursor)).containsExactly(Kind.DEL_C, Kind.EOF);
        assertThat(cursor.problem()).isNull();
    }

    @Test
    void aMessageThatIsNotThereCannotBeAskedFor() {
        SectionCursor cursor = cursor("v5-4.6", frame("v5-4.6").add(delete("v5-4.6")));
        cursor.next();
        assertThatThrownBy(() -> cursor.message(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theEndOfTheFrameIsTheLastSectionWhateverItsCount() {
        FrameBuilder frame = frame("v5draft").eof(false).section(12, 300, 0, new byte[20]);
        SectionCursor cursor = cursor("v5draft", frame);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.action().kind()).isEqualTo(Kind.EOF);
        assertThat(cursor.message(299)).isInstanceOf(EndOfFrame.class);
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.problem()).isNull();
    }

    @Test
    void bytesOutsideTheArrayAreTheCallersMistake() {
        SectionCursor cursor = new SectionCursor(Dialect.of("v5-4.6"));
        assertThatThrownBy(() -> cursor.start(new byte[40], 20, 41)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Nested
    class V4 {
        @Test
        void fragmentsAreIgnoredWithoutACounter() {
            SectionCursor cursor = cursor("v4", frame("v4").section(6, 1, 0, new byte[8]));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem()).isNull();
        }

        @Test
        void clrAndBusAreOneMessageWhateverTheCount() {
            Message clear = MessageBuilder.of(Dialect.of("v4"), Kind.CLR)
                    .set("creatorid", 1)
                    .build();
            SectionCursor cursor = cursor("v4", frame("v4").add(clear).sectionCount(7));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.count()).isEqualTo(1);
            assertThat(cursor.message(0)).isEqualTo(clear);
            assertThat(cursor.next()).isFalse();
        }

        @Test
        void aClrThatIsNotThereIsBadlen() {
            SectionCursor cursor = cursor("v4", frame("v4").section(0, 0, 0, new byte[23]));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADLEN);
        }

        @Test
        void aBusThatIsNotThereIsLeftToTheReceiver() {
            SectionCursor cursor = cursor("v4", frame("v4").section(9, 0, 0, NOTHING));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.present()).isFalse();
            assertThatThrownBy(() -> cursor.message(0)).isInstanceOf(IllegalStateException.class);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem()).isNull();
        }
    }

    @Nested
    class Draft {
        @Test
        void theHeadersLengthIsNotLookedAt() {
            SectionCursor cursor =
                    cursor("v5draft", frame("v5draft").add(delete("v5draft")).len(65535));
            assertThat(kinds(cursor)).containsExactly(Kind.DEL_C, Kind.EOF);
            assertThat(cursor.problem()).isNull();
        }

        @Test
        void withoutEofTheWalkReadsBeyondThePacket() {
            SectionCursor cursor = cursor(
                    "v5draft",
                    frame("v5draft").add(delete("v5draft")).eof(false).trailing(new byte[3]));
            assertThat(kinds(cursor)).containsExactly(Kind.DEL_C);
            assertThat(cursor.problem().counter()).isNull();
            assertThat(cursor.problem().offset()).isEqualTo(56);
        }

        @Test
        void eofOf46IsBadact() {
            byte[] packet = frame("v5-4.6").add(delete("v5-4.6")).build();
            SectionCursor cursor = new SectionCursor(Dialect.of("v5draft"));
            cursor.start(packet, IpHeader.IPV4_SIZE, packet.length);
            assertThat(kinds(cursor)).containsExactly(Kind.DEL_C);
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADACT);
        }
    }

    @Nested
    class HeaderLength {
        @ParameterizedTest
        @ValueSource(strings = {"v5-4.6", "fbsd-1301", "fbsd-1500", "v6-4.7", "v6-6.9"})
        void aLengthBelow24MeansNothingAtAll(String name) {
            for (int length : new int[] {0, 19, 20, 23}) {
                SectionCursor cursor =
                        cursor(name, frame(name).add(delete(name)).len(length));
                assertThat(cursor.next()).as("" + length).isFalse();
                assertThat(cursor.problem()).isNull();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"v5-4.6", "fbsd-1301", "v6-4.7", "v6-6.9"})
        void aSectionMayReachBeyondTheLengthItBeginsIn(String name) {
            SectionCursor cursor = cursor(
                    name, frame(name).add(delete(name)).add(request(name)).len(24));
            assertThat(kinds(cursor)).containsExactly(Kind.DEL_C);
            assertThat(cursor.problem()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"v5-4.6", "fbsd-1301", "v6-4.7", "v6-6.9", "v6-7.4"})
        void aLengthBeyondThePacketIsBadlen(String name) {
            SectionCursor cursor = cursor(name, frame(name).add(delete(name)).len(61));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADLEN);
            assertThat(cursor.problem().offset()).isEqualTo(22);
        }
    }

    @Nested
    class Trimmed {
        @Test
        void aSectionThatReachesBeyondTheLengthIsBadlen() {
            SectionCursor cursor =
                    cursor("v6-7.4", frame("v6-7.4").add(delete("v6-7.4")).len(35));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADLEN);
        }

        @Test
        void aLengthBelow20CutsNothing() {
            SectionCursor cursor =
                    cursor("v6-7.4", frame("v6-7.4").add(delete("v6-7.4")).len(19));
            assertThat(kinds(cursor)).containsExactly(Kind.DEL_C);
        }

        @Test
        void aLengthOf20CutsEverything() {
            SectionCursor cursor =
                    cursor("v6-7.4", frame("v6-7.4").add(delete("v6-7.4")).len(20));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem()).isNull();
        }
    }

    @Nested
    class NumbersWithoutAMessage {
        @ParameterizedTest
        @ValueSource(strings = {"v5draft", "v5-4.6", "fbsd-1301", "fbsd-1500"})
        void v5RefusesFragmentsEvenIfTheirBytesAreMissing(String name) {
            SectionCursor cursor = cursor(name, frame(name).section(9, 5000, 0, NOTHING));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADACT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"fbsd-1400", "fbsd-1500"})
        void freeBsd14RefusesDel(String name) {
            SectionCursor cursor = cursor(name, frame(name).section(6, 1, 0, new byte[360]));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADACT);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 8, 9, 11, 12})
        void v6RefusesThemUntil73(int action) {
            assertThat(counter("v6-5.2", frame("v6-5.2").section(action, 1, 2, new byte[8])))
                    .isEqualTo(Counter.BADACT);
            assertThat(counter("v6-5.2", frame("v6-5.2").section(action, 2, 2, new byte[8])))
                    .isEqualTo(Counter.BADLEN);
            assertThat(counter("v6-5.2", frame("v6-5.2").section(action, 1, 0, NOTHING)))
                    .isEqualTo(Counter.BADACT);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 8, 9, 11, 12})
        void v6SkipsThemSince74(int action) {
            FrameBuilder frame =
                    frame("v6-7.4").section(action, 1, 2, new byte[8]).add(delete("v6-7.4"));
            assertThat(kinds(cursor("v6-7.4", frame))).containsExactly(Kind.DEL_C);
            assertThat(counter("v6-7.4", frame("v6-7.4").section(action, 1, 0, NOTHING)))
                    .isNull();
            assertThat(counter("v6-7.4", frame("v6-7.4").section(action, 2, 2, new byte[8])))
                    .isEqualTo(Counter.BADLEN);
        }

        @Test
        void v647HasNoTdbUnder15ButV652HasNoneUnder11() {
            assertThat(kinds(cursor("v6-4.7", frame("v6-4.7").section(11, 1, 12, new byte[48]))))
                    .containsExactly(Kind.TDB);
            assertThat(counter("v6-4.7", frame("v6-4.7").section(15, 1, 0, NOTHING)))
                    .isEqualTo(Counter.BADACT);
            assertThat(kinds(cursor("v6-5.2", frame("v6-5.2").section(15, 1, 13, new byte[52]))))
                    .containsExactly(Kind.TDB);
        }
    }

    @Nested
    class Stride {
        @ParameterizedTest
        @ValueSource(strings = {"v6-4.7", "v6-5.2", "v6-6.9", "v6-7.4", "v6-7.9"})
        void anUnknownSectionThatReachesBeyondThePacketSimplyEndsTheWalk(String name) {
            SectionCursor cursor = cursor(name, frame(name).section(99, 65535, 255, new byte[8]));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"v6-4.7", "v6-7.9"})
        void longerMessagesAreTakenAtTheirDistance(String name) {
            byte[] body = new byte[32];
            delete(name).copyTo(body, 0);
            delete(name).copyTo(body, 16);
            SectionCursor cursor = cursor(name, frame(name).section(7, 2, 4, body));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.stride()).isEqualTo(16);
            assertThat(cursor.message(0)).isEqualTo(delete(name));
            assertThat(cursor.message(1)).isEqualTo(delete(name));
        }

        @Test
        void shorterMessagesAreSkippedUnlessTheyHaveNoLength() {
            assertThat(counter("v6-7.4", frame("v6-7.4").section(7, 1, 2, new byte[8])))
                    .isNull();
            assertThat(counter("v6-7.4", frame("v6-7.4").section(7, 0, 2, NOTHING)))
                    .isEqualTo(Counter.BADACT);
            assertThat(counter("v6-7.4", frame("v6-7.4").section(7, 1, 0, NOTHING)))
                    .isEqualTo(Counter.BADACT);
        }
    }

    @Nested
    class OldKernels {
        @ParameterizedTest
        @ValueSource(strings = {"v4", "v5draft", "v5-4.6", "v6-4.7"})
        void refuseAnEmptySectionAtTheVeryEnd(String name) {
            FrameBuilder frame = frame(name).section(4, 0, 21, NOTHING);
            if (Dialect.of(name).has(Kind.EOF)) {
                frame.eof(false);
            }
            SectionCursor cursor = cursor(name, frame);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isEqualTo(Counter.BADLEN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"v6-4.8", "v6-5.2", "v6-7.4", "fbsd-1301", "fbsd-1500"})
        void areTheOnlyOnesThatDo(String name) {
            FrameBuilder frame = frame(name).section(4, 0, 21, NOTHING);
            if (Dialect.of(name).has(Kind.EOF)) {
                frame.eof(false);
            }
            SectionCursor cursor = cursor(name, frame);
            assertThat(kinds(cursor)).containsExactly(Kind.UPD_C);
            assertThat(cursor.problem()).isNull();
        }

        @Test
        void refuseASectionAbove2048Bytes() {
            byte[] nine = new byte[9 * 240];
            assertThat(counter("v5-4.6", frame("v5-4.6").section(1, 9, 0, nine)))
                    .isEqualTo(Counter.BADLEN);
            assertThat(counter("v5-4.6", frame("v5-4.6").section(1, 8, 0, new byte[8 * 240])))
                    .isNull();
            assertThat(counter("v6-7.4", frame("v6-7.4").section(13, 9, 66, new byte[9 * 264])))
                    .isNull();
            assertThat(counter("fbsd-1301", frame("fbsd-1301").section(1, 9, 0, new byte[9 * 242])))
                    .isNull();
        }
    }

    @Nested
    class BulkStatusSections {
        @ParameterizedTest
        @ValueSource(strings = {"v5-4.6", "fbsd-1301", "v6-4.7", "v6-6.9"})
        void areHandedOutEvenIfTheirBytesAreMissing(String name) {
            int dwords = Dialect.of(name).framing().stride() ? 3 : 0;
            SectionCursor cursor = cursor(name, frame(name).section(10, 2, dwords, new byte[12]));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.action().kind()).isEqualTo(Kind.BUS);
            assertThat(cursor.present()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem()).isNull();
        }

        @Test
        void areCheckedSince74() {
            assertThat(counter("v6-7.4", frame("v6-7.4").section(10, 2, 3, new byte[12])))
                    .isEqualTo(Counter.BADLEN);
        }

        @Test
        void thatAreMissingMakeTheDraftReadBeyondThePacketAfterwards() {
            SectionCursor cursor = cursor("v5draft", frame("v5draft").section(10, 9, 0, new byte[12]));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.problem().counter()).isNull();
        }
    }

    private static FrameBuilder frame(String name) {
        return FrameBuilder.of(Dialect.of(name));
    }

    private static Message delete(String name) {
        return MessageBuilder.of(Dialect.of(name), Kind.DEL_C)
                .set("id", 9)
                .set("creatorid", "deadbeef")
                .build();
    }

    private static Message request(String name) {
        return MessageBuilder.of(Dialect.of(name), Kind.UPD_REQ).set("id", 9).build();
    }

    private static SectionCursor cursor(String name, FrameBuilder frame) {
        SectionCursor cursor = new SectionCursor(Dialect.of(name));
        start(cursor, frame);
        return cursor;
    }

    private static void start(SectionCursor cursor, FrameBuilder frame) {
        byte[] packet = frame.build();
        cursor.start(packet, IpHeader.IPV4_SIZE, packet.length);
    }

    private static List<Kind> kinds(SectionCursor cursor) {
        List<Kind> kinds = new ArrayList<>();
        while (cursor.next()) {
            kinds.add(cursor.action().kind());
        }
        return kinds;
    }

    /** The counter of the problem at the end, null if there is none. */
    private static Counter counter(String name, FrameBuilder frame) {
        SectionCursor cursor = cursor(name, frame);
        kinds(cursor);
        assertThat(cursor.problem() == null || cursor.problem().counter() != null)
                .isTrue();
        return cursor.problem() == null ? null : cursor.problem().counter();
    }
}
