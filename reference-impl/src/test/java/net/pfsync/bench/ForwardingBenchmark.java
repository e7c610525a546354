package net.pfsync.bench;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.pfsync.net.ArpMessage;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.VirtualTime;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Datagrams through a whole firewall, from a link to a link, one thread: Ethernet, IP, pf on the way in and on the way out, the neighbour. A forwarded
 * flow has two states. Flows are taken in random order, so that a large table costs what it costs a router.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC"})
public class ForwardingBenchmark {

    private static final MacAddress OWN = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress CLIENT = MacAddress.parse("00:00:5e:00:53:03");
    private static final MacAddress SERVER = MacAddress.parse("00:00:5e:00:53:04");
    private static final int SOURCE = Ethernet.HEADER + 12;
    private static final int BATCH = 1000;
    private static final int FIRST_PACKETS = 100;
    private static final int LIMIT = 4_000_000;

    /** The answer to the question who has the server's address. */
    private static byte[] serverIsThere() {
        int server = Ipv4Address.parse("192.0.2.2");
        return new ArpMessage(false, SERVER, server, OWN, Ipv4Address.parse("192.0.2.1")).frame(OWN);
    }

    /** A link whose other end counts packets and forgets them, and knows whose the server's address is. */
    private static final class Sink implements Link {
        private final VirtualTime time;
        private Consumer<byte[]> receiver;
        private long count;

        Sink(VirtualTime time) {
            this.time = time;
        }

        @Override
        public void send(byte[] frame) {
            if (Ethernet.type(frame) == Ethernet.IPV4) {
                count++;
            } else if (Ethernet.type(frame) == Ethernet.ARP) {
                time.soon(() -> receiver.accept(serverIsThere()));
            }
        }

        @Override
        public void onReceive(Consumer<byte[]> taker) {
            receiver = taker;
        }

        @Override
        public boolean up() {
            return true;
        }

        @Override
        public void onStatus(Consumer<Boolean> listener) {}

        @Override
        public MacAddress address() {
            return OWN;
        }
    }

    /** A firewall between links. */
    private static final class Router {
        private final VirtualTime time = new VirtualTime(1_800_000_000L);
        private final Sink inside = new Sink(time);
        private final Sink outside = new Sink(time);
        private final Sink peers = new Sink(time);
        private final Firewall firewall;
        private final byte[] frame = datagram();
        private final int port = Ip.payload(frame);

        Router(boolean sync, boolean defer) throws ConfigException {
            Release release = Release.of("reference-v6");
            int[] timeouts = release.defaults().timeouts().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            timeouts[Timeouts.ADAPTIVE_END] = 0;
            Settings settings = Settings.of(release)
                    .stateLimit(LIMIT)
                    .timeouts(timeouts)
                    .withInterface("em0", OWN, "10.7.0.1/24")
                    .withInterface("em1", OWN, "10.0.0.1/8")
                    .withInterface("em2", OWN, "192.0.2.1/24")
                    .forwarding(true)
                    .rules("set skip on em0\npass keep state");
            firewall = new Firewall(release, settings, time);
            firewall.connect("em0", peers);
            firewall.connect("em1", inside);
            firewall.connect("em2", outside);
            firewall.pfsync().create();
            firewall.pfsync().setSyncdev("em0");
            firewall.pfsync().setDefer(defer);
            if (sync) {
                firewall.pfsync().up();
                time.advance(Duration.ofMinutes(1));
            }
            findServer();
        }

        /** Of packets that are let go at once only one waits for a neighbour who is not known. */
        void findServer() {
            send(0, 0);
            time.advance(Duration.ofSeconds(1));
        }

        private static byte[] datagram() {
            byte[] made = Ip.make(IpAddress.parse("10.1.0.0"), IpAddress.parse("192.0.2.2"), Ip.UDP, 100);
            int start = Ip.payload(made);
            NetworkOrder.put16(made, start + 2, 53);
            NetworkOrder.put16(made, start + 4, 100);
            return Ethernet.addressed(made, OWN, CLIENT);
        }

        /** Sends a datagram of a flow; addresses and ports are made of its number, the header's checksum is made right. */
        void send(int flow, int salt) {
            NetworkOrder.put32(frame, SOURCE, 0x0a010000 | flow >>> 12);
            NetworkOrder.put16(frame, port, 1024 + (flow & 0xfff) + salt);
            Ip.ttl(frame, 64);
            inside.receiver.accept(frame);
        }
    }

    /** A table of some size. */
    @State(Scope.Thread)
    public static class Flows {
        @Param({"1000", "1000000"})
        public int states;

        @Param({"false", "true"})
        public boolean sync;

        private final SplittableRandom random = new SplittableRandom(1);
        private Router router;

        @Setup(Level.Trial)
        public void prepare() throws ConfigException {
            router = new Router(sync, false);
            for (int flow = 0; flow < states / 2; flow++) {
                router.send(flow, 0);
            }
            if (router.firewall.states().size() != states) {
                throw new IllegalStateException(router.firewall.states().size() + " states");
            }
        }
    }

    /** A firewall that holds first packets, or does not. */
    @State(Scope.Thread)
    public static class Beginnings {
        @Param({"false", "true"})
        public boolean defer;

        private Router router;

        @Setup(Level.Trial)
        public void prepare() throws ConfigException {
            router = new Router(true, defer);
        }
    }

    /** A datagram of a flow that has its states. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long known(Flows flows) {
        Router router = flows.router;
        long before = router.outside.count;
        for (int i = 0; i < BATCH; i++) {
            router.send(flows.random.nextInt(flows.states / 2), 0);
        }
        if (router.outside.count - before != BATCH) {
            throw new IllegalStateException(router.outside.count - before + " left");
        }
        return before;
    }

    /** The first datagram of a flow: two states are made and announced; they are removed again. Held packets leave after their time. */
    @Benchmark
    @OperationsPerInvocation(FIRST_PACKETS)
    public long first(Beginnings beginnings) {
        Router router = beginnings.router;
        router.findServer();
        long before = router.outside.count;
        for (int flow = 0; flow < FIRST_PACKETS; flow++) {
            router.send(flow, 1);
            router.time.advance(Duration.ZERO);
        }
        router.time.advance(Duration.ofSeconds(1));
        if (router.outside.count - before != FIRST_PACKETS) {
            throw new IllegalStateException(router.outside.count - before + " left");
        }
        return router.firewall.flushStates("");
    }
}
