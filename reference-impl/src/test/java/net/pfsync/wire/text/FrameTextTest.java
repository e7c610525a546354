package net.pfsync.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Fixtures;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of vectors, each line written down once and compared with TEXT-FORMATS.md by eye. That of version 6 is compared
 * with recorded outputs of the real tool where {@code dump} is tested.
 */
class FrameTextTest {

    /** A vector, the flags, and the text. */
    record Expected(String vector, String flags, String text) {
        @Override
        public String toString() {
            return vector + " " + flags;
        }
    }

    static Stream<Expected> expected() throws IOException {
        try (InputStream in = FrameTextTest.class.getResourceAsStream("vectors.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^== ", -1)).skip(1).map(each -> {
                String head = each.substring(0, each.indexOf('\n'));
                String[] words = head.split(" ", 2);
                return new Expected(words[0], words.length == 1 ? "" : words[1], each.substring(head.length() + 1));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theTextOfAVector(Expected expected) {
        String flags = expected.flags();
        int verbose = (int) flags.chars().filter(each -> each == 'v').count();
        TextOptions options = new TextOptions(verbose, flags.contains("e"), false);
        assertThat(text(expected.vector(), options, Integer.MAX_VALUE)).isEqualTo(expected.text());
    }

    /** Whatever is cut off, the text says what is there and stops. */
    @Test
    void everyTruncationOfEveryVectorHasAText() {
        for (String vector : Fixtures.names("vectors", ".hex")) {
            int length = Fixtures.hex("vectors/" + vector + ".hex").length;
            for (int captured = IpHeader.IPV6_SIZE; captured < length; captured++) {
                assertThat(text(vector, new TextOptions(3, true, true), captured))
                        .endsWith("\n");
            }
        }
    }

    @Test
    void aNameOfAnInterfaceCannotWriteToTheTerminal() {
        byte[] packet = Fixtures.hex("vectors/v6-4.7_clr_if.hex");
        Layout clear = Dialect.of("v6-7.4").layout(Kind.CLR);
        byte[] name = {0x1b, '[', '2', 'J', ' ', '\\', (byte) 0xff};
        System.arraycopy(name, 0, packet, IpHeader.IPV4_SIZE + 24 + clear.ifname, name.length);
        assertThat(text(Dialect.of("v6-7.4"), TextOptions.NONE, packet, packet.length))
                .contains(" interface: \\033[2J\\040\\\\\\377\n");
    }

    /** A state whose keys have different families is shown from the side of its first index. */
    @Test
    void aTranslatedFamily() {
        byte[] packet = Fixtures.hex("vectors/v6-7.4_ins_tcp4.hex");
        Layout insert = Dialect.of("v6-7.4").layout(Kind.INS);
        int state = IpHeader.IPV4_SIZE + 24;
        ByteAccess.put8(packet, state + insert.offset("key[1].af"), insert.inet6());
        assertThat(text(Dialect.of("v6-7.4"), TextOptions.NONE, packet, packet.length))
                .contains("em0 tcp 198.51.100.9:443 (c633:6409::[443]) -> 203.0.113.5:51234 (a01:203::[40000])    \n");
    }

    @Test
    void aRoutingDomain() {
        byte[] packet = Fixtures.hex("vectors/v6-7.4_ins_udp6.hex");
        Layout insert = Dialect.of("v6-7.4").layout(Kind.INS);
        ByteAccess.put16(packet, IpHeader.IPV4_SIZE + 24 + insert.offset("key[1].rdomain"), 3);
        assertThat(text(Dialect.of("v6-7.4"), TextOptions.NONE, packet, packet.length))
                .contains("vlan12 udp (3) 2001:db8:1::53[53] <- (3) 2001:db8:1::10[40001]       MULTIPLE:SINGLE\n");
    }

    private static String text(String vector, TextOptions options, int captured) {
        byte[] packet = Fixtures.hex("vectors/" + vector + ".hex");
        Dialect dialect = Dialect.of(vector.substring(0, vector.indexOf('_')));
        return text(dialect, options, packet, Math.min(captured, packet.length));
    }

    private static String text(Dialect dialect, TextOptions options, byte[] packet, int captured) {
        StringBuilder text = new StringBuilder();
        byte[] bytes = Arrays.copyOf(packet, captured);
        new PacketText(new FrameText(dialect, options), options).append(text, IpHeader.parse(bytes), captured);
        return text.toString();
    }
}
