package net.pfsync.suite.target.real;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Timing;

/** The probe's station in a lab that only exists in memory: what it would send is told before it is sent there. */
final class RehearsedStation implements Station {

    private static final String PROBE = "probe";
    private static final int ETHERNET_MTU = 1500;

    private final Bench bench;
    private final FrameGuard guard;
    private final Consumer<byte[]> told;
    private final List<Captured> frames = new ArrayList<>();
    private String listening = Exchange.TARGET;
    private Duration origin = Duration.ZERO;
    private int read;

    /**
     * A station.
     *
     * @param bench the lab in memory
     * @param guard refuses frames; null where all are sent
     * @param told gets every packet that is sent
     */
    RehearsedStation(Bench bench, FrameGuard guard, Consumer<byte[]> told) {
        this.bench = bench;
        this.guard = guard;
        this.told = told;
    }

    @Override
    public void talkTo(MacAddress firewall) {
        // On the LAN in memory a packet's destination says where it goes.
    }

    @Override
    public int listenTo(String firewall) {
        listening = Stream.concat(Stream.of(bench.target()), bench.peers().stream())
                .filter(one -> one.address().equals(firewall))
                .map(Adapter::name)
                .findFirst()
                .orElse(Exchange.TARGET);
        return frames().size();
    }

    @Override
    public void listenToTarget() {
        if (!listening.equals(Exchange.TARGET)) {
            listening = Exchange.TARGET;
            restart();
        }
    }

    @Override
    public void restart() {
        origin = bench.pace().elapsed();
        read = bench.lan().frames().size();
        frames.clear();
    }

    @Override
    public MacAddress resolve(String of) {
        return MacAddress.BROADCAST;
    }

    @Override
    public int mtu() {
        return ETHERNET_MTU;
    }

    @Override
    public String probeAddress() {
        return bench.lan().probeAddress();
    }

    @Override
    public void send(byte[] packet) {
        if (guard != null) {
            guard.check(packet);
        }
        told.accept(packet);
        bench.lan().send(packet);
    }

    @Override
    public void sendElsewhere(byte[] packet) {
        if (guard != null) {
            guard.check(packet);
        }
        told.accept(packet);
        bench.lan().sendElsewhere(packet);
    }

    @Override
    public List<Captured> frames() {
        List<Captured> all = bench.lan().frames();
        for (; read < all.size(); read++) {
            Captured frame = all.get(read);
            boolean own = frame.sender().equals(PROBE);
            if (own || frame.sender().equals(listening)) {
                frames.add(new Captured(frame.at().minus(origin), own ? PROBE : Exchange.TARGET, frame.ethernet()));
            }
        }
        return Collections.unmodifiableList(frames);
    }

    @Override
    public void cut(String firewall) {
        bench.lan().cut(firewall);
    }

    @Override
    public void heal(String firewall) {
        bench.lan().heal(firewall);
    }

    @Override
    public Instant opened() {
        return bench.pace().opened().plus(origin);
    }

    @Override
    public Duration elapsed() {
        return bench.pace().elapsed().minus(origin);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration atMost) {
        return bench.pace().until(condition, atMost);
    }

    @Override
    public Timing timing() {
        return bench.pace().timing();
    }
}
