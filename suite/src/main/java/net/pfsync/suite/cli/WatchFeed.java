package net.pfsync.suite.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.lint.Judge;
import net.pfsync.suite.lint.Verdict;
import net.pfsync.time.Clock;

/** Packets on their way to the judge, in a thread of their own; those of a capture at the times at which they were recorded. */
final class WatchFeed {

    private static final long PATIENCE_MILLIS = 5000;

    private final SyncPackets packets;
    private final Judge judge;
    private final double speed;
    private final Clock clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "watch feed");
    private volatile String broken;
    private volatile boolean over;

    /**
     * A feed.
     *
     * @param speed how many times faster than recorded, 0 for packets that come by themselves
     */
    WatchFeed(SyncPackets packets, int mtu, double speed, Clock clock) {
        this.packets = packets;
        this.judge = new Judge(mtu);
        this.speed = speed;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long began = clock.nanos();
            SyncPacket first = packets.next();
            for (SyncPacket packet = first; packet != null; packet = packets.next()) {
                if (speed > 0
                        && wait(began, packet.frame().nanos() - first.frame().nanos())) {
                    return;
                }
                synchronized (judge) {
                    judge.packet(packet, packets.dialect(packet));
                }
            }
        } catch (IOException e) {
            broken = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
        }
    }

    /** True if it is to end. */
    private boolean wait(long began, long recorded) throws InterruptedException {
        long due = began + (long) (recorded / speed) - clock.nanos();
        return ended.await(Math.max(0, due), TimeUnit.NANOSECONDS);
    }

    /** What was found until now. */
    Verdict soFar() {
        synchronized (judge) {
            return judge.soFar();
        }
    }

    /** Whether nothing more comes. */
    boolean over() {
        return over;
    }

    /** Why it ended too soon, null if it did not. */
    String broken() {
        return broken;
    }

    /** Ends it. */
    void end() {
        ended.countDown();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
