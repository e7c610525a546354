package net.pfsync.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pfsync.net.Ethernet;
import net.pfsync.net.NetworkOrder;

/**
 * Numbered frames from one station to another, so many a second, in bursts of a tenth of a millisecond. While the receiver stands still because the
 * machine is busy with something else, the sender waits: what is lost then was not lost for want of room.
 */
final class Flood implements Runnable {

    static final int FRAMES = 200_000;

    static final long PER_SECOND = 100_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long BURST_NANOS = 100_000L;
    private static final int LONGEST_BURST = 256;
    private static final int MOST_UNDERWAY = 16_384;
    private static final int PACKET = 300;
    private static final int PATIENCE_SECONDS = 60;

    private final Station from;
    private final Station to;
    private final long perSecond;
    private final int frames;
    private final CountDownLatch end = new CountDownLatch(1);
    private long startNanos;
    private volatile long endNanos;
    private int sent;
    private volatile int arrived;

    Flood(Station from, Station to) {
        this(from, to, PER_SECOND, FRAMES);
    }

    Flood(Station from, Station to, long perSecond, int frames) {
        this.from = from;
        this.to = to;
        this.perSecond = perSecond;
        this.frames = frames;
    }

    void start() throws Exception {
        to.onLoop(() -> {
            to.link.onReceive(this::take);
            return null;
        });
        from.onLoop(() -> {
            startNanos = from.loop.nanos();
            run();
            return null;
        });
    }

    private void take(byte[] frame) {
        int number = NetworkOrder.int32(frame, Ethernet.HEADER);
        if (number == arrived) {
            arrived = number + 1;
        }
        if (number == frames - 1) {
            end.countDown();
        }
    }

    @Override
    public void run() {
        long due = (from.loop.nanos() - startNanos) * perSecond / SECOND;
        due = Math.min(Math.min(due, arrived + MOST_UNDERWAY), frames);
        for (int burst = 0; sent < due && burst < LONGEST_BURST; burst++) {
            from.link.send(from.frame(to.link.address(), sent++, PACKET));
        }
        if (sent < frames) {
            from.loop.schedule(sent < due ? 0 : BURST_NANOS, this);
        } else {
            endNanos = from.loop.nanos();
        }
    }

    /** Until the last frame has arrived. */
    void awaitEnd() throws InterruptedException {
        assertThat(end.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the last frame arrived")
                .isTrue();
    }

    /** How many arrived in their order before the first that was missing. */
    int arrived() {
        return arrived;
    }

    /** Frames sent per second. */
    long rate() {
        return frames * SECOND / (endNanos - startNanos);
    }
}
