package net.pfsync.suite.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import net.pfsync.net.Ethernet;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;

/**
 * Two firewalls in long use. Each half hour has traffic with failures in it, and ends with a quiet moment at which both tables are compared; if
 * frames were lost before, each firewall first asks the other for all its states, as an administrator would have it do.
 */
final class Soak {

    private static final Duration CYCLE = Duration.ofMinutes(30);
    private static final Duration BUSY = Duration.ofMinutes(25);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST_END = Duration.ofMinutes(15);
    /** What waits goes after a second, and purge runs add to it only now and then. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private static final Duration ON_ITS_WAY = Duration.ofMillis(1);
    private static final int MOST_FAILURES = 3;
    private static final int MOST_ROUNDS = 3;
    private static final int CYCLES_PER_HOUR = (int) Duration.ofHours(1).dividedBy(CYCLE);

    private static final List<Failure> FAILURES = List.of(Failure.values());

    private final Pair pair;
    private final VirtualTime time;
    private final Traffic traffic;
    private final SplittableRandom random;
    private final LongSupplier heap;
    private final List<String> differences = new ArrayList<>();
    private final Map<Failure, Integer> suffered = new EnumMap<>(Failure.class);
    private final List<Failure> cycle = new ArrayList<>();
    private long lastPacket;
    private int moments;
    private int rounds;
    private long compared;
    private int twins;

    /**
     * What there is after an hour; what is counted is counted from the beginning.
     *
     * @param number of the hour, the first is 1
     * @param statesA in the table of A
     * @param statesB in the table of B
     * @param begun connections, questions and pings
     * @param forwarded packets
     * @param failures of all kinds
     * @param compared states that were compared
     * @param heap bytes in use after a collection
     */
    record Hour(
            int number, int statesA, int statesB, long begun, long forwarded, int failures, long compared, long heap) {}

    /**
     * Boots the firewalls.
     *
     * @param heap tells how many bytes are in use, after a collection
     */
    Soak(Release release, long seed, LongSupplier heap) {
        this.pair = new Pair(release, seed);
        this.time = pair.cluster().time();
        this.random = new SplittableRandom(seed);
        this.traffic = new Traffic(pair.cluster(), random.nextLong());
        this.heap = heap;
        pair.cluster().insideLan().tap((nanos, station, frame) -> passed(nanos, frame));
        pair.cluster().outsideLan().tap((nanos, station, frame) -> passed(nanos, frame));
    }

    private void passed(long nanos, byte[] frame) {
        if (Ethernet.type(frame) != Ethernet.ARP) {
            lastPacket = nanos;
        }
    }

    /**
     * Lets hours pass, until a firewall stops.
     *
     * @param listener told of each
     * @return the differences that were found, a line each
     */
    List<String> run(int hours, Consumer<Hour> listener) {
        for (int hour = 1; hour <= hours && !stopped(); hour++) {
            for (int cycle = 0; cycle < CYCLES_PER_HOUR && !stopped(); cycle++) {
                cycle();
            }
            listener.accept(hour(hour));
        }
        pair.a().stopped().ifPresent(why -> found("A stopped: " + why));
        pair.b().stopped().ifPresent(why -> found("B stopped: " + why));
        return differences;
    }

    private boolean stopped() {
        return pair.a().stopped().isPresent() || pair.b().stopped().isPresent();
    }

    private Hour hour(int number) {
        return new Hour(
                number,
                pair.a().states().listed(),
                pair.b().states().listed(),
                traffic.begun(),
                pair.forwarded(),
                suffered.values().stream().mapToInt(Integer::intValue).sum(),
                compared,
                heap.getAsLong());
    }

    /** How many quiet moments there were at which tables were compared. */
    int moments() {
        return moments;
    }

    /** How often each firewall asked the other for all its states. */
    int rounds() {
        return rounds;
    }

    /** How many connections had a state of each firewall at such moments. */
    int twins() {
        return twins;
    }

    /** How often a kind of failure happened. */
    int suffered(Failure failure) {
        return suffered.getOrDefault(failure, 0);
    }

    private void cycle() {
        long start = time.nanos();
        traffic.flow();
        cycle.clear();
        int failures = random.nextInt(MOST_FAILURES + 1);
        for (int i = 0; i < failures; i++) {
            time.advance(Duration.ofNanos(random.nextLong(BUSY.toNanos() / failures)));
            fail();
        }
        until(start, BUSY);
        traffic.pause();
        if (!time.advanceUntil(() -> time.nanos() - lastPacket > SILENCE.toNanos(), LONGEST_END)) {
            found("packets still pass " + LONGEST_END.toMinutes() + " minutes after the last began");
        }
        if (cycle.stream().anyMatch(Failure::disturbs)) {
            resynchronise(start);
        } else {
            judge(compare(false, start));
        }
        until(start, CYCLE);
    }

    private void until(long start, Duration end) {
        time.advance(Duration.ofNanos(Math.max(0, start + end.toNanos() - time.nanos())));
    }

    private void fail() {
        Failure failure = FAILURES.get(random.nextInt(FAILURES.size()));
        suffered.merge(failure, 1, Integer::sum);
        cycle.add(failure);
        pair.suffer(failure);
    }

    /**
     * Each firewall gets all states of the other. A DEL that waits for its second may cross that: the state comes back to the one that has removed
     * it, and then the other removes it. So there is another try, which finds new such states only by chance.
     */
    private void resynchronise(long start) {
        Comparison comparison = null;
        for (int round = 0;
                round < MOST_ROUNDS && (round == 0 || !comparison.differences().isEmpty());
                round++) {
            if (!pair.resynchronise()) {
                found("a bulk transfer did not come to its end");
            }
            rounds++;
            comparison = compare(true, start);
        }
        judge(comparison);
    }

    private Comparison compare(boolean disturbed, long start) {
        if (!time.advanceUntil(pair::silent, LAST_WORDS)) {
            found("after " + LAST_WORDS.toSeconds() + " s there is still a state on a queue or a packet held");
        }
        time.advance(ON_ITS_WAY);
        int sinceStart = (int) Duration.ofNanos(time.nanos() - start).toSeconds();
        return new Comparison(pair.a(), pair.b(), disturbed, sinceStart);
    }

    private void judge(Comparison comparison) {
        moments++;
        compared += comparison.compared();
        twins += comparison.twins();
        comparison.differences().forEach(this::found);
    }

    private void found(String difference) {
        differences.add(Duration.ofNanos(time.nanos()).toSeconds() + " s, after "
                + cycle.stream().map(Failure::text).toList() + ": " + difference);
    }
}
