package net.pfsync.suite.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes Ethernet frames as a pcap file, readable by every tool. */
public final class PcapWriter implements Closeable {

    private static final int SNAP_LENGTH = 65_535;
    private static final int ETHERNET = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_PER_MICRO = 1000;

    private final OutputStream out;

    /** Begins the file. */
    public PcapWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer header = ByteBuffer.allocate(PcapSource.FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(PcapSource.MICROSECONDS).putShort((short) 2).putShort((short) 4);
        header.putLong(0).putInt(SNAP_LENGTH).putInt(ETHERNET);
        out.write(header.array());
    }

    /**
     * Adds a frame.
     *
     * @param nanos when, since 1970; the file keeps microseconds
     */
    public void write(long nanos, byte[] frame) throws IOException {
        write(nanos, frame, frame.length);
    }

    /**
     * Adds a frame that may be cut.
     *
     * @param length bytes that it had
     */
    public void write(long nanos, byte[] frame, int length) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(PcapSource.RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt((int) (nanos / NANOS_PER_SECOND)).putInt((int) (nanos % NANOS_PER_SECOND) / NANOS_PER_MICRO);
        header.putInt(frame.length).putInt(length);
        out.write(header.array());
        out.write(frame);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
