package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import org.opentest4j.TestAbortedException;

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
    /** Nobody waits longer for one case. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final long TICK_NANOS = 5_000_000L;
    /** Hosts answer each other, and every answer waits for this. */
    private static final long HOSTS_TICK_NANOS = 500_000L;

    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final Set<Kind> REMOVING = Set.copyOf(EnumSet.of(Kind.DEL, Kind.DEL_C, Kind.CLR));
    private static final int MOST_OF_OTHERS = 10_000;

    private static final int ETHERNET_TYPE = 12;
    private static final int ARP_OPERATION = 20;
    private static final int ARP_SENDER = 22;
    private static final int ARP_PAIR = 10;
    private static final int ARP_TARGET = 38;
    private static final int ARP_END = 42;
    private static final short ARP_REQUEST = 1;
    private static final short ARP_REPLY = 2;
    private static final Timing USUAL =
            new Timing(Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofMillis(300));

    private final RealTime loop = new RealTime("probe", thrown -> {});
    private final String address;
    private final Timing timing;
    private final LinkedBlockingQueue<Captured> arrived = new LinkedBlockingQueue<>();
    private final List<Captured> frames = new ArrayList<>();
    private final LabConfig lab;
    private final PcapLink link;
    private LanHosts hosts;
    private final LinkedBlockingQueue<byte[]> others = new LinkedBlockingQueue<>(MOST_OF_OTHERS);
    private volatile Map<Integer, Station> stations = Map.of();
    private List<MacAddress> listeners = List.of();
    private Dialect dialect;
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

    /**
     * What removes states on the target is sent to these stations before, from now on. They hear what the target says of the suite's states, and
     * would give it back what it was told to remove.
     */
    void removeAlsoFrom(Dialect spoken, List<MacAddress> firewalls) {
        dialect = spoken;
        listeners = List.copyOf(firewalls);
    }

    /** Who else spoke of the suite's states since the beginning, if anybody did. */
    Optional<String> meddler(Dialect spoken) {
        for (byte[] packet : others) {
            Optional<Message> about = FrameDecoder.decode(spoken, packet).messages().stream()
                    .filter(ProbeStation::ofTheSuite)
                    .findFirst();
            if (about.isPresent()) {
                return Optional.of(Ipv4Address.text(ByteBuffer.wrap(packet).getInt(SOURCE)) + " took part with "
                        + about.get().kind() + " about a state of the suite; mode full keeps the others away");
            }
        }
        return Optional.empty();
    }

    private static boolean ofTheSuite(Message message) {
        return switch (message) {
            case StateMessage state -> LanArena.own(state.id(), state.creatorId());
            case Identified named -> LanArena.own(named.id(), named.creatorId());
            case UpdateCompressed update -> LanArena.own(update.id(), update.creatorId());
            default -> false;
        };
    }

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
            others.clear();
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
        if (Ethernet.type(frame) == Ethernet.ARP) {
            answer(frame);
            return;
        }
        byte[] packet = new Captured(Duration.ZERO, PROBE, frame).payload();
        if (Ethernet.type(frame) == Ethernet.IPV4
                && packet.length >= IpHeader.IPV4_SIZE
                && IpHeader.parse(packet).protocol() == IpHeader.PFSYNC) {
            Station sender = stations.get(ByteBuffer.wrap(packet).getInt(SOURCE));
            if (sender == null) {
                // What finds no room is told by those that did.
                boolean ignored = others.offer(packet);
            } else {
                keep(frame, sender.name());
            }
        }
    }

    /** Nobody else on this machine answers for the probe's address: the interface may be without one. */
    private void answer(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length < ARP_END
                || in.getShort(ARP_OPERATION) != ARP_REQUEST
                || in.getInt(ARP_TARGET) != Ipv4Address.parse(address)) {
            return;
        }
        byte[] asker = Arrays.copyOfRange(frame, ARP_SENDER, ARP_SENDER + ARP_PAIR);
        byte[] reply = Ethernet.frame(MacAddress.at(frame, ARP_SENDER), link.address(), frame);
        ByteBuffer out = ByteBuffer.wrap(reply)
                .position(ETHERNET_TYPE)
                .put(frame, ETHERNET_TYPE, ARP_OPERATION - ETHERNET_TYPE)
                .putShort(ARP_REPLY)
                .put(reply, MacAddress.SIZE, MacAddress.SIZE)
                .putInt(in.getInt(ARP_TARGET))
                .put(asker);
        link.send(Arrays.copyOf(reply, Math.max(out.position(), Ethernet.SHORTEST)));
    }

    /** What a sound frame removes, in a frame of its own; empty if it removes nothing. */
    private Optional<byte[]> removals(byte[] packet) {
        if (listeners.isEmpty() || packet.length < IpHeader.IPV4_SIZE) {
            return Optional.empty();
        }
        Frame frame = FrameDecoder.decode(dialect, packet);
        Message[] removing = frame.messages().stream()
                .filter(message -> message.kind() != null && REMOVING.contains(message.kind()))
                .toArray(Message[]::new);
        return frame.problem() != null || removing.length == 0
                ? Optional.empty()
                : Optional.of(
                        FrameBuilder.of(dialect).source(address).add(removing).build());
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
        send(packet, target == null ? station(packet) : target);
    }

    /** Sends a packet to a station, whatever its destination says. */
    void send(byte[] packet, MacAddress to) {
        byte[] frame = Ethernet.frame(to, link.address(), packet);
        Optional<byte[]> removals = removals(packet);
        onLoop(() -> {
            removals.ifPresent(only -> listeners.forEach(one -> link.send(Ethernet.frame(one, link.address(), only))));
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
                onLoop(this::requireTheInterface);
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
