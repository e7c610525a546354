package net.pfsync.suite.dissector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.pfsync.labs.Programs;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.PcapWriter;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.wire.Addresses;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Field;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.Problem;
import net.pfsync.wire.Section;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dissector is made from the codec's tables, and reads every packet of the fixtures as the codec does. */
class DissectorTest {

    private static final Path FIXTURES = Path.of("../fixtures");
    private static final int ETHERNET = 14;

    @TempDir
    private Path folder;

    @Test
    void theCommittedDissectorIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(FIXTURES.resolve("wireshark/pfsync.lua")))
                .as("made by: ci/pfsync dissector > fixtures/wireshark/pfsync.lua")
                .isEqualTo(DissectorSource.text());
    }

    @Test
    void tsharkAndTheCodecAgreeOnEveryFieldOfEveryPacket() throws IOException, InterruptedException {
        Programs.needed("tshark");
        int compared = 0;
        for (Map.Entry<String, List<byte[]>> each : packets().entrySet()) {
            Dialect dialect = Dialect.of(each.getKey());
            List<byte[]> packets = each.getValue().stream()
                    .filter(packet -> reachesPfsync(FrameDecoder.decode(dialect, packet)))
                    .toList();
            Path capture = capture(packets);
            List<Tshark.Dissected> dissected = Tshark.dissect(capture, "-o", "pfsync.dialect:" + dialect.name());
            assertThat(dissected).hasSameSizeAs(packets);
            for (int i = 0; i < packets.size(); i++) {
                String name = dialect + " #" + i + " " + HexFormat.of().formatHex(packets.get(i));
                Frame frame = FrameDecoder.decode(dialect, packets.get(i));
                List<Tshark.Shown> expected = fields(frame);
                assertThat(dissected.get(i).fields().stream()
                                .filter(DissectorTest::plain)
                                .map(DissectorTest::readable)
                                .toList())
                        .as(name)
                        .isEqualTo(expected);
                experts(name, frame.problem(), dissected.get(i));
                compared += expected.size();
            }
        }
        assertThat(compared).isGreaterThan(100_000);
    }

    /** Which dialect it is tshark finds out as {@code dump} does, once it has seen a state. */
    @Test
    void tsharkFindsTheDialect() throws IOException, InterruptedException {
        Programs.needed("tshark");
        for (String dialect : List.of("v5-4.6", "v5draft", "fbsd-1301", "fbsd-1400", "fbsd-1500")) {
            Path capture = capture(List.of(vector(dialect + "_ins_udp6"), vector(dialect + "_tdb_v4")));
            String found = new String(
                    Tshark.run(capture, "-T", "fields", "-e", "pfsync.dialect").readAllBytes(), StandardCharsets.UTF_8);
            assertThat(found.lines()).containsExactly(dialect, dialect);
        }
    }

    @Test
    void tsharkTiesRequestsToTheirAnswers() throws IOException, InterruptedException {
        Programs.needed("tshark");
        assertThat(fields(
                        "openbsd-7.6/captures/s2_bulk_10.pcap",
                        "pfsync.response_to",
                        "pfsync.bulk.start_in",
                        "pfsync.bulk.states"))
                .containsExactly("\t\t", "1\t\t", "\t2\t10");
        assertThat(fields("openbsd-7.6/captures/s4_defer_peer.pcap", "pfsync.response_to").stream()
                        .filter(line -> !line.isEmpty()))
                .hasSizeGreaterThan(5);
    }

    private static List<String> fields(String capture, String... names) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Y", "pfsync", "-T", "fields"));
        for (String name : names) {
            options.addAll(List.of("-e", name));
        }
        Path file = FIXTURES.resolve("observed").resolve(capture);
        return new String(Tshark.run(file, options.toArray(String[]::new)).readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** What belongs to requests and answers is no part of the frame. */
    private static boolean plain(Tshark.Shown field) {
        return !field.name().startsWith("pfsync.response") && !field.name().startsWith("pfsync.bulk");
    }

    /** Of a name that is no text only the bytes are compared: tshark escapes it in its own way. */
    private static Tshark.Shown readable(Tshark.Shown field) {
        boolean text = field.show().chars().allMatch(each -> each >= ' ' && each <= '~');
        boolean escaped = field.name().endsWith("name") && field.show().indexOf('\\') >= 0;
        String show = text && !escaped ? field.show() : "";
        return new Tshark.Shown(field.name(), field.position(), field.size(), show, field.value());
    }

    private static void experts(String name, Problem problem, Tshark.Dissected dissected) {
        if (problem == null) {
            assertThat(dissected.experts()).as(name).isEmpty();
        } else if (problem.counter() == Counter.BADTTL) {
            assertThat(dissected.experts()).as(name).contains("pfsync.bad_ttl");
        } else if (problem.counter() == Counter.BADVAL || problem.text().startsWith("TDB")) {
            assertThat(dissected.experts()).as(name).contains("pfsync.out_of_range");
        } else {
            assertThat(dissected.experts()).as(name + problem).contains("pfsync.malformed");
        }
    }

    /** What never gets to pfsync is not its dissector's either. */
    private static boolean reachesPfsync(Frame frame) {
        String text = frame.problem() == null ? "" : frame.problem().text();
        return !text.contains("before pfsync")
                && !text.startsWith("IP protocol")
                && !text.startsWith("not an IP packet")
                && frame.header().size() > 0;
    }

    private static List<Tshark.Shown> fields(Frame frame) {
        List<Tshark.Shown> fields = new ArrayList<>();
        byte[] packet = frame.header().array();
        Layout header = frame.dialect().header();
        for (Field field : header.fields()) {
            if (field.offset() + field.size() <= frame.header().size()) {
                plainField(fields, header, field, packet, frame.header().offset());
            }
        }
        for (Section section : frame.sections()) {
            if (frame.dialect().framing().subheaders()) {
                for (Field field : frame.dialect().subheader().fields()) {
                    plainField(fields, frame.dialect().subheader(), field, packet, section.offset());
                }
            }
            section.messages().forEach(message -> message(fields, message));
            int end = section.offset() + section.size();
            raw(fields, "pfsync.cut", packet, end - section.cut(), section.cut());
        }
        int trailing = frame.sections().isEmpty()
                ? frame.header().offset() + frame.header().size()
                : frame.sections().getLast().offset()
                        + frame.sections().getLast().size();
        raw(fields, "pfsync.trailing", packet, trailing, frame.trailing().length);
        return fields;
    }

    private static void message(List<Tshark.Shown> fields, Message message) {
        if (message instanceof Unknown) {
            raw(fields, "pfsync.unknown", message.array(), message.offset(), message.size());
        } else if (message instanceof EndOfFrame) {
            raw(fields, "pfsync.hmac", message.array(), message.offset(), message.size());
        } else {
            for (Field field : message.layout().fields()) {
                switch (field.type()) {
                    case ADDR16 ->
                        address(
                                fields,
                                FilterName.of(message.layout(), field),
                                message.array(),
                                message.offset() + field.offset(),
                                six((StateMessage) message, field));
                    case SOCKADDR -> sockaddr(fields, (TdbUpdate) message, field);
                    default -> plainField(fields, message.layout(), field, message.array(), message.offset());
                }
            }
        }
    }

    private static boolean six(StateMessage state, Field field) {
        int af = state.af();
        if (field.name().startsWith("key[")) {
            int own = state.keyAf(field.name().charAt(4) - '0');
            af = own == 0 ? af : own;
        } else if (state.layout().rtAf >= 0) {
            int own = state.array()[state.offset() + state.layout().rtAf];
            af = own == 0 ? af : own;
        }
        int at = state.offset() + field.offset();
        byte[] behind = Arrays.copyOfRange(state.array(), at + 4, at + 16);
        return af == state.layout().inet6() || (af != 2 && !Arrays.equals(behind, new byte[12]));
    }

    private static void sockaddr(List<Tshark.Shown> fields, TdbUpdate tdb, Field field) {
        int at = tdb.offset() + field.offset();
        number(fields, "pfsync.tdb.dst.len", tdb.array(), at, 1, false);
        number(fields, "pfsync.tdb.dst.family", tdb.array(), at + 1, 1, false);
        int length = tdb.address().length;
        if (length > 0) {
            address(fields, "pfsync.tdb.dst", tdb.array(), at + (length == 4 ? 4 : 8), length == 16);
        }
    }

    private static void address(List<Tshark.Shown> fields, String name, byte[] array, int at, boolean six) {
        int size = six ? 16 : 4;
        String show = six ? Addresses.shortText6(array, at) : Addresses.text4(array, at);
        fields.add(new Tshark.Shown(six ? name + "_v6" : name, ETHERNET + at, size, show, hex(array, at, size)));
    }

    private static void plainField(List<Tshark.Shown> fields, Layout layout, Field field, byte[] array, int base) {
        String name = FilterName.of(layout, field);
        int at = base + field.offset();
        if (field.padding() || field.type() == Field.Type.BYTES) {
            raw(fields, name, array, at, field.size());
        } else if (field.type() == Field.Type.CHARS) {
            String text = new String(array, at, field.size(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\0') < 0 ? text.length() : text.indexOf('\0');
            String shown = text.substring(0, end);
            fields.add(
                    readable(new Tshark.Shown(name, ETHERNET + at, field.size(), shown, hex(array, at, field.size()))));
        } else {
            number(fields, name, array, at, field.size(), field.order() == Field.Order.OPAQUE);
        }
    }

    private static void number(List<Tshark.Shown> fields, String name, byte[] array, int at, int size, boolean hex) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | ByteAccess.u8(array, at + i);
        }
        String show = name.startsWith("pfsync.rtableid")
                ? Integer.toString((int) value)
                : hex ? "0x" + HexFormat.of().toHexDigits(value, 2 * size) : Long.toUnsignedString(value);
        fields.add(new Tshark.Shown(name, ETHERNET + at, size, show, hex(array, at, size)));
    }

    private static void raw(List<Tshark.Shown> fields, String name, byte[] array, int at, int size) {
        if (size > 0) {
            String colons = HexFormat.ofDelimiter(":").formatHex(array, at, at + size);
            fields.add(new Tshark.Shown(name, ETHERNET + at, size, colons, hex(array, at, size)));
        }
    }

    private static String hex(byte[] array, int at, int size) {
        return HexFormat.of().formatHex(array, at, at + size);
    }

    /** All packets of the fixtures by their dialect. */
    private static Map<String, List<byte[]>> packets() throws IOException {
        Map<String, List<byte[]>> packets = new TreeMap<>();
        for (Path file : files(FIXTURES.resolve("vectors"), ".hex")) {
            String name = file.getFileName().toString().replace(".hex", "");
            packets.computeIfAbsent(name.substring(0, name.indexOf('_')), absent -> new ArrayList<>())
                    .add(vector(name));
        }
        for (String kernel : List.of("openbsd-4.5", "openbsd-4.6", "openbsd-7.6")) {
            for (Path file : files(FIXTURES.resolve("observed/" + kernel + "/captures"), ".pcap")) {
                try (CaptureReader reader = CaptureReader.open(file)) {
                    SyncPackets sync = new SyncPackets(reader::next, new DialectFinder(), SyncPackets.OF_A_FILE);
                    for (SyncPacket packet = sync.next(); packet != null; packet = sync.next()) {
                        packets.computeIfAbsent(sync.dialect(packet).name(), absent -> new ArrayList<>())
                                .add(Arrays.copyOf(packet.bytes(), packet.end()));
                    }
                }
            }
        }
        Map.of("openbsd-4.5", "v5draft", "openbsd-4.6", "v5-4.6", "openbsd-7.6", "v6-7.4")
                .forEach((kernel, dialect) ->
                        packets.get(dialect).addAll(cases(FIXTURES.resolve("observed/" + kernel + "/cases.jsonl"))));
        return packets;
    }

    /** Every packet that was sent to a recorded kernel and every one that it sent. */
    private static List<byte[]> cases(Path file) {
        List<byte[]> packets = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode each = new ObjectMapper().readTree(line);
                for (String part : List.of("setup", "setup_replies", "inject", "replies")) {
                    each.path(part)
                            .forEach(packet -> packets.add(
                                    HexFormat.of().parseHex(packet.path("hex").asText())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packets;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] vector(String name) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(FIXTURES.resolve("vectors/" + name + ".hex"))
                        .replaceAll("\\s", ""));
    }

    private Path capture(List<byte[]> packets) throws IOException {
        Path file = folder.resolve("packets.pcap");
        try (OutputStream out = Files.newOutputStream(file);
                PcapWriter writer = new PcapWriter(out)) {
            for (byte[] packet : packets) {
                byte[] frame = new byte[ETHERNET + packet.length];
                ByteAccess.put16(frame, 12, packet[0] >> 4 == 6 ? 0x86dd : 0x0800);
                System.arraycopy(packet, 0, frame, ETHERNET, packet.length);
                writer.write(0, frame);
            }
        }
        return file;
    }
}
