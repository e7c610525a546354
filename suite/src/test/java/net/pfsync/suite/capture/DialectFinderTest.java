package net.pfsync.suite.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.pfsync.wire.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect of every sender is found from its packets. */
class DialectFinderTest {

    private static final Path FIXTURES = Path.of("../fixtures");

    /** Of each dialect one packet with states is enough, where its layout differs from its neighbours'. */
    @ParameterizedTest
    @ValueSource(strings = {"v3", "v4", "v5draft", "v5-4.6", "fbsd-1301", "fbsd-1400", "fbsd-1500", "v6-7.4"})
    void oneVectorWithStatesTells(String dialect) throws IOException {
        for (String name : List.of("ins_tcp4", "ins_udp6", "ins_udp6_x2", "upd_tcp4", "multi")) {
            Path file = FIXTURES.resolve("vectors/" + dialect + "_" + name + ".hex");
            if (Files.exists(file)) {
                DialectFinder finder = new DialectFinder();
                SyncPacket packet = packet(file);
                finder.observe(packet);
                assertThat(finder.of(packet).name()).as(file.toString()).isEqualTo(expected(dialect, packet));
            }
        }
    }

    /** The vectors of 7.4 carry a checksum of the ruleset, which that release does not send: an older one does. */
    private static String expected(String dialect, SyncPacket packet) {
        boolean checksum = packet.bytes()[packet.payload() + 4] != 0;
        return dialect.equals("v6-7.4") && checksum ? "v6-6.9" : dialect;
    }

    /** Within version 6 the number of TDB, padding and families of keys tell; where nothing does, the newest is taken. */
    @ParameterizedTest
    @CsvSource({
        "v6-4.7_multi, v6-5.1",
        "v6-5.1_ins_ack_wanted, v6-5.1",
        "v6-5.2_multi, v6-6.9",
        "v6-6.9_multi, v6-6.9",
        "v6-5.2_upd_req_bulk, v6-6.9"
    })
    void theLayoutsOfVersion6(String vector, String dialect) throws IOException {
        DialectFinder finder = new DialectFinder();
        SyncPacket packet = packet(FIXTURES.resolve("vectors/" + vector + ".hex"));
        finder.observe(packet);
        assertThat(finder.of(packet).name()).isEqualTo(dialect);
    }

    /** The recorded kernels, by the address of each sender; 10.7.0.9 and 10.0.0.9 are injectors. */
    @Test
    void theSendersOfTheRecordedCaptures() throws IOException {
        assertThat(senders("openbsd-4.5/captures/02b-bulk-traffic-4.5-500.pcap"))
                .isEqualTo(Map.of("10.7.0.1", "v5draft", "10.7.0.2", "v5draft"));
        assertThat(senders("openbsd-4.5/captures/02b-bulk-traffic-4.5to4.6-10.pcap"))
                .isEqualTo(Map.of("10.7.0.1", "v5draft", "10.7.0.2", "v5-4.6"));
        assertThat(senders("openbsd-4.6/captures/05-active-active.sync.pcap"))
                .isEqualTo(Map.of("10.7.0.1", "v5-4.6", "10.7.0.2", "v5-4.6"));
        assertThat(senders("openbsd-7.6/captures/s7_admin.pcap"))
                .isEqualTo(Map.of("10.0.0.1", "v6-7.4", "10.0.0.2", "v6-7.4"));
    }

    @ParameterizedTest
    @CsvSource({
        "v5-4.6, upd_req, true",
        "v5-4.6, ins_tcp4, false",
        "fbsd-1301, ins_tcp4, false",
        "v5draft, upd_req, false"
    })
    void whetherOpenBsdOrFreeBsdIsSaidToBeUndecided(String dialect, String name, boolean undecided) throws IOException {
        DialectFinder finder = new DialectFinder();
        finder.observe(packet(FIXTURES.resolve("vectors/" + dialect + "_" + name + ".hex")));
        assertThat(finder.undecided()).isEqualTo(undecided ? List.of("10.0.0.1") : List.of());
    }

    /** A packet without a state is read as what its sender showed itself to be, or else as what the others are. */
    @Test
    void aStateOfFreeBsdTellsHowItsOtherPacketsAreRead() throws IOException {
        DialectFinder finder = new DialectFinder();
        SyncPacket request = packet(FIXTURES.resolve("vectors/v5-4.6_upd_req.hex"));
        finder.observe(request);
        assertThat(finder.of(request).name()).isEqualTo("v5-4.6");
        finder.observe(packet(FIXTURES.resolve("vectors/fbsd-1301_ins_tcp4.hex")));
        assertThat(finder.of(request).name()).isEqualTo("fbsd-1301");
    }

    @Test
    void aForcedDialectIsTaken() throws IOException {
        DialectFinder finder = new DialectFinder(Dialect.of("v6-4.7"));
        assertThat(finder.of(packet(FIXTURES.resolve("vectors/v5-4.6_ins_tcp4.hex"))))
                .isSameAs(Dialect.of("v6-4.7"));
    }

    @Test
    void aVersionThatNobodyKnowsHasNoDialect() throws IOException {
        assertThat(new DialectFinder().of(packet(FIXTURES.resolve("vectors/v5-4.6_bad_version.hex"))))
                .isNull();
    }

    private static Map<String, String> senders(String capture) throws IOException {
        Map<String, String> senders = new TreeMap<>();
        try (CaptureReader reader =
                CaptureReader.open(FIXTURES.resolve("observed").resolve(capture))) {
            SyncPackets packets = new SyncPackets(reader::next, new DialectFinder(), SyncPackets.OF_A_FILE);
            for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
                senders.put(packet.sender(), packets.dialect(packet).name());
            }
        }
        return senders;
    }

    private static SyncPacket packet(Path hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(Files.readString(hex).replaceAll("\\s", ""));
        return SyncPacket.of(new CapturedFrame(1, 0, LinkType.RAW, bytes, bytes.length));
    }

    /** Every packet of every recorded kernel's capture has its release's dialect. */
    @Test
    void noRecordedPacketIsReadAsAnotherRelease() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String kernel : List.of("openbsd-4.6", "openbsd-7.6")) {
            try (Stream<Path> files = Files.list(FIXTURES.resolve("observed").resolve(kernel + "/captures"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".pcap")).toList()) {
                    String name = kernel + "/captures/" + file.getFileName();
                    senders(name).forEach((sender, dialect) -> {
                        if (!dialect.equals(kernel.equals("openbsd-4.6") ? "v5-4.6" : "v6-7.4")) {
                            wrong.add(name + " " + sender + " " + dialect);
                        }
                    });
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
