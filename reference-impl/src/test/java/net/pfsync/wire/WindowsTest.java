package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pfsync.wire.Corpus.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is decoded from a packet is a window on it: equal to every other window on the same bytes, wherever they lie, and to no other. */
class WindowsTest {

    private static final byte BIT = 0x10;

    static List<Sample> vectors() {
        return Corpus.vectors();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatIsDecodedTwiceIsEqualPartByPart(Sample vector) {
        List<Object> parts = parts(vector.decode());
        List<Object> again =
                parts(new Sample("copy", vector.dialect(), vector.packet().clone()).decode());

        assertThat(again).hasSameSizeAs(parts);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(again.get(i))
                    .isEqualTo(parts.get(i))
                    .hasSameHashCodeAs(parts.get(i))
                    .hasToString(parts.get(i).toString());
            assertThat(parts.get(i).toString()).isNotBlank();
            assertThat(parts.get(i)).isNotEqualTo("something else");
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aPacketWithAnotherByteIsAnotherFrame(Sample vector) {
        Frame frame = vector.decode();
        for (int i = 0; i < vector.packet().length; i++) {
            byte[] packet = vector.packet().clone();
            packet[i] ^= BIT;
            Frame other = FrameDecoder.decode(vector.dialect(), packet);
            assertThat(other).as("byte %d", i).isNotEqualTo(frame);
            assertThat(other.hashCode()).as("byte %d", i).isNotEqualTo(frame.hashCode());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aMessageWithAnotherByteIsAnotherMessage(Sample vector) {
        for (Message message : vector.decode().messages()) {
            for (int i = 0; i < message.size(); i++) {
                byte[] elsewhere = new byte[message.size() + 3];
                int end = message.copyTo(elsewhere, 2);
                assertThat(end).isEqualTo(message.size() + 2);
                elsewhere[2 + i] ^= BIT;
                Message other = at(message, elsewhere, 2);
                assertThat(other).as("byte %d", i).isNotEqualTo(message);
                assertThat(other.hashCode()).as("byte %d", i).isNotEqualTo(message.hashCode());
                elsewhere[2 + i] ^= BIT;
                assertThat(at(message, elsewhere, 2)).isEqualTo(message).hasSameHashCodeAs(message);
            }
        }
    }

    private static Message at(Message message, byte[] array, int offset) {
        return switch (message) {
            case Unknown unknown -> new Unknown(array, offset, unknown.size());
            case EndOfFrame eof -> new EndOfFrame(eof.layout(), array, offset, eof.size());
            default -> message.layout().message(array, offset);
        };
    }

    /** Two messages of different kinds with the same bytes say different things. */
    @Test
    void theSameBytesAsAnotherMessageAreNotEqual() {
        Dialect dialect = Dialect.of("v6-7.4");
        byte[] zeros = new byte[512];
        List<Message> messages = Stream.of(
                        Kind.CLR,
                        Kind.INS,
                        Kind.INS_ACK,
                        Kind.UPD,
                        Kind.UPD_C,
                        Kind.UPD_REQ,
                        Kind.DEL,
                        Kind.DEL_C,
                        Kind.BUS,
                        Kind.TDB)
                .map(kind -> dialect.layout(kind).message(zeros, 0))
                .toList();

        assertThat(messages).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownMessageHasALayoutWithoutFields() {
        Unknown unknown = new Unknown(new byte[] {1, 2, 3}, 1, 2);

        assertThat(unknown.layout().fields()).isEmpty();
        assertThat(unknown.kind()).isNull();
        assertThat(unknown).hasToString("unknown 0203");
    }

    @Test
    void sectionsDifferByWhatTheyAnnounce() {
        Frame frame = vectors().stream()
                .filter(vector -> vector.name().equals("v6-7.4_longer_message"))
                .findFirst()
                .orElseThrow()
                .decode();
        Section section = frame.sections().getFirst();

        assertThat(shifted(section, 1, 0)).isNotEqualTo(section);
        assertThat(shifted(section, 0, 1)).isNotEqualTo(section);
        assertThat(shifted(section, 0, 0)).isEqualTo(section).hasSameHashCodeAs(section);
        assertThat(new Section(
                        section.action(),
                        section.pad(),
                        section.count(),
                        List.of(),
                        section.array(),
                        section.offset(),
                        section.size(),
                        section.cut()))
                .isNotEqualTo(section);
    }

    private static Section shifted(Section section, int size, int cut) {
        return new Section(
                section.action(),
                section.pad(),
                section.count(),
                section.messages(),
                section.array(),
                section.offset(),
                section.size() - size,
                section.cut() + cut);
    }

    /** A frame and everything in it. */
    private static List<Object> parts(Frame frame) {
        List<Object> parts = new ArrayList<>(List.of(frame, frame.ip(), frame.header()));
        parts.addAll(frame.sections());
        for (Message message : frame.messages()) {
            parts.add(message);
            if (message instanceof StateMessage state) {
                parts.addAll(List.of(state.src(), state.dst()));
            }
        }
        return parts;
    }
}
