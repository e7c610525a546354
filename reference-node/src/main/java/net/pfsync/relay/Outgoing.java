package net.pfsync.relay;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages on their way out, written by a thread of its own, so that nobody waits for a slow stream; what finds no room is refused. */
final class Outgoing implements AutoCloseable {

    private static final int ROOM = 8192;
    private static final long LOOK_MILLIS = 200;

    private final ArrayBlockingQueue<RelayMessage> waiting = new ArrayBlockingQueue<>(ROOM);
    private final DataOutputStream out;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean broken;

    Outgoing(DataOutputStream out, String name) {
        this.out = out;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands a message over; false if there is no room, or nobody takes it any more. */
    boolean offer(RelayMessage message) {
        return !broken && !closed && waiting.offer(message);
    }

    /** Whether nobody takes messages any more. */
    boolean broken() {
        return broken;
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                RelayMessage next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                while (next != null) {
                    RelayMessage.write(out, next);
                    next = waiting.poll();
                }
                out.flush();
            }
        } catch (IOException e) {
            broken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go what waits, for a moment. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2 * LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
