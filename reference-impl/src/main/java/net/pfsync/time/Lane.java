package net.pfsync.time;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The way of things from one other thread to the thread of a {@link RealTime}, in their order: a ring without locks, of which nothing is allocated
 * per thing, and which refuses what does not fit.
 *
 * @param <T> what is handed over
 */
public final class Lane<T> {

    private final RealTime loop;
    private final AtomicReferenceArray<T> slots;
    private final int mask;
    private final Consumer<T> taker;
    /** The next slot to fill; only the giving thread's. */
    private int tail;
    /** The next slot to empty; only the loop's. */
    private int head;

    Lane(RealTime loop, int capacity, Consumer<T> taker) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.loop = loop;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.taker = taker;
    }

    /**
     * Hands something over; only one thread does.
     *
     * @param item not null; the loop's from here on
     * @return false if the loop is so far behind that there is no room; the item is lost then
     */
    public boolean offer(T item) {
        int slot = tail & mask;
        if (slots.get(slot) != null) {
            return false;
        }
        slots.set(slot, item);
        tail++;
        loop.wake();
        return true;
    }

    boolean empty() {
        return slots.get(head & mask) == null;
    }

    /** Lets the loop take what has come, but not more than a number of things. */
    void drain(int atMost) {
        for (int taken = 0; taken < atMost; taken++) {
            int slot = head & mask;
            T item = slots.getAcquire(slot);
            if (item == null) {
                return;
            }
            slots.setRelease(slot, null);
            head++;
            taker.accept(item);
        }
    }
}
