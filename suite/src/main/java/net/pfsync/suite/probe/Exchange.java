package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.pfsync.suite.evidence.Journal;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Dialect;

/**
 * What one case sent and heard so far: the state behind the probe, shared with the lab.
 *
 * <p>A message is accounted for when an expectation took it; what is left over is what {@code expectNothing} complains
 * about. The stimulus is the last thing that was sent or done to a firewall: answers are timed from there.
 */
public final class Exchange {

    /** The sender's name of the firewall under test. */
    public static final String TARGET = "a";

    /** The sender's name of the second firewall. */
    public static final String PEER = "b";

    /** The sender's name of the third firewall. */
    public static final String THIRD = "c";

    /** Far more frames than any case needs. */
    private static final int STORM = 50_000;

    private final Bench bench;
    private final Dialect dialect;
    private final Journal journal;
    private final FrameLog log;
    private Duration begin = Duration.ZERO;
    private Duration stimulus = Duration.ZERO;
    private int observations;
    private boolean control;
    private boolean linkWasCut;
    private final Set<String> handled = new HashSet<>();

    /**
     * Starts with nothing heard.
     *
     * @param bench the lab of the case
     * @param dialect in which the probe writes
     * @param journal where notes go
     */
    public Exchange(Bench bench, Dialect dialect, Journal journal) {
        this.bench = bench;
        this.dialect = dialect;
        this.journal = journal;
        this.log = new FrameLog(bench);
    }

    // ---- time

    /** Times count from here, and what was heard before is nobody's business. */
    public void begin() {
        begin = bench.pace().elapsed();
        stimulus = begin;
        log.countFrom(begin);
        forget();
    }

    /** When the case began, since the lab was opened. */
    public Duration beginning() {
        return begin;
    }

    /** Time since the case began. */
    public Duration now() {
        return bench.pace().elapsed().minus(begin);
    }

    /** The last thing that was sent or done, as a time since the case began. */
    public Duration stimulus() {
        return stimulus.minus(begin);
    }

    /** Something was done that a firewall may react to. */
    public void stimulated() {
        log.update();
        stimulus = bench.pace().elapsed();
    }

    /**
     * Lets time pass until something holds.
     *
     * @param condition asked after every new frame
     * @param atMost the longest time to wait
     * @return whether it came to hold
     */
    public boolean until(BooleanSupplier condition, Duration atMost) {
        return bench.pace()
                .until(
                        () -> {
                            log.update();
                            requireNoStorm();
                            return condition.getAsBoolean();
                        },
                        atMost);
    }

    /** Firewalls that never stop answering each other would be listened to for ever. */
    private void requireNoStorm() {
        int frames = log.frames().size();
        if (frames > STORM) {
            throw new Mismatch(
                    "the sync LAN to fall silent", frames + " frames by " + seconds(now()), "frames on the sync LAN");
        }
    }

    /** Lets everything arrive and be processed that is under way. */
    public void settle() {
        until(bench::settled, timing().atOnce());
    }

    /** A time as reports show it. */
    public static String seconds(Duration time) {
        return String.format("%.4f s", time.toNanos() / 1e9);
    }

    // ---- sending

    void send(byte[] packet) {
        bench.lan().send(packet);
        stimulated();
    }

    void sendToTarget(byte[] packet) {
        bench.lan().sendToTarget(packet);
        stimulated();
    }

    void sendElsewhere(byte[] packet) {
        bench.lan().sendElsewhere(packet);
        stimulated();
        note("probe", "sent " + packet.length + " bytes to the target's other interface");
    }

    /**
     * Runs steps of the suite's own; the stimulus stays what it was.
     *
     * @param states the states that the steps are about
     * @param steps what to send and hear
     */
    void aside(Set<StateId> states, Runnable steps) {
        Duration before = stimulus;
        int first = bench.lan().frames().size() + 1;
        try {
            steps.run();
        } finally {
            journal.aside(new Journal.Aside(first, bench.lan().frames().size(), states));
            stimulus = before;
        }
    }

    /** Takes a firewall's cable out. */
    public void cut(String firewall) {
        linkWasCut = true;
        handled(firewall);
        bench.lan().cut(firewall);
    }

    /** Puts a firewall's cable back. */
    public void heal(String firewall) {
        bench.lan().heal(firewall);
    }

    /** Somebody sets a firewall's pfsync or its cable anew, so that it may wait for states when the case ends. */
    public void handled(String firewall) {
        handled.add(firewall);
    }

    /** Whether a firewall may be demoted for what the case did to it. */
    public boolean mayBeDemoted(String firewall) {
        return handled.contains(firewall);
    }

    /** Whether frames may have been lost because a cable was out. */
    public boolean linkWasCut() {
        return linkWasCut;
    }

    // ---- hearing

    /** Every pfsync frame so far, from all stations. */
    public List<HeardFrame> frames() {
        return log.frames();
    }

    /** What a firewall sent and nobody accounted for, in order. */
    List<HeardMessage> unaccounted(String sender) {
        return frames().stream()
                .filter(frame -> frame.sender().equals(sender))
                .flatMap(frame -> frame.messages().stream())
                .filter(message -> !message.accounted())
                .toList();
    }

    /** Everything heard so far is accounted for. */
    void forget() {
        frames().forEach(frame -> frame.messages().forEach(HeardMessage::account));
    }

    /** Whether a message is the one described. */
    public boolean matches(MessageSpec wanted, HeardMessage message) {
        return wanted.differences(message).isEmpty();
    }

    /** What was heard and not accounted for, in words. */
    String leftOver(String sender) {
        List<HeardMessage> left = unaccounted(sender);
        return left.isEmpty()
                ? "nothing"
                : left.stream()
                        .map(message -> message + " at " + seconds(message.at()))
                        .collect(Collectors.joining(", "));
    }

    /**
     * If the target has stopped, that is what was observed.
     *
     * @param expected what the case waits for
     */
    public void requireAlive(String expected) {
        bench.target().stopped().ifPresent(text -> {
            throw new Mismatch(expected, "the target stopped: " + text, "console of " + TARGET);
        });
    }

    /** Whether the target does things of its own, which show in its statistics as well. */
    public boolean busy() {
        return bench.busy();
    }

    // ---- taking down

    /**
     * Notes something at this moment.
     *
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public void note(String who, String text) {
        journal.note(who, text);
    }

    /** A requirement-relevant observation was made; a case without any has proven nothing. */
    public void observed() {
        if (!control) {
            observations++;
        }
    }

    /** How many observations were made, those of controls not counted. */
    public int observations() {
        return observations;
    }

    /** What is done inside is a control: it proves that the lab works, not that the requirement is met. */
    public void control(Runnable steps) {
        control = true;
        try {
            steps.run();
        } finally {
            control = false;
        }
    }

    // ---- parts

    Dialect dialect() {
        return dialect;
    }

    Bench bench() {
        return bench;
    }

    /** How exactly times can be told. */
    public Timing timing() {
        return bench.pace().timing();
    }
}
