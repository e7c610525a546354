package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever two ends that keep the rules of TCP send to each other passes, and what does not fit into their windows does not. */
class TcpConversationTest {

    private static final int STEPS = 250;
    /** How far a segment may be overtaken. */
    private static final int REORDERED = 3;

    private static final List<String> RULES = List.of(
            "pass",
            "pass modulate state",
            "pass\npass out on em2 inet proto tcp nat-to 192.0.2.1",
            "pass keep state (if-bound)",
            "pass keep state (sloppy)");

    /** Two hosts, the firewall between them, and what is under way to it. */
    private static final class World {
        final SplittableRandom random;
        final Bench bench;
        final TcpHost client;
        TcpHost server;
        final int serverShift;
        final List<byte[]> toServer = new ArrayList<>();
        final List<byte[]> toClient = new ArrayList<>();
        int passed;

        World(long seed, TestRelease release, String rules, int clientShift, int serverShift) {
            this.random = new SplittableRandom(seed);
            this.bench = new Bench(rules, release.rule());
            this.serverShift = serverShift;
            this.client = new TcpHost(Bench.CLIENT, 4000, Bench.SERVER, 80, clientShift, random);
        }

        void collect() {
            toServer.addAll(client.sent());
            if (server != null) {
                toClient.addAll(server.sent());
            }
        }

        /** Takes one of the first segments that are under way to the firewall; it may get lost before it, or behind it, or come twice. */
        void deliver(boolean forward) {
            List<byte[]> way = forward ? toServer : toClient;
            if (way.isEmpty()) {
                return;
            }
            byte[] sent = way.remove(random.nextInt(Math.min(REORDERED, way.size())));
            int fate = random.nextInt(20);
            if (fate == 0) {
                return;
            }
            byte[] through = through(sent, forward);
            if (fate == 1) {
                return;
            }
            receive(through, forward);
            if (fate == 2 && client.connected()) {
                receive(through(sent, forward), forward);
            }
        }

        private byte[] through(byte[] sent, boolean forward) {
            byte[] through =
                    bench.forward(sent, forward ? Bench.INSIDE : Bench.OUTSIDE, forward ? Bench.OUTSIDE : Bench.INSIDE);
            assertThat(through)
                    .as("segment %s of the %s, states %s", passed, forward ? "client" : "server", describe())
                    .isNotNull();
            assertThat(TestPacket.checksumsRight(through)).isTrue();
            passed++;
            return through;
        }

        private String describe() {
            StringBuilder text = new StringBuilder();
            for (State state : bench.table) {
                text.append(Bench.peer(state.src))
                        .append(" | ")
                        .append(Bench.peer(state.dst))
                        .append("; ");
            }
            return text.toString();
        }

        private void receive(byte[] through, boolean forward) {
            if (!forward) {
                client.receive(through);
                return;
            }
            if (server == null) {
                Packet packet = new Packet();
                packet.parse(through, 0, through.length);
                String from = AddressRange.of(false, packet.sourceHi(), 0).toString();
                server = new TcpHost(Bench.SERVER, 80, from, packet.sourcePort(), serverShift, random);
            }
            server.receive(through);
        }

        void connect() {
            client.sendSyn();
            collect();
            while (!client.connected() || server == null || !server.connected()) {
                deliver(random.nextBoolean());
                collect();
                if (toServer.isEmpty() && toClient.isEmpty()) {
                    TcpHost waiting = server == null || client.connected() ? client : server;
                    if (client.connected()) {
                        client.acknowledge();
                    } else {
                        waiting.retransmit();
                    }
                    collect();
                }
            }
            while (!toServer.isEmpty() || !toClient.isEmpty()) { // an old SYN on a connection is another matter
                deliver(!toServer.isEmpty());
                collect();
            }
        }

        void step() {
            TcpHost host = random.nextBoolean() ? client : server;
            switch (random.nextInt(6)) {
                case 0, 1 -> host.sendData();
                case 2 -> host.acknowledge();
                case 3 -> host.retransmit();
                default -> {
                    deliver(random.nextBoolean());
                    deliver(random.nextBoolean());
                }
            }
            collect();
        }

        void close() {
            for (int i = 0; i < 2000 && !(client.done() && server.done()); i++) {
                client.sendFin();
                server.sendFin();
                client.retransmit();
                server.retransmit();
                client.acknowledge();
                server.acknowledge();
                collect();
                while (!toServer.isEmpty() || !toClient.isEmpty()) {
                    deliver(random.nextBoolean());
                    collect();
                }
            }
        }
    }

    private static World connected(long seed, TestRelease release, String rules, int clientShift, int serverShift) {
        World world = new World(seed, release, rules, clientShift, serverShift);
        world.connect();
        return world;
    }

    @Property(tries = 150)
    void aLegalConversationIsNeverDropped(
            @ForAll long seed,
            @ForAll TestRelease release,
            @ForAll @IntRange(max = 4) int rules,
            @ForAll @IntRange(min = -1, max = 14) int clientShift,
            @ForAll @IntRange(min = -1, max = 14) int serverShift) {
        World world = connected(seed, release, RULES.get(rules), clientShift, serverShift);
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.close();
        assertThat(world.client.done() && world.server.done()).isTrue();
        assertThat(world.bench.table.size()).isEqualTo(2);
        for (State state : world.bench.table) {
            assertThat(state.timeout).isEqualTo((byte) Timeouts.TCP_CLOSED);
        }
        assertThat(world.bench.filter.statistics().count(Reason.STATE_MISMATCH)).isZero();
    }

    @Property(tries = 150)
    void aSegmentOutsideTheWindowIsAlwaysDropped(
            @ForAll long seed,
            @ForAll TestRelease release,
            @ForAll @IntRange(max = 3) int rules,
            @ForAll @IntRange(min = -1, max = 14) int clientShift,
            @ForAll @IntRange(min = -1, max = 14) int serverShift,
            @ForAll @IntRange(min = 1, max = 1_000_000) int beyond,
            @ForAll boolean ahead) {
        World world = connected(seed, release, RULES.get(rules), clientShift, serverShift);
        for (int i = 0; i < 100; i++) {
            world.step();
        }
        State state = world.bench.state(0);
        String before = Bench.peer(state.src) + Bench.peer(state.dst);
        int shift = state.src.wscale != 0 && state.dst.wscale != 0 ? state.dst.wscale & 0xf : 0;
        int seq = ahead ? state.src.seqhi - 1 + beyond : state.src.seqlo - (state.dst.window() << shift) - beyond;
        TestPacket forged = TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80)
                .seq(seq)
                .ack(state.dst.seqlo + state.dst.seqdiff)
                .data(1);
        Result result = world.bench.in(forged);
        assertThat(result.verdict()).isEqualTo(Result.Verdict.DROP);
        assertThat(result.reason()).isEqualTo(Reason.STATE_MISMATCH);
        assertThat(Bench.peer(state.src) + Bench.peer(state.dst)).isEqualTo(before);
    }
}
