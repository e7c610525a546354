package net.pfsync.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * An event loop on the system's clocks, with a thread of its own.
 *
 * <p>Round by round it takes what other threads have handed over, runs the timers that are due, and then the tasks of {@link #soon}. A flood on one
 * {@link Lane} holds up neither the other lanes nor the timers for longer than {@link #BATCH} items. Without anything to do the thread sleeps.
 */
public final class RealTime implements EventLoop, AutoCloseable {

    /** How many items of a lane are taken in one round. */
    static final int BATCH = 256;

    private static final long MILLIS_PER_SECOND = 1000;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000_000L;

    private final Thread thread;
    private final Consumer<Throwable> fault;
    private final PriorityQueue<Event> timers = new PriorityQueue<>(Event.ORDER);
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private final CopyOnWriteArrayList<Lane<?>> lanes = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closed;
    private long sequence;

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param fault told, on the loop's thread, what a task threw; the loop goes on
     */
    public RealTime(String name, Consumer<Throwable> fault) {
        this.fault = fault;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    // ---- on the loop's thread ----

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long epochSeconds() {
        return System.currentTimeMillis() / MILLIS_PER_SECOND;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Event event = new Event(nanos() + Math.max(0, delayNanos), false, sequence++, task);
        timers.add(event);
        return event;
    }

    @Override
    public void soon(Runnable task) {
        soon.addLast(task);
    }

    // ---- on any thread ----

    /**
     * Opens a way for things that another thread makes.
     *
     * @param capacity how many may wait at least
     * @param taker takes each of them, on the loop's thread
     * @return the way, for one thread
     */
    public <T> Lane<T> lane(int capacity, Consumer<T> taker) {
        Lane<T> lane = new Lane<>(this, capacity, taker);
        lanes.add(lane);
        return lane;
    }

    /**
     * Gives up a way; what still waits on it is lost.
     *
     * @param lane one of this loop's
     */
    public void close(Lane<?> lane) {
        lanes.remove(lane);
    }

    /**
     * Has a task run on the loop's thread.
     *
     * @param task run once, soon
     */
    public void execute(Runnable task) {
        handedOver.add(task);
        wake();
    }

    /**
     * Has something done on the loop's thread, and waits for it. On the loop's own thread it is done at once.
     *
     * @param task what to do
     * @param atMost how long to wait
     * @return its result
     * @throws ExecutionException with what the task threw
     * @throws TimeoutException if it was not done in time; it may still be done later
     * @throws InterruptedException if the waiting thread was interrupted
     * @throws CancellationException if the loop is closed
     */
    public <T> T call(Callable<T> task, Duration atMost)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        if (thread.equals(Thread.currentThread())) {
            future.run();
        } else {
            if (closed) {
                throw new CancellationException("the event loop is closed");
            }
            execute(future);
        }
        return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread after the task that it runs now; what waits is never run. Returns when the thread has ended, except on that thread. */
    @Override
    public void close() {
        closed = true;
        wake();
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the thread look whether there is something to do. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    // ---- the loop ----

    private void run() {
        while (!closed) {
            round();
            if (nothingWaits()) {
                sleep();
            }
        }
    }

    private void round() {
        for (Lane<?> lane : lanes) {
            guard(() -> lane.drain(BATCH));
        }
        for (int waiting = handedOver.size(); waiting > 0 && !closed; waiting--) {
            guard(handedOver.remove());
        }
        long now = nanos();
        while (!closed && !timers.isEmpty() && timers.peek().at - now <= 0) {
            guard(timers.remove()::run);
        }
        for (int waiting = soon.size(); waiting > 0 && !closed; waiting--) {
            guard(soon.removeFirst());
        }
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            fault.accept(thrown);
        }
    }

    private boolean nothingWaits() {
        return soon.isEmpty() && handedOver.isEmpty() && lanesAreEmpty();
    }

    private boolean lanesAreEmpty() {
        for (Lane<?> lane : lanes) {
            if (!lane.empty()) {
                return false;
            }
        }
        return true;
    }

    /** Whoever hands something over either is seen here or sees that the thread sleeps, and wakes it. */
    private void sleep() {
        asleep.set(true);
        if (nothingWaits() && !closed) {
            Event next = timers.peek();
            long nanos = next == null ? LONGEST_SLEEP_NANOS : next.at - nanos();
            if (nanos > 0) {
                LockSupport.parkNanos(this, Math.min(nanos, LONGEST_SLEEP_NANOS));
            }
        }
        asleep.set(false);
    }
}
