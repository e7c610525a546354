package net.pfsync.suite.evidence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.pfsync.suite.target.Captured;

/**
 * Frames as a pcap file of Ethernet frames, readable by every tool.
 *
 * <pre>
 * file    magic a1b2c3d4 | 2 | 4 | 0 | 0 | snap length | link type 1
 * record  seconds | microseconds | bytes here | bytes on the wire | frame
 * </pre>
 */
final class Pcap {

    private static final int MAGIC = 0xa1b2c3d4;
    private static final int SNAP_LENGTH = 65_535;
    private static final int ETHERNET = 1;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int NANOS_PER_MICRO = 1000;

    private Pcap() {}

    /**
     * Writes a capture.
     *
     * @param opened the wall clock at the frames' time zero
     * @param frames the frames in order
     * @return the file
     */
    static byte[] of(Instant opened, List<Captured> frames) {
        int size = FILE_HEADER;
        for (Captured frame : frames) {
            size += RECORD_HEADER + frame.ethernet().length;
        }
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        file.putInt(SNAP_LENGTH).putInt(ETHERNET);
        for (Captured frame : frames) {
            Duration time = Duration.between(Instant.EPOCH, opened.plus(frame.at()));
            file.putInt((int) time.toSeconds()).putInt(time.toNanosPart() / NANOS_PER_MICRO);
            file.putInt(frame.ethernet().length).putInt(frame.ethernet().length).put(frame.ethernet());
        }
        return file.array();
    }
}
