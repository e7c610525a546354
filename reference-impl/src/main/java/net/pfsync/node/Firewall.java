package net.pfsync.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.pfsync.net.Ip;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.IpStack;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.SwitchedLink;
import net.pfsync.pf.PacketFilter;
import net.pfsync.pf.PurgeRun;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.State;
import net.pfsync.pf.StateSelection;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
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

    private final Release release;
    private final String hostname;
    private final Timeouts timeouts;
    private final GuardedLoop loop;
    private final Uptime uptime;
    private final StateTable table = new StateTable();
    private final Pfsync pfsync;
    private final PurgeRun purge;
    private final PacketFilter filter;
    private final StateCommands commands;
    private final IpStack stack;
    private final Map<String, SwitchedLink> links = new HashMap<>();
    private final SystemLog log = new SystemLog();
    private final SyncHost host;

    /**
     * Boots a firewall; its pfsync interface does not exist yet.
     *
     * @param release what it runs
     * @param settings how it is set up
     * @param loop the event loop that it runs on
     */
    public Firewall(Release release, Settings settings, EventLoop loop) {
        this.release = release;
        this.loop = new GuardedLoop(loop);
        this.uptime = new Uptime(loop, settings.uptimeSeconds);
        this.stack = stack(settings);
        this.host = new SyncHost(settings, uptime, stack, links, log);
        this.timeouts = new Timeouts(settings.timeouts);
        this.hostname = settings.hostname;
        this.pfsync = new Pfsync(host, this.loop, release.rules(), table, timeouts);
        StateIds ids = new StateIds(uptime.bootEpochSeconds(), settings.statesBefore);
        this.filter = filter(settings, timeouts, ids);
        this.commands = new StateCommands(host, this.loop, table, pfsync, uptime, ids, filter);
        this.purge = new PurgeRun(
                table, timeouts, filter::remove, this::inUse, release.tracking().purge());
        stack.membership((name, group) -> group == Pfsync.GROUP && pfsync.joined(name));
        stack.receive(IPPROTO_PFSYNC, this::receivePfsync);
        schedulePurge();
    }

    private IpStack stack(Settings settings) {
        IpStack made = new IpStack(loop, settings.seed + settings.hostId);
        settings.interfaces.forEach(own -> made.add(own.name(), own.mtu(), own.addresses()));
        settings.routes.forEach(made.routes()::add);
        made.forwarding(settings.forwarding);
        made.log(log::add);
        return made;
    }

    private PacketFilter filter(Settings settings, Timeouts timeouts, StateIds ids) {
        PacketPath path = host.path();
        PacketFilter made = new PacketFilter(
                table,
                timeouts,
                release.tracking(),
                new FilterHost(settings, host, ids, stack),
                path.eventsFor(pfsync),
                settings.rules,
                settings.seed + settings.hostId);
        path.through(made);
        stack.filter(path);
        return made;
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

    private boolean receivePfsync(NetworkInterface from, byte[] frame) {
        if (Ip.inet6(frame)) {
            return false;
        }
        pfsync.receive(from.name(), Ip.packet(frame));
        return true;
    }

    // ---- the network ----

    /**
     * Connects an interface to a LAN.
     *
     * @param name an interface of the settings
     * @param link its attachment
     */
    public void connect(String name, Link link) {
        NetworkInterface own = interfaceNamed(name);
        SwitchedLink switched = new SwitchedLink(link);
        links.put(name, switched);
        own.connect(switched);
        Consumer<byte[]> input = own::receive;
        switched.onReceive(frame -> loop.guard(input, frame));
        switched.onStatus(up -> loop.guard(() -> pfsync.linkChanged(name, up)));
    }

    /**
     * Takes an interface down or brings it up, as {@code ifconfig IF down} and {@code ifconfig IF up} do.
     *
     * @param name a connected interface
     * @param up whether it is to be up
     */
    public void turnInterface(String name, boolean up) {
        links.get(name).turn(up);
    }

    /**
     * Whether an interface was not taken down.
     *
     * @param name any interface
     */
    public boolean interfaceUp(String name) {
        return !links.containsKey(name) || links.get(name).on();
    }

    private NetworkInterface interfaceNamed(String name) {
        NetworkInterface own = stack.named(name);
        if (own == null) {
            throw new IllegalArgumentException("no interface " + name);
        }
        return own;
    }

    /**
     * Switches whether packets for others are forwarded, as {@code sysctl net.inet.ip.forwarding} and its twin for IPv6 do.
     *
     * @param on whether they are
     */
    public void forward(boolean on) {
        stack.forwarding(on);
    }

    /**
     * Makes this firewall the one that has a shared address, as carp does when it becomes master: neighbours are told.
     *
     * @param name the interface
     * @param address such as {@code 192.0.2.1/24}
     */
    public void takeOver(String name, String address) {
        NetworkInterface own = interfaceNamed(name);
        IpPrefix shared = IpPrefix.parse(address);
        loop.guard(() -> own.takeOver(shared));
    }

    /**
     * Gives a shared address up, as carp does when it becomes backup: neighbours hear of it from whoever takes it over.
     *
     * @param name the interface
     * @param address as it was taken over
     */
    public void giveUp(String name, String address) {
        NetworkInterface own = interfaceNamed(name);
        IpPrefix shared = IpPrefix.parse(address);
        loop.guard(() -> own.giveUp(shared));
    }

    /**
     * Its interfaces, routes and addresses.
     *
     * @return the live object
     */
    public IpStack stack() {
        return stack;
    }

    // ---- what happens on the machine ----

    /**
     * Adds a state as the system call DIOCADDSTATE does; peers hear of it.
     *
     * @param state a state that is in no table; an id of 0 and creator of 0 are replaced by the next own ones
     * @return false if it clashes with another state, the limit is reached, or the firewall has stopped
     */
    public boolean addState(State state) {
        return commands.add(state);
    }

    /**
     * A local packet passed on a state: it is active now, and peers hear of it.
     *
     * @param state a state of the table whose peers the caller has brought up to date
     */
    public void touch(State state) {
        commands.touch(state);
    }

    /**
     * Removes one state as {@code pfctl -k id} does; peers hear of it.
     *
     * @param id its id
     * @param creatorId its creator
     * @return how many were removed, 0 or 1
     */
    public int killById(long id, int creatorId) {
        return commands.kill(StateSelection.id(id, creatorId));
    }

    /**
     * Removes the states whose initiator has an IPv4 address, as {@code pfctl -k} does; peers hear of it.
     *
     * @param source the initiator's address, the first byte highest
     * @return how many were removed
     */
    public int killBySource(int source) {
        return commands.kill(StateSelection.from(Ipv4Address.text(source)));
    }

    /**
     * Removes the states that {@code pfctl -k} means; peers hear of each.
     *
     * @param selection which
     * @return how many were removed
     */
    public int kill(StateSelection selection) {
        return commands.kill(selection);
    }

    /**
     * Removes all states, or those of an interface, as {@code pfctl -F states} does; peers hear of it at once.
     *
     * @param ifname the interface, empty for all
     * @return how many were removed
     */
    public int flushStates(String ifname) {
        return commands.flush(ifname);
    }

    /**
     * Switches pf, as {@code pfctl -e} and {@code pfctl -d} do.
     *
     * @param enabled whether it runs
     * @return false if it did or did not already
     */
    public boolean enablePf(boolean enabled) {
        return host.enablePf(enabled);
    }

    /**
     * Replaces the rules, as {@code pfctl -f} does; states stay.
     *
     * @param ruleset the new ones
     */
    public void load(Ruleset ruleset) {
        filter.load(ruleset, (int) uptime.seconds());
        host.rules(ruleset);
    }

    /**
     * Gives pf another host id, as loading rules with {@code set hostid} does: states made from now on carry it.
     *
     * @param id 32 bits as on the wire, not 0
     */
    public void setHostId(int id) {
        host.hostId(id);
    }

    /** Cuts its power: it neither answers nor changes any more, tells nobody, and {@link #stopped} says so. */
    public void powerOff() {
        loop.stop("powered off");
    }

    /**
     * Writes a line to the system's log, which {@code dmesg} shows.
     *
     * @param line without a newline
     */
    public void log(String line) {
        log.add(line);
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
     * The packet filter.
     *
     * @return the live object
     */
    public PacketFilter filter() {
        return filter;
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
        return host.pfEnabled();
    }

    /**
     * How long pf has been enabled, or disabled.
     *
     * @return whole seconds
     */
    public long pfSeconds() {
        return uptime.seconds() - host.pfSince();
    }

    /**
     * pf's host id.
     *
     * @return the 32 bits as they are on the wire
     */
    public int hostId() {
        return host.hostId();
    }

    /**
     * pf's limit "states".
     *
     * @return how many states there may be
     */
    public int stateLimit() {
        return host.stateLimit();
    }

    /**
     * Whether pf's debug level is misc or higher.
     *
     * @return false for the level of a fresh system
     */
    public boolean debugMisc() {
        return host.debugMisc();
    }

    /**
     * pf's timeouts.
     *
     * @return in seconds
     */
    public Timeouts timeouts() {
        return timeouts;
    }

    /**
     * The machine's name.
     *
     * @return never null
     */
    public String hostname() {
        return hostname;
    }

    /**
     * Whether an interface has a link.
     *
     * @param name an interface of the settings
     * @return false if the cable is out or it is not connected
     */
    public boolean linkUp(String name) {
        return host.linkUp(name);
    }

    /**
     * When it booted, by the wall clock.
     *
     * @return seconds since 1970
     */
    public long bootEpochSeconds() {
        return uptime.bootEpochSeconds();
    }

    /**
     * How long it has been up.
     *
     * @return whole seconds
     */
    public long uptimeSeconds() {
        return uptime.seconds();
    }

    /**
     * The end of the system's log.
     *
     * @return oldest line first
     */
    public List<String> messages() {
        return log.lines();
    }
}
