package net.pfsync.suite.replay;

import net.pfsync.pf.State;
import net.pfsync.pf.StateKey;
import net.pfsync.pf.Timeouts;
import net.pfsync.wire.StateMessage;

/** Makes a state of pf from an exported one, as if it had been made on the machine itself. */
public final class LocalState {

    private static final int INET = 2;

    private LocalState() {}

    /**
     * Makes a state.
     *
     * @param exported everything else about it
     * @param age its age in seconds
     * @param left seconds until it expires
     * @param timeouts the timeouts in force
     * @param now seconds of uptime
     * @return a state in no table
     */
    public static State of(StateMessage exported, long age, long left, Timeouts timeouts, int now) {
        State state = new State();
        state.id = exported.id();
        state.creatorId = exported.creatorId();
        state.ifname = exported.ifname();
        state.wire = key(exported, StateMessage.WIRE);
        state.stack = key(exported, StateMessage.STACK);
        state.src.take(exported.src());
        state.dst.take(exported.dst());
        state.af = (byte) exported.af();
        state.proto = (byte) exported.proto();
        state.direction = (byte) exported.direction();
        state.timeout = (byte) exported.timeout();
        state.stateFlags = (short) exported.stateFlags();
        state.log = (byte) exported.log();
        state.rule = exported.rule();
        state.anchor = exported.anchor();
        state.natRule = exported.natRule();
        state.packets0 = (int) exported.packets(0);
        state.packets1 = (int) exported.packets(1);
        state.bytes0 = exported.bytes(0);
        state.bytes1 = exported.bytes(1);
        extra(exported, state);
        state.creation = (int) (now - age);
        // pf keeps the time of the last activity; what is left follows from it.
        state.expire = 0;
        state.expire = (int) (now + left - timeouts.expiry(state, 0, now));
        return state;
    }

    private static StateKey key(StateMessage exported, int key) {
        return new StateKey(
                exported.keyAf(key) != INET,
                exported.keyAf(key),
                exported.proto(),
                exported.rdomain(key),
                exported.addrHi(key, 0),
                exported.addrLo(key, 0),
                exported.addrHi(key, 1),
                exported.addrLo(key, 1),
                exported.port(key, 0),
                exported.port(key, 1));
    }

    private static void extra(StateMessage exported, State state) {
        State.Extra extra = state.extra();
        extra.rtHi = exported.rtAddrHi();
        extra.rtLo = exported.rtAddrLo();
        extra.rt = (byte) exported.rt();
        extra.rtableWire = exported.rtableid(0);
        extra.rtableStack = exported.rtableid(1);
        extra.maxMss = (short) exported.maxMss();
        extra.minTtl = (byte) exported.minTtl();
        extra.setTos = (byte) exported.setTos();
        extra.setPrio0 = (byte) exported.setPrio(0);
        extra.setPrio1 = (byte) exported.setPrio(1);
    }
}
