package net.pfsync.pf;

/** On which side of a translation a packet is. Incoming packets are on the wire side, outgoing ones on the stack side. */
enum Side {
    /** As on the network. */
    WIRE,
    /** As in the firewall. */
    STACK;

    /** The side of packets that go in a direction, {@link State#IN} or {@link State#OUT}. */
    static Side of(int direction) {
        return direction == State.IN ? WIRE : STACK;
    }

    StateKey key(State state) {
        return this == WIRE ? state.wire : state.stack;
    }

    StateKey otherKey(State state) {
        return this == WIRE ? state.stack : state.wire;
    }
}
