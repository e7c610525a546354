package net.pfsync.node;

import net.pfsync.net.IpAddress;
import net.pfsync.net.IpStack;
import net.pfsync.pf.PfHost;

/** The machine as pf sees it. */
final class FilterHost implements PfHost {

    private final Settings settings;
    private final SyncHost host;
    private final StateIds ids;
    private final IpStack stack;

    FilterHost(Settings settings, SyncHost host, StateIds ids, IpStack stack) {
        this.settings = settings;
        this.host = host;
        this.ids = ids;
        this.stack = stack;
    }

    @Override
    public long nextStateId() {
        return ids.next();
    }

    @Override
    public int hostId() {
        return host.hostId();
    }

    @Override
    public int stateLimit() {
        return settings.stateLimit;
    }

    @Override
    public int mtuTowards(boolean inet6, long hi, long lo) {
        return stack.mtuTowards(new IpAddress(inet6, hi, lo));
    }
}
