package net.pfsync.suite.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.pfsync.net.ForwardingLink;
import net.pfsync.net.Link;
import net.pfsync.release.Release;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.fault.Faults;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.time.EventLoop;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire between two reference firewalls, one of which has a fault: it is found, and nothing where there is none. */
class LintedFaultsTest {

    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final int STATES = 20;
    private static final int MANY = 200;
    private static final String SECOND_REQUESTER = "10.9.0.77";

    private final List<CapturedFrame> frames = new ArrayList<>();
    private int start;

    /** A firewall to which nothing comes through. */
    private static final Sabotage DEAF = new Sabotage() {
        @Override
        public Link syncLink(Release release, Link link, EventLoop loop) {
            return new ForwardingLink(link) {
                @Override
                public void onReceive(Consumer<byte[]> receiver) {
                    link.onReceive(frame -> {});
                }
            };
        }
    };

    private static EmbeddedArena faulty(String fault, String base) {
        return Faults.all().stream()
                .filter(each -> each.name().equals(fault) && each.base().equals(base))
                .findFirst()
                .orElseThrow()
                .arena();
    }

    private static EmbeddedArena sound(String base) {
        return new EmbeddedArena(Release.of(base));
    }

    /** Two firewalls, of which a is up and b is not; what a said while it was alone is not listened to. */
    private Bench bench(Arena arena) {
        Bench bench = arena.open(new Extent(2, false), 1);
        bench.prepare();
        bench.target().comeUp();
        bench.pace().pass(Duration.ofSeconds(90));
        start = bench.lan().frames().size();
        return bench;
    }

    private static List<StateId> statesOf(Bench bench, int count) {
        return Stream.iterate(1, number -> number + 1)
                .limit(count)
                .map(number -> bench.target()
                        .addState(StateSpec.tcp(
                                new StateId(number, bench.target().hostId()),
                                new Endpoint("192.0.2." + (1 + number % 250), 1000 + number),
                                new Endpoint("198.51.100.1", 443))))
                .toList();
    }

    private static void pass(Bench bench, double seconds) {
        bench.pace().pass(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** What is found in the frames from one on. */
    private Set<Check> found(Bench bench, int from) throws IOException {
        frames.clear();
        for (Captured each :
                bench.lan().frames().subList(from, bench.lan().frames().size())) {
            long nanos = EPOCH + each.at().toNanos();
            frames.add(new CapturedFrame(
                    frames.size() + 1, nanos, LinkType.ETHERNET, each.ethernet(), each.ethernet().length));
        }
        Iterator<CapturedFrame> each = frames.iterator();
        SyncPackets packets =
                new SyncPackets(() -> each.hasNext() ? each.next() : null, new DialectFinder(), SyncPackets.OF_A_FILE);
        Judge judge = new Judge(1500);
        for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
            judge.packet(packet, packets.dialect(packet));
        }
        Set<Check> found = new TreeSet<>();
        judge.verdict().findings().forEach(finding -> found.add(finding.check()));
        bench.close();
        return found;
    }

    // ---- an ordinary life

    /** a has states, b comes up and gets them, packets pass a, then b, some states are removed. */
    private Set<Check> life(Arena arena) throws IOException {
        Bench bench = bench(arena);
        List<StateId> states = statesOf(bench, STATES);
        pass(bench, 3);
        bench.peers().getFirst().comeUp();
        pass(bench, 8);
        for (int round = 0; round < 8; round++) {
            states.forEach(id -> bench.target().touch(id, null, null));
            pass(bench, 2);
        }
        bench.target().kill(states.getFirst());
        pass(bench, 40);
        states.stream().skip(1).forEach(id -> bench.target().touch(id, null, null));
        pass(bench, 5);
        return found(bench, start);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_TTL, TTL",
        "FRAGMENTS_ALLOWED, DF_MISSING",
        "WRONG_VERSION, FRAME_MALFORMED",
        "LENGTH_WITHOUT_HEADER, FRAME_MALFORMED",
        "BULK_WITHOUT_END, BULK_NO_END",
        "BULK_LEAVES_OUT_TENTH, BULK_INCOMPLETE",
        "BULK_REQUEST_IGNORED, BULK_UNANSWERED",
        "FRAMES_SENT_TWICE, INSERTED_TWICE"
    })
    void theFaultIsFound(String fault, Check check) throws IOException {
        assertThat(life(faulty(fault, "reference-v6"))).contains(check);
        assertThat(life(faulty(fault, "reference-v5"))).contains(check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void nothingIsFoundWithoutAFault(String release) throws IOException {
        assertThat(life(sound(release))).isEmpty();
        assertThat(twoRequesters(sound(release))).isEmpty();
        assertThat(removals(sound(release))).isEmpty();
        assertThat(bothSpeak(sound(release))).isEmpty();
    }

    // ---- a second requester

    private Set<Check> twoRequesters(Arena arena) throws IOException {
        Bench bench = bench(arena);
        List<StateId> states = statesOf(bench, MANY);
        pass(bench, 3);
        bench.peers().getFirst().comeUp();
        pass(bench, 0.05);
        Dialect dialect = arena.release().dialect();
        bench.lan()
                .send(FrameBuilder.of(dialect)
                        .source(SECOND_REQUESTER)
                        .add(MessageBuilder.of(dialect, Kind.UPD_REQ).build())
                        .build());
        pass(bench, 20);
        bench.target().touch(states.getFirst(), null, null);
        pass(bench, 20);
        return found(bench, start);
    }

    @ParameterizedTest
    @ValueSource(strings = "reference-v6")
    void aSecondRequesterWhoIsNotServed(String release) throws IOException {
        assertThat(twoRequesters(faulty("SECOND_BULK_REQUEST_SWALLOWED", release)))
                .containsExactly(Check.SECOND_SWALLOWED);
    }

    // ---- removals of what nobody was told

    /** Listening begins with the bulk transfer. */
    private Set<Check> removals(Arena arena) throws IOException {
        Bench bench = bench(arena);
        List<StateId> states = statesOf(bench, STATES);
        pass(bench, 3);
        int from = bench.lan().frames().size();
        bench.peers().getFirst().comeUp();
        pass(bench, 8);
        states.forEach(bench.target()::kill);
        pass(bench, 3);
        return found(bench, from);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void aStateThatWasLeftOutIsSeenWhenItIsRemoved(String release) throws IOException {
        assertThat(removals(faulty("BULK_LEAVES_OUT_TENTH", release))).containsExactly(Check.DELETED_UNKNOWN);
    }

    // ---- one way only

    /** b carries connections on that a began; then a speaks of them again. */
    private Set<Check> bothSpeak(Arena arena) throws IOException {
        Bench bench = bench(arena);
        bench.peers().getFirst().comeUp();
        pass(bench, 20);
        List<StateId> states = statesOf(bench, STATES);
        pass(bench, 3);
        bench.peers()
                .getFirst()
                .table()
                .forEach(state -> bench.peers()
                        .getFirst()
                        .touch(
                                state.id(),
                                state.src().advanced(5000),
                                state.dst().advanced(5000)));
        pass(bench, 6);
        states.forEach(id -> bench.target().touch(id, null, null));
        pass(bench, 6);
        return found(bench, start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6"})
    void aFirewallThatDoesNotHear(String release) throws IOException {
        assertThat(bothSpeak(new EmbeddedArena(Release.of(release), DEAF))).contains(Check.ONE_WAY);
    }
}
