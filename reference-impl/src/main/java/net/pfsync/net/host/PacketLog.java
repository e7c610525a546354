package net.pfsync.net.host;

import java.util.ArrayDeque;
import java.util.List;
import net.pfsync.net.Direction;
import net.pfsync.net.Ip;

/** The packets that a host has sent and received; the newest push the oldest out. */
public final class PacketLog {

    private static final int DEFAULT_LIMIT = 10_000;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private int limit = DEFAULT_LIMIT;

    /**
     * One packet.
     *
     * @param nanos when it was sent or received
     * @param direction {@link Direction#OUT} if it was sent
     * @param frame the packet in its frame, see {@link Ip}; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares entries
    public record Entry(long nanos, Direction direction, byte[] frame) {
        /**
         * The packet alone.
         *
         * @return a copy
         */
        public byte[] packet() {
            return Ip.packet(frame);
        }
    }

    PacketLog() {}

    void add(long nanos, Direction direction, byte[] frame) {
        if (limit == 0) {
            return;
        }
        if (entries.size() >= limit) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(nanos, direction, frame));
    }

    /**
     * Sets how many packets are kept.
     *
     * @param packets 0 for none; 10 000 unless set
     */
    public void limit(int packets) {
        limit = packets;
        while (entries.size() > limit) {
            entries.removeFirst();
        }
    }

    /**
     * All packets.
     *
     * @return oldest first
     */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The packets that were received.
     *
     * @return oldest first
     */
    public List<Entry> received() {
        return entries.stream()
                .filter(entry -> entry.direction() == Direction.IN)
                .toList();
    }

    /**
     * The packets that were sent.
     *
     * @return oldest first
     */
    public List<Entry> sent() {
        return entries.stream()
                .filter(entry -> entry.direction() == Direction.OUT)
                .toList();
    }

    /** Forgets all packets. */
    public void clear() {
        entries.clear();
    }
}
