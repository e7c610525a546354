package net.pfsync.suite.cli;

import java.time.Duration;
import net.pfsync.time.RealTime;

/** Ends what listens on an interface: at Ctrl-C or SIGTERM, and when its time is over. Files end by themselves. */
final class Ending implements AutoCloseable {

    private final Interruption interruption;
    private final RealTime time;
    private final Duration after;

    /**
     * Waits for both.
     *
     * @param live whether an interface is listened to
     * @param after when to end at the latest; null for never
     */
    Ending(boolean live, Duration after) {
        interruption = live ? new Interruption() : null;
        time = live && after != null ? new RealTime("ending", Throwable::printStackTrace) : null;
        this.after = after;
    }

    /** Says what is to end, and begins to count. */
    void of(PacketSource source) {
        if (interruption != null) {
            interruption.whenRequested(source::end);
        }
        if (time != null) {
            time.execute(() -> time.schedule(after.toNanos(), source::end));
        }
    }

    @Override
    public void close() {
        if (time != null) {
            time.close();
        }
        if (interruption != null) {
            interruption.close();
        }
    }
}
