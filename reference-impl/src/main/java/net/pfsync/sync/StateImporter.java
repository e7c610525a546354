package net.pfsync.sync;

import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.StateKey;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.sync.ImportRule.Verdict;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Layout;
import net.pfsync.wire.StateMessage;

/** Makes states of what peers announce. Source: {@code BEHAVIOUR.md} section 8. */
final class StateImporter {

    /** pfsync's own protocol, whose states are never announced. */
    static final int IPPROTO_PFSYNC = 240;

    private static final int INET = 2;
    private static final int UNBOUND_RULE = -1;

    /** What became of a received state. */
    enum Outcome {
        /** It is in the table. */
        INSERTED,
        /** It was left out silently. */
        IGNORED,
        /** It was refused. */
        REFUSED,
        /** There is no room for it. */
        NO_MEMORY
    }

    private final Host host;
    private final StateTable table;
    private final Timeouts timeouts;
    private final Dialect dialect;
    private final ImportRule rule;
    private final InterfaceNames names = new InterfaceNames();

    StateImporter(Host host, StateTable table, Timeouts timeouts, Dialect dialect, ImportRule rule) {
        this.host = host;
        this.table = table;
        this.timeouts = timeouts;
        this.dialect = dialect;
        this.rule = rule;
    }

    /** Whether an address family is IPv4 or IPv6. */
    static boolean knownFamily(int af, int inet6) {
        return af == INET || af == inet6;
    }

    /**
     * Makes a state and puts it into the table.
     *
     * @param message INS, or UPD of an unknown state
     * @param sameRuleset whether the frame's ruleset checksum is the local one
     * @param now seconds of uptime
     */
    Outcome take(StateMessage message, boolean insert, boolean sameRuleset, int now) {
        Verdict verdict = rule.admission().check(message, dialect.inet6(), host.debugMisc());
        if (verdict != Verdict.ADMIT) {
            return verdict == Verdict.REFUSE ? Outcome.REFUSED : Outcome.IGNORED;
        }
        if (table.listed() >= host.stateLimit()) {
            return Outcome.NO_MEMORY;
        }
        State state = stateOf(message, now);
        if (sameRuleset && (insert ? rule.insertTakesRule() : rule.updateTakesRule())) {
            takeRule(state, message);
        }
        return table.insert(state) ? Outcome.INSERTED : Outcome.REFUSED;
    }

    private State stateOf(StateMessage message, int now) {
        State state = new State();
        state.id = message.id();
        state.creatorId = message.creatorId();
        state.ifname = names.of(message);
        state.wire = key(message, 0);
        StateKey stack = key(message, 1);
        state.stack = stack.equals(state.wire) ? state.wire : stack;
        state.af = (byte) state.wire.af();
        state.proto = (byte) message.proto();
        state.direction = (byte) message.direction();
        state.log = (byte) message.log();
        state.timeout = (byte) message.timeout();
        state.stateFlags = (short) importedFlags(message);
        state.src.take(message.src());
        state.dst.take(message.dst());
        state.creation = now - (int) message.creation();
        state.expire = rule.expiry().imported(now, (int) message.expire(), timeouts.seconds(message.timeout()));
        state.pfsyncTime = now;
        takeExtra(state, message);
        return state;
    }

    private int importedFlags(StateMessage message) {
        int flags = message.stateFlags() & ~StateFlags.ACK;
        if (!rule.keepsNosync()) {
            flags &= ~StateFlags.NOSYNC;
        }
        return rule.protocolIsNosync() && message.proto() == IPPROTO_PFSYNC ? flags | StateFlags.NOSYNC : flags;
    }

    private StateKey key(StateMessage message, int side) {
        int af = message.keyAf(side) == 0 ? message.af() : message.keyAf(side);
        return new StateKey(
                af != INET,
                af,
                message.proto(),
                message.rdomain(side),
                message.addrHi(side, 0),
                message.addrLo(side, 0),
                message.addrHi(side, 1),
                message.addrLo(side, 1),
                message.port(side, 0),
                message.port(side, 1));
    }

    private void takeExtra(State state, StateMessage message) {
        Layout layout = message.layout();
        boolean routed = message.rtAddrHi() != 0 || message.rtAddrLo() != 0 || message.rt() != 0;
        boolean tables = layout.rtableid0 >= 0;
        if (!routed && !(tables && hasSettings(message))) {
            return;
        }
        State.Extra extra = state.extra();
        extra.rtHi = message.rtAddrHi();
        extra.rtLo = message.rtAddrLo();
        extra.rt = (byte) message.rt();
        if (tables) {
            extra.rtableWire = message.rtableid(0);
            extra.rtableStack = message.rtableid(1);
            extra.maxMss = (short) message.maxMss();
            extra.minTtl = (byte) message.minTtl();
            extra.setTos = (byte) message.setTos();
            extra.setPrio0 = (byte) Math.max(0, message.setPrio(0));
            extra.setPrio1 = (byte) Math.max(0, message.setPrio(1));
        }
    }

    private static boolean hasSettings(StateMessage message) {
        return message.rtableid(0) != -1
                || message.rtableid(1) != -1
                || message.setPrio(0) > 0
                || message.setPrio(1) > 0
                || (message.maxMss() | message.minTtl() | message.setTos()) != 0;
    }

    private void takeRule(State state, StateMessage message) {
        int number = message.rule();
        if (number != UNBOUND_RULE && message.anchor() == UNBOUND_RULE && number >= 0 && number < host.ruleCount()) {
            state.rule = number;
        }
    }
}
