package net.pfsync.sync;

import java.time.Duration;
import net.pfsync.time.Timer;
import net.pfsync.wire.BulkStatus;

/**
 * The requester of OpenBSD 7.4 and later: a state machine around one attempt to get the states, with demotion from beginning to end.
 *
 * <table>
 * <caption>States and events; quirks of OpenBSD 7.6 in brackets</caption>
 * <tr><th>state<th>start<th>link up<th>START<th>END<th>timer<th>stop
 * <tr><td>NONE<td>START, +32, 30 s<td>-<td>-<td>-<td><td>-
 * <tr><td>START<td>-<td>SENT: request, 2 s<td>BULK<td>DONE [-]<td>DONE<td>NONE, -32
 * <tr><td>SENT<td>-<td>-<td>BULK<td>DONE [-]<td>request again up to 12 in all, then DONE<td>NONE, -32
 * <tr><td>BULK<td>-<td>-<td>-<td>DONE<td>SENT: request again [and DONE]<td>NONE, -32
 * <tr><td>DONE<td>-<td>-<td>-<td>-<td><td>NONE
 * </table>
 *
 * <p>Entering DONE takes the 32 back. A lost link demotes by 1 more in every state but NONE. Source: {@code BEHAVIOUR.md} 15.20 and 16.3;
 * recorded on OpenBSD 7.6, cases {@code s8-*}.
 */
public final class StagedBulkRequester implements BulkRequester {

    private static final int MAX_REQUESTS = 12;
    private static final int BULK_DEMOTION = 32;
    private static final int LINK_DEMOTION = 1;
    private static final Duration FOR_LINK = Duration.ofSeconds(30);
    private static final Duration FOR_ANSWER = Duration.ofSeconds(2);
    private static final int FRAMES_PER_SECOND = 50;
    private static final int PATIENCE = 4;

    /** Where the machine stands. */
    public enum Stage {
        /** pfsync is down. */
        NONE,
        /** Waiting for a link. */
        START,
        /** Waiting for an answer. */
        SENT,
        /** Waiting for the rest of the answer. */
        BULK,
        /** Synchronised, or given up. */
        DONE
    }

    private final Pfsync pfsync;
    private final boolean needsStart;
    private final boolean givesUpAfterLostEnd;
    private Stage stage = Stage.NONE;
    private int requests;
    private boolean linkDemoted;
    private Timer timer;

    /**
     * Prepares the requester.
     *
     * @param pfsync the interface
     * @param needsStart whether an END without a START before it is ignored
     * @param givesUpAfterLostEnd whether a transfer whose END never comes counts as done although it is asked for again
     */
    public StagedBulkRequester(Pfsync pfsync, boolean needsStart, boolean givesUpAfterLostEnd) {
        this.pfsync = pfsync;
        this.needsStart = needsStart;
        this.givesUpAfterLostEnd = givesUpAfterLostEnd;
    }

    @Override
    public void start(boolean linkUp) {
        pfsync.demote(BULK_DEMOTION, "bulk update requested");
        stage = Stage.START;
        requests = 0;
        arm(FOR_LINK);
        if (linkUp) {
            request();
        } else {
            demoteForLink(true);
        }
    }

    private void request() {
        stage = Stage.SENT;
        requests++;
        pfsync.queues().requestUpdate(0, 0);
        arm(FOR_ANSWER);
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
        switch (stage) {
            case START -> done("no link");
            case SENT -> {
                if (requests < MAX_REQUESTS) {
                    request();
                } else {
                    done("bulk update failed");
                }
            }
            case BULK -> {
                if (givesUpAfterLostEnd) {
                    request();
                    done("bulk update timed out");
                } else if (requests < MAX_REQUESTS) {
                    request();
                } else {
                    done("bulk update failed");
                }
            }
            case NONE, DONE -> throw new KernelPanic("panic: pfsync_bulk_req_timeout: unexpected stage " + stage);
        }
    }

    private void done(String why) {
        disarm();
        stage = Stage.DONE;
        pfsync.demote(-BULK_DEMOTION, why);
        pfsync.host().log("pfsync: " + why);
    }

    @Override
    public void stop(boolean destroyed) {
        if (stage != Stage.NONE && stage != Stage.DONE) {
            pfsync.demote(-BULK_DEMOTION, "bulk update cancelled");
        }
        stage = Stage.NONE;
        disarm();
        demoteForLink(false);
    }

    @Override
    public void link(boolean up) {
        if (stage == Stage.NONE) {
            return;
        }
        demoteForLink(!up);
        if (up && stage == Stage.START) {
            request();
        }
    }

    private void demoteForLink(boolean down) {
        if (down != linkDemoted) {
            linkDemoted = down;
            pfsync.demote(down ? LINK_DEMOTION : -LINK_DEMOTION, down ? "sync link down" : "sync link up");
        }
    }

    @Override
    public void status(int status, long endtime) {
        boolean early = stage == Stage.START || stage == Stage.SENT;
        if (status == BulkStatus.START && early) {
            stage = Stage.BULK;
            arm(forTransfer());
        } else if (status == BulkStatus.END && (stage == Stage.BULK || (early && !needsStart))) {
            done("bulk update complete");
        }
    }

    private Duration forTransfer() {
        int perFrame = Math.max(
                1,
                (pfsync.mtu() - pfsync.dialect().minimumPacket())
                        / pfsync.dialect().stateSize());
        int seconds = Math.max(1, pfsync.host().stateLimit() / perFrame / FRAMES_PER_SECOND);
        return Duration.ofSeconds((long) PATIENCE * seconds);
    }

    @Override
    public boolean waiting() {
        return stage != Stage.NONE && stage != Stage.DONE;
    }

    @Override
    public boolean syncOk() {
        return !waiting();
    }

    /**
     * Where the machine stands.
     *
     * @return never null
     */
    public Stage stage() {
        return stage;
    }
}
