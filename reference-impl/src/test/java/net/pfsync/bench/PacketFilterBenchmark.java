package net.pfsync.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.pfsync.pf.Packet;
import net.pfsync.pf.PacketFilter;
import net.pfsync.pf.PfHost;
import net.pfsync.pf.Result;
import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import net.pfsync.pf.StateEvents;
import net.pfsync.pf.StateTable;
import net.pfsync.pf.Timeouts;
import net.pfsync.pf.TrackingRule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Packets through the filter: parsed, looked up, tracked. A forwarded packet needs two of these. Connections are taken in random order, so that
 * a large table costs what it costs a router.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PacketFilterBenchmark {
    private static final int BATCH = 1000;
    private static final int SEGMENT = 52;
    private static final int SEQ = 24;
    private static final int FLAGS = 33;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    @Param({"1000", "1000000"})
    public int states;

    @Param({"tcp", "udp"})
    public String protocol;

    private final Packet packet = new Packet();
    private final SplittableRandom random = new SplittableRandom(1);
    private StateTable table;
    private PacketFilter filter;
    private byte[] bytes;
    private boolean tcp;

    @Setup
    public void prepare() throws RulesetException {
        tcp = protocol.equals("tcp");
        table = new StateTable();
        Timeouts timeouts =
                new Timeouts(120, 30, 86400, 900, 45, 90, 60, 30, 60, 20, 10, 60, 30, 60, 60, 10, 0, 0, 0, 30);
        filter = new PacketFilter(
                table,
                timeouts,
                TrackingRule.CURRENT,
                new Machine(),
                StateEvents.NONE,
                Ruleset.parse("pass flags any keep state"),
                1);
        bytes = new byte[SEGMENT];
        for (int connection = 0; connection < states; connection++) {
            write(connection, SYN);
            test();
        }
        if (table.size() != states) {
            throw new IllegalStateException(table.size() + " states");
        }
    }

    /** A packet of an existing connection, from its initiator. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int knownPackets() {
        int passed = 0;
        for (int i = 0; i < BATCH; i++) {
            write(random.nextInt(states), ACK);
            passed += test() == Result.Verdict.PASS ? 1 : 0;
        }
        if (passed != BATCH) {
            throw new IllegalStateException(passed + " passed");
        }
        return passed;
    }

    private Result.Verdict test() {
        packet.parse(bytes, 0, bytes.length);
        return filter.test(packet, "em1", net.pfsync.pf.State.IN, 1).verdict();
    }

    /** Writes a packet of a connection; addresses and ports are made of its number. */
    private void write(int connection, int flags) {
        ByteBuffer to = ByteBuffer.wrap(bytes);
        to.putInt(0, 0x45000000 | SEGMENT).putInt(4, 0x4000);
        to.putInt(8, 0x40000000 | (tcp ? 6 : 17) << 16);
        to.putInt(12, 0x0a000000 | connection >>> 8).putInt(16, 0x0b000001);
        to.putShort(20, (short) (1024 + (connection & 0xff))).putShort(22, (short) 80);
        if (tcp) {
            to.putInt(SEQ, connection + (flags == SYN ? 0 : 1)).putInt(SEQ + 4, 0);
            to.putInt(32, 0x80000000 | flags << 16 | 0xffff);
            bytes[FLAGS] = (byte) flags;
        } else {
            to.putShort(24, (short) (SEGMENT - 20));
        }
    }

    private static final class Machine implements PfHost {
        private long next;

        @Override
        public long nextStateId() {
            return next++;
        }

        @Override
        public int hostId() {
            return 1;
        }

        @Override
        public int stateLimit() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int mtuTowards(boolean inet6, long hi, long lo) {
            return 1500;
        }
    }
}
