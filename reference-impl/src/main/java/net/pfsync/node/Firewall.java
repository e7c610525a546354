package net.pfsync.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.pf.PurgeRun;
import net.pfsync.pf.State;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
import net.pfsync.sync.Host;
import net.pfsync.sync.Pfsync;
import net.pfsync.sync.Queue;
import net.pfsync.time.EventLoop;
import net.pfsync.wire.StateMessage;

/**
 * A firewall: pf's states, pfsync, and interfaces on LANs, put together as a release has them.
 *
 * <p>Everything runs on the event loop's thread. A firewall whose release does not survive an input stops, says so in {@link #stopped}, and
 * neither answers nor changes any more.
 */
public final class Firewall {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int IPPROTO_PFSYNC = 240;
    private static final int SHORTEST_IP_HEADER = 20;
    private static final int ALL_HOSTS = 0xe0000001;
    private static final int LOG_LINES = 500;

    private final Release release;
    private final Settings settings;
    private final GuardedLoop loop;
    private final long bootNanos;
    private final long bootEpochSeconds;
    private final StateTable table = new StateTable();
    private final Timeouts timeouts;
    private final Pfsync pfsync;
    private final PurgeRun purge;
    private final Map<String, Link> links = new HashMap<>();
    private final List<String> messages = new ArrayList<>();
    private boolean pfEnabled;
    private long nextStateId;

    /**
     * Boots a firewall; its pfsync interface does not exist yet.
     *
     * @param release what it runs
     * @param settings how it is set up
     * @param loop the event loop that it runs on
     */
    public Firewall(Release release, Settings settings, EventLoop loop) {
        this.release = release;
        this.settings = settings;
        this.loop = new GuardedLoop(loop);
        this.bootNanos = loop.nanos() - settings.uptimeSeconds * NANOS_PER_SECOND;
        this.bootEpochSeconds = loop.epochSeconds() - settings.uptimeSeconds;
        this.timeouts = new Timeouts(settings.timeouts);
        this.pfEnabled = settings.pfEnabled;
        this.nextStateId = bootEpochSeconds << 32;
        this.pfsync = new Pfsync(new Machine(), this.loop, release.rules(), table, timeouts);
        this.purge = new PurgeRun(table, timeouts, this::remove, this::inUse);
        schedulePurge();
    }

    private void schedulePurge() {
        loop.schedule(NANOS_PER_SECOND, () -> {
            purge.step((int) uptimeSeconds());
            schedulePurge();
        });
    }

    private boolean inUse(State state) {
        Queue queue = Queue.of(state);
        return (queue != Queue.NONE && queue != Queue.DEAD) || pfsync.sendingBulk();
    }

    /**
     * Connects an interface to a LAN.
     *
     * @param name an interface of the settings
     * @param link its attachment
     */
    public void connect(String name, Link link) {
        if (interfaceNamed(name) == null) {
            throw new IllegalArgumentException("no interface " + name);
        }
        links.put(name, link);
        link.onReceive(frame -> loop.guard(() -> receive(name, frame)));
        link.onStatus(up -> loop.guard(() -> pfsync.linkChanged(name, up)));
    }

    private void receive(String name, byte[] frame) {
        if (frame.length < Ethernet.HEADER + SHORTEST_IP_HEADER || Ethernet.type(frame) != Ethernet.IPV4) {
            return;
        }
        byte[] packet = wholePacket(frame);
        if (packet != null && (packet[9] & 0xff) == IPPROTO_PFSYNC && forUs(name, int32(packet, 16))) {
            pfsync.receive(name, packet);
        }
    }

    /** The IPv4 packet of a frame without what follows it; null if IP input drops it. */
    private static byte[] wholePacket(byte[] frame) {
        int start = Ethernet.HEADER;
        int headerLength = (frame[start] & 0xf) * 4;
        int total = int16(frame, start + 2);
        boolean fragment = (int16(frame, start + 6) & 0x3fff) != 0;
        if (frame[start] >>> 4 != 4
                || headerLength < SHORTEST_IP_HEADER
                || total < headerLength
                || total > frame.length - start
                || fragment
                || checksum(frame, start, headerLength) != 0) {
            return null;
        }
        return Arrays.copyOfRange(frame, start, start + total);
    }

    private static int checksum(byte[] bytes, int at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += int16(bytes, at + i);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int int32(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }

    private boolean forUs(String name, int destination) {
        if (destination == Pfsync.GROUP) {
            return pfsync.joined(name);
        }
        if (Ipv4Address.multicast(destination)) {
            return destination == ALL_HOSTS;
        }
        if (destination == -1 || destination == (interfaceNamed(name).ipv4() | 0xff)) {
            return true;
        }
        return settings.interfaces.stream().anyMatch(own -> own.ipv4() == destination);
    }

    private Settings.Interface interfaceNamed(String name) {
        return settings.interfaces.stream()
                .filter(own -> own.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    // ---- what happens on the machine ----

    /**
     * Adds a state as the system call DIOCADDSTATE does; peers hear of it.
     *
     * @param state a state that is in no table; an id of 0 and creator of 0 are replaced by the next own ones
     * @return false if it clashes with another state, the limit is reached, or the firewall has stopped
     */
    public boolean addState(State state) {
        if (table.listed() >= settings.stateLimit || loop.stopped() != null) {
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

    /**
     * A local packet passed on a state: it is active now, and peers hear of it.
     *
     * @param state a state of the table whose peers the caller has brought up to date
     */
    public void touch(State state) {
        loop.guard(() -> {
            state.expire = (int) uptimeSeconds();
            pfsync.updated(state);
        });
    }

    /**
     * Removes one state as {@code pfctl -k id} does; peers hear of it.
     *
     * @param id its id
     * @param creatorId its creator
     * @return how many were removed, 0 or 1
     */
    public int killById(long id, int creatorId) {
        int before = table.size();
        State state = table.find(id, creatorId);
        if (state != null) {
            loop.guard(() -> remove(state));
        }
        return before - table.size();
    }

    /**
     * Removes the states whose initiator has an IPv4 address, as {@code pfctl -k} does; peers hear of it.
     *
     * @param source the initiator's address, the first byte highest
     * @return how many were removed
     */
    public int killBySource(int source) {
        int before = table.size();
        for (State state : table) {
            long initiator = state.direction == State.OUT ? state.wire.address1Hi : state.wire.address0Hi;
            if (state.wire.af() == 2 && initiator >>> 32 == (source & 0xffffffffL)) {
                loop.guard(() -> remove(state));
            }
        }
        return before - table.size();
    }

    /**
     * Removes all states, or those of an interface, as {@code pfctl -F states} does; peers hear of it at once.
     *
     * @param ifname the interface, empty for all
     * @return how many were removed
     */
    public int flushStates(String ifname) {
        int before = table.size();
        loop.guard(() -> pfsync.cleared(ifname));
        return before - table.size();
    }

    private void remove(State state) {
        pfsync.deleted(state);
        table.unlink(state);
    }

    /**
     * Switches pf, as {@code pfctl -e} and {@code pfctl -d} do.
     *
     * @param enabled whether it runs
     */
    public void enablePf(boolean enabled) {
        pfEnabled = enabled;
    }

    // ---- what can be seen of it ----

    /**
     * The pfsync interface.
     *
     * @return the live object
     */
    public Pfsync pfsync() {
        return pfsync;
    }

    /**
     * The states.
     *
     * @return the live table
     */
    public StateTable states() {
        return table;
    }

    /**
     * The states as the system shows them.
     *
     * @return in list order, each as an INS of this release's dialect
     */
    public List<StateMessage> export() {
        List<StateMessage> exported = new ArrayList<>();
        for (State state : table) {
            exported.add(pfsync.export(state));
        }
        return exported;
    }

    /**
     * Why the firewall stopped.
     *
     * @return what its kernel would have printed; empty while it runs
     */
    public Optional<String> stopped() {
        return Optional.ofNullable(loop.stopped());
    }

    /**
     * What it runs.
     *
     * @return the release
     */
    public Release release() {
        return release;
    }

    /**
     * Whether pf is enabled.
     *
     * @return see {@link #enablePf}
     */
    public boolean pfEnabled() {
        return pfEnabled;
    }

    /**
     * When it booted, by the wall clock.
     *
     * @return seconds since 1970
     */
    public long bootEpochSeconds() {
        return bootEpochSeconds;
    }

    /**
     * How long it has been up.
     *
     * @return whole seconds
     */
    public long uptimeSeconds() {
        return Math.floorDiv(loop.nanos() - bootNanos, NANOS_PER_SECOND);
    }

    /**
     * The end of the system's log.
     *
     * @return oldest line first
     */
    public List<String> messages() {
        return Collections.unmodifiableList(messages);
    }

    /** The machine as pfsync sees it. */
    private final class Machine implements Host {
        @Override
        public int hostId() {
            return settings.hostId;
        }

        @Override
        public int uptimeSeconds() {
            return (int) Firewall.this.uptimeSeconds();
        }

        @Override
        public boolean pfEnabled() {
            return pfEnabled;
        }

        @Override
        public boolean debugMisc() {
            return settings.debugMisc;
        }

        @Override
        public int stateLimit() {
            return settings.stateLimit;
        }

        @Override
        public byte[] rulesetChecksum() {
            return settings.rulesetChecksum;
        }

        @Override
        public int ruleCount() {
            return settings.ruleCount;
        }

        @Override
        public Port port(String name) {
            Settings.Interface found = interfaceNamed(name);
            return found == null ? null : new Port(name, found.ipv4(), found.mtu(), true);
        }

        @Override
        public boolean linkUp(String name) {
            Link link = links.get(name);
            return link != null && link.up();
        }

        @Override
        public boolean output(String name, byte[] packet) {
            Link link = links.get(name);
            int destination = int32(packet, 16);
            MacAddress to = null;
            if (link != null) {
                to = Ipv4Address.multicast(destination) ? MacAddress.multicast(destination) : link.resolve(destination);
            }
            if (to == null) {
                return false;
            }
            link.send(Ethernet.frame(to, link.address(), packet));
            return true;
        }

        @Override
        public void log(String line) {
            if (messages.size() == LOG_LINES) {
                messages.remove(0);
            }
            messages.add(line);
        }
    }
}
