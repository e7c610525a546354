package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.suite.capture.PcapWriter;

/** An output of the real tcpdump: its flags, its lines, and, if it was called with {@code -x}, the packets. */
record RecordedTcpdump(String command, List<String> lines) {

    private static final Pattern PACKET = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{6} .*");
    private static final Pattern LINK = Pattern.compile("\\S+ ([0-9a-f:]{17}) ([0-9a-f:]{17}) 0800 (\\d+): .*");

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** What the console adds above and below is left out. */
    static RecordedTcpdump read(Path file) throws IOException {
        List<String> all = Files.readAllLines(file);
        int end = all.indexOf("");
        return new RecordedTcpdump(all.getFirst(), all.subList(2, end < 0 ? all.size() : end));
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The packets that the lines of bytes show. */
    List<byte[]> packets() {
        List<StringBuilder> packets = new ArrayList<>();
        for (String line : lines) {
            if (PACKET.matcher(line).matches()) {
                packets.add(new StringBuilder());
            } else if (line.startsWith("\t\t\t ")) {
                packets.getLast().append(line.replaceAll("\\s", ""));
            }
        }
        return packets.stream()
                .map(hex -> HexFormat.of().parseHex(hex.toString()))
                .toList();
    }

    /** The lines that begin a packet. */
    List<String> heads() {
        return lines.stream().filter(line -> PACKET.matcher(line).matches()).toList();
    }

    /**
     * The capture that the tool read: the packets of this output behind the link headers of another one of the same
     * packets.
     */
    void capture(Path pcap, RecordedTcpdump withLinks, int snapLength) throws IOException {
        List<byte[]> packets = packets();
        List<String> links = withLinks.heads();
        try (OutputStream out = Files.newOutputStream(pcap);
                PcapWriter writer = new PcapWriter(out)) {
            for (int i = 0; i < packets.size(); i++) {
                Matcher link = LINK.matcher(links.get(i));
                if (!link.matches()) {
                    throw new IOException("no link header: " + links.get(i));
                }
                byte[] frame = new byte[Integer.parseInt(link.group(3))];
                System.arraycopy(COLONS.parseHex(link.group(2)), 0, frame, 0, 6);
                System.arraycopy(COLONS.parseHex(link.group(1)), 0, frame, 6, 6);
                frame[12] = 8;
                System.arraycopy(packets.get(i), 0, frame, 14, packets.get(i).length);
                writer.write(
                        nanos(heads().get(i)), Arrays.copyOf(frame, Math.min(frame.length, snapLength)), frame.length);
            }
        }
    }

    private static long nanos(String head) {
        LocalTime time = LocalTime.parse(head.substring(0, head.indexOf(' ')));
        return LocalDate.of(2025, 2, 11)
                                .atTime(time)
                                .atZone(ZoneId.systemDefault())
                                .toEpochSecond()
                        * 1_000_000_000L
                + time.toNanoOfDay() % 1_000_000_000L;
    }
}
