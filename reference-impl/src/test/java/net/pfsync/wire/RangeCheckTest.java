package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last value that passes and the first that does not, for every field that a receiver checks. */
class RangeCheckTest {
    static List<String> names() {
        return Dialect.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void timeoutAndPeersAreCheckedInEveryStateAndUpdate(String name) {
        Dialect dialect = Dialect.of(name);
        for (Kind kind : List.of(Kind.INS, Kind.UPD, Kind.UPD_C)) {
            MessageBuilder good = good(dialect, kind);
            assertThat(wrong(dialect, good)).as(kind.name()).isNull();
            bounds(dialect, good, "timeout", dialect.timeoutMax() - 1);
            bounds(dialect, good, "src.state", 12);
            bounds(dialect, good, "dst.state", 12);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void directionAndFamilyAreCheckedInAnInsertOnly(String name) {
        Dialect dialect = Dialect.of(name);
        String family = family(dialect);
        bounds(dialect, good(dialect, Kind.INS), "direction", 2);
        assertThat(wrong(dialect, good(dialect, Kind.INS).set("direction", 0))).isNull();
        assertThat(wrong(dialect, good(dialect, Kind.INS).set(family, 0))).isEqualTo(family);
        assertThat(wrong(dialect, good(dialect, Kind.INS).set(family, 99))).isEqualTo(family);
        assertThat(wrong(dialect, good(dialect, Kind.UPD).set("direction", 9).set(family, 99)))
                .isNull();
    }

    @Test
    void ipv6IsAnotherNumberOnFreeBsd() {
        Dialect open = Dialect.of("v6-4.7");
        Dialect free = Dialect.of("fbsd-1301");
        assertThat(wrong(open, good(open, Kind.INS).set("af", 24))).isNull();
        assertThat(wrong(open, good(open, Kind.INS).set("af", 28))).isEqualTo("af");
        assertThat(wrong(free, good(free, Kind.INS).set("af", 28))).isNull();
        assertThat(wrong(free, good(free, Kind.INS).set("af", 24))).isEqualTo("af");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6-5.1", "v6-5.2", "v6-7.4", "v6-7.9"})
    void theFamiliesOfTheKeysAreBothZeroOrBothValidSince51(String name) {
        Dialect dialect = Dialect.of(name);
        MessageBuilder zero = good(dialect, Kind.INS).set("key[0].af", 0).set("key[1].af", 0);
        assertThat(wrong(dialect, zero)).isNull();
        assertThat(wrong(dialect, zero.set("key[0].af", 24))).isEqualTo("key[1].af");
        assertThat(wrong(dialect, zero.set("key[1].af", 2))).isNull();
        assertThat(wrong(dialect, zero.set("key[0].af", 99))).isEqualTo("key[0].af");
    }

    @Test
    void theFamiliesOfTheKeysAreNotCheckedIn50() {
        Dialect dialect = Dialect.of("v6-5.0");
        assertThat(wrong(dialect, good(dialect, Kind.INS).set("key[0].af", 99))).isNull();
    }

    @ParameterizedTest
    @MethodSource("names")
    void spiAndFamilyOfATdbAreChecked(String name) {
        Dialect dialect = Dialect.of(name);
        MessageBuilder good = good(dialect, Kind.TDB);
        assertThat(wrong(dialect, good)).isNull();
        assertThat(wrong(dialect, good.set("spi", 255))).isEqualTo("spi");
        assertThat(wrong(dialect, good.set("spi", 256))).isNull();
        assertThat(wrong(dialect, good.set("spi", 0xffff_ffffL))).isNull();
        assertThat(wrong(dialect, good.set("dst", new byte[28]))).isEqualTo("dst");
        assertThat(RangeCheck.counter(good.build())).isEqualTo(Counter.BADSTATE);
    }

    @Test
    void theOtherMessagesHaveNothingToCheck() {
        Dialect dialect = Dialect.of("v5-4.6");
        for (Kind kind : List.of(Kind.CLR, Kind.INS_ACK, Kind.UPD_REQ, Kind.DEL, Kind.DEL_C, Kind.BUS, Kind.EOF)) {
            Layout layout = dialect.layout(kind);
            byte[] bytes = new byte[layout.size()];
            Arrays.fill(bytes, (byte) 0xff);
            assertThat(RangeCheck.wrong(dialect, layout.message(bytes, 0))).isNull();
        }
    }

    private static void bounds(Dialect dialect, MessageBuilder good, String field, int last) {
        MessageBuilder builder = MessageBuilder.from(good.build());
        assertThat(wrong(dialect, builder.set(field, last))).isNull();
        assertThat(wrong(dialect, builder.set(field, last + 1))).isEqualTo(field);
        assertThat(wrong(dialect, builder.set(field, 255))).isEqualTo(field);
        assertThat(RangeCheck.counter(builder.build())).isEqualTo(Counter.BADVAL);
    }

    /** The name of the wrong field, null if there is none. */
    private static String wrong(Dialect dialect, MessageBuilder builder) {
        Field field = RangeCheck.wrong(dialect, builder.build());
        return field == null ? null : field.name();
    }

    private static String family(Dialect dialect) {
        return dialect.layout(Kind.INS).offset("af") < 0 ? "wire_af" : "af";
    }

    private static MessageBuilder good(Dialect dialect, Kind kind) {
        MessageBuilder builder = MessageBuilder.of(dialect, kind);
        if (kind == Kind.TDB) {
            return builder.set("spi", 0x1001).set("dst", "192.0.2.99");
        }
        if (kind == Kind.UPD_C) {
            return builder;
        }
        if (dialect.layout(kind).offset("stack_af") >= 0) {
            builder.set("stack_af", 2);
        }
        return builder.set(family(dialect), 2).set("direction", 1);
    }
}
