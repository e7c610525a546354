package net.pfsync.suite.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a pcap file of Ethernet frames.
 *
 * <pre>
 * file    magic | version | 8 bytes | snap length | link type          24 bytes
 * record  seconds | fraction | bytes here | bytes on the wire | frame  16 bytes and the frame
 * </pre>
 *
 * @param frames in the order of the file
 */
record Capture(List<Frame> frames) {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    /**
     * One frame.
     *
     * @param nanos when, since 1970
     * @param bytes the Ethernet frame
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    record Frame(long nanos, byte[] bytes) {}

    Capture {
        frames = List.copyOf(frames);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is no such file
     */
    static Capture read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() < FILE_HEADER) {
            throw new IOException(file + ": ends within the header of the file");
        }
        long unit = unit(bytes);
        if (unit == 0) {
            unit = unit(bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
        if (unit == 0) {
            throw new IOException(file + ": is no pcap file");
        }
        List<Frame> frames = new ArrayList<>();
        bytes.position(FILE_HEADER);
        while (bytes.hasRemaining()) {
            frames.add(frame(file, bytes, unit));
        }
        return new Capture(frames);
    }

    private static long unit(ByteBuffer bytes) {
        return switch (bytes.getInt(0)) {
            case MICROSECONDS -> NANOS_PER_MICRO;
            case NANOSECONDS -> 1;
            default -> 0;
        };
    }

    private static Frame frame(Path file, ByteBuffer bytes, long unit) throws IOException {
        int at = bytes.position();
        int length = bytes.remaining() < RECORD_HEADER ? -1 : bytes.getInt(at + 8);
        if (length < 0 || length > bytes.remaining() - RECORD_HEADER) {
            throw new IOException(file + ": the record at byte " + at + " is cut");
        }
        long nanos = Integer.toUnsignedLong(bytes.getInt(at)) * NANOS_PER_SECOND + bytes.getInt(at + 4) * unit;
        byte[] frame = new byte[length];
        bytes.get(at + RECORD_HEADER, frame).position(at + RECORD_HEADER + length);
        return new Frame(nanos, frame);
    }
}
