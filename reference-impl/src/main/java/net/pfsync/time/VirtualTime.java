package net.pfsync.time;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * An event loop whose time only moves when it is told to: seconds of protocol time pass in microseconds, and every run with
 * the same input is the same.
 *
 * <p>At one instant, scheduled tasks run first, in the order in which they were scheduled, and then those of {@link #soon}.
 * All firewalls, stations and LANs of one lab share one instance and its thread.
 */
public final class VirtualTime implements EventLoop {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
    private final long epochSeconds;
    private long now;
    private long sequence;

    /**
     * Starts at monotonic time zero.
     *
     * @param epochSeconds the wall clock at that moment, in seconds since 1970
     */
    public VirtualTime(long epochSeconds) {
        this.epochSeconds = epochSeconds;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long epochSeconds() {
        return epochSeconds + now / NANOS_PER_SECOND;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return add(new Event(now + Math.max(0, delayNanos), false, sequence++, task));
    }

    @Override
    public void soon(Runnable task) {
        add(new Event(now, true, sequence++, task));
    }

    private Event add(Event event) {
        events.add(event);
        return event;
    }

    /**
     * Lets time pass and runs everything that falls due, including what is due exactly at the end.
     *
     * @param duration how long; zero runs what is due now
     */
    public void advance(Duration duration) {
        advanceUntil(() -> false, duration);
    }

    /**
     * Lets time pass until something has happened.
     *
     * @param condition asked before the first and after every event
     * @param atMost the longest time to wait
     * @return true as soon as the condition holds; false when it did not, and then the whole time has passed
     */
    public boolean advanceUntil(BooleanSupplier condition, Duration atMost) {
        long deadline = now + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            Event next = events.peek();
            if (next == null || next.at > deadline) {
                now = deadline;
                return condition.getAsBoolean();
            }
            events.remove();
            now = next.at;
            next.run();
        }
        return true;
    }
}
