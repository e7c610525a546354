package net.pfsync.suite.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a capture in pieces that are whole, and sentences about those that are not. */
final class CaptureInput {

    /** The longest frame that tools write (MAXIMUM_SNAPLEN); beyond it a length is no length. */
    static final int LONGEST_FRAME = 262_144;

    private final String name;
    private final InputStream in;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long position;
    private long frames;

    CaptureInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** Reads numbers in that order from now on. */
    CaptureInput order(ByteOrder value) {
        order = value;
        return this;
    }

    ByteOrder order() {
        return order;
    }

    /** Counts a frame and says its number. */
    long frame() {
        return ++frames;
    }

    /**
     * The next bytes.
     *
     * @param what they are, in words
     * @return null if the capture ends right here
     * @throws BadCaptureException if it ends within them
     */
    ByteBuffer read(int size, String what) throws IOException {
        byte[] bytes = new byte[size];
        int there = readAll(bytes);
        if (there == 0 && size > 0) {
            return null;
        }
        if (there < size) {
            throw broken("is cut at byte " + (position + there) + ", within " + what);
        }
        position += size;
        return ByteBuffer.wrap(bytes).order(order);
    }

    /** As {@link #read}, but there must be something. */
    ByteBuffer need(int size, String what) throws IOException {
        ByteBuffer bytes = size == 0 ? ByteBuffer.allocate(0) : read(size, what);
        if (bytes == null) {
            throw broken("is cut at byte " + position + ", before " + what);
        }
        return bytes;
    }

    /** Leaves bytes out. */
    void skip(long size, String what) throws IOException {
        try {
            in.skipNBytes(size);
        } catch (EOFException e) {
            throw broken("is cut behind byte " + position + ", within " + what);
        }
        position += size;
    }

    /** What a reader throws: the name, what is wrong, and how much was good. */
    BadCaptureException broken(String what) {
        return new BadCaptureException(name + ": " + what + "; " + frames + " frames before it are whole");
    }

    /** A compressed capture that is cut looks like an error of reading. */
    private int readAll(byte[] bytes) throws IOException {
        try {
            return in.readNBytes(bytes, 0, bytes.length);
        } catch (EOFException | java.util.zip.ZipException e) {
            throw broken("cannot be uncompressed behind byte " + position);
        }
    }

    long position() {
        return position;
    }
}
