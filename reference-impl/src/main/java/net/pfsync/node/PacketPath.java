package net.pfsync.node;

import java.util.ArrayDeque;
import net.pfsync.net.Direction;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Filter;
import net.pfsync.net.Ip;
import net.pfsync.net.IpStack;
import net.pfsync.pf.Packet;
import net.pfsync.pf.PacketFilter;
import net.pfsync.pf.Result;
import net.pfsync.pf.State;
import net.pfsync.pf.StateEvents;
import net.pfsync.sync.Pfsync;

/**
 * The way of a packet past pf: every packet that enters or leaves the machine is tested while pf is enabled, and pfsync hears of what becomes of
 * its states.
 *
 * <p>A frame that pf or pfsync sends while a packet is being tested leaves when the test is over: the filter knows one packet at a time.
 */
final class PacketPath implements Filter {

    private final SyncHost host;
    private final IpStack stack;
    private final Packet packet = new Packet();
    private final ArrayDeque<Runnable> afterwards = new ArrayDeque<>();
    private PacketFilter filter;
    private byte[] tested;

    PacketPath(SyncHost host, IpStack stack) {
        this.host = host;
        this.stack = stack;
    }

    void through(PacketFilter chosen) {
        filter = chosen;
    }

    /** Runs a task when no packet is being tested, which is nearly always now. */
    void whenIdle(Runnable task) {
        if (tested == null) {
            task.run();
        } else {
            afterwards.addLast(task);
        }
    }

    @Override
    public boolean pass(Direction direction, String ifname, byte[] frame) {
        if (!host.pfEnabled()) {
            return true;
        }
        if (!packet.parse(frame, Ethernet.HEADER, Ip.length(frame))) {
            filter.malformed();
            return false;
        }
        tested = frame;
        Result result =
                filter.test(packet, ifname, direction == Direction.IN ? State.IN : State.OUT, host.uptimeSeconds());
        boolean passes = result.verdict() == Result.Verdict.PASS;
        if (!result.replies().isEmpty()) {
            result.replies().forEach(reply -> afterwards.addLast(() -> send(reply)));
        }
        tested = null;
        while (!afterwards.isEmpty()) {
            afterwards.removeFirst().run();
        }
        return passes;
    }

    private void send(Result.Reply reply) {
        byte[] frame = Ip.frame(reply.packet());
        if (reply.filtered()) {
            stack.identify(frame);
            stack.send(frame);
        } else {
            stack.sendUnfiltered(frame);
        }
    }

    /** What pfsync is told. */
    StateEvents eventsFor(Pfsync pfsync) {
        return new StateEvents() {
            @Override
            public void inserted(State state) {
                pfsync.inserted(state);
            }

            @Override
            public void updated(State state) {
                pfsync.updated(state);
            }

            @Override
            public void deleted(State state) {
                pfsync.deleted(state);
            }

            @Override
            public boolean defer(State state, Packet first) {
                byte[] frame = tested;
                return pfsync.defer(state, stack.toGroup(frame), () -> whenIdle(() -> stack.sendUnfiltered(frame)));
            }
        };
    }
}
