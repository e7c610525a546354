package net.pfsync.pf;

/**
 * Who is told what the packet filter does to its states: pfsync.
 *
 * <p>Called on the firewall's own thread, in the middle of {@link PacketFilter#test}. Source: {@code BEHAVIOUR.md} section 13.
 */
public interface StateEvents {

    /** Nobody is told. */
    StateEvents NONE = new StateEvents() {
        @Override
        public void inserted(State state) {}

        @Override
        public void updated(State state) {}

        @Override
        public void deleted(State state) {}
    };

    /**
     * A packet made a state.
     *
     * @param state in the table already; it carries {@link StateFlags#NOSYNC} if its rule says so
     */
    void inserted(State state);

    /**
     * A packet passed on a state, but not the one that made it.
     *
     * @param state in the table
     */
    void updated(State state);

    /**
     * A state is removed.
     *
     * @param state still in the table, about to be unlinked
     */
    void deleted(State state);

    /**
     * Whether the packet that made an outgoing state is to be held until a peer knows the state. Asked right after {@link #inserted},
     * when the packet has its final addresses.
     *
     * @param state the new state, direction {@link State#OUT}
     * @param packet the packet; its bytes must be copied if they are kept
     * @return true if it was taken over; the verdict is {@link Result.Verdict#DEFER} then and the packet is not counted in the state
     */
    default boolean defer(State state, Packet packet) {
        return false;
    }
}
