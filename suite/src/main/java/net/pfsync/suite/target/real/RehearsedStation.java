package net.pfsync.suite.target.real;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Timing;
import net.pfsync.wire.Dialect;

/** The probe's station in a lab that only exists in memory: what it would send is told before it is sent there. */
final class RehearsedStation implements Station {

    private static final String PROBE = "probe";
    private static final int ETHERNET_MTU = 1500;

    private final Bench bench;
    private final FrameGuard guard;
    private final Consumer<byte[]> told;
    private final List<Captured> frames = new ArrayList<>();
    private Set<String> heard = Set.of();
    private String aside = "";
    private int sent;
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

    /** On the LAN in memory a packet's destination says where it goes. */
    @Override
    public void talkTo(Map<Integer, Neighbour> firewalls) {
        heard = firewalls.values().stream().map(Neighbour::name).collect(Collectors.toSet());
    }

    @Override
    public int talkAsideTo(String firewall, MacAddress ethernet) {
        aside = Stream.concat(Stream.of(bench.target()), bench.peers().stream())
                .filter(one -> one.address().equals(firewall))
                .map(Adapter::name)
                .findFirst()
                .orElse(Exchange.TARGET);
        return frames().size();
    }

    @Override
    public void talkToTarget() {
        boolean heardOthers = !aside.equals(Exchange.TARGET);
        aside = "";
        if (heardOthers) {
            restart();
        }
    }

    /** In memory only the case's firewalls listen. */
    @Override
    public void removeAlsoFrom(Dialect spoken, List<MacAddress> firewalls) {
        // Nothing would be given back.
    }

    @Override
    public Optional<String> meddler(Dialect spoken) {
        return Optional.empty();
    }

    @Override
    public int sent() {
        return sent;
    }

    @Override
    public boolean silentFor(Duration time) {
        return false;
    }

    @Override
    public void send(byte[] packet, MacAddress to) {
        send(packet);
    }

    @Override
    public void restart() {
        origin = bench.pace().elapsed();
        read = bench.lan().frames().size();
        frames.clear();
        sent = 0;
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
        sent++;
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
            boolean ofAside = frame.sender().equals(aside);
            if (own || ofAside || (aside.isEmpty() && heard.contains(frame.sender()))) {
                String sender = ofAside ? Exchange.TARGET : frame.sender();
                frames.add(new Captured(frame.at().minus(origin), sender, frame.ethernet()));
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
