package net.pfsync.net.tcp;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What has arrived ahead of its turn. It never holds more bytes than the window has. */
final class Reassembly {

    private final TreeMap<Long, byte[]> ahead = new TreeMap<>();
    private final int limit;
    private int held;

    Reassembly(int limit) {
        this.limit = limit;
    }

    int held() {
        return held;
    }

    /** Keeps bytes for later; they are not kept if there is no room for them or they are there already. */
    void keep(long offset, byte[] from, int at, int length) {
        byte[] known = ahead.get(offset);
        int before = known == null ? 0 : known.length;
        if (length <= before || held + length - before > limit) {
            return;
        }
        ahead.put(offset, Arrays.copyOfRange(from, at, at + length));
        held += length - before;
    }

    /** Takes the bytes that begin at or before an offset and reach beyond it, without those before it; null if there are none. */
    byte[] take(long offset) {
        while (!ahead.isEmpty() && ahead.firstKey() <= offset) {
            Map.Entry<Long, byte[]> first = ahead.pollFirstEntry();
            byte[] bytes = first.getValue();
            held -= bytes.length;
            long skip = offset - first.getKey();
            if (skip < bytes.length) {
                return Arrays.copyOfRange(bytes, (int) skip, bytes.length);
            }
        }
        return null;
    }
}
