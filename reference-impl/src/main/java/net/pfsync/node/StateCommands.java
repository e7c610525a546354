package net.pfsync.node;

import net.pfsync.pf.PacketFilter;
import net.pfsync.pf.State;
import net.pfsync.pf.StateSelection;
import net.pfsync.pf.StateTable;
import net.pfsync.sync.Host;
import net.pfsync.sync.Pfsync;

/** What an administrator does to the states, with pfctl or with the system calls behind it; peers hear of all of it. */
final class StateCommands {

    private final Host host;
    private final GuardedLoop loop;
    private final StateTable table;
    private final Pfsync pfsync;
    private final Uptime uptime;
    private final StateIds ids;
    private final PacketFilter filter;

    StateCommands(
            Host host,
            GuardedLoop loop,
            StateTable table,
            Pfsync pfsync,
            Uptime uptime,
            StateIds ids,
            PacketFilter filter) {
        this.host = host;
        this.loop = loop;
        this.table = table;
        this.pfsync = pfsync;
        this.uptime = uptime;
        this.ids = ids;
        this.filter = filter;
    }

    boolean add(State state) {
        if (table.listed() >= host.stateLimit() || loop.stopped() != null) {
            return false;
        }
        if (state.id == 0 && state.creatorId == 0) {
            state.id = ids.next();
            state.creatorId = host.hostId();
        }
        state.added = true;
        if (!table.insert(state)) {
            return false;
        }
        loop.guard(() -> pfsync.inserted(state));
        return true;
    }

    void touch(State state) {
        loop.guard(() -> {
            state.expire = (int) uptime.seconds();
            pfsync.updated(state);
        });
    }

    int kill(StateSelection selection) {
        int before = table.size();
        loop.guard(() -> filter.kill(selection));
        return before - table.size();
    }

    int flush(String ifname) {
        int before = table.size();
        loop.guard(() -> pfsync.cleared(ifname));
        return before - table.size();
    }
}
