package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpMessageTest {

    private static final MacAddress ASKER = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress OWNER = MacAddress.parse("00:00:5e:00:53:01");
    private static final int ASKERS = Ipv4Address.parse("192.0.2.2");
    private static final int WANTED = Ipv4Address.parse("192.0.2.1");
    private static final byte[] QUESTION = HexFormat.of()
            .parseHex("ffffffffffff" + "00005e005302" + "0806" + "0001080006040001" + "00005e005302" + "c0000202"
                    + "000000000000" + "c0000201" + "000000000000000000000000000000000000");

    @Test
    void aQuestionGoesToAllAndComesBackAsItWas() {
        ArpMessage question = ArpMessage.question(ASKER, ASKERS, WANTED);

        assertThat(question.frame(MacAddress.BROADCAST)).isEqualTo(QUESTION).hasSize(Ethernet.SHORTEST);
        assertThat(ArpMessage.in(QUESTION)).isEqualTo(question);
    }

    @Test
    void theOneWhoHasTheAddressAnswersAndNobodyElse() {
        ArpMessage question = ArpMessage.in(QUESTION);

        ArpMessage answer = question.answer(OWNER, 7, WANTED);
        assertThat(answer).isEqualTo(new ArpMessage(false, OWNER, WANTED, ASKER, ASKERS));
        assertThat(HexFormat.of().formatHex(answer.frame(ASKER), 0, 42))
                .isEqualTo("00005e005302" + "00005e005301" + "0806" + "0001080006040002" + "00005e005301" + "c0000201"
                        + "00005e005302" + "c0000202");
        assertThat(question.answer(OWNER, 7)).isNull();
        assertThat(question.answer(OWNER)).isNull();
        assertThat(answer.answer(ASKER, ASKERS))
                .as("an answer asks for nothing")
                .isNull();
    }

    @Test
    void aFrameThatEndsTooSoonIsNoMessage() {
        for (int length = 0; length < 42; length++) {
            assertThat(ArpMessage.in(Arrays.copyOf(QUESTION, length))).isNull();
        }
        assertThat(ArpMessage.in(Arrays.copyOf(QUESTION, 42))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 08, another type of frame",
        "15, 06, another kind of hardware",
        "16, 86, another protocol",
        "18, 08, longer hardware addresses",
        "19, 10, longer addresses",
        "21, 03, another operation",
        "22, 01, a group that asks",
    })
    void anythingElseIsNoMessage(int index, String value, String why) {
        byte[] frame = QUESTION.clone();
        frame[index] = (byte) Integer.parseInt(value, 16);
        if (index == 12) {
            frame[13] = 0;
        }
        assertThat(ArpMessage.in(frame)).as(why).isNull();
    }

    @Test
    void nobodyAsksNothing() {
        byte[] frame = QUESTION.clone();
        Arrays.fill(frame, 22, 28, (byte) 0);
        assertThat(ArpMessage.in(frame)).isNull();
    }
}
