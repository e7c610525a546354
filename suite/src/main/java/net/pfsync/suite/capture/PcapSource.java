package net.pfsync.suite.capture;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Frames of a pcap file.
 *
 * <pre>
 * file    magic | version | 8 bytes | snap length | link type          24 bytes
 * record  seconds | fraction | bytes here | bytes on the wire | frame  16 bytes and the frame
 * </pre>
 */
final class PcapSource implements CaptureReader.FrameSource {

    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int FILE_HEADER = 24;
    static final int RECORD_HEADER = 16;

    private static final int NANOSECONDS = 0xa1b23c4d;

    /** The upper bits of the link type may say how long checksums are. */
    private static final int LINK_TYPE = 0x0fff_ffff;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final CaptureInput input;
    private final long unit;
    private final LinkType link;

    PcapSource(CaptureInput input, long unit) throws IOException {
        this.input = input;
        this.unit = unit;
        this.link =
                LinkType.of(input.need(FILE_HEADER, "the header of the file").getInt(20) & LINK_TYPE);
    }

    /** Nanoseconds of one unit of the fraction, 0 if it is not the magic number of such a file. */
    static long unit(int magic) {
        return switch (magic) {
            case MICROSECONDS -> NANOS_PER_MICRO;
            case NANOSECONDS -> 1;
            default -> 0;
        };
    }

    @Override
    public CapturedFrame next() throws IOException {
        ByteBuffer header = input.read(RECORD_HEADER, "the header of a frame");
        if (header == null) {
            return null;
        }
        int captured = header.getInt(8);
        if (captured < 0 || captured > CaptureInput.LONGEST_FRAME) {
            throw input.broken("is corrupt at byte " + (input.position() - RECORD_HEADER) + ": a frame of "
                    + Integer.toUnsignedString(captured) + " bytes");
        }
        byte[] bytes = input.need(captured, "a frame").array();
        long nanos = Integer.toUnsignedLong(header.getInt(0)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(header.getInt(4)) * unit;
        return new CapturedFrame(input.frame(), nanos, link, bytes, header.getInt(12));
    }
}
