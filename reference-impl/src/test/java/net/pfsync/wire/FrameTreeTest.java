package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What the vectors do not show of the form for people: bytes that are no message, and the problem. */
class FrameTreeTest {
    private static final Dialect V5 = Dialect.of("v5-4.6");
    private static final Dialect V6 = Dialect.of("v6-7.4");

    @Test
    void theBeginningOfACutMessageIsRaw() {
        byte[] body = new byte[15];
        body[7] = 9;
        body[12] = (byte) 0xab;
        JsonNode messages =
                tree(V5, FrameBuilder.of(V5).eof(false).section(7, 2, 0, body)).at("/sections/0/messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.at("/0/id").asText()).isEqualTo("0000000000000009");
        assertThat(messages.at("/1/raw").asText()).isEqualTo("ab0000");
    }

    @Test
    void bytesBetweenLongerMessagesAreNotShown() {
        JsonNode messages =
                tree(V6, FrameBuilder.of(V6).section(7, 2, 4, new byte[32])).at("/sections/0/messages");
        assertThat(messages.toString())
                .isEqualTo("[{\"id\":\"0000000000000000\",\"creatorid\":\"00000000\"},"
                        + "{\"id\":\"0000000000000000\",\"creatorid\":\"00000000\"}]");
    }

    @Test
    void bytesWithoutASectionAreTrailing() {
        JsonNode tree =
                tree(V6, FrameBuilder.of(V6).trailing(new byte[] {1, 2, 3}).padding(new byte[] {4}));
        assertThat(tree.get("sections")).isEmpty();
        assertThat(tree.get("trailing").asText()).isEqualTo("010203");
        assertThat(tree.get("padding").asText()).isEqualTo("04");
        assertThat(tree.get("frame_bytes").asInt()).isEqualTo(44);
    }

    @Test
    void aProblemHasItsCounterPlaceAndWords() {
        FrameBuilder frame = FrameBuilder.of(V6).section(77, 3, 0, new byte[0]);
        assertThat(tree(V6, frame).get("problem").toString())
                .isEqualTo("{\"counter\":\"badact\",\"offset\":40,"
                        + "\"text\":\"action 77 with messages of 0 bytes cannot be skipped\"}");
    }

    @Test
    void aProblemThatIsNotCountedHasNoCounter() {
        JsonNode problem = tree(V6, FrameBuilder.of(V6).protocol(241)).get("problem");
        assertThat(problem.get("counter").isNull()).isTrue();
        assertThat(problem.get("offset").asInt()).isEqualTo(9);
        assertThat(problem.get("text").asText()).isEqualTo("IP protocol 241 is not pfsync's (240)");
    }

    @Test
    void aFrameWithoutAProblemSaysSo() {
        assertThat(tree(V6, FrameBuilder.of(V6)).get("problem").isNull()).isTrue();
    }

    @Test
    void aFieldOutOfRangeIsNamedWithItsPlace() {
        Message insert = MessageBuilder.of(V6, Kind.INS)
                .set("af", 2)
                .set("direction", 1)
                .set("dst.state", 13)
                .build();
        JsonNode problem = tree(V6, FrameBuilder.of(V6).add(insert)).get("problem");
        assertThat(problem.get("counter").asText()).isEqualTo("badval");
        assertThat(problem.get("offset").asInt()).isEqualTo(44 + insert.layout().offset("dst.state"));
        assertThat(problem.get("text").asText()).isEqualTo("INS: dst.state 13 is out of range");
    }

    @Test
    void largeCountersStayPositive() {
        Message insert = MessageBuilder.of(V6, Kind.INS)
                .set("packets[0]", -1L)
                .set("rtableid[0]", -1)
                .set("rule", -1)
                .build();
        JsonNode state = tree(V6, FrameBuilder.of(V6).add(insert)).at("/sections/0/messages/0");
        assertThat(state.at("/packets/0").bigIntegerValue()).isEqualTo("18446744073709551615");
        assertThat(state.at("/rtableid/0").asInt()).isEqualTo(-1);
        assertThat(state.get("rule").asLong()).isEqualTo(4294967295L);
    }

    @Test
    void theFamilyOfAnAddressIsTheKeysThenTheStatesThenAGuess() {
        MessageBuilder insert = MessageBuilder.of(V6, Kind.INS).set("key[0].addr[0]", "2001:db8::1");
        assertThat(address(insert.set("af", 2).set("key[0].af", 24))).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(address(insert.set("af", 24).set("key[0].af", 0))).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(address(insert.set("af", 2).set("key[0].af", 0))).isEqualTo("32.1.13.184");
        assertThat(address(insert.set("af", 99).set("key[0].af", 0))).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(address(insert.set("key[0].addr[0]", "192.0.2.1"))).isEqualTo("192.0.2.1");
    }

    @Test
    void aStatusNobodyKnowsHasNoName() {
        Message bus = MessageBuilder.of(V6, Kind.BUS).set("status", 3).build();
        JsonNode message = tree(V6, FrameBuilder.of(V6).add(bus)).at("/sections/0/messages/0");
        assertThat(message.get("status").asInt()).isEqualTo(3);
        assertThat(message.get("status_name").asText()).isEqualTo("?");
    }

    private static String address(MessageBuilder insert) {
        return tree(V6, FrameBuilder.of(V6).add(insert.build()))
                .at("/sections/0/messages/0/key/0/addr/0")
                .asText();
    }

    private static JsonNode tree(Dialect dialect, FrameBuilder builder) {
        return Fixtures.JSON.valueToTree(FrameTree.of(FrameDecoder.decode(dialect, builder.build())));
    }
}
