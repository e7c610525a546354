package net.pfsync.sync;

import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;

/**
 * The sender of OpenBSD 7.4 and later: frames of its own, the first with BUS START at once, then one every 20 ms, BUS END behind the last state.
 *
 * <p>The states are those that are in the list when the request comes. A request that comes while a transfer runs starts it afresh, so that
 * both peers get every state, and hear one END behind the last.
 * Source: {@code BEHAVIOUR.md} 15.21; recorded on OpenBSD 7.6, captures {@code s2_bulk_*}.
 */
public final class PacedBulkSender implements BulkSender {

    private final Pfsync pfsync;
    private final Style style;
    private State position;
    private State last;
    private boolean running;
    private int generation;

    /**
     * How a release does it.
     *
     * @param paceNanos pause between two frames
     * @param startsWhenEmpty whether an empty table is answered by START and END; otherwise by END alone
     * @param forgetsSecondRequest whether a request during a transfer is swallowed
     * @param sendsUnlinked whether states that were removed but not yet freed, and those that must not be announced, are sent too
     */
    public record Style(long paceNanos, boolean startsWhenEmpty, boolean forgetsSecondRequest, boolean sendsUnlinked) {}

    /**
     * Prepares the sender.
     *
     * @param pfsync the interface
     * @param style how the release does it
     */
    public PacedBulkSender(Pfsync pfsync, Style style) {
        this.pfsync = pfsync;
        this.style = style;
    }

    @Override
    public void request() {
        if (running && style.forgetsSecondRequest()) {
            return;
        }
        generation++;
        position = sendable(pfsync.states().first());
        last = pfsync.states().last();
        if (position == null) {
            sendEmpty();
            return;
        }
        running = true;
        sendFrame(true);
    }

    private void sendEmpty() {
        FrameWriter writer = pfsync.writer();
        writer.begin();
        if (style.startsWhenEmpty()) {
            writeStatus(writer, BulkStatus.START);
        }
        writeStatus(writer, BulkStatus.END);
        pfsync.send(writer);
    }

    private State sendable(State from) {
        State state = from;
        while (state != null && !style.sendsUnlinked() && (!state.linked() || state.has(StateFlags.NOSYNC))) {
            state = state == last ? null : state.next();
        }
        return state;
    }

    private void sendFrame(boolean first) {
        position = sendable(position);
        FrameWriter writer = pfsync.writer();
        writer.begin();
        int statusSize =
                FrameWriter.SUBHEADER + pfsync.dialect().layout(Kind.BUS).size();
        int room = pfsync.mtu() - pfsync.dialect().minimumPacket();
        if (first) {
            writeStatus(writer, BulkStatus.START);
            room -= statusSize;
        }
        room -= writeStates(writer, room);
        boolean ended = position == null && room >= statusSize;
        if (ended) {
            writeStatus(writer, BulkStatus.END);
        }
        pfsync.send(writer);
        if (ended) {
            running = false;
        } else {
            int mine = generation;
            pfsync.loop().schedule(style.paceNanos(), () -> {
                if (mine == generation) {
                    sendFrame(false);
                }
            });
        }
    }

    /** Writes as many states as fit and tells how many bytes they took. */
    private int writeStates(FrameWriter writer, int room) {
        int size = pfsync.dialect().stateSize();
        int fitting = (room - FrameWriter.SUBHEADER) / size;
        int count = 0;
        for (State state = position; state != null && count < fitting; state = following(state)) {
            count++;
        }
        if (count == 0) {
            return 0;
        }
        int at = writer.section(Kind.UPD, count);
        for (int i = 0; i < count; i++, at += size) {
            pfsync.exporter().full(position, pfsync.now(), writer.buffer(), at);
            position = following(position);
        }
        return FrameWriter.SUBHEADER + count * size;
    }

    private State following(State state) {
        return state == last ? null : sendable(state.next());
    }

    private void writeStatus(FrameWriter writer, int status) {
        int at = writer.section(Kind.BUS, 1);
        pfsync.busBody(status, 0).write(writer.buffer(), at);
    }

    @Override
    public void cancel() {
        running = false;
        position = null;
        generation++;
    }

    @Override
    public boolean running() {
        return running;
    }
}
