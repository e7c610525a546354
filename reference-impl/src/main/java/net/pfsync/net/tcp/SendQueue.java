package net.pfsync.net.tcp;

import java.util.ArrayDeque;

/** Bytes that were given to be sent and are not acknowledged yet. The arrays are kept, not copied. */
final class SendQueue {

    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    /** How much of the first chunk is acknowledged. */
    private int gone;

    private long size;

    long size() {
        return size;
    }

    void add(byte[] bytes) {
        if (bytes.length > 0) {
            chunks.addLast(bytes);
            size += bytes.length;
        }
    }

    /** Copies bytes out, beginning some way behind the first one; they must be there. */
    void copy(long from, byte[] to, int at, int length) {
        long skip = from + gone;
        int done = 0;
        for (byte[] chunk : chunks) {
            if (done == length) {
                return;
            }
            if (skip >= chunk.length) {
                skip -= chunk.length;
                continue;
            }
            int part = (int) Math.min(length - done, chunk.length - skip);
            System.arraycopy(chunk, (int) skip, to, at + done, part);
            done += part;
            skip = 0;
        }
    }

    /** Forgets the first bytes. */
    void discard(long bytes) {
        size -= bytes;
        long left = bytes + gone;
        while (!chunks.isEmpty() && left >= chunks.getFirst().length) {
            left -= chunks.removeFirst().length;
        }
        gone = (int) left;
    }
}
