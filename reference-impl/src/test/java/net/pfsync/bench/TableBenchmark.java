package net.pfsync.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pfsync.net.Ipv4Address;
import net.pfsync.node.Firewall;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Filling a table with a million states: from INS frames, and from another firewall in a bulk transfer without pauses.
 *
 * <p>Budgets: a second for the inserts, five for the transfer, 400 bytes of heap for each state. The heap is printed once after the inserts.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms8g", "-Xmx8g", "-XX:+UseSerialGC"})
public class TableBenchmark {

    private static final int STATES = 1_000_000;

    private List<byte[]> inserts;
    private Loaded loaded;
    private Loaded full;

    @Setup(Level.Trial)
    public void frames() throws ConfigException {
        full = new Loaded(Release.unpaced(6));
        Loaded v5 = new Loaded(Release.of("reference-v5"));
        inserts = v5.inserts(STATES);
        long before = usedHeap();
        inserts.forEach(v5::receive);
        System.out.printf("heap per state: %.0f bytes%n", (usedHeap() - before) / (double) STATES);
        if (v5.firewall.states().size() != STATES) {
            throw new IllegalStateException(v5.firewall.states().size() + " states");
        }
        full.inserts(STATES).forEach(full::receive);
        full.time.advance(Duration.ofSeconds(5));
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Setup(Level.Invocation)
    public void empty() throws ConfigException {
        loaded = new Loaded(Release.of("reference-v5"));
        System.gc();
    }

    /** A million states from INS frames of six. */
    @Benchmark
    public int insert() {
        inserts.forEach(loaded::receive);
        return loaded.firewall.states().size();
    }

    /** A million states from one firewall to another, and back out of the LAN. */
    @Benchmark
    public int bulk() throws ConfigException {
        String name = "b" + loaded.hashCode();
        Firewall empty = full.join(Release.unpaced(6), name, 2, Ipv4Address.parse("10.9.0.2"));
        if (!full.time.advanceUntil(() -> !empty.pfsync().waitingForBulk(), Duration.ofSeconds(30))) {
            throw new IllegalStateException("no end");
        }
        if (empty.states().size() != STATES) {
            throw new IllegalStateException(empty.states().size() + " states arrived");
        }
        full.lan.cut(name);
        return empty.states().size();
    }
}
