package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A mistake in a layout is named with its line. */
class DialectParserTest {
    private static final String GOOD = """
        # a comment
        inet6 24
        struct pair 3
            0  a  u8
            1  b  u16
        message CLR 8
            0  first   pair
            3  ifname  char[4]
            7  last    u8
        """;

    @Test
    void aStructureIsSpreadOutUnderTheNameOfItsField() {
        Layout layout = DialectParser.parse("x", GOOD).layout("CLR");
        assertThat(layout.fields())
                .containsExactly(
                        new Field("first.a", 0, 1, Field.Type.U8, Field.Order.NONE),
                        new Field("first.b", 1, 2, Field.Type.U16, Field.Order.NET),
                        new Field("ifname", 3, 4, Field.Type.CHARS, Field.Order.NONE),
                        new Field("last", 7, 1, Field.Type.U8, Field.Order.NONE));
    }

    @Test
    void whatIsTakenFromAnotherResourceCanBeSaidOtherwise() {
        DialectTable table = DialectParser.parse("x", "like v4\nversion 99\n");
        assertThat(table.number("version")).isEqualTo(99);
        assertThat(table.layout("CLR").size()).isEqualTo(24);
    }

    @Test
    void aGapIsRefused() {
        refused("3  ifname", "4  ifname", "x line 8: field ifname at 4 instead of 3");
    }

    @Test
    void aWrongSizeIsRefused() {
        refused("message CLR 8", "message CLR 9", "x line 9: CLR has 8 bytes instead of 9");
        refused("struct pair 3", "struct pair 4", "x line 6: pair has 3 bytes instead of 4");
    }

    @Test
    void anUnknownTypeIsRefused() {
        refused("u16", "u17", "x line 5: ");
    }

    @Test
    void aFieldOfNothingIsRefused() {
        refused("struct pair 3", "version 3", "x line 4: field a at 0");
    }

    @Test
    void aResourceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> DialectParser.parse("x", "like v7\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("x line 1: no resource v7.layout");
    }

    private static void refused(String right, String wrong, String message) {
        assertThatThrownBy(() -> DialectParser.parse("x", GOOD.replace(right, wrong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message);
    }
}
