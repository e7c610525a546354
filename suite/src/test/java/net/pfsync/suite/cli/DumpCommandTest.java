package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code dump} prints of which captures, and what it says of those that it cannot read. */
class DumpCommandTest {

    private static final String OBSERVED = "../fixtures/observed/";
    private static final String ADMIN = OBSERVED + "openbsd-7.6/captures/s7_admin.pcap";
    private static final String BULK = OBSERVED + "openbsd-7.6/captures/s2_bulk_10.pcap";

    @TempDir
    private Path folder;

    /** The numbers are those of the capture's README: who sent what. */
    @ParameterizedTest
    @CsvSource({
        "--action CLR, 10",
        "--action clr --peer 10.0.0.2, 2",
        "--action INS_ACK, 0",
        "--action CLR --creator 5134369b, 5",
        "--peer 10.0.0.77, 0"
    })
    void filters(String filter, int packets) {
        Program dump = dump(ADMIN, filter.split(" ", -1));
        assertThat(dump.out().lines().filter(line -> line.contains("PFSYNC"))).hasSize(packets);
        assertThat(dump.exitCode()).isEqualTo(packets == 0 ? 4 : 0);
    }

    @Test
    void aStateIsFoundByItsIdAndByItsAddresses() {
        Program all = dump(BULK, "-vv", "--action", "UPD");
        String id = all.out().replaceFirst("(?s).*?   id: ([0-9a-f]{16}).*", "$1");
        Program one = dump(BULK, "-vv", "--id", id);
        assertThat(one.out()).contains(id).isNotEqualTo(all.out());
        assertThat(dump(BULK, "--address", "10.1.1.0").exitCode()).isZero();
        assertThat(dump(BULK, "--address", "fd00:1::10").exitCode()).isEqualTo(4);
    }

    @Test
    void aLineOfJsonForEachPacket() throws IOException {
        Program dump = dump(BULK, "--json");
        List<String> lines = dump.out().lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode last = new ObjectMapper().readTree(lines.get(2));
        assertThat(last.path("number").asInt()).isEqualTo(3);
        assertThat(last.path("dialect").asText()).isEqualTo("v6-7.4");
        assertThat(last.path("ip").path("src").asText()).isEqualTo("10.0.0.1");
        assertThat(last.path("sections")
                        .path(1)
                        .path("messages")
                        .path(0)
                        .path("status_name")
                        .asText())
                .isEqualTo("end");
        assertThat(last.path("problem").isNull()).isTrue();
    }

    /** The same packet behind every link header is printed the same. */
    @ParameterizedTest
    @CsvSource({
        "1, 0200000000010200000000020800",
        "1, 020000000001020000000002810000070800",
        "101, ''",
        "0, 02000000",
        "113, 00000001000602000000000100000800",
        "276, 0800000000000001000100060200000000010000",
        "246, ''"
    })
    void linkTypes(int link, String header) throws IOException {
        byte[] packet = HexFormat.of()
                .parseHex(Files.readString(Path.of("../fixtures/vectors/v6-7.4_upd_req.hex"))
                        .replaceAll("\\s", ""));
        Program dump = dump(pcap(link, HexFormat.of().parseHex(header), packet), "-v");
        assertThat(dump.err()).isEmpty();
        assertThat(dump.out()).contains(" 10.0.0.1 > 224.0.0.240: PFSYNCv6 len 36\n    act UPD ST REQ count 1\n");
    }

    @Test
    void aPfsyncInterfaceWithoutIpPackets() throws IOException {
        byte[] packet = HexFormat.of()
                .parseHex(Files.readString(Path.of("../fixtures/vectors/v6-7.4_upd_req.hex"))
                        .replaceAll("\\s", ""));
        String file = pcap(121, new byte[0], Arrays.copyOfRange(packet, 20, packet.length));
        assertThat(dump(file).out()).matches("(?s)\\S+ PFSYNCv6 len 36\n    act UPD ST REQ count 1\n\tid: .*\n");
        assertThat(dump(file, "--json").out())
                .contains("\"action_name\":\"UPD ST REQ\"")
                .doesNotContain("\"ip\"")
                .contains("\"problem\":null");
        assertThat(dump(file, "--action", "UPD_REQ").exitCode()).isZero();
    }

    @Test
    void aCaptureThatIsCutIsPrintedAsFarAsItIsWhole() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(BULK));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 10));
        Program dump = dump(cut.toString());
        assertThat(dump.out().lines().filter(line -> line.contains("PFSYNCv6"))).hasSize(2);
        assertThat(dump.err())
                .containsExactly(cut + ": is cut at byte " + (whole.length - 10)
                        + ", within a frame; 2 frames before it are whole");
        assertThat(dump.exitCode()).isEqualTo(2);
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello, this is no capture");
        assertThat(dump(text.toString()).err()).containsExactly(text + ": is neither pcap nor pcapng");
        assertThat(dump("none").err()).containsExactly("none: there is no such file");
        assertThat(dump(BULK, "--dialect", "v7").err())
                .hasSize(1)
                .first()
                .asString()
                .contains("possible: v3, v4");
        assertThat(dump(BULK, "--creator", "xyz").err())
                .containsExactly("not a creator id: 'xyz'; up to 8 hexadecimal digits are expected");
        assertThat(dump(BULK, "--address", "1.2.3").err()).hasSize(1);
        assertThat(dump(BULK, "--action", "NOP").err()).hasSize(1);
        assertThat(Program.run("dump").err()).hasSize(1);
        String wifi = pcap(105, new byte[0], new byte[60]);
        assertThat(dump(wifi).err())
                .containsExactly(wifi + ": no pfsync packet to print in 1 frames that can be read (unknown link type)");
        assertThat(dump(wifi).exitCode()).isEqualTo(4);
    }

    @Test
    void whatVersion5CannotTellIsSaid() {
        Program dump = dump(OBSERVED + "openbsd-4.6/captures/02-bulk-4.6-10.pcap");
        assertThat(dump.err()).hasSize(1).first().asString().contains("--dialect decides");
        assertThat(dump.exitCode()).isZero();
    }

    private String pcap(int link, byte[] header, byte[] packet) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(24 + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4).putInt(20, link).position(24);
        file.putInt(1).putInt(2).putInt(header.length + packet.length).putInt(header.length + packet.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(file.array());
        bytes.writeBytes(header);
        bytes.writeBytes(packet);
        return Files.write(folder.resolve("link.pcap"), bytes.toByteArray()).toString();
    }

    private static Program dump(String file, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "dump";
        all[1] = "-r";
        all[2] = file;
        System.arraycopy(args, 0, all, 3, args.length);
        return Program.run(all);
    }
}
