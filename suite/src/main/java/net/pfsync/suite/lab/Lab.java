package net.pfsync.suite.lab;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Dialect;

/**
 * Everything that a case has: the probe, the firewall under test, perhaps a second one, and the clock.
 *
 * <p>When a case begins, the target is up, has got all states it asked for, is not demoted and has an empty table; its first
 * exchange is over. Everything is fresh for each case, and everything random comes from the case's seed.
 *
 * <p>With {@code traffic} there is a host on each side of the firewalls. Every firewall lets connections between them pass and keeps state, no TCP
 * segment but a SYN makes one, and all packets go through the target until a case says otherwise with {@link LabHost#via}.
 */
public final class Lab {

    private final ReleaseInfo release;
    private final Exchange exchange;
    private final Probe probe;
    private final TargetView target;
    private final List<TargetView> peers;
    private final Traffic traffic;
    private final States states;
    private final long seed;
    private final Random random;
    private boolean thorough;

    Lab(
            ReleaseInfo release,
            Exchange exchange,
            Probe probe,
            TargetView target,
            List<TargetView> peers,
            Traffic traffic,
            States states,
            long seed) {
        this.release = release;
        this.exchange = exchange;
        this.probe = probe;
        this.target = target;
        this.peers = peers;
        this.traffic = traffic;
        this.states = states;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Checks all combinations, and not only so many that every two values meet. */
    void thorough() {
        thorough = true;
    }

    /** What the target is, or should be. */
    public ReleaseInfo release() {
        return release;
    }

    /** The dialect that the target speaks. */
    public Dialect dialect() {
        return release.dialect();
    }

    /** Whether the target speaks version 6, where subheaders carry the size of a message and frames have no EOF. */
    public boolean v6() {
        return release.dialect().versionByte() == 6;
    }

    /** The suite's own station on the sync LAN. */
    public Probe probe() {
        return probe;
    }

    /** The firewall under test. */
    public TargetView target() {
        return target;
    }

    /** The second firewall, not up yet; the requirement must need {@code two-firewalls} or {@code foreign-peer}. */
    public TargetView peer() {
        return peers.stream()
                .findFirst()
                .orElseThrow(() ->
                        new CannotTell("the requirement does not say that it needs two-firewalls or foreign-peer"));
    }

    /** The third firewall, not up yet; the requirement must need {@code three-firewalls}. */
    public TargetView third() {
        return peers.stream()
                .skip(1)
                .findFirst()
                .orElseThrow(() -> new CannotTell("the requirement does not say that it needs three-firewalls"));
    }

    /** The host on the inside LAN; the requirement must need {@code traffic}. */
    public LabHost inside() {
        return traffic().inside();
    }

    /** The host on the outside LAN; the requirement must need {@code traffic}. */
    public LabHost outside() {
        return traffic().outside();
    }

    private Traffic traffic() {
        return Optional.ofNullable(traffic)
                .orElseThrow(() -> new CannotTell("the requirement does not say that it needs traffic"));
    }

    /** Lets the protocol's time pass. */
    public void pass(Duration time) {
        exchange.until(() -> false, time);
        exchange.requireAlive("the target to work on");
    }

    /** Time since the case began. */
    public Duration elapsed() {
        return exchange.now();
    }

    /** A name that no state has, of the suite's creator. */
    public StateId freshStateId() {
        return states.freshId();
    }

    /** A supply of valid states of the suite's creator. */
    public States states() {
        return states;
    }

    /** The suite's own creator id: no firewall has it. */
    public int creator() {
        return LabSetup.CREATOR;
    }

    /** Another creator id that no firewall has. */
    public int otherCreator() {
        return LabSetup.OTHER_CREATOR;
    }

    /** The seed of this case. */
    public long seed() {
        return seed;
    }

    /** Randomness that the seed repeats. */
    public Random random() {
        return random;
    }

    /**
     * Proves that the lab works: the same steps with nothing wrong in them have the effect that the case denies otherwise.
     *
     * @param what what is proven, as a sentence
     * @param steps what to send and expect; if it fails, the verdict of the case is UNKNOWN
     */
    public void control(String what, Runnable steps) {
        exchange.control(() -> {
            try {
                steps.run();
            } catch (Mismatch mismatch) {
                throw new CannotTell("the control did not work (" + what + "): " + mismatch.getMessage());
            }
        });
        exchange.note("suite", "control worked: " + what);
    }

    /**
     * Compares one value.
     *
     * @param what what the value is
     * @param expected what it has to be
     * @param observed what it is
     */
    public void equal(String what, Object expected, Object observed) {
        check(Objects.equals(expected, observed), what + " " + expected, what + " " + observed);
    }

    /**
     * Checks anything else.
     *
     * @param holds whether it is as it should be
     * @param expected what should be seen, in words
     * @param observed what was seen, in words
     */
    public void check(boolean holds, String expected, String observed) {
        if (!holds) {
            throw new Mismatch(expected, observed, "case");
        }
        exchange.note("suite", "seen: " + observed);
        exchange.observed();
    }

    /** A step of a case, for one combination of values. */
    @FunctionalInterface
    public interface Combined {
        /**
         * Checks it.
         *
         * @param row for each thing the index of its value
         */
        void check(int... row);
    }

    /**
     * Checks combinations of values: every two of different things meet, with {@code --thorough} all of them. What fails says in which combination.
     *
     * @param values the values of each thing, as words for reports
     * @param step is done for each combination
     */
    public void combinations(List<List<String>> values, Combined step) {
        int[] sizes = values.stream().mapToInt(List::size).toArray();
        for (int[] row : thorough ? Combinations.all(sizes) : Combinations.pairwise(sizes)) {
            String name = IntStream.range(0, row.length)
                    .mapToObj(thing -> values.get(thing).get(row[thing]))
                    .collect(Collectors.joining(", "));
            exchange.note("suite", "combination: " + name);
            try {
                step.check(row);
            } catch (Mismatch mismatch) {
                throw new Mismatch(
                        mismatch.expected(), mismatch.observed(), mismatch.where() + "; combination " + name);
            } catch (Disagreement disagreement) {
                throw new Disagreement(
                        disagreement.about() + " (combination " + name + ")", disagreement.contradiction());
            } catch (CannotTell unknown) {
                throw new CannotTell(unknown.getMessage() + " (combination " + name + ")");
            }
        }
    }

    /** No packet of the hosts may have arrived twice: a firewall that holds one may neither keep nor double it. */
    void packetsArrivedOnce() {
        if (traffic != null) {
            traffic.arrivedOnce();
        }
    }

    /** Writes a remark into the ladder of the case. */
    public void note(String text) {
        exchange.note("suite", text);
    }
}
