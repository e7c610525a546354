package net.pfsync.suite.capture;

import java.io.Closeable;
import java.io.IOException;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.PcapTap;

/** The pfsync packets that pass an interface, as frames of a capture. */
public final class LiveCapture implements SyncPackets.FrameInput, Closeable {

    private final PcapTap tap;
    private final LinkType link;
    private long frames;

    private LiveCapture(PcapTap tap) {
        this.tap = tap;
        link = LinkType.of(tap.linkType());
    }

    /**
     * Begins to listen.
     *
     * @param name the interface
     * @throws LinkException if it cannot be listened to; one line says why
     */
    public static LiveCapture open(String name) throws LinkException {
        return new LiveCapture(PcapTap.open(name));
    }

    /**
     * The next frame; waits for it.
     *
     * @return null behind the last before {@link #end}
     * @throws IOException if the interface went away
     */
    @Override
    public CapturedFrame next() throws IOException {
        try {
            PcapTap.Heard heard = tap.next();
            return heard == null
                    ? null
                    : new CapturedFrame(++frames, heard.nanos(), link, heard.bytes(), heard.length());
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether {@link #next} would have to wait. */
    public boolean idle() {
        return tap.idle();
    }

    /** Stops listening, from any thread; what was heard before can still be had. */
    public void end() {
        tap.end();
    }

    /** Frames that were handed on. */
    public long frames() {
        return frames;
    }

    /** What became of the packets, those included that were lost. */
    public PcapTap.Losses losses() {
        return tap.losses();
    }

    @Override
    public void close() {
        tap.close();
    }
}
