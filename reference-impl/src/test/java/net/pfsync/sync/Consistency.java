package net.pfsync.sync;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import net.pfsync.node.Firewall;
import net.pfsync.pf.State;
import net.pfsync.pf.StateTable;
import net.pfsync.time.VirtualTime;

/** What must hold of a firewall's table and queues at any moment, whatever it has been sent. */
public final class Consistency {

    private static final Duration SOON = Duration.ofSeconds(10);

    private Consistency() {}

    /**
     * Looks at everything.
     *
     * @throws AssertionError if something does not hold
     */
    public static void check(Firewall firewall) {
        Pfsync pfsync = firewall.pfsync();
        Map<Queue, Integer> queued = table(firewall.states());
        for (Queue queue : new Queue[] {Queue.INS, Queue.INS_ACK, Queue.UPD, Queue.UPD_C, Queue.DEL}) {
            int counted = queued.getOrDefault(queue, 0);
            holds(pfsync.queues().count(queue) == counted, counted + " states are marked as queued on " + queue);
        }
        holds(pfsync.queues().length() <= pfsync.mtu(), "what waits fits into a frame");
        holds(pfsync.deferral().count() <= DeferralRule.LIMIT, "few packets are held");
    }

    /**
     * Waits until a firewall has said all that it has to say, which takes it no more than moments when it is left alone: what waits goes after a
     * second, and purge runs add only now and then.
     *
     * @throws AssertionError if it does not come to that
     */
    public static void checkQuiet(Firewall firewall, VirtualTime time) {
        Pfsync pfsync = firewall.pfsync();
        holds(
                time.advanceUntil(() -> pfsync.queues().isEmpty() && pfsync.deferred() == 0, SOON),
                "in the end nothing waits to be sent and no packet is held");
        check(firewall);
    }

    private static Map<Queue, Integer> table(StateTable table) {
        Map<Queue, Integer> queued = new EnumMap<>(Queue.class);
        int listed = 0;
        int linked = 0;
        State previous = null;
        for (State state = table.first(); state != null; state = state.next()) {
            listed++;
            linked += state.linked() ? 1 : 0;
            queued.merge(Queue.of(state), 1, Integer::sum);
            indexed(table, state);
            previous = state;
        }
        holds(previous == table.last(), "the list ends with its last state");
        holds(listed == table.listed(), listed + " states are in the list, " + table.listed() + " are counted");
        holds(linked == table.size(), linked + " states are linked, " + table.size() + " are counted");
        return queued;
    }

    @SuppressWarnings("ReferenceEquality") // the state itself must be found, not one like it
    private static void indexed(StateTable table, State state) {
        boolean named = table.find(state.id, state.creatorId) == state;
        holds(named == state.linked(), "a state is found by its name exactly while it is linked");
        if (state.linked()) {
            holds(table.find(state.wire, state.ifname, state.direction) != null, "a state is found by its wire key");
            holds(table.find(state.stack, state.ifname, state.direction) != null, "a state is found by its stack key");
        }
    }

    private static void holds(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
