package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.time.RealTime;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.IpHeader;
import org.opentest4j.TestAbortedException;

/**
 * The probe on a real sync LAN, with an event loop of its own; cases ask it from their thread.
 *
 * <p>What it sends goes to the firewall under test alone, by its Ethernet address, so that the other firewalls of a lab do not answer for it; unless a
 * case is about several: then it goes where its destination says. Only pfsync frames of the case's firewalls are kept, and the probe's own among them in
 * their order; what other stations say is none of a case's business.
 */
final class ProbeStation implements Station, AutoCloseable {

    private static final String PROBE = "probe";
    private static final String TARGET = "a";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A relay may have to build its program first. */
    private static final Duration OPENING = Duration.ofMinutes(4);

    private static final int QUESTIONS = 4;
    private static final Duration ANSWER = Duration.ofMillis(500);
    /** Nobody waits longer for one case. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final long TICK_NANOS = 5_000_000L;
    /** Hosts answer each other, and every answer waits for this. */
    private static final long HOSTS_TICK_NANOS = 500_000L;

    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final Timing USUAL =
            new Timing(Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofMillis(300));

    private final RealTime loop = new RealTime("probe", thrown -> {});
    private final String address;
    private final Timing timing;
    private final LinkedBlockingQueue<Captured> arrived = new LinkedBlockingQueue<>();
    private final List<Captured> frames = new ArrayList<>();
    private final LabConfig lab;
    private final MeteredLink link;
    private final AddressResolution addresses;
    private final InterfaceWatch watch;
    private final OtherFirewalls others;
    private FrameGuard guard;
    private LanHosts hosts;
    private volatile Map<Integer, Neighbour> stations = Map.of();
    private Map<Integer, Neighbour> ofTheCase;
    private MacAddress target;
    private Instant opened;
    private long openedNanos;
    private int sent;
    private volatile long lastNanos;

    /**
     * Opens the interface.
     *
     * @param lab the lab
     * @throws LinkException if it cannot be opened; the message is one line
     * @throws LabException if the relay is not reached; the message is one line
     */
    ProbeStation(LabConfig lab) throws LinkException, LabException {
        this.lab = lab;
        this.address = lab.probeAddress();
        this.timing = scaled(lab.patience().factor());
        boolean ready = false;
        try {
            link = opened(() -> SyncLinks.open(lab, loop));
            ready = true;
        } finally {
            if (!ready) {
                loop.close();
            }
        }
        addresses = new AddressResolution(link, Ipv4Address.parse(address));
        watch = new InterfaceWatch(link, lab.syncInterface());
        others = new OtherFirewalls(address);
        onLoop(() -> link.onReceive(this::heard));
        restart();
    }

    /** Opens something on the loop's thread. */
    private <T> T opened(Callable<T> opening) throws LinkException, LabException {
        try {
            return loop.call(opening, OPENING);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LinkException refused) {
                throw refused;
            }
            if (e.getCause() instanceof LabException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTell("interrupted");
        } catch (TimeoutException e) {
            throw new CannotTell("the interfaces of this machine were not opened in " + OPENING.toMinutes() + " min");
        }
    }

    /**
     * Takes a place on the LANs on both sides of the firewalls, too.
     *
     * @return the hosts there
     * @throws LinkException if an interface cannot be opened; the message is one line
     * @throws LabException never; only a relay is reached that way
     */
    LanHosts hosts() throws LinkException, LabException {
        hosts = opened(() -> new LanHosts(lab, loop));
        return hosts;
    }

    private static Timing scaled(double factor) {
        return new Timing(times(USUAL.atOnce(), factor), times(USUAL.early(), factor), times(USUAL.late(), factor));
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    /** Nothing is sent from now on that a guard refuses. */
    void guard(FrameGuard by) {
        guard = by;
    }

    @Override
    public void removeAlsoFrom(Dialect spoken, List<MacAddress> firewalls) {
        others.are(firewalls, spoken);
    }

    @Override
    public Optional<String> meddler(Dialect spoken) {
        return others.meddler(spoken);
    }

    @Override
    public void talkTo(Map<Integer, Neighbour> firewalls) {
        stations = Map.copyOf(firewalls);
        target = firewalls.size() == 1 ? firewalls.values().iterator().next().ethernet() : null;
    }

    @Override
    public int talkAsideTo(String other, MacAddress ethernet) {
        ofTheCase = stations;
        talkTo(Map.of(Ipv4Address.parse(other), new Neighbour(TARGET, ethernet)));
        return frames().size();
    }

    @Override
    public void talkToTarget() {
        boolean heardOthers = !stations.keySet().equals(ofTheCase.keySet());
        talkTo(ofTheCase);
        if (heardOthers) {
            restart();
        }
    }

    @Override
    public int mtu() {
        return link.mtu();
    }

    @Override
    public MacAddress resolve(String of) {
        int wanted = Ipv4Address.parse(of);
        for (int tries = 0; tries < QUESTIONS; tries++) {
            onLoop(() -> addresses.ask(wanted));
            if (until(() -> addresses.answer(wanted) != null, ANSWER)) {
                return addresses.answer(wanted);
            }
        }
        throw new CannotTell("nobody on the sync LAN has the address " + of);
    }

    @Override
    public void restart() {
        onLoop(() -> {
            openedNanos = loop.nanos();
            opened = Instant.ofEpochSecond(loop.epochSeconds());
            arrived.clear();
            others.restart();
            lastNanos = openedNanos;
            watch.restart();
        });
        frames.clear();
        sent = 0;
    }

    @Override
    public int sent() {
        return sent;
    }

    @Override
    public boolean silentFor(Duration time) {
        return loop.nanos() - lastNanos >= time.toNanos();
    }

    // ---- on the loop's thread ----

    private void heard(byte[] frame) {
        if (Ethernet.type(frame) == Ethernet.ARP) {
            addresses.heard(frame);
            return;
        }
        byte[] packet = new Captured(Duration.ZERO, PROBE, frame).payload();
        if (Ethernet.type(frame) == Ethernet.IPV4
                && packet.length >= IpHeader.IPV4_SIZE
                && IpHeader.parse(packet).protocol() == IpHeader.PFSYNC) {
            Neighbour sender = stations.get(ByteBuffer.wrap(packet).getInt(SOURCE));
            if (sender == null) {
                others.heard(packet);
            } else {
                keep(frame, sender.name());
            }
        }
    }

    private void keep(byte[] frame, String sender) {
        lastNanos = loop.nanos();
        arrived.add(new Captured(Duration.ofNanos(lastNanos - openedNanos), sender, frame));
    }

    // ---- on the case's thread ----

    private void onLoop(Runnable task) {
        try {
            Object ignored = loop.call(
                    () -> {
                        task.run();
                        return null;
                    },
                    PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTell("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotTell cannot) {
                throw cannot;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | CancellationException e) {
            throw new CannotTell("the probe's station does not work: " + e);
        }
    }

    @Override
    public String probeAddress() {
        return address;
    }

    @Override
    public void send(byte[] packet) {
        send(packet, target == null ? station(packet) : target);
    }

    @Override
    public void send(byte[] packet, MacAddress to) {
        if (guard != null) {
            guard.check(packet);
        }
        byte[] frame = Ethernet.frame(to, link.address(), packet);
        Optional<byte[]> removals = others.removals(packet);
        onLoop(() -> {
            removals.ifPresent(only ->
                    others.stations().forEach(one -> link.send(Ethernet.frame(one, link.address(), only))));
            keep(frame, PROBE);
            link.send(frame);
            watch.require();
        });
        sent++;
    }

    /** To the Ethernet address that the packet's destination has, to everybody where it has none. */
    private MacAddress station(byte[] packet) {
        if (packet.length < IpHeader.IPV4_SIZE) {
            return MacAddress.BROADCAST;
        }
        int destination = ByteBuffer.wrap(packet).getInt(DESTINATION);
        Neighbour one = stations.get(destination);
        return Ipv4Address.multicast(destination)
                ? MacAddress.multicast(destination)
                : one == null ? MacAddress.BROADCAST : one.ethernet();
    }

    @Override
    public List<Captured> frames() {
        arrived.drainTo(frames);
        return Collections.unmodifiableList(frames);
    }

    @Override
    public void sendElsewhere(byte[] packet) {
        throw new NotOffered("the probe is on the sync LAN only");
    }

    @Override
    public void cut(String firewall) {
        throw new NotOffered("the cables of a real LAN are not in the suite's hands");
    }

    @Override
    public void heal(String firewall) {
        throw new NotOffered("the cables of a real LAN are not in the suite's hands");
    }

    @Override
    public Instant opened() {
        return opened;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(loop.nanos() - openedNanos);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration atMost) {
        if (atMost.compareTo(LONGEST) > 0) {
            throw new TestAbortedException("it waits for " + atMost.toMinutes() + " min, and a lab in real time for "
                    + LONGEST.toMinutes() + " min at most; --lab embedded runs it");
        }
        long end = loop.nanos() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (hosts != null) {
                hosts.turn();
            }
            long left = end - loop.nanos();
            if (left <= 0) {
                onLoop(watch::require);
                return false;
            }
            try {
                Captured next = arrived.poll(
                        Math.min(left, hosts == null ? TICK_NANOS : HOSTS_TICK_NANOS), TimeUnit.NANOSECONDS);
                if (next != null) {
                    frames.add(next);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotTell("interrupted");
            }
        }
        onLoop(watch::require);
        return true;
    }

    @Override
    public Timing timing() {
        return timing;
    }

    /** Gives the interface back. */
    @Override
    public void close() {
        onLoop(() -> {
            link.close();
            if (hosts != null) {
                hosts.close();
            }
        });
        loop.close();
    }
}
