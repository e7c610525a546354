package net.pfsync.sync;

import java.time.Duration;
import net.pfsync.time.Timer;
import net.pfsync.wire.BulkStatus;

/**
 * The requester of OpenBSD 4.5 to 7.3: one request, a timer that START re-arms, twelve more requests, then giving up.
 *
 * <table>
 * <caption>States and events</caption>
 * <tr><th>state<th>start<th>START<th>END<th>timer, tries &lt; 12<th>timer, tries = 12<th>stop
 * <tr><td>idle<td>request, waiting<td>-<td>-<td><td><td>-
 * <tr><td>waiting<td>request<td>timer again<td>idle, sync ok, if its time is right<td>request again<td>idle, sync ok<td>idle, sync ok
 * </table>
 *
 * <p>Source: {@code BEHAVIOUR.md} 15.1 to 15.5, 7.14, 7.15 and 16.1; recorded on OpenBSD 4.6, cases {@code waiting-*}.
 */
public final class ClassicBulkRequester implements BulkRequester {

    private static final int MAX_TRIES = 12;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int DEMOTION = 1;

    private final Pfsync pfsync;
    private final FirstWait firstWait;
    private final boolean endtimeWraps;
    private final boolean waitsWhileDown;
    private boolean waiting;
    private boolean syncOk = true;
    private int tries;
    private int requested;
    private Timer timer;

    /** How long to wait for the first answer, and after START. */
    @FunctionalInterface
    public interface FirstWait {

        /** OpenBSD 4.5: five seconds. */
        FirstWait FIVE_SECONDS = pfsync -> RETRY;

        /** OpenBSD 4.6 and later: four seconds and a tick for each frame that a full table needs. */
        FirstWait BY_TABLE_SIZE = pfsync -> {
            int perFrame = Math.max(
                    1,
                    (pfsync.mtu() - pfsync.dialect().minimumPacket())
                            / pfsync.dialect().stateSize());
            return Duration.ofSeconds(4).plusMillis(10L * (pfsync.host().stateLimit() / perFrame));
        };

        /**
         * Computes the time.
         *
         * @param pfsync the interface with its MTU and limit
         * @return a positive duration
         */
        Duration of(Pfsync pfsync);
    }

    /**
     * Prepares the requester.
     *
     * @param pfsync the interface
     * @param firstWait how long to wait for the first answer
     * @param endtimeWraps whether an END whose time is longer than this firewall's uptime counts as valid, as unsigned arithmetic has it
     * @param waitsWhileDown whether taking the interface down leaves the request and its timer as they are
     */
    public ClassicBulkRequester(Pfsync pfsync, FirstWait firstWait, boolean endtimeWraps, boolean waitsWhileDown) {
        this.pfsync = pfsync;
        this.firstWait = firstWait;
        this.endtimeWraps = endtimeWraps;
        this.waitsWhileDown = waitsWhileDown;
    }

    @Override
    public void start(boolean linkUp) {
        if (syncOk) {
            pfsync.demote(DEMOTION, "bulk update requested");
        }
        syncOk = false;
        waiting = true;
        tries = 0;
        requested = pfsync.now();
        pfsync.queues().requestUpdate(0, 0);
        arm(firstWait.of(pfsync));
    }

    private void arm(Duration delay) {
        disarm();
        timer = pfsync.loop().schedule(delay.toNanos(), this::timeout);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void timeout() {
        if (tries++ < MAX_TRIES) {
            requested = pfsync.now();
            pfsync.queues().requestUpdate(0, 0);
            arm(RETRY);
        } else {
            finish("failed to receive bulk update");
        }
    }

    private void finish(String why) {
        disarm();
        waiting = false;
        tries = 0;
        if (!syncOk) {
            syncOk = true;
            pfsync.demote(-DEMOTION, why);
        }
        pfsync.host().log("pfsync: " + why);
    }

    @Override
    public void stop(boolean destroyed) {
        if (waiting && (destroyed || !waitsWhileDown)) {
            finish("bulk update cancelled");
        }
    }

    @Override
    public void link(boolean up) {
        // These releases do not look at the link.
    }

    @Override
    public void status(int status, long endtime) {
        if (!waiting) {
            return;
        }
        if (status == BulkStatus.START) {
            arm(firstWait.of(pfsync));
        } else if (status == BulkStatus.END) {
            if (endtimeValid(endtime)) {
                finish("received valid bulk update end");
            } else {
                pfsync.host().log("pfsync: received invalid bulk update end: bad timestamp");
            }
        }
    }

    private boolean endtimeValid(long endtime) {
        int began = pfsync.now() - (int) endtime;
        if (endtime > pfsync.now()) {
            return endtimeWraps;
        }
        return began >= requested;
    }

    @Override
    public boolean waiting() {
        return waiting;
    }

    @Override
    public boolean syncOk() {
        return syncOk;
    }
}
