package net.pfsync.node;

import net.pfsync.pf.State;
import net.pfsync.pf.StateTable;
import net.pfsync.sync.Pfsync;

/** What an administrator does to the states, with pfctl or with the system calls behind it; peers hear of all of it. */
final class StateCommands {

    private static final int AF_INET = 2;

    private final Settings settings;
    private final GuardedLoop loop;
    private final StateTable table;
    private final Pfsync pfsync;
    private final Uptime uptime;
    private long nextStateId;

    StateCommands(Settings settings, GuardedLoop loop, StateTable table, Pfsync pfsync, Uptime uptime) {
        this.settings = settings;
        this.loop = loop;
        this.table = table;
        this.pfsync = pfsync;
        this.uptime = uptime;
        this.nextStateId = uptime.bootEpochSeconds() << 32;
    }

    boolean add(State state) {
        if (table.listed() >= settings.stateLimit) {
            return false;
        }
        if (state.id == 0 && state.creatorId == 0) {
            state.id = nextStateId++;
            state.creatorId = settings.hostId;
        }
        if (!table.insert(state)) {
            return false;
        }
        loop.guard(() -> pfsync.inserted(state));
        return true;
    }

    void touch(State state) {
        state.expire = (int) uptime.seconds();
        loop.guard(() -> pfsync.updated(state));
    }

    int killById(long id, int creatorId) {
        State state = table.find(id, creatorId);
        if (state == null) {
            return 0;
        }
        loop.guard(() -> remove(state));
        return 1;
    }

    int killBySource(int source) {
        int killed = 0;
        for (State state : table) {
            long initiator = state.direction == State.OUT ? state.wire.address1Hi : state.wire.address0Hi;
            if (state.wire.af() == AF_INET && initiator >>> 32 == (source & 0xffffffffL)) {
                loop.guard(() -> remove(state));
                killed++;
            }
        }
        return killed;
    }

    int flush(String ifname) {
        int before = table.size();
        loop.guard(() -> pfsync.cleared(ifname));
        return before - table.size();
    }

    /** Takes a state out of the table and tells peers. */
    void remove(State state) {
        pfsync.deleted(state);
        table.unlink(state);
    }
}
