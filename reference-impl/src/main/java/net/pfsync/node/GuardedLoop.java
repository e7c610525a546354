package net.pfsync.node;

import java.util.function.Consumer;
import net.pfsync.sync.KernelPanic;
import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;

/** The event loop as one firewall uses it: once the firewall has stopped, none of its tasks runs any more. */
final class GuardedLoop implements EventLoop {

    private final EventLoop loop;
    private String stopped;

    GuardedLoop(EventLoop loop) {
        this.loop = loop;
    }

    /** Why the firewall stopped; null while it runs. */
    String stopped() {
        return stopped;
    }

    /** Runs nothing from now on. */
    void stop(String why) {
        if (stopped == null) {
            stopped = why;
        }
    }

    /** Runs something now, unless the firewall has stopped; a panic stops it. */
    void guard(Runnable task) {
        if (stopped == null) {
            try {
                task.run();
            } catch (KernelPanic panic) {
                stopped = panic.getMessage();
            }
        }
    }

    /** The same for a task that takes something. */
    <T> void guard(Consumer<T> task, T taken) {
        if (stopped == null) {
            try {
                task.accept(taken);
            } catch (KernelPanic panic) {
                stopped = panic.getMessage();
            }
        }
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return loop.schedule(delayNanos, () -> guard(task));
    }

    @Override
    public void soon(Runnable task) {
        loop.soon(() -> guard(task));
    }

    @Override
    public long nanos() {
        return loop.nanos();
    }

    @Override
    public long epochSeconds() {
        return loop.epochSeconds();
    }
}
