package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import net.pfsync.pcap.MeteredLink;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.time.RealTime;
import net.pfsync.wire.IpHeader;

/**
 * The probe on a real sync LAN, with an event loop of its own; cases ask it from their thread.
 *
 * <p>Everything that it sends goes to the firewall under test alone, by its Ethernet address: the other firewalls of a lab do not answer for it. Only
 * pfsync frames of that firewall are kept, and the probe's own among them in their order; what other stations say is none of a case's business.
 */
final class ProbeStation implements Station, AutoCloseable {

    private static final String PROBE = "probe";
    private static final String TARGET = "a";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long TICK_NANOS = 5_000_000L;
    private static final int SOURCE = 12;
    private static final int QUESTIONS = 4;
    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final Timing USUAL =
            new Timing(Duration.ofMillis(150), Duration.ofMillis(50), Duration.ofMillis(300));

    private final RealTime loop = new RealTime("probe", thrown -> {});
    private final String address;
    private final Timing timing;
    private final int targetAddress;
    private volatile int listening;
    private final LinkedBlockingQueue<Captured> arrived = new LinkedBlockingQueue<>();
    private final List<Captured> frames = new ArrayList<>();
    private final MeteredLink link;
    private final AddressQuestion question;
    private MacAddress target;
    private FrameGuard guard;
    private Instant opened;
    private long openedNanos;
    private long lostBefore;

    /**
     * Opens the interface.
     *
     * @param lab the lab
     * @throws LinkException if it cannot be opened; the message is one line
     * @throws LabException if the relay is not reached; the message is one line
     */
    ProbeStation(LabConfig lab) throws LinkException, LabException {
        this.address = lab.probeAddress();
        this.timing = scaled(lab.timeFactor());
        this.targetAddress = Ipv4Address.parse(lab.firewalls().getFirst().syncAddress());
        this.listening = targetAddress;
        boolean ready = false;
        try {
            link = SyncLinks.open(lab, loop);
            ready = true;
        } finally {
            if (!ready) {
                loop.close();
            }
        }
        question = new AddressQuestion(link, Ipv4Address.parse(address));
        link.onReceive(this::heard);
        restart();
    }

    private static Timing scaled(double factor) {
        return new Timing(times(USUAL.atOnce(), factor), times(USUAL.early(), factor), times(USUAL.late(), factor));
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    @Override
    public void talkTo(MacAddress firewall) {
        target = firewall;
    }

    @Override
    public int listenTo(String firewall) {
        listening = Ipv4Address.parse(firewall);
        return frames().size();
    }

    @Override
    public void listenToTarget() {
        if (listening != targetAddress) {
            listening = targetAddress;
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
            onLoop(() -> question.ask(wanted));
            if (until(() -> question.answer(wanted) != null, ANSWER)) {
                return question.answer(wanted);
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
            lostBefore = link.statistics().lost();
        });
        frames.clear();
    }

    // ---- on the loop's thread ----

    private void heard(byte[] frame) {
        question.heard(frame);
        byte[] packet = new Captured(Duration.ZERO, PROBE, frame).payload();
        if (Ethernet.type(frame) == Ethernet.IPV4
                && packet.length >= IpHeader.IPV4_SIZE
                && IpHeader.parse(packet).protocol() == IpHeader.PFSYNC
                && ByteBuffer.wrap(packet).getInt(SOURCE) == listening) {
            keep(frame, TARGET);
        }
    }

    private void keep(byte[] frame, String sender) {
        arrived.add(new Captured(Duration.ofNanos(loop.nanos() - openedNanos), sender, frame));
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
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new CannotTell("the probe's station does not work: " + e);
        }
    }

    @Override
    public String probeAddress() {
        return address;
    }

    /** Nothing is sent from now on that a guard refuses. */
    void guard(FrameGuard by) {
        guard = by;
    }

    @Override
    public void send(byte[] packet) {
        if (guard != null) {
            guard.check(packet);
        }
        byte[] frame = Ethernet.frame(target, link.address(), packet);
        onLoop(() -> {
            keep(frame, PROBE);
            link.send(frame);
            LinkStatistics now = link.statistics();
            if (now.sendErrors() > 0) {
                throw new CannotTell("the interface of the probe refuses frames");
            }
        });
    }

    @Override
    public void sendElsewhere(byte[] packet) {
        throw new CannotTell("the probe is on the sync LAN only");
    }

    @Override
    public List<Captured> frames() {
        arrived.drainTo(frames);
        return Collections.unmodifiableList(frames);
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
        long end = loop.nanos() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - loop.nanos();
            if (left <= 0) {
                requireNothingLost();
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
        requireNothingLost();
        return true;
    }

    private void requireNothingLost() {
        onLoop(() -> {
            LinkStatistics now = link.statistics();
            if (now.lost() > lostBefore) {
                throw new CannotTell("the probe did not see everything: " + now.losses());
            }
        });
    }

    @Override
    public Timing timing() {
        return timing;
    }

    /** Gives the interface back. */
    @Override
    public void close() {
        onLoop(link::close);
        loop.close();
    }
}
