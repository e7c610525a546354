package net.pfsync.suite.capture;

import java.io.IOException;
import java.util.ArrayDeque;
import net.pfsync.wire.Dialect;

/**
 * The pfsync packets of a capture with the dialects of their senders. Some packets are read ahead, because what comes
 * later may tell how to read what came before.
 */
public final class SyncPackets {

    /** How many packets of a file are read ahead. */
    public static final int OF_A_FILE = 1024;

    private final FrameInput input;
    private final int most;
    private final DialectFinder finder;
    private final ArrayDeque<SyncPacket> ahead = new ArrayDeque<>();
    private IOException broken;
    private boolean ended;
    private long frames;
    private boolean unread;

    /** Where frames come from: a file, or a wire. */
    public interface FrameInput {

        /** The next frame, null behind the last. */
        CapturedFrame next() throws IOException;
    }

    /**
     * Packets in the order of their frames.
     *
     * @param most packets to read ahead; 1 where waiting for more would be noticed
     */
    public SyncPackets(FrameInput input, DialectFinder finder, int most) {
        this.input = input;
        this.finder = finder;
        this.most = most;
    }

    /**
     * The next packet.
     *
     * @return null behind the last
     * @throws IOException behind the last good one, if the capture is cut or corrupt
     */
    public SyncPacket next() throws IOException {
        while (ahead.size() < most && !ended) {
            readAhead();
        }
        SyncPacket next = ahead.poll();
        if (next == null && broken != null) {
            throw broken;
        }
        return next;
    }

    private void readAhead() {
        try {
            CapturedFrame frame = input.next();
            if (frame == null) {
                ended = true;
                return;
            }
            frames++;
            unread |= frame.link() == LinkType.OTHER;
            SyncPacket packet = SyncPacket.of(frame);
            if (packet != null) {
                finder.observe(packet);
                ahead.add(packet);
            }
        } catch (IOException e) {
            broken = e;
            ended = true;
        }
    }

    /** What the sender of a packet speaks; null if the packet's version is none that is known. */
    public Dialect dialect(SyncPacket packet) {
        return finder.of(packet);
    }

    /** All frames that were read, those without pfsync included. */
    public long frames() {
        return frames;
    }

    /** Whether frames of a link type were passed over that cannot be read. */
    public boolean hadUnreadLinks() {
        return unread;
    }
}
