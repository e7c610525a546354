package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dialects' tables say what the kernels' structures say. */
class LayoutTableTest {
    private static final JsonNode LAYOUTS = Fixtures.json("layouts.json");

    static List<String> names() {
        return Dialect.names();
    }

    @Test
    void everyDialectOfTheSpecificationIsThereAndNoOther() {
        List<String> expected = new ArrayList<>();
        LAYOUTS.fieldNames().forEachRemaining(name -> {
            if (!name.startsWith("_")) {
                expected.add(name);
            }
        });
        assertThat(Dialect.names()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFieldOfEveryMessageIsWhereTheCompilerPutIt(String name) {
        Dialect dialect = Dialect.of(name);
        JsonNode messages = LAYOUTS.get(name);
        messages.fieldNames().forEachRemaining(message -> {
            List<Field> expected = new ArrayList<>();
            messages.get(message).forEach(field -> expected.add(field(field)));
            assertThat(layout(dialect, message).fields()).as(message).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void versionActionsAndSizesAreTheKernels(String name) {
        Dialect dialect = Dialect.of(name);
        JsonNode meta = LAYOUTS.get("_meta").get(name);
        assertThat(dialect.versionByte()).isEqualTo(meta.get("version_byte").asInt());
        Set<Kind> kinds = new HashSet<>();
        meta.get("actions").fieldNames().forEachRemaining(message -> {
            Kind kind = kind(message);
            kinds.add(kind);
            assertThat(dialect.number(kind))
                    .as(message)
                    .isEqualTo(meta.get("actions").get(message).asInt());
            assertThat(dialect.action(dialect.number(kind)).kind()).isEqualTo(kind);
        });
        for (Kind kind : Kind.values()) {
            assertThat(dialect.has(kind)).as(kind.name()).isEqualTo(kinds.contains(kind));
        }
        meta.get("sizes")
                .fieldNames()
                .forEachRemaining(message -> assertThat(layout(dialect, message).size())
                        .as(message)
                        .isEqualTo(meta.get("sizes").get(message).asInt()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noNumberIsAssignedFromTheFirstInvalidOneOn(String name) {
        Dialect dialect = Dialect.of(name);
        for (int number = 0; number < 256; number++) {
            Action action = dialect.action(number);
            assertThat(action.number()).isEqualTo(number);
            assertThat(action.text().equals("?")).as("" + number).isEqualTo(number >= dialect.maxAction());
            assertThat(action.layout() == null).as("" + number).isEqualTo(action.kind() == null);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPeerIsTheSameInEveryDialect(String name) {
        Layout layout = Dialect.of(name).layout(Kind.UPD_C);
        assertThat(layout.offset("dst.seqlo")).isEqualTo(layout.dst + WirePeer.SEQLO);
        assertThat(layout.offset("src.seqhi")).isEqualTo(layout.src + WirePeer.SEQHI);
        assertThat(layout.offset("src.seqdiff")).isEqualTo(layout.src + WirePeer.SEQDIFF);
        assertThat(layout.offset("src.max_win")).isEqualTo(layout.src + WirePeer.MAX_WIN);
        assertThat(layout.offset("src.mss")).isEqualTo(layout.src + WirePeer.MSS);
        assertThat(layout.offset("src.state")).isEqualTo(layout.src + WirePeer.STATE);
        assertThat(layout.offset("src.wscale")).isEqualTo(layout.src + WirePeer.WSCALE);
        assertThat(layout.offset("src.scrub.pfss_flags")).isEqualTo(layout.src + WirePeer.PFSS_FLAGS);
        assertThat(layout.offset("src.scrub.pfss_ttl")).isEqualTo(layout.src + WirePeer.PFSS_TTL);
        assertThat(layout.offset("src.scrub.scrub_flag")).isEqualTo(layout.src + WirePeer.SCRUB_FLAG);
        assertThat(layout.offset("src.scrub.pfss_ts_mod")).isEqualTo(layout.src + WirePeer.PFSS_TS_MOD);
    }

    /** Numbers that are not in the compiled structures: WIRE.md sections 4, 6.9 and 7, BEHAVIOUR.md 4.1. */
    @ParameterizedTest
    @CsvSource({
        "v3, 11, 20, 24, 40, false, false", "v4, 11, 20, 24, 40, false, false",
        "v5draft, 13, 20, 24, 64, false, false", "v5-4.6, 13, 20, 24, 44, false, false",
        "fbsd-1301, 13, 20, 28, 44, true, false", "fbsd-1400, 15, 25, 28, 64, true, false",
        "fbsd-1500, 17, 25, 28, 64, true, false", "v6-4.7, 15, 20, 24, 40, false, false",
        "v6-4.8, 15, 20, 24, 40, false, false", "v6-5.0, 15, 20, 24, 40, false, false",
        "v6-5.1, 15, 20, 24, 40, false, true", "v6-5.2, 16, 20, 24, 40, false, true",
        "v6-5.7, 16, 20, 24, 40, false, true", "v6-6.9, 16, 20, 24, 40, false, true",
        "v6-7.4, 16, 20, 24, 40, false, true", "v6-7.9, 16, 20, 24, 40, false, true"
    })
    void theNumbersAreTheKernels(
            String name, int maxAction, int timeouts, int inet6, int minimum, boolean ipv6, boolean keyFamilies) {
        Dialect dialect = Dialect.of(name);
        assertThat(dialect.maxAction()).isEqualTo(maxAction);
        assertThat(dialect.timeoutMax()).isEqualTo(timeouts);
        assertThat(dialect.inet6()).isEqualTo(inet6);
        assertThat(dialect.minimumPacket()).isEqualTo(minimum);
        assertThat(dialect.ipv6Transport()).isEqualTo(ipv6);
        assertThat(dialect.checksKeyFamilies()).isEqualTo(keyFamilies);
        assertThat(dialect.releases()).isNotEmpty();
    }

    @Test
    void newerFreeBsdAcceptsTheStatesOfOlderOnes() {
        Dialect dialect = Dialect.of("fbsd-1500");
        assertThat(dialect.action(1).layout().size()).isEqualTo(242);
        assertThat(dialect.action(13).layout().size()).isEqualTo(277);
        assertThat(dialect.action(15).layout().size()).isEqualTo(360);
        assertThat(dialect.number(Kind.INS)).isEqualTo(15);
        assertThat(dialect.action(14).kind()).isEqualTo(Kind.UPD);
        assertThat(dialect.action(6).kind()).isNull();
    }

    @Test
    void anUnknownDialectIsRefusedWithTheOnesThatAreNear() {
        assertThatThrownBy(() -> Dialect.of("v6-7.3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such dialect: 'v6-7.3'; near: v6-")
                .hasMessageContaining("v5draft");
    }

    @Test
    void aMessageThatADialectDoesNotHaveIsRefused() {
        assertThat(Dialect.of("v6-7.4").has(Kind.EOF)).isFalse();
        assertThatThrownBy(() -> Dialect.of("v6-7.4").layout(Kind.EOF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v6-7.4 has no EOF");
    }

    private static Layout layout(Dialect dialect, String message) {
        return switch (message) {
            case "HEADER" -> dialect.header();
            case "SUBHEADER" -> dialect.subheader();
            default -> dialect.layout(kind(message));
        };
    }

    private static Kind kind(String message) {
        return switch (message) {
            case "UREQ" -> Kind.UPD_REQ;
            case "TDB_UPD" -> Kind.TDB;
            default -> Kind.valueOf(message);
        };
    }

    private static Field field(JsonNode field) {
        String type = field.get("type").asText();
        return new Field(
                field.get("field").asText(),
                field.get("offset").asInt(),
                field.get("size").asInt(),
                type(type),
                Field.Order.valueOf(
                        field.get("order").asText().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static Field.Type type(String type) {
        if (type.startsWith("char[")) {
            return Field.Type.CHARS;
        }
        if (type.startsWith("bytes[")) {
            return Field.Type.BYTES;
        }
        return type.equals("sockaddr_union") ? Field.Type.SOCKADDR : Field.Type.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
