package net.pfsync.suite.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.pfsync.suite.capture.PcapWriter;
import net.pfsync.suite.target.Captured;

/** Frames as a pcap file. */
final class Pcap {

    private Pcap() {}

    /**
     * Writes a capture.
     *
     * @param opened the wall clock at the frames' time zero
     * @param frames the frames in order
     * @return the file
     */
    static byte[] of(Instant opened, List<Captured> frames) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file)) {
            for (Captured frame : frames) {
                Duration time = Duration.between(Instant.EPOCH, opened.plus(frame.at()));
                writer.write(time.toNanos(), frame.ethernet());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return file.toByteArray();
    }
}
