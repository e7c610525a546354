package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
import net.pfsync.pcap.LinkStatistics;
import net.pfsync.pcap.PcapLink;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.time.RealTime;
import net.pfsync.wire.IpHeader;

/**
 * The probe on a real sync LAN, with an event loop of its own; cases ask it from their thread.
 *
 * <p>What it sends goes to the firewall under test alone, by its Ethernet address, so that the other firewalls of a lab do not answer for it; unless a
 * case is about several: then it goes where its destination says. Only pfsync frames of the case's firewalls are kept, and the probe's own among them in
 * their order; what other stations say is none of a case's business.
 */
final class ProbeStation implements Pace, AutoCloseable {

    private static final String PROBE = "probe";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long TICK_NANOS = 5_000_000L;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final Timing USUAL =
            new Timing(Duration.ofMillis(150), Duration.ofMillis(50), Duration.ofMillis(300));

    private final RealTime loop = new RealTime("probe", thrown -> {});
    private final String address;
    private final Timing timing;
    private final LinkedBlockingQueue<Captured> arrived = new LinkedBlockingQueue<>();
    private final List<Captured> frames = new ArrayList<>();
    private final LabConfig lab;
    private final PcapLink link;
    private LanHosts hosts;
    private volatile Map<Integer, Station> stations = Map.of();
    private MacAddress target;
    private Instant opened;
    private long openedNanos;
    private long lostBefore;
    private long refusedBefore;
    private boolean wentDown;
    private int sent;
    private volatile long lastNanos;

    /**
     * Opens the interface.
     *
     * @param lab the lab
     * @throws LinkException if it cannot be opened; the message is one line
     */
    ProbeStation(LabConfig lab) throws LinkException {
        this.lab = lab;
        this.address = lab.probeAddress();
        this.timing = scaled(lab.timeFactor());
        boolean ready = false;
        try {
            link = opened(() -> PcapLink.open(lab.syncInterface(), null, loop));
            ready = true;
        } finally {
            if (!ready) {
                loop.close();
            }
        }
        onLoop(() -> link.onReceive(this::heard));
        restart();
    }

    /** Opens something on the loop's thread. */
    private <T> T opened(Callable<T> opening) throws LinkException {
        try {
            return loop.call(opening, PATIENCE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LinkException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTell("interrupted");
        } catch (TimeoutException e) {
            throw new CannotTell("the interfaces of this machine were not opened in " + PATIENCE.toSeconds() + " s");
        }
    }

    /**
     * Takes a place on the LANs on both sides of the firewalls, too.
     *
     * @return the hosts there
     * @throws LinkException if an interface cannot be opened; the message is one line
     */
    LanHosts hosts() throws LinkException {
        hosts = opened(() -> new LanHosts(lab, loop));
        return hosts;
    }

    private static Timing scaled(double factor) {
        return new Timing(times(USUAL.atOnce(), factor), times(USUAL.early(), factor), times(USUAL.late(), factor));
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    /**
     * A firewall on the LAN.
     *
     * @param name as cases call it
     * @param ethernet its Ethernet address
     */
    record Station(String name, MacAddress ethernet) {}

    /** Whom a case is about, by their IPv4 addresses, from now on; everything goes to the only one. */
    void talkTo(Map<Integer, Station> firewalls) {
        stations = Map.copyOf(firewalls);
        target = firewalls.size() == 1 ? firewalls.values().iterator().next().ethernet() : null;
    }

    /** Nothing was heard, and times count from now on. */
    void restart() {
        onLoop(() -> {
            openedNanos = loop.nanos();
            opened = Instant.ofEpochSecond(loop.epochSeconds());
            arrived.clear();
            LinkStatistics now = link.statistics();
            lostBefore = now.lost();
            refusedBefore = now.sendErrors();
            lastNanos = openedNanos;
            wentDown = !link.up();
            link.onStatus(up -> wentDown |= !up);
        });
        frames.clear();
        sent = 0;
    }

    /** How many frames it has sent. */
    int sent() {
        return sent;
    }

    /** Whether nothing was sent or heard for so long. */
    boolean silentFor(Duration time) {
        return loop.nanos() - lastNanos >= time.toNanos();
    }

    // ---- on the loop's thread ----

    private void heard(byte[] frame) {
        byte[] packet = new Captured(Duration.ZERO, PROBE, frame).payload();
        if (Ethernet.type(frame) == Ethernet.IPV4
                && packet.length >= IpHeader.IPV4_SIZE
                && IpHeader.parse(packet).protocol() == IpHeader.PFSYNC) {
            Station sender = stations.get(ByteBuffer.wrap(packet).getInt(SOURCE));
            if (sender != null) {
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

    /** The address that its frames come from. */
    String address() {
        return address;
    }

    /** See {@link net.pfsync.suite.target.SyncLan#send}. */
    void send(byte[] packet) {
        byte[] frame = Ethernet.frame(target == null ? station(packet) : target, link.address(), packet);
        onLoop(() -> {
            keep(frame, PROBE);
            link.send(frame);
            requireTheInterface();
        });
        sent++;
    }

    /** On the loop's thread. */
    private void requireTheInterface() {
        LinkStatistics now = link.statistics();
        if (wentDown || !link.up()) {
            throw new CannotTell("the interface " + lab.syncInterface() + " of the probe went down");
        }
        if (now.sendErrors() > refusedBefore) {
            throw new CannotTell("the interface " + lab.syncInterface() + " of the probe refuses frames");
        }
        if (now.lost() > lostBefore) {
            throw new CannotTell("the probe did not see everything: " + now.losses());
        }
    }

    /** To the Ethernet address that the packet's destination has, to everybody where it has none. */
    private MacAddress station(byte[] packet) {
        if (packet.length < IpHeader.IPV4_SIZE) {
            return MacAddress.BROADCAST;
        }
        int destination = ByteBuffer.wrap(packet).getInt(DESTINATION);
        Station one = stations.get(destination);
        return Ipv4Address.multicast(destination)
                ? MacAddress.multicast(destination)
                : one == null ? MacAddress.BROADCAST : one.ethernet();
    }

    /** See {@link net.pfsync.suite.target.SyncLan#frames}. */
    List<Captured> frames() {
        arrived.drainTo(frames);
        return Collections.unmodifiableList(frames);
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
        long end = loop.nanos() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (hosts != null) {
                hosts.turn();
            }
            long left = end - loop.nanos();
            if (left <= 0) {
                onLoop(this::requireTheInterface);
                return false;
            }
            try {
                Captured next = arrived.poll(Math.min(left, TICK_NANOS), TimeUnit.NANOSECONDS);
                if (next != null) {
                    frames.add(next);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotTell("interrupted");
            }
        }
        onLoop(this::requireTheInterface);
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
