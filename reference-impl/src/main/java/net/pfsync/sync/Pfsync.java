package net.pfsync.sync;

import java.nio.charset.StandardCharsets;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.sync.ConfigException.Errno;
import net.pfsync.sync.QueueTransitions.Event;
import net.pfsync.time.EventLoop;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;

/**
 * The pfsync interface of a firewall: its parameters, what pf tells it, what comes in from peers, and what goes out to them.
 *
 * <p>Everything runs on the firewall's own thread.
 */
public final class Pfsync {

    /** The multicast group of pfsync, 224.0.0.240. */
    public static final int GROUP = 0xe00000f0;

    private static final int DEFAULT_MTU = 1500;
    private static final int DEFAULT_MAXUPD = 128;
    private static final int LARGEST_MAXUPD = 255;
    private static final int CREATORID_OFFSET = 16;
    private static final byte[] NO_CHECKSUM = new byte[16];

    private final Host host;
    private final EventLoop loop;
    private final Rules rules;
    private final StateTable table;
    private final Statistics statistics = new Statistics();
    private final Demotion demotion = new Demotion();
    private final StateExporter exporter;
    private final FrameWriter writer;
    private final SendQueues queues;
    private final Deferral deferral;
    private final SecurityAssociations associations;
    private final FrameInput input;
    private final BulkRequester requester;
    private final BulkSender sender;

    private Host.Port device;
    private int peer = GROUP;
    private int maxupd = DEFAULT_MAXUPD;
    private boolean defer;
    private int mtu = DEFAULT_MTU;
    private boolean exists;
    private boolean running;
    /** Whether the sync interface was configured since peers were last asked for their states. */
    private boolean unasked;

    /**
     * Makes an interface that does not exist yet; see {@link #create}.
     *
     * @param host the machine
     * @param loop its event loop
     * @param rules its release
     * @param table its states
     * @param timeouts its timeouts
     */
    public Pfsync(Host host, EventLoop loop, Rules rules, StateTable table, Timeouts timeouts) {
        this.host = host;
        this.loop = loop;
        this.rules = rules;
        this.table = table;
        this.exporter = new StateExporter(
                table, timeouts, rules.dialect(), rules.output().compressedExpire());
        this.writer = new FrameWriter(rules.dialect(), host.hostId());
        this.queues = new SendQueues(this, rules.output(), loop, exporter, writer, rules.dialect());
        this.deferral = new Deferral(loop, rules.deferral());
        this.associations = new SecurityAssociations(this, rules.input().countsLowerAssociations());
        this.input = new FrameInput(this, rules, table, timeouts);
        this.requester = rules.requester().apply(this);
        this.sender = rules.sender().apply(this);
    }

    // ---- what pf tells ----

    /**
     * A state was made here.
     *
     * @param state a state that was just put into the table
     */
    public void inserted(State state) {
        if (!running) {
            return;
        }
        if ((state.proto & 0xff) == StateImporter.IPPROTO_PFSYNC) {
            state.set(StateFlags.NOSYNC);
        }
        queues.event(Event.INSERT, state, now());
    }

    /**
     * Offers the first packet of a state that was just made: it may be held back until a peer knows the state.
     *
     * @param state the state, already {@link #inserted}
     * @param group whether the packet goes to a group or to all, which is never held
     * @param send lets the packet go; called at most once
     * @return true if pfsync has taken charge of the packet; false if the caller is to send it now
     */
    public boolean defer(State state, boolean group, Runnable send) {
        if (!running || !defer || !deferral.available() || group) {
            return false;
        }
        if (state.direction != State.OUT || state.has(StateFlags.NOSYNC)) {
            return false;
        }
        deferral.hold(state, send);
        queues.flushSoon();
        return true;
    }

    /**
     * How many first packets are held back.
     *
     * @return 0 to {@value DeferralRule#LIMIT}
     */
    public int deferred() {
        return deferral.count();
    }

    /**
     * A local packet passed on a state and changed it.
     *
     * @param state a state of the table
     */
    public void updated(State state) {
        if (running) {
            deferral.updatedHere(state);
            queues.event(Event.UPDATE, state, now());
        }
    }

    /**
     * A state is removed here, and peers are to be told unless it must not be announced.
     *
     * @param state a state of the table, about to be unlinked
     */
    public void deleted(State state) {
        if (running) {
            deferral.deleted(state);
            queues.event(Event.DELETE, state, now());
        }
    }

    /** Removes a state because a peer or a flush says so; nothing is sent about it. */
    void removeSilently(State state) {
        state.set(StateFlags.NOSYNC);
        deferral.deleted(state);
        queues.event(Event.DELETE, state, now());
        table.unlink(state);
    }

    /**
     * All states, or those of one interface, were flushed here: peers hear it at once.
     *
     * @param ifname the interface, empty for all
     */
    public void cleared(String ifname) {
        for (State state : table) {
            if (ifname.isEmpty() || state.ifname.equals(ifname)) {
                removeSilently(state);
            }
        }
        if (running) {
            queues.flushWith(Kind.CLR, (to, at) -> {
                byte[] name = ifname.getBytes(StandardCharsets.ISO_8859_1);
                System.arraycopy(name, 0, to, at, Math.min(name.length, CREATORID_OFFSET - 1));
                ByteAccess.put32(to, at + CREATORID_OFFSET, host.hostId());
            });
        }
    }

    /**
     * The counters of a security association changed.
     *
     * @param association one of {@link #securityAssociations}
     */
    public void changed(SecurityAssociation association) {
        if (running) {
            queues.announce(association);
        }
    }

    // ---- what comes in ----

    /**
     * A pfsync packet arrived.
     *
     * @param ifname the interface that it came in on
     * @param packet a whole IPv4 packet of protocol 240, exactly as long as its total length says
     * @throws KernelPanic if the release does not survive it
     */
    public void receive(String ifname, byte[] packet) {
        input.receive(ifname, packet);
    }

    /**
     * The link of an interface came or went.
     *
     * @param ifname which interface
     * @param up whether it has a link now
     */
    public void linkChanged(String ifname, boolean up) {
        if (running && ifname.equals(syncdev())) {
            requester.link(up);
        }
    }

    // ---- configuration ----

    /** Makes the interface exist, down and without parameters. Without effect if it exists. */
    public void create() {
        exists = true;
    }

    /** Makes the interface cease to exist: timers stop, lists are dropped, demotion is undone. */
    public void destroy() {
        stop(true);
        exists = false;
        device = null;
        peer = GROUP;
        maxupd = DEFAULT_MAXUPD;
        defer = false;
        mtu = DEFAULT_MTU;
    }

    /**
     * Ties pfsync to an interface.
     *
     * @param name the interface, empty for none
     * @throws ConfigException if it does not exist, cannot do multicast, or pfsync is up and the release refuses to change it
     */
    public void setSyncdev(String name) throws ConfigException {
        if (rules.config().busyWhileRunning() && running) {
            refuseUnless(name.equals(syncdev()));
            return;
        }
        if (name.isEmpty()) {
            device = null;
            return;
        }
        Host.Port port = host.port(name);
        if (port == null) {
            throw new ConfigException("SIOCSETPFSYNC", rules.config().unknownDevice());
        }
        if (peer == GROUP && !port.multicast()) {
            device = null;
            throw new ConfigException("SIOCSETPFSYNC", Errno.EADDRNOTAVAIL);
        }
        if (device != null && port.mtu() < mtu) {
            queues.flush();
        }
        device = port;
        mtu = Math.min(mtu, port.mtu());
        if (running) {
            requester.start(host.linkUp(name));
        } else {
            unasked = true;
        }
    }

    /**
     * Sends to one peer instead of to the group.
     *
     * @param address its IPv4 address, the first byte highest; 0 for the group
     * @throws ConfigException if pfsync is up and the release refuses to change it
     */
    public void setSyncpeer(int address) throws ConfigException {
        int changed = address == 0 ? GROUP : address;
        if (rules.config().busyWhileRunning() && running) {
            refuseUnless(changed == peer);
        }
        peer = changed;
    }

    /** What stays as it is may be set at any time. Recorded on OpenBSD 7.6, {@code 083_A_ifconfig_pfsync0_syncpeer.txt}. */
    private static void refuseUnless(boolean unchanged) throws ConfigException {
        if (!unchanged) {
            throw new ConfigException("SIOCSETPFSYNC", Errno.EBUSY);
        }
    }

    /**
     * Sets how many further updates of a state make them go at once.
     *
     * @param updates 0 to 255
     * @throws ConfigException if it is out of range
     */
    public void setMaxupd(int updates) throws ConfigException {
        if (updates < 0 || updates > LARGEST_MAXUPD) {
            throw new ConfigException("SIOCSETPFSYNC", Errno.EINVAL);
        }
        maxupd = updates;
    }

    /**
     * Switches deferral of first packets.
     *
     * @param on whether they are held until a peer acknowledges
     */
    public void setDefer(boolean on) {
        defer = on;
    }

    /**
     * Sets the MTU, which counts the whole IP packet.
     *
     * @param bytes the new MTU
     * @throws ConfigException if it is too small, or larger than the release allows
     */
    public void setMtu(int bytes) throws ConfigException {
        int cut = rules.config().largestMtu();
        boolean tooLarge = cut == 0 && device != null && bytes > device.mtu();
        if (bytes < rules.config().smallestMtu() || tooLarge) {
            throw new ConfigException("SIOCSIFMTU", Errno.EINVAL);
        }
        int accepted = cut == 0 ? bytes : Math.min(bytes, cut);
        if (accepted < mtu) {
            queues.flush();
        }
        mtu = accepted;
    }

    /**
     * Brings the interface up.
     *
     * @throws ConfigException if there is no sync interface and the release needs one
     */
    public void up() throws ConfigException {
        if (running) {
            return;
        }
        if (device == null && rules.config().needsDevice()) {
            throw new ConfigException("SIOCSIFFLAGS", Errno.ENXIO);
        }
        running = true;
        if (device != null && (unasked || !rules.config().requestsOnlyWhenConfigured())) {
            unasked = false;
            requester.start(host.linkUp(device.name()));
        }
    }

    /**
     * Takes the interface down: what is queued is dropped, a running transfer ends.
     *
     * @throws ConfigException if it is down already and the release calls that an error
     */
    public void down() throws ConfigException {
        if (!running && rules.config().unchangedIsError()) {
            throw new ConfigException("SIOCSIFFLAGS", Errno.ENOTTY);
        }
        stop(false);
    }

    private void stop(boolean destroyed) {
        running = false;
        queues.drop();
        if (destroyed) {
            deferral.sendAll();
        }
        sender.cancel();
        requester.stop(destroyed);
    }

    // ---- parameters ----

    /**
     * Whether the interface exists.
     *
     * @return true between {@link #create} and {@link #destroy}
     */
    public boolean exists() {
        return exists;
    }

    /**
     * Whether the interface is up.
     *
     * @return true between {@link #up} and {@link #down}
     */
    public boolean running() {
        return running;
    }

    /**
     * The interface that pfsync is tied to.
     *
     * @return its name, empty if there is none
     */
    public String syncdev() {
        return device == null ? "" : device.name();
    }

    /**
     * Where frames go.
     *
     * @return the peer's IPv4 address, or {@link #GROUP}
     */
    public int syncpeer() {
        return peer;
    }

    /**
     * How many further updates of a state make them go at once.
     *
     * @return 0 to 255
     */
    public int maxupd() {
        return maxupd;
    }

    /**
     * Whether first packets are held until a peer acknowledges.
     *
     * @return the parameter "defer"
     */
    public boolean defer() {
        return defer;
    }

    /**
     * How long a packet may be, from its IP header on.
     *
     * @return bytes
     */
    public int mtu() {
        return mtu;
    }

    /**
     * Whether an interface has joined the group, so that packets to it are delivered.
     *
     * @param ifname which interface
     * @return true if they are
     */
    public boolean joined(String ifname) {
        return peer == GROUP
                && ifname.equals(syncdev())
                && (running || !rules.config().leavesGroupWhenDown());
    }

    /**
     * Whether a bulk transfer to a peer is running, during which no state may be freed.
     *
     * @return true from START to END
     */
    public boolean sendingBulk() {
        return sender.running();
    }

    /**
     * Whether an answer to a bulk request of ours is still expected.
     *
     * @return true from the request until END or giving up
     */
    public boolean waitingForBulk() {
        return requester.waiting();
    }

    /**
     * Whether this firewall believes that it has its peers' states.
     *
     * @return pfsync's "sync ok"
     */
    public boolean syncOk() {
        return requester.syncOk();
    }

    /**
     * The counters.
     *
     * @return the live object
     */
    public Statistics statistics() {
        return statistics;
    }

    /**
     * How far this firewall stands back.
     *
     * @return the live object
     */
    public Demotion demotion() {
        return demotion;
    }

    /**
     * The security associations of this firewall.
     *
     * @return the live object
     */
    public SecurityAssociations securityAssociations() {
        return associations;
    }

    /**
     * A state as peers would hear of it now, which is also what the system shows of it.
     *
     * @param state any state
     * @return an INS of this release's dialect
     */
    public StateMessage export(State state) {
        byte[] body = new byte[rules.dialect().stateSize()];
        exporter.full(state, now(), body, 0);
        return (StateMessage) rules.dialect().layout(Kind.INS).message(body, 0);
    }

    // ---- for the parts of this package ----

    /** Seconds of uptime. */
    int now() {
        return host.uptimeSeconds();
    }

    Host host() {
        return host;
    }

    EventLoop loop() {
        return loop;
    }

    Dialect dialect() {
        return rules.dialect();
    }

    StateTable states() {
        return table;
    }

    SendQueues queues() {
        return queues;
    }

    StateExporter exporter() {
        return exporter;
    }

    FrameWriter writer() {
        return writer;
    }

    Deferral deferral() {
        return deferral;
    }

    BulkRequester requester() {
        return requester;
    }

    BulkSender sender() {
        return sender;
    }

    void demote(int amount, String reason) {
        demotion.change(loop.nanos(), amount, reason);
    }

    MessageBody busBody(int status, int endtime) {
        return (to, at) -> {
            ByteAccess.put32(to, at, host.hostId());
            ByteAccess.put32(to, at + 4, endtime);
            to[at + 8] = (byte) status;
        };
    }

    boolean canSend() {
        return running && device != null;
    }

    /** Ends the frame that the writer holds and hands it to IP output. */
    void send(FrameWriter frame) {
        byte[] checksum = rules.output().sendsChecksum() ? host.rulesetChecksum() : NO_CHECKSUM;
        byte[] packet = frame.finish(device.address(), peer, checksum);
        statistics.count(host.output(device.name(), packet) ? Counter.OPACKETS : Counter.OERRORS);
    }
}
