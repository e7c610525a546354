package net.pfsync.bench;

import java.util.concurrent.TimeUnit;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.SectionCursor;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.StateWriter;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;
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

/** What reading and writing messages costs. Budget: 100 ns for a whole state, read or written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
    private static final int STATES = 5;
    private static final int UPDATES = 17;

    @Param({"v5-4.6", "v6-7.4", "fbsd-1500"})
    public String dialect;

    private Layout layout;
    private StateWriter writer;
    private SectionCursor cursor;
    private byte[] inserts;
    private byte[] updates;
    private byte[] buffer;
    private int value;

    @Setup
    public void prepare() {
        Dialect spoken = Dialect.of(dialect);
        layout = spoken.layout(Kind.INS);
        writer = new StateWriter(layout);
        cursor = new SectionCursor(spoken);
        buffer = new byte[layout.size()];
        writeState();
        FrameBuilder states = FrameBuilder.of(spoken);
        FrameBuilder compressed = FrameBuilder.of(spoken);
        for (int i = 0; i < STATES; i++) {
            states.add(layout.message(buffer, 0));
        }
        for (int i = 0; i < UPDATES; i++) {
            compressed.add(update(spoken, i));
        }
        inserts = states.build();
        updates = compressed.build();
    }

    /** A frame of five inserts: every field of every state read once. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public long decodeState() {
        long sum = 0;
        cursor.start(inserts, IpHeader.IPV4_SIZE, inserts.length);
        while (cursor.next()) {
            for (int i = 0; i < cursor.count(); i++) {
                if (cursor.message(i) instanceof StateMessage state) {
                    sum += readAll(state);
                }
            }
        }
        return sum;
    }

    /** One state with every field that the dialect has. */
    @Benchmark
    public byte[] encodeState() {
        value++;
        writeState();
        return buffer;
    }

    /** A full frame of compressed updates: name, both peers and timeout of each; per message. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long walkUpdates() {
        long sum = 0;
        cursor.start(updates, IpHeader.IPV4_SIZE, updates.length);
        while (cursor.next()) {
            for (int i = 0; i < cursor.count(); i++) {
                if (cursor.message(i) instanceof UpdateCompressed update) {
                    sum += update.id()
                            + update.creatorId()
                            + update.timeout()
                            + read(update.src())
                            + read(update.dst());
                }
            }
        }
        return sum;
    }

    private static Message update(Dialect dialect, int id) {
        return MessageBuilder.of(dialect, Kind.UPD_C)
                .set("id", id)
                .set("creatorid", 1)
                .set("src.seqlo", 1000 + id)
                .set("src.state", 4)
                .set("dst.state", 4)
                .set("timeout", 2)
                .build();
    }

    private static long read(WirePeer peer) {
        return 0L
                + peer.seqlo()
                + peer.seqhi()
                + peer.seqdiff()
                + peer.maxWin()
                + peer.mss()
                + peer.state()
                + peer.wscale()
                + peer.scrubFlag()
                + peer.pfssFlags()
                + peer.pfssTtl()
                + peer.pfssTsMod();
    }

    private static long readAll(StateMessage state) {
        long sum = state.id() + state.creatorId() + state.ifname().length();
        for (int key = 0; key < 2; key++) {
            sum += state.rdomain(key) + state.keyAf(key) + state.rtableid(key) + state.packets(key) + state.bytes(key);
            for (int side = 0; side < 2; side++) {
                sum += state.addrHi(key, side) + state.addrLo(key, side) + state.port(key, side);
            }
        }
        sum += read(state.src()) + read(state.dst());
        sum += state.rtAddrHi() + state.rtAddrLo() + state.rule() + state.anchor() + state.natRule();
        sum += state.creation() + state.expire() + state.af() + state.proto() + state.direction() + state.log();
        sum += state.stateFlags() + state.timeout() + state.syncFlags() + state.updates() + state.maxMss();
        return sum + state.minTtl() + state.setTos() + state.setPrio(0) + state.setPrio(1) + state.rt();
    }

    private void writeState() {
        writer.wrap(buffer, 0)
                .id(value, 1)
                .ifname("em0")
                .side(0, 0, 0xc6336409_00000000L, 0, 443)
                .side(0, 1, 0xcb007105_00000000L, 0, 51234)
                .side(1, 0, 0xc6336409_00000000L, 0, 443)
                .side(1, 1, 0x0a010203_00000000L, 0, 40000)
                .key(0, 0, 2)
                .key(1, 0, 2);
        writer.src()
                .scrub(1, 64, value)
                .seqlo(value)
                .seqhi(value)
                .seqdiff(1)
                .maxWin(65535)
                .mss(1460)
                .state(4)
                .wscale(135);
        writer.dst()
                .seqlo(value)
                .seqhi(value)
                .seqdiff(1)
                .maxWin(65535)
                .mss(1460)
                .state(4)
                .wscale(135);
        writer.rtAddr(0, 0)
                .rules(4, -1, -1)
                .times(37, 86363)
                .traffic(0, value, 4567)
                .traffic(1, 9, 4567)
                .what(2, 6, 2)
                .log(1)
                .stateFlags(1)
                .timeout(2)
                .syncFlags(0)
                .updates(3)
                .rtableids(-1, -1)
                .scrub(1400, 63, 8)
                .setPrio(3, 3)
                .rt(0);
    }
}
