package net.pfsync.suite.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C or SIGTERM during a run: the process ends when the run has put away what it has, for example written the report of what there is.
 *
 * <p>The JVM ends when its shutdown hooks have; this one waits for the run. The exit code is the JVM's own, 128 and the number
 * of the signal.
 */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private Runnable action = () -> {};
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitForTheRun, "interruption");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void waitForTheRun() {
        Runnable stop;
        synchronized (this) {
            requested.set(true);
            stop = action;
        }
        stop.run();
        try {
            boolean ignored = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Says how to make the run end.
     *
     * @param stop run once when it is to end, at once if it is already; returns soon
     */
    void whenRequested(Runnable stop) {
        boolean already;
        synchronized (this) {
            action = stop;
            already = requested.get();
        }
        if (already) {
            stop.run();
        }
    }

    /** Whether the user wants the run to end. */
    boolean requested() {
        return requested.get();
    }

    /** The run is over and everything is written. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came this very moment; the hook has nothing to wait for.
                requested.set(true);
            }
        }
    }
}
