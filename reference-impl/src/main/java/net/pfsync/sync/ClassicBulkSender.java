package net.pfsync.sync;

import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;

/**
 * The sender of the v5 releases: BUS START at once, then the states through the queue of full updates, one frame per tick, then BUS END behind the
 * last of them.
 *
 * <p>A request that comes while a transfer runs is answered by another START and prolongs it by a full round, so that both peers get every state.
 * Source: {@code BEHAVIOUR.md} 15.10 to 15.13; recorded on OpenBSD 4.5, capture {@code 02b-bulk-traffic-4.5-500}.
 */
public final class ClassicBulkSender implements BulkSender {

    private final Pfsync pfsync;
    private final Style style;
    private int received;
    private State position;
    private State end;
    private boolean running;
    private boolean scheduled;

    /**
     * How a release does it.
     *
     * @param tickNanos pause between two frames; negative for none at all, everything in the handler of the request
     * @param panicsWhenEmpty whether a request to an empty table is fatal
     * @param sendsStates false for the release whose loop ends before it begins
     * @param sendsImported whether states that came from a peer or by DIOCADDSTATE are sent too; recorded on OpenBSD 4.5, captures 02
     */
    public record Style(long tickNanos, boolean panicsWhenEmpty, boolean sendsStates, boolean sendsImported) {}

    /**
     * Prepares the sender.
     *
     * @param pfsync the interface
     * @param style how the release does it
     */
    public ClassicBulkSender(Pfsync pfsync, Style style) {
        this.pfsync = pfsync;
        this.style = style;
    }

    @Override
    public void request() {
        if (style.panicsWhenEmpty() && pfsync.states().first() == null) {
            throw new KernelPanic("panic: page fault in pfsync_bulk_update: the list of states is empty");
        }
        received = pfsync.now();
        if (!running) {
            position = pfsync.states().first();
        }
        end = position;
        running = true;
        report(BulkStatus.START);
        if (style.tickNanos() < 0) {
            run();
        } else if (!scheduled) {
            schedule();
        }
    }

    private void schedule() {
        scheduled = true;
        pfsync.loop().schedule(style.tickNanos(), this::tick);
    }

    private void tick() {
        scheduled = false;
        if (running) {
            run();
        }
    }

    private void run() {
        boolean queued = false;
        while (style.sendsStates() && position != null) {
            if (sends(position)) {
                pfsync.queues().event(Event.REQUEST, position, pfsync.now());
                queued = true;
            }
            position = position.next() == null ? pfsync.states().first() : position.next();
            if (position == end) {
                break;
            }
            if (queued && style.tickNanos() >= 0 && pfsync.queues().fullOfStates()) {
                schedule();
                return;
            }
        }
        running = false;
        report(BulkStatus.END);
    }

    private boolean sends(State state) {
        return state.linked()
                && !state.has(StateFlags.NOSYNC)
                && (style.sendsImported() || (state.pfsyncTime == State.NEVER && !state.added));
    }

    private void report(int status) {
        int endtime = status == BulkStatus.END ? pfsync.now() - received : 0;
        pfsync.queues().flushWith(Kind.BUS, pfsync.busBody(status, endtime));
    }

    @Override
    public void cancel() {
        running = false;
        position = null;
        end = null;
    }

    @Override
    public boolean running() {
        return running;
    }
}
