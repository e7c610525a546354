package net.pfsync.suite.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads a capture frame by frame: pcap or pcapng, of either byte order, also compressed by gzip.
 *
 * <p>All errors are {@link IOException}s with a line for people; what was read before stays good.
 */
public final class CaptureReader implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;

    private final CountedInput counted;
    private final InputStream in;
    private final FrameSource source;

    private CaptureReader(CountedInput counted, InputStream in, FrameSource source) {
        this.counted = counted;
        this.in = in;
        this.source = source;
    }

    /** What finds the frames in the bytes of one format. */
    interface FrameSource {

        /** The next frame, null behind the last. */
        CapturedFrame next() throws IOException;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is not there, may not be read, or is no capture
     */
    public static CaptureReader open(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new BadCaptureException(file + ": is a folder; a pcap or pcapng file is expected");
            }
            return open(file.toString(), Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new BadCaptureException(file + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new BadCaptureException(file + ": may not be read");
        }
    }

    /**
     * Reads a capture from anywhere.
     *
     * @param name what to call it in messages
     * @param bytes closed with this reader, or if it is no capture
     * @throws IOException if it is no capture
     */
    public static CaptureReader open(String name, InputStream bytes) throws IOException {
        CountedInput counted = new CountedInput(bytes);
        try {
            InputStream in = new BufferedInputStream(counted, BUFFER);
            if (peek(in, 2).getShort(0) == (short) GZIP) {
                in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
            }
            return new CaptureReader(counted, in, source(name, in));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static FrameSource source(String name, InputStream in) throws IOException {
        ByteBuffer magic = peek(in, Integer.BYTES);
        CaptureInput input = new CaptureInput(name, in);
        if (magic.getInt(0) == PcapngSource.SECTION) {
            return new PcapngSource(input);
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            long unit = PcapSource.unit(magic.order(order).getInt(0));
            if (unit > 0) {
                return new PcapSource(input.order(order), unit);
            }
        }
        throw new BadCaptureException(name + ": is neither pcap nor pcapng");
    }

    /** The first bytes, zeros where there are none; they stay unread. */
    private static ByteBuffer peek(InputStream in, int size) throws IOException {
        in.mark(size);
        byte[] bytes = new byte[size];
        in.readNBytes(bytes, 0, size);
        in.reset();
        return ByteBuffer.wrap(bytes);
    }

    /**
     * The next frame.
     *
     * @return null behind the last
     * @throws IOException if the capture is cut or corrupt here, or cannot be read
     */
    public CapturedFrame next() throws IOException {
        return source.next();
    }

    /** How many bytes of the file were read. */
    public long position() {
        return counted.position();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
