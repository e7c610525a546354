package net.pfsync.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Every packet of the fixtures with its dialect and a name. */
final class Corpus {
    /** Which dialect the recorded kernel of a folder speaks. */
    static final Map<String, String> RECORDED =
            Map.of("openbsd-4.5", "v5draft", "openbsd-4.6", "v5-4.6", "openbsd-7.6", "v6-7.4");

    /** In the captures of 4.5 answering 4.6 the second machine is the one with 4.6. */
    private static final String MIXED = "4.5to4.6";

    private static final String MACHINE_WITH_4_6 = "10.7.0.2";

    /** A packet from the IP header on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(String name, Dialect dialect, byte[] packet) {
        Frame decode() {
            return FrameDecoder.decode(dialect, packet);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A recorded case with its parsed line. */
    record Case(String name, Dialect dialect, JsonNode line) {
        /** The packets of {@code inject}, {@code setup}, {@code replies} or {@code setup_replies}. */
        List<Sample> packets(String what) {
            List<Sample> packets = new ArrayList<>();
            line.path(what)
                    .forEach(each -> packets.add(new Sample(
                            name + " " + what + " " + packets.size(),
                            dialect,
                            HexFormat.of().parseHex(each.get("hex").asText()))));
            return packets;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Corpus() {}

    static List<Sample> vectors() {
        List<Sample> samples = new ArrayList<>();
        for (String name : Fixtures.names("vectors", ".hex")) {
            Dialect dialect = Dialect.of(name.substring(0, name.indexOf('_')));
            samples.add(new Sample(name, dialect, Fixtures.hex("vectors/" + name + ".hex")));
        }
        return samples;
    }

    /** Every pfsync packet of every capture. */
    static List<Sample> captures() {
        List<Sample> samples = new ArrayList<>();
        RECORDED.forEach((folder, dialect) -> {
            String captures = "observed/" + folder + "/captures";
            for (String file : Fixtures.names(captures, ".pcap")) {
                int number = 0;
                for (byte[] packet : Pcap.pfsync(Fixtures.bytes(captures + "/" + file + ".pcap"))) {
                    samples.add(new Sample(file + " #" + number++, dialect(file, dialect, packet), packet));
                }
            }
        });
        return samples;
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        RECORDED.forEach((folder, dialect) -> Fixtures.text("observed/" + folder + "/cases.jsonl")
                .lines()
                .map(Fixtures::parse)
                .forEach(line ->
                        cases.add(new Case(folder + " " + line.get("id").asText(), Dialect.of(dialect), line))));
        return cases;
    }

    /** Every packet of every case, sent and received, pfsync or not. */
    static List<Sample> casePackets() {
        List<Sample> samples = new ArrayList<>();
        for (Case each : cases()) {
            samples.addAll(each.packets("setup"));
            samples.addAll(each.packets("inject"));
            samples.addAll(each.packets("setup_replies"));
            samples.addAll(each.packets("replies"));
        }
        return samples;
    }

    private static Dialect dialect(String file, String dialect, byte[] packet) {
        boolean other = file.contains(MIXED) && IpHeader.parse(packet).source().equals(MACHINE_WITH_4_6);
        return Dialect.of(other ? "v5-4.6" : dialect);
    }
}
