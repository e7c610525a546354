package net.pfsync.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pfsync.pf.State;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Compressed updates per second, from the IP packet to the table, and from the table to the frame.
 *
 * <p>Budgets: 2 M/s applied with a million states, 5 M/s built.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx6g", "-XX:+UseSerialGC"})
public class UpdateBenchmark {

    private static final int PER_FRAME = 17;

    @Param({"1000", "100000", "1000000"})
    public int states;

    private Loaded loaded;
    private List<byte[]> updates;
    private int next;
    private State walking;

    @Setup(Level.Trial)
    public void prepare() throws ConfigException {
        loaded = new Loaded(Release.of("reference-v5"));
        loaded.inserts(states).forEach(loaded::receive);
        updates = loaded.updates(states);
        loaded.time.advance(Duration.ofSeconds(5));
        if (loaded.firewall.states().size() != states) {
            throw new IllegalStateException(loaded.firewall.states().size() + " states");
        }
    }

    /** One full frame of updates, applied. */
    @Benchmark
    @OperationsPerInvocation(PER_FRAME)
    public void apply() {
        loaded.receive(updates.get(next));
        next = next + 1 < updates.size() - 1 ? next + 1 : 0;
    }

    /** Seventeen states that changed here, which is one full frame that leaves. */
    @Benchmark
    @OperationsPerInvocation(PER_FRAME)
    public void build() {
        for (int i = 0; i < PER_FRAME; i++) {
            walking = walking == null ? loaded.firewall.states().first() : walking;
            loaded.firewall.pfsync().updated(walking);
            walking = walking.next();
        }
        loaded.time.advance(Duration.ZERO);
    }
}
