package net.pfsync.suite.cases;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;

/** The two states of a forwarded exchange, as the target has announced them: one where it came in, one where it went out. */
final class Announced {

    /** In real time the announcement may be a moment behind the packet. */
    private static final Duration STEP = Duration.ofMillis(1);

    private static final int PATIENCE = 300;

    private Announced() {}

    /** The state of the interface through which the exchange left the target. */
    static StateId outgoing(Lab lab, Flow flow) {
        return id(insert(lab, flow, StateSpec.OUT));
    }

    /** The state of the interface through which it came in. */
    static StateId incoming(Lab lab, Flow flow) {
        return id(insert(lab, flow, StateSpec.IN));
    }

    /** The INS of one of its states. */
    static StateMessage insert(Lab lab, Flow flow, int direction) {
        Optional<StateMessage> found = find(lab, flow, direction);
        for (int i = 0; i < PATIENCE && found.isEmpty(); i++) {
            lab.pass(STEP);
            found = find(lab, flow, direction);
        }
        String name = "INS of the " + (direction == StateSpec.IN ? "incoming" : "outgoing") + " state of " + flow;
        lab.check(found.isPresent(), name, found.isPresent() ? name : "no " + name);
        return found.orElseThrow();
    }

    private static Optional<StateMessage> find(Lab lab, Flow flow, int direction) {
        return inserts(lab).stream()
                .filter(state -> state.direction() == direction && isOf(flow, state))
                .findFirst();
    }

    /** Whether the target has announced a state of the exchange. */
    static boolean any(Lab lab, Flow flow) {
        return inserts(lab).stream().anyMatch(state -> isOf(flow, state));
    }

    private static List<StateMessage> inserts(Lab lab) {
        return lab.probe().heard(Messages.any(Kind.INS)).stream()
                .map(heard -> (StateMessage) heard.message())
                .toList();
    }

    /** Every exchange has a port of its own; the initiator is side 0 of what comes in, side 1 of what goes out. */
    private static boolean isOf(Flow flow, StateMessage state) {
        int initiator = state.direction() == StateSpec.IN ? 0 : 1;
        int key = state.direction() == StateSpec.IN ? StateMessage.WIRE : StateMessage.STACK;
        return state.proto() == flow.proto()
                && state.port(key, initiator) == flow.source().port();
    }

    private static StateId id(StateMessage state) {
        return new StateId(state.id(), state.creatorId());
    }
}
