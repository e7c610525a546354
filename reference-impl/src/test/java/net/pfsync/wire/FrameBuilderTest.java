package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A frame is right by default, and every byte of it can be wrong on purpose. */
class FrameBuilderTest {
    private static final Dialect V4 = Dialect.of("v4");
    private static final Dialect DRAFT = Dialect.of("v5draft");
    private static final Dialect V5 = Dialect.of("v5-4.6");
    private static final Dialect V6 = Dialect.of("v6-7.4");

    @Test
    void everyCapturedPacketIsBuiltAgainFromItsMessages() {
        for (Corpus.Sample sample : Corpus.captures()) {
            assertThat(rebuild(sample.decode())).as(sample.name()).isEqualTo(sample.packet());
        }
    }

    @Test
    void everyWellFormedVectorIsBuiltAgainFromItsMessages() {
        int built = 0;
        for (Corpus.Sample sample : Corpus.vectors()) {
            Frame frame = sample.decode();
            boolean eof = frame.sections().stream().anyMatch(section -> section.kind() == Kind.EOF);
            if (frame.problem() == null
                    && wellFormed(frame)
                    && eof == sample.dialect().has(Kind.EOF)) {
                assertThat(rebuild(frame)).as(sample.name()).isEqualTo(sample.packet());
                built++;
            }
        }
        assertThat(built).isGreaterThan(120);
    }

    private static boolean wellFormed(Frame frame) {
        return frame.trailing().length == 0
                && frame.sections().stream()
                        .allMatch(section -> section.kind() != null
                                && !(section.kind() == Kind.EOF && section.count() != 1)
                                && (section.kind() == Kind.EOF
                                        || section.size()
                                                        - 4
                                                                * (frame.dialect()
                                                                                .framing()
                                                                                .subheaders()
                                                                        ? 1
                                                                        : 0)
                                                == section.messages().size()
                                                        * section.action()
                                                                .layout()
                                                                .size()));
    }

    private static byte[] rebuild(Frame frame) {
        FrameBuilder builder = FrameBuilder.of(frame.dialect())
                .source(frame.ip().source())
                .destination(frame.ip().destination())
                .id(frame.ip().id())
                .checksum(frame.header().checksum());
        for (Message message : frame.messages()) {
            if (message instanceof EndOfFrame eof) {
                builder.hmac(eof.hmac());
            } else {
                builder.add(message);
            }
        }
        return builder.build();
    }

    @Test
    void anEmptyFrameIsAsLongAsTheKernelsMinimum() {
        for (String name : List.of("v5draft", "v5-4.6", "fbsd-1301", "v6-4.7", "v6-7.4")) {
            Dialect dialect = Dialect.of(name);
            assertThat(FrameBuilder.of(dialect).build()).as(name).hasSize(dialect.minimumPacket());
        }
        assertThat(FrameBuilder.of(Dialect.of("fbsd-1500"))
                        .destination(IpHeader.GROUP6)
                        .build())
                .hasSize(Dialect.of("fbsd-1500").minimumPacket());
    }

    @Test
    void theEncapsulationIsTheKernels() {
        IpHeader ip = ip(FrameBuilder.of(V6).source("10.0.0.1").add(delete(V6, 1)));
        assertThat(ip.version()).isEqualTo(4);
        assertThat(ip.ihl()).isEqualTo(5);
        assertThat(ip.tos()).isEqualTo(0x10);
        assertThat(ip.totalLength()).isEqualTo(56);
        assertThat(ip.df()).isTrue();
        assertThat(ip.fragment()).isFalse();
        assertThat(ip.ttl()).isEqualTo(255);
        assertThat(ip.protocol()).isEqualTo(240);
        assertThat(ip.checksum()).isEqualTo(ip.rightChecksum());
        assertThat(ip.source()).isEqualTo("10.0.0.1");
        assertThat(ip.destination()).isEqualTo("224.0.0.240");
    }

    @Test
    void neighboursOfOneActionShareASection() {
        Frame frame = decode(V6, FrameBuilder.of(V6).add(delete(V6, 1), delete(V6, 2), request(V6, 3), delete(V6, 4)));
        assertThat(frame.problem()).isNull();
        assertThat(frame.sections()).extracting(Section::kind).containsExactly(Kind.DEL_C, Kind.UPD_REQ, Kind.DEL_C);
        assertThat(frame.sections()).extracting(Section::count).containsExactly(2, 1, 1);
        assertThat(frame.sections()).extracting(Section::pad).containsExactly(3, 3, 3);
        assertThat(frame.messages()).containsExactly(delete(V6, 1), delete(V6, 2), request(V6, 3), delete(V6, 4));
    }

    @Test
    void aSectionMadeOfBytesSharesWithNobody() {
        byte[] body = delete(V6, 1).bytes();
        Frame frame = decode(V6, FrameBuilder.of(V6).section(7, 1, 3, body).add(delete(V6, 2)));
        assertThat(frame.sections()).extracting(Section::count).containsExactly(1, 1);
    }

    @Test
    void anOlderStateOfFreeBsdGoesUnderItsOwnNumber() {
        Dialect dialect = Dialect.of("fbsd-1500");
        Message older =
                MessageBuilder.of(dialect.action(13).layout()).set("af", 2).build();
        Frame frame = decode(dialect, FrameBuilder.of(dialect).add(older));
        assertThat(frame.sections().getFirst().action().number()).isEqualTo(13);
        assertThat(frame.messages().getFirst()).isEqualTo(older);
    }

    @Test
    void v4HasOneActionAndSendsClrWithCountZero() {
        Message clear = MessageBuilder.of(V4, Kind.CLR).set("creatorid", 7).build();
        Frame frame = decode(V4, FrameBuilder.of(V4).add(clear));
        assertThat(frame.sections().getFirst().count()).isZero();
        assertThat(frame.messages()).containsExactly(clear);
        assertThatThrownBy(() -> FrameBuilder.of(V4).add(clear).add(delete(V4, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one action");
    }

    @Test
    void theVersionCanBeAnother() {
        assertThat(problem(V6, FrameBuilder.of(V6).version(5)).counter()).isEqualTo(Counter.BADVER);
        assertThat(decode(V6, FrameBuilder.of(V6).version(255)).header().version())
                .isEqualTo(255);
    }

    @Test
    void thePaddingOfTheHeaderCanBeSet() {
        assertThat(FrameBuilder.of(V6).pad(0xab).build()[21]).isEqualTo((byte) 0xab);
    }

    @Test
    void theLengthCanBeWrong() {
        FrameBuilder builder = FrameBuilder.of(V6).add(delete(V6, 1));
        assertThat(decode(V6, builder).header().len()).isEqualTo(36);
        assertThat(problem(V6, builder.len(37)).counter()).isEqualTo(Counter.BADLEN);
        assertThat(decode(V6, builder.len(0)).header().len()).isZero();
    }

    @Test
    void theChecksumOfTheRulesetCanBeSetButNotItsSize() {
        byte[] checksum = HexFormat.of().parseHex("5f3c119a07e244d8b16e2093cafe510d");
        assertThat(decode(V5, FrameBuilder.of(V5).checksum(checksum)).header().checksum())
                .isEqualTo(checksum);
        assertThatThrownBy(() -> FrameBuilder.of(V5).checksum(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCountOfASectionCanBeWrong() {
        FrameBuilder builder = FrameBuilder.of(V5).eof(false).add(delete(V5, 1)).sectionCount(3);
        assertThat(decode(V5, builder).sections().getFirst().count()).isEqualTo(3);
        assertThat(problem(V5, builder).counter()).isEqualTo(Counter.BADLEN);
        Message state = MessageBuilder.of(V4, Kind.INS).build();
        assertThat(problem(V4, FrameBuilder.of(V4).add(state).sectionCount(2)).counter())
                .isEqualTo(Counter.BADLEN);
    }

    @Test
    void theLengthOfAMessageCanBeWrong() {
        FrameBuilder builder = FrameBuilder.of(V6).add(delete(V6, 1)).sectionLen(2);
        Section section = decode(V6, builder).sections().getFirst();
        assertThat(section.pad()).isEqualTo(2);
        assertThat(section.messages()).first().isInstanceOf(Unknown.class);
    }

    @Test
    void thePaddingOfASectionCanBeSet() {
        FrameBuilder builder = FrameBuilder.of(V5).add(delete(V5, 1)).sectionPad(0xff);
        assertThat(decode(V5, builder).sections().getFirst().pad()).isEqualTo(0xff);
        assertThat(decode(V5, builder).problem()).isNull();
    }

    @Test
    void anActionCanBeAnyNumber() {
        FrameBuilder builder = FrameBuilder.of(V5).section(200, 1, 0, new byte[0]);
        assertThat(decode(V5, builder).sections().getFirst().action().number()).isEqualTo(200);
        assertThat(problem(V5, builder).counter()).isEqualTo(Counter.BADACT);
    }

    @Test
    void eofCanBeMissing() {
        assertThat(decode(V5, FrameBuilder.of(V5).eof(false)).sections()).isEmpty();
        assertThat(problem(DRAFT, FrameBuilder.of(DRAFT).eof(false)).counter()).isNull();
        assertThatThrownBy(() -> FrameBuilder.of(V6).eof(true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHmacCanHaveAnyBytesAndAnyLength() {
        byte[] twenty = HexFormat.of().parseHex("dec0ad0b0102030405060708090a0b0c0d0e0f10");
        Frame frame = decode(DRAFT, FrameBuilder.of(DRAFT).hmac(twenty));
        assertThat(((EndOfFrame) frame.messages().getFirst()).hmac()).isEqualTo(twenty);
        assertThat(problem(DRAFT, FrameBuilder.of(DRAFT).hmac(new byte[8])).counter())
                .isEqualTo(Counter.BADACT);
        assertThat(problem(V5, FrameBuilder.of(V5).hmac(new byte[20])).counter())
                .isEqualTo(Counter.BADLEN);
    }

    @Test
    void bytesCanFollowInsideAndOutsideTheLength() {
        byte[] junk = {0x4a, 0x4a, 0x4a};
        Frame outside = decode(V6, FrameBuilder.of(V6).add(delete(V6, 1)).trailing(junk));
        assertThat(outside.header().len()).isEqualTo(36);
        assertThat(outside.ip().totalLength()).isEqualTo(59);
        assertThat(outside.trailing()).isEqualTo(junk);
        Frame inside = decode(V6, FrameBuilder.of(V6).add(delete(V6, 1)).trailingInside(junk));
        assertThat(inside.header().len()).isEqualTo(39);
        assertThat(inside.trailing()).isEqualTo(junk);
    }

    @Test
    void bytesCanFollowTheIpPacket() {
        Frame frame = decode(V6, FrameBuilder.of(V6).padding(new byte[] {1, 2}));
        assertThat(frame.ip().totalLength()).isEqualTo(40);
        assertThat(frame.padding()).containsExactly(1, 2);
        assertThat(frame.encode()).hasSize(42).endsWith(1, 2);
        assertThat(frame.problem()).isNull();
    }

    @Test
    void theFieldsOfTheIpHeaderCanBeSet() {
        IpHeader ip = ip(FrameBuilder.of(V6)
                .destination("10.0.0.2")
                .ttl(64)
                .tos(0)
                .id(0x1d2e)
                .df(false)
                .protocol(241));
        assertThat(ip.destination()).isEqualTo("10.0.0.2");
        assertThat(ip.ttl()).isEqualTo(64);
        assertThat(ip.tos()).isZero();
        assertThat(ip.id()).isEqualTo(0x1d2e);
        assertThat(ip.df()).isFalse();
        assertThat(ip.protocol()).isEqualTo(241);
        assertThat(ip.checksum()).isEqualTo(ip.rightChecksum());
    }

    @Test
    void theTtlIsCountedBeforeAnythingElse() {
        assertThat(problem(V6, FrameBuilder.of(V6).ttl(254).version(9)).counter())
                .isEqualTo(Counter.BADTTL);
    }

    @Test
    void theIpChecksumCanBeWrong() {
        Problem problem = problem(V6, FrameBuilder.of(V6).ipChecksum(0x1234));
        assertThat(problem.counter()).isNull();
        assertThat(problem.text()).contains("checksum 4660");
        assertThat(problem.offset()).isEqualTo(10);
    }

    @Test
    void theTotalLengthCanBeWrong() {
        assertThat(problem(V6, FrameBuilder.of(V6).totalLength(1000)).text()).contains("1000 bytes, 40 are here");
        Frame shorter = decode(V6, FrameBuilder.of(V6).totalLength(30));
        assertThat(shorter.problem().counter()).isEqualTo(Counter.HDROPS);
        assertThat(shorter.padding()).hasSize(10);
    }

    @Test
    void theIpHeaderCanHaveOptions() {
        Frame frame = decode(
                V6, FrameBuilder.of(V6).options(new byte[] {(byte) 148, 4, 0}).add(delete(V6, 1)));
        assertThat(frame.ip().ihl()).isEqualTo(6);
        assertThat(frame.messages()).containsExactly(delete(V6, 1));
        assertThat(frame.problem()).isNull();
    }

    @Test
    void anIpHeaderThatIsTooShortOrTooLongNeverReachesPfsync() {
        for (int ihl : new int[] {0, 4, 15}) {
            byte[] packet = FrameBuilder.of(V6).build();
            packet[0] = (byte) (0x40 | ihl);
            Frame frame = FrameDecoder.decode(V6, packet);
            assertThat(frame.problem().counter()).isNull();
            assertThat(frame.problem().text()).startsWith("IP header of " + 4 * ihl + " bytes");
            assertThat(frame.encode()).isEqualTo(packet);
        }
        assertThat(problem(V6, FrameBuilder.of(V6).totalLength(19)).text()).startsWith("IP header of 20 bytes");
    }

    @Test
    void thePacketCanBeAFragment() {
        Frame first = decode(V6, FrameBuilder.of(V6).add(delete(V6, 1)).fragment(0, true));
        assertThat(first.problem().text()).startsWith("a fragment at 0");
        assertThat(first.messages()).hasSize(1);
        Frame later = decode(V6, FrameBuilder.of(V6).add(delete(V6, 1)).fragment(128, false));
        assertThat(later.ip().fragmentOffset()).isEqualTo(128);
        assertThat(later.messages()).isEmpty();
        assertThat(later.trailing()).hasSize(36);
    }

    @Test
    void thePacketCanBeCutAnywhere() {
        assertThat(FrameBuilder.of(V6).truncate(30).build()).hasSize(30);
        assertThat(FrameBuilder.of(V6).truncate(0).build()).isEmpty();
        assertThat(FrameBuilder.of(V6).truncate(1000).build()).hasSize(40);
    }

    @Test
    void anIpv6AddressMakesAnIpv6Packet() {
        Dialect dialect = Dialect.of("fbsd-1500");
        Frame frame = decode(
                dialect, FrameBuilder.of(dialect).source("fe80::1").ttl(254).add(delete(dialect, 1)));
        assertThat(frame.ip().version()).isEqualTo(6);
        assertThat(frame.ip().source()).isEqualTo("fe80::1");
        assertThat(frame.ip().destination()).isEqualTo("ff12::f0");
        assertThat(frame.ip().totalLength()).isEqualTo(80);
        assertThat(frame.problem().counter()).isEqualTo(Counter.BADTTL);
        assertThat(frame.problem().offset()).isEqualTo(7);
        assertThatThrownBy(() -> FrameBuilder.of(dialect)
                        .source("fe80::1")
                        .destination("10.0.0.1")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one address is IPv4");
    }

    @Test
    void openBsdDoesNotSpeakOverIpv6() {
        Problem problem = problem(V6, FrameBuilder.of(V6).source("fe80::1"));
        assertThat(problem.counter()).isNull();
        assertThat(problem.text()).contains("IPv6");
    }

    private static Message delete(Dialect dialect, int id) {
        return MessageBuilder.of(dialect, Kind.DEL_C).set("id", id).build();
    }

    private static Message request(Dialect dialect, int id) {
        return MessageBuilder.of(dialect, Kind.UPD_REQ).set("id", id).build();
    }

    private static Frame decode(Dialect dialect, FrameBuilder builder) {
        return FrameDecoder.decode(dialect, builder.build());
    }

    private static Problem problem(Dialect dialect, FrameBuilder builder) {
        return decode(dialect, builder).problem();
    }

    private static IpHeader ip(FrameBuilder builder) {
        return IpHeader.parse(builder.build());
    }
}
