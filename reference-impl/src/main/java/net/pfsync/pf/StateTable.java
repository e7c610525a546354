package net.pfsync.pf;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All states of one firewall: found by their name, found by their keys, and listed in the order in which they came.
 *
 * <p>Looking up, inserting and unlinking are O(1). An unlinked state can no longer be found but stays in the list, and counts against the
 * limit, until {@link #free}. Not safe for use by several threads.
 */
@SuppressWarnings("ReferenceEquality") // the table keeps one object per key, and states are found again by identity
public final class StateTable implements Iterable<State> {

    private final HashIndex<State> names = new HashIndex<>();
    private final HashIndex<StateKey> keys = new HashIndex<>();
    private State first;
    private State last;
    private int linked;
    private int listed;
    private long inserted;

    /**
     * Finds a state by its name.
     *
     * @param id state id
     * @param creatorId creator's host id
     * @return null if there is none
     */
    public State find(long id, int creatorId) {
        int hash = hash(id, creatorId);
        State state;
        for (int slot = names.home(hash); (state = names.at(slot)) != null; slot = names.after(slot)) {
            if (names.hashed(slot, hash) && state.id == id && state.creatorId == creatorId) {
                return state;
            }
        }
        return null;
    }

    /**
     * Finds the states with a key, on either side.
     *
     * @param key the key
     * @param ifname the interface of the packet, or null for any
     * @param direction {@link State#IN} or {@link State#OUT}
     * @return the first state with that key and direction that is bound to that interface or to {@code all}; null if there is none
     */
    public State find(StateKey key, String ifname, int direction) {
        StateKey known = known(key);
        for (State state = known == null ? null : known.first; state != null; state = nextOn(known, state)) {
            if (state.direction == direction
                    && (ifname == null || state.ifname.equals("all") || state.ifname.equals(ifname))) {
                return state;
            }
        }
        return null;
    }

    /**
     * Finds the state that a packet belongs to. A state that is bound to the packet's interface goes before a floating one.
     *
     * @param probe the packet's addresses and ports
     * @param side on which side of a translation the packet is
     * @param ifname the interface of the packet, or null for any
     * @return the state with that key on that side that is bound to that interface or to {@code all}; null if there is none
     */
    State find(KeyProbe probe, Side side, String ifname) {
        StateKey known = known(probe);
        State floating = null;
        for (State state = known == null ? null : known.first; state != null; state = nextOn(known, state)) {
            if ((side == Side.WIRE ? state.wire : state.stack) == known) {
                if (state.ifname.equals("all")) {
                    floating = state;
                } else if (ifname == null || state.ifname.equals(ifname)) {
                    return state;
                }
            }
        }
        return floating;
    }

    private StateKey known(KeyProbe probe) {
        int hash = probe.hash();
        StateKey known;
        for (int slot = keys.home(hash); (known = keys.at(slot)) != null; slot = keys.after(slot)) {
            if (keys.hashed(slot, hash) && probe.matches(known)) {
                return known;
            }
        }
        return null;
    }

    private static State nextOn(StateKey key, State state) {
        return state.wire == key ? state.nextOnWire : state.nextOnStack;
    }

    /** Which bytes of an id count up depends on the creator's byte order, so all of them reach the low bits. */
    static int hash(long id, int creatorId) {
        long mixed = (id ^ (long) creatorId << 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    /**
     * Puts a state into the table, at the end of the list.
     *
     * <p>It is refused if a state with the same name exists, or one with the same key on the same interface in the same direction. Source:
     * {@code BEHAVIOUR.md} 8.14.
     *
     * @param state not in any table; its keys may be replaced by equal ones that the table has already
     * @return false if it was refused; nothing has changed then
     */
    public boolean insert(State state) {
        if (find(state.id, state.creatorId) != null) {
            return false;
        }
        StateKey wire = shared(state.wire);
        StateKey stack = state.stack.equals(state.wire) ? wire : shared(state.stack);
        if (taken(wire, state) || (stack != wire && taken(stack, state))) {
            return false;
        }
        state.wire = wire;
        state.stack = stack;
        attach(wire, state);
        if (stack != wire) {
            attach(stack, state);
        }
        names.add(hash(state.id, state.creatorId), state);
        append(state);
        state.linked = true;
        linked++;
        return true;
    }

    private StateKey shared(StateKey key) {
        StateKey known = known(key);
        return known == null ? key : known;
    }

    private StateKey known(StateKey key) {
        int hash = key.hashCode();
        StateKey known;
        for (int slot = keys.home(hash); (known = keys.at(slot)) != null; slot = keys.after(slot)) {
            if (keys.hashed(slot, hash) && known.equals(key)) {
                return known;
            }
        }
        return null;
    }

    private static boolean taken(StateKey key, State by) {
        for (State state = key.first; state != null; state = nextOn(key, state)) {
            if (state.direction == by.direction && state.ifname.equals(by.ifname)) {
                return true;
            }
        }
        return false;
    }

    private void attach(StateKey key, State state) {
        if (key.first == null) {
            keys.add(key.hashCode(), key);
        }
        if (state.wire == key) {
            state.nextOnWire = key.first;
        } else {
            state.nextOnStack = key.first;
        }
        key.first = state;
    }

    private void detach(StateKey key, State state) {
        State before = null;
        for (State at = key.first; at != state; at = nextOn(key, at)) {
            before = at;
        }
        State after = nextOn(key, state);
        if (before == null) {
            key.first = after;
        } else if (before.wire == key) {
            before.nextOnWire = after;
        } else {
            before.nextOnStack = after;
        }
        if (key.first == null) {
            keys.remove(key.hashCode(), key);
        }
    }

    private void append(State state) {
        state.previous = last;
        if (last == null) {
            first = state;
        } else {
            last.next = state;
        }
        last = state;
        listed++;
        inserted++;
    }

    /**
     * Takes a state out of both indices; it stays in the list, with the timeout {@link Timeouts#UNLINKED}.
     *
     * @param state a linked state of this table
     */
    public void unlink(State state) {
        names.remove(hash(state.id, state.creatorId), state);
        detach(state.wire, state);
        if (state.stack != state.wire) {
            detach(state.stack, state);
        }
        state.nextOnWire = null;
        state.nextOnStack = null;
        state.linked = false;
        state.timeout = Timeouts.UNLINKED;
        linked--;
    }

    /**
     * Takes an unlinked state out of the list.
     *
     * @param state a state of this table that was unlinked; its own {@link State#next()} stays, so that a walk can go on from it
     */
    public void free(State state) {
        if (state.previous == null) {
            first = state.next;
        } else {
            state.previous.next = state.next;
        }
        if (state.next == null) {
            last = state.previous;
        } else {
            state.next.previous = state.previous;
        }
        listed--;
    }

    /**
     * How many states can be found.
     *
     * @return linked states
     */
    public int size() {
        return linked;
    }

    /**
     * How many states there are with those that wait to be freed.
     *
     * @return linked and unlinked states
     */
    public int listed() {
        return listed;
    }

    /**
     * How many states ever came in, from wherever.
     *
     * @return 0 or more; with {@link #listed} taken off, how many were freed
     */
    public long inserted() {
        return inserted;
    }

    /**
     * The oldest state.
     *
     * @return null if the list is empty
     */
    public State first() {
        return first;
    }

    /**
     * The newest state.
     *
     * @return null if the list is empty
     */
    public State last() {
        return last;
    }

    /** Walks over the linked states in list order; the state that was handed out last may be unlinked and freed. */
    @Override
    public Iterator<State> iterator() {
        return new Iterator<>() {
            private State upcoming = linkedFrom(first);

            private static State linkedFrom(State from) {
                State state = from;
                while (state != null && !state.linked) {
                    state = state.next;
                }
                return state;
            }

            @Override
            public boolean hasNext() {
                return upcoming != null;
            }

            @Override
            public State next() {
                if (upcoming == null) {
                    throw new NoSuchElementException();
                }
                State state = upcoming;
                upcoming = linkedFrom(state.next);
                return state;
            }
        };
    }
}
