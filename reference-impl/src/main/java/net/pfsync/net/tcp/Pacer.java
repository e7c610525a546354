package net.pfsync.net.tcp;

import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;

/** Lets segments go evenly spaced, so many in a second. */
final class Pacer {

    private static final long SECOND = 1_000_000_000L;

    private final EventLoop loop;
    private final long interval;
    private final Runnable resume;
    private long next;
    private Timer timer;

    /** Makes a pacer; 0 a second means no limit. */
    Pacer(EventLoop loop, int perSecond, Runnable resume) {
        this.loop = loop;
        this.interval = perSecond == 0 ? 0 : SECOND / perSecond;
        this.resume = resume;
        this.next = loop.nanos();
    }

    /** Whether a segment may go now; if not, it is said when it may. */
    boolean ready() {
        long wait = next - loop.nanos();
        if (interval == 0 || wait <= 0) {
            return true;
        }
        if (timer == null || !timer.pending()) {
            timer = loop.schedule(wait, resume);
        }
        return false;
    }

    /** A segment went. */
    void sent() {
        next = Math.max(next, loop.nanos()) + interval;
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
