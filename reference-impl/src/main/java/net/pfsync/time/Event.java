package net.pfsync.time;

import java.util.Comparator;

/** A task and its place in the order of events: by time, then those of {@link EventLoop#soon} last, then as they came. */
final class Event implements Timer {

    static final Comparator<Event> ORDER = Comparator.comparingLong((Event e) -> e.at)
            .thenComparing(e -> e.soon)
            .thenComparingLong(e -> e.sequence);

    final long at;
    private final boolean soon;
    private final long sequence;
    private Runnable task;

    Event(long at, boolean soon, long sequence, Runnable task) {
        this.at = at;
        this.soon = soon;
        this.sequence = sequence;
        this.task = task;
    }

    void run() {
        Runnable due = task;
        task = null;
        if (due != null) {
            due.run();
        }
    }

    @Override
    public void cancel() {
        task = null;
    }

    @Override
    public boolean pending() {
        return task != null;
    }
}
