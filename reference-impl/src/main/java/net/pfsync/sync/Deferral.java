package net.pfsync.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.sync.DeferralRule.Fate;
import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;

/**
 * First packets that wait until a peer has acknowledged their states, so that the answer may come back through that peer.
 *
 * <p>A packet leaves through exactly one of: acknowledgement, timeout, overflow, teardown, and what {@link DeferralRule} says; or it is dropped
 * as that rule says. Source: {@code BEHAVIOUR.md} section 14; recorded on OpenBSD 4.6 (capture 04) and 7.6 (cases {@code s10-*}).
 */
final class Deferral {

    private static final int INET = 2;

    private final EventLoop loop;
    private final DeferralRule rule;
    private final Map<State, Held> held = new LinkedHashMap<>();

    private record Held(Runnable send, Timer timer) {}

    Deferral(EventLoop loop, DeferralRule rule) {
        this.loop = loop;
        this.rule = rule;
    }

    boolean available() {
        return rule.available();
    }

    /** Holds the first packet of a state, which is marked as waiting for an acknowledgement. */
    void hold(State state, Runnable send) {
        if (held.size() >= DeferralRule.LIMIT) {
            end(held.keySet().iterator().next(), Fate.SENT);
        }
        Timer timer = loop.schedule(rule.hold().toNanos(), () -> end(state, Fate.SENT));
        state.set(StateFlags.ACK);
        held.put(state, new Held(send, timer));
    }

    void acknowledged(State state) {
        end(state, Fate.SENT);
    }

    void updatedByPeer(State state) {
        end(state, rule.peerUpdate());
    }

    void updatedHere(State state) {
        end(state, rule.localPacket());
    }

    void deleted(State state) {
        end(state, rule.deletion());
    }

    private void end(State state, Fate fate) {
        if (fate == Fate.HELD || !state.has(StateFlags.ACK)) {
            return;
        }
        state.clear(StateFlags.ACK);
        Held packet = held.remove(state);
        if (packet == null) {
            return;
        }
        packet.timer.cancel();
        if (fate == Fate.SENT && !(rule.losesInet6() && state.af != INET)) {
            packet.send.run();
        }
    }

    /** Lets every packet go, as when the interface is destroyed. */
    void sendAll() {
        while (!held.isEmpty()) {
            end(held.keySet().iterator().next(), Fate.SENT);
        }
    }

    int count() {
        return held.size();
    }
}
