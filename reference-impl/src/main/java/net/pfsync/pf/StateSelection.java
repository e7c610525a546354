package net.pfsync.pf;

import java.util.function.Predicate;

/**
 * Which states a user means, as {@code pfctl -k} takes them.
 *
 * <p>Source and destination are those of the initiator's packets, as they come in or before they are translated on their way out. Recorded on
 * OpenBSD 7.6, {@code *_pfctl_k_*.txt}.
 */
@FunctionalInterface
public interface StateSelection {

    /**
     * Whether a state is meant.
     *
     * @param state a state of the table
     * @return true if it is
     */
    boolean contains(State state);

    /** All states. */
    StateSelection ALL = state -> true;

    /**
     * One state: {@code pfctl -k id}.
     *
     * @param id state id
     * @param creatorId creator's host id
     * @return at most one state
     */
    static StateSelection id(long id, int creatorId) {
        return state -> state.id == id && state.creatorId == creatorId;
    }

    /**
     * The states on an interface: {@code pfctl -i}.
     *
     * @param ifname the exact interface, {@code all} for floating states
     * @return these states
     */
    static StateSelection ifname(String ifname) {
        return state -> state.ifname.equals(ifname);
    }

    /**
     * The states of connections from an address or network: {@code pfctl -k host}.
     *
     * @param source an address, a network, or {@code any}
     * @return these states
     * @throws IllegalArgumentException if it is none of these
     */
    static StateSelection from(String source) {
        Predicate<State> matches = endpoint(source, true);
        return matches::test;
    }

    /**
     * The states of connections from one place to another: {@code pfctl -k host -k host}.
     *
     * @param source an address, a network, or {@code any}
     * @param destination the same
     * @return these states
     * @throws IllegalArgumentException if one is none of these
     */
    static StateSelection between(String source, String destination) {
        Predicate<State> matches = endpoint(source, true).and(endpoint(destination, false));
        return matches::test;
    }

    /**
     * The states that both selections mean.
     *
     * @param other another selection
     * @return what both have in common
     */
    default StateSelection and(StateSelection other) {
        return state -> contains(state) && other.contains(state);
    }

    private static Predicate<State> endpoint(String text, boolean source) {
        AddressRange range = AddressReader.read(text);
        return state -> {
            StateKey key = state.direction == State.OUT ? state.stack : state.wire;
            int slot = source == (state.direction != State.OUT) ? 0 : 1;
            return range.contains(key.af() != 2, key.addressHi(slot), key.addressLo(slot));
        };
    }
}
