package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.pfsync.wire.Corpus.Sample;

/** Decoding takes any bytes: no exception, all bytes kept, and the cursor sees what the decoder sees. */
class TotalTest {
    private static final List<Sample> VECTORS = Corpus.vectors();

    @Example
    void vectorsCapturesAndCasesAreTotal() {
        VECTORS.forEach(TotalTest::check);
        Corpus.captures().forEach(TotalTest::check);
        Corpus.casePackets().forEach(TotalTest::check);
    }

    @Example
    void everyTruncationOfEveryVectorIsTotal() {
        for (Sample vector : VECTORS) {
            for (int size = 0; size < vector.packet().length; size++) {
                check(with(vector, Arrays.copyOf(vector.packet(), size)));
            }
        }
    }

    @Example
    void everyTruncationOfEveryVectorWithARightIpHeaderNamesAProblemOrDecodesWhole() {
        for (Sample vector : VECTORS) {
            for (int size = IpHeader.IPV6_SIZE; size < vector.packet().length; size++) {
                byte[] packet = Arrays.copyOf(vector.packet(), size);
                repairIp(packet);
                checkProblemOrWhole(with(vector, packet));
                repairLength(vector.dialect(), packet);
                checkProblemOrWhole(with(vector, packet));
            }
        }
    }

    @Property(tries = 2000)
    void randomBytesAreTotal(@ForAll("dialects") Dialect dialect, @ForAll byte[] packet) {
        check(new Sample("random", dialect, packet));
    }

    @Property(tries = 2000)
    void randomFramesBehindARightIpHeaderAreTotal(@ForAll("dialects") Dialect dialect, @ForAll byte[] payload) {
        byte[] packet = FrameBuilder.of(dialect).eof(false).trailing(payload).build();
        check(new Sample("random frame", dialect, packet));
    }

    @Property(tries = 4000)
    void randomSectionsAreTotal(@ForAll("dialects") Dialect dialect, @ForAll("sections") List<byte[]> sections) {
        FrameBuilder builder = FrameBuilder.of(dialect);
        for (byte[] section : dialect.framing().subheaders() ? sections : sections.subList(0, 1)) {
            byte[] body = Arrays.copyOfRange(section, 4, section.length);
            builder.section(section[0], section[1], section[2], body);
        }
        check(new Sample("random sections", dialect, builder.build()));
    }

    @Property(tries = 20_000)
    void randomMutationsOfVectorsAreTotal(@ForAll("mutants") Sample mutant) {
        check(mutant);
    }

    @Property(tries = 2000)
    void aVectorReadAsAnyOtherDialectIsTotal(@ForAll("dialects") Dialect dialect, @ForAll("vectors") Sample vector) {
        byte[] packet = vector.packet().clone();
        packet[IpHeader.parse(packet).size()] = (byte) dialect.versionByte();
        check(new Sample(vector.name() + " as " + dialect, dialect, packet));
    }

    @Provide
    Arbitrary<Dialect> dialects() {
        return Arbitraries.of(Dialect.names()).map(Dialect::of);
    }

    @Provide
    Arbitrary<Sample> vectors() {
        return Arbitraries.of(VECTORS);
    }

    /** Action, count and byte 1 that mostly exist, in front of up to 600 bytes. */
    @Provide
    Arbitrary<List<byte[]>> sections() {
        Arbitrary<Integer> action = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(0, 17)),
                Tuple.of(1, Arbitraries.integers().between(18, 127)));
        Arbitrary<Integer> count = Arbitraries.integers().between(0, 3);
        Arbitrary<Integer> dwords = Arbitraries.of(0, 2, 3, 4, 5, 6, 12, 13, 21, 66, 67);
        Arbitrary<byte[]> body = Arbitraries.bytes().array(byte[].class).ofMaxSize(600);
        return Combinators.combine(action, count, dwords, body)
                .as((a, c, d, bytes) -> {
                    byte[] section = new byte[4 + bytes.length];
                    section[0] = a.byteValue();
                    section[1] = c.byteValue();
                    section[2] = d.byteValue();
                    System.arraycopy(bytes, 0, section, 4, bytes.length);
                    return section;
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** A vector with some bytes of its frame changed, sometimes cut, sometimes with right headers afterwards. */
    @Provide
    Arbitrary<Sample> mutants() {
        Arbitrary<List<Integer>> places =
                Arbitraries.integers().between(0, 2000).list().ofMaxSize(8);
        Arbitrary<List<Byte>> values = Arbitraries.bytes().list().ofSize(8);
        Arbitrary<Integer> cut = Arbitraries.integers().between(0, 400);
        return Combinators.combine(vectors(), places, values, cut, Arbitraries.of(true, false))
                .as(TotalTest::mutate);
    }

    private static Sample mutate(Sample vector, List<Integer> places, List<Byte> values, int cut, boolean repair) {
        int size = vector.packet().length;
        byte[] packet = Arrays.copyOf(vector.packet(), cut > 100 ? size : Math.max(0, size - cut));
        int header = IpHeader.parse(packet).size();
        for (int i = 0; i < places.size() && packet.length > header; i++) {
            packet[header + places.get(i) % (packet.length - header)] = values.get(i);
        }
        if (repair && packet.length >= IpHeader.IPV6_SIZE) {
            repairIp(packet);
        }
        return with(vector, packet);
    }

    private static Sample with(Sample vector, byte[] packet) {
        return new Sample(vector.name() + " " + packet.length, vector.dialect(), packet);
    }

    private static void repairIp(byte[] packet) {
        IpHeader ip = IpHeader.parse(packet);
        ByteAccess.put16(
                packet,
                ip.version() == 6 ? 4 : 2,
                ip.version() == 6 ? packet.length - IpHeader.IPV6_SIZE : packet.length);
        if (ip.version() == 4) {
            ByteAccess.put16(packet, IpHeader.CHECKSUM, ip.rightChecksum());
        }
    }

    private static void repairLength(Dialect dialect, byte[] packet) {
        int payload = IpHeader.parse(packet).size();
        if (dialect.framing().subheaders() && packet.length >= payload + FrameHeader.SIZE) {
            ByteAccess.put16(packet, payload + FrameHeader.LEN, packet.length - payload);
        }
    }

    private static void check(Sample sample) {
        byte[] before = sample.packet().clone();
        Frame frame = sample.decode();
        assertThat(frame.encode()).as(sample.name()).isEqualTo(before);
        assertThat(sample.packet()).as(sample.name()).isEqualTo(before);
        assertThat(frame.sections().size()).isLessThanOrEqualTo(1 + before.length / 4);
        assertThat(FrameTree.of(frame)).containsKey("problem");
        assertThat(frame.toString()).isNotEmpty();
        checkMessages(frame);
        checkCursor(sample, frame);
    }

    private static void checkMessages(Frame frame) {
        for (Message message : frame.messages()) {
            assertThat(message.bytes()).hasSize(message.size());
            if (!(message instanceof Unknown)
                    && message.size() == message.layout().size()) {
                assertThat(MessageBuilder.from(message).build()).isEqualTo(message);
            }
        }
    }

    /** Every section that a receiver handles is one of the decoder's, and the decoder's problem is a receiver's. */
    private static void checkCursor(Sample sample, Frame frame) {
        if (frame.header().size() == 0) {
            return;
        }
        List<Section> sections = new ArrayList<>(frame.sections());
        int end = sample.packet().length - frame.padding().length;
        SectionCursor cursor = new SectionCursor(sample.dialect());
        cursor.start(sample.packet(), frame.ip().size(), end);
        boolean valueProblem = false;
        while (cursor.next()) {
            int offset = cursor.section();
            sections.removeIf(section ->
                    section.offset() < offset && sample.dialect().framing().subheaders());
            Section section = sections.removeFirst();
            assertThat(section.action()).as(sample.name()).isEqualTo(cursor.action());
            for (int i = 0;
                    cursor.present() && i < cursor.count() && cursor.action().kind() != Kind.EOF;
                    i++) {
                assertThat(cursor.message(i))
                        .as(sample.name())
                        .isEqualTo(section.messages().get(i));
                valueProblem |= RangeCheck.wrong(sample.dialect(), cursor.message(i)) != null;
            }
            valueProblem |= !cursor.present() && cursor.count() > 0;
        }
        boolean before =
                frame.problem() != null && frame.problem().offset() < frame.ip().size();
        if (before || (frame.problem() != null && frame.problem().counter() == null)) {
            return;
        }
        if (valueProblem) {
            assertThat(frame.problem()).as(sample.name()).isNotNull();
        } else {
            assertThat(frame.problem()).as(sample.name()).isEqualTo(cursor.problem());
        }
    }

    private static void checkProblemOrWhole(Sample sample) {
        check(sample);
        Frame frame = sample.decode();
        if (frame.problem() != null) {
            assertThat(frame.problem().offset()).isBetween(0, sample.packet().length);
            return;
        }
        for (Section section : frame.sections()) {
            assertThat(section.cut()).as(sample.name()).isZero();
            boolean list = section.kind() != null && section.kind() != Kind.EOF;
            boolean skipped = sample.dialect().framing().stride()
                    && list
                    && 4 * section.pad() < section.action().layout().size();
            boolean counted = list && !skipped && sample.dialect().framing().subheaders();
            if (counted) {
                assertThat(section.messages()).as(sample.name()).hasSize(section.count());
            }
        }
    }
}
