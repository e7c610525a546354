package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.pfsync.suite.evidence.Journal;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Message;
import net.pfsync.wire.Section;

/**
 * What one case sent and heard so far: the state behind the probe, shared with the lab.
 *
 * <p>Every frame of the LAN is decoded once. A message is accounted for when an expectation took it; what is left over is what
 * {@code expectNothing} complains about. The stimulus is the last thing that was sent or done to a firewall: answers are timed
 * from there.
 */
public final class Exchange {

    /** The sender's name of the firewall under test. */
    public static final String TARGET = "a";

    /** The sender's name of the second firewall. */
    public static final String PEER = "b";

    private static final int PFSYNC = 240;
    private static final int PROTOCOL_OFFSET = 9;

    private final Bench bench;
    private final Dialect dialect;
    private final Journal journal;
    private final List<HeardFrame> frames = new ArrayList<>();
    private final Map<String, Integer> mtus = new HashMap<>();
    private int read;
    private Duration begin = Duration.ZERO;
    private Duration stimulus = Duration.ZERO;
    private int observations;
    private boolean control;
    private boolean linkWasCut;

    /**
     * Starts with nothing heard.
     *
     * @param bench the lab of the case
     * @param dialect how frames are decoded
     * @param journal where notes go
     */
    public Exchange(Bench bench, Dialect dialect, Journal journal) {
        this.bench = bench;
        this.dialect = dialect;
        this.journal = journal;
    }

    /** Times count from here, and what was heard before is nobody's business. */
    public void begin() {
        begin = bench.pace().elapsed();
        stimulus = begin;
        frames.clear();
        read = 0;
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
    Duration stimulus() {
        return stimulus.minus(begin);
    }

    /** Something was done that a firewall may react to. */
    public void stimulated() {
        poll();
        stimulus = bench.pace().elapsed();
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

    Dialect dialect() {
        return dialect;
    }

    Bench bench() {
        return bench;
    }

    Timing timing() {
        return bench.pace().timing();
    }

    /**
     * Notes something at this moment.
     *
     * @param who {@code a}, {@code b}, {@code probe} or {@code suite}
     * @param text what happened, in words
     */
    public void note(String who, String text) {
        journal.note(who, text);
    }

    /** Whether a message is the one described. */
    public boolean matches(MessageSpec wanted, HeardMessage message) {
        return wanted.differences(message.message(), dialect).isEmpty();
    }

    /** Takes a firewall's cable out. */
    public void cut(String firewall) {
        linkWasCut = true;
        bench.lan().cut(firewall);
    }

    /** Whether frames may have been lost because a cable was out. */
    public boolean linkWasCut() {
        return linkWasCut;
    }

    /** Puts a firewall's cable back. */
    public void heal(String firewall) {
        bench.lan().heal(firewall);
    }

    /** Lets everything arrive and be processed that is under way. */
    public void settle() {
        until(() -> false, timing().atOnce());
    }

    /** Runs steps of the suite's own; the stimulus stays what it was. */
    void aside(Runnable steps) {
        Duration before = stimulus;
        steps.run();
        stimulus = before;
    }

    void send(byte[] packet) {
        poll();
        bench.lan().send(packet);
        stimulus = bench.pace().elapsed();
    }

    void sendElsewhere(byte[] packet) {
        poll();
        bench.lan().sendElsewhere(packet);
        stimulus = bench.pace().elapsed();
        note("probe", "sent " + packet.length + " bytes to the target's other interface");
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
                            poll();
                            return condition.getAsBoolean();
                        },
                        atMost);
    }

    /** Every pfsync frame so far, from all stations. */
    public List<HeardFrame> frames() {
        poll();
        return Collections.unmodifiableList(frames);
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
        poll();
        frames.forEach(frame -> frame.messages().forEach(HeardMessage::account));
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

    /** What was heard since the stimulus and not accounted for, in words. */
    String leftOver(String sender) {
        List<HeardMessage> left = unaccounted(sender);
        return left.isEmpty()
                ? "nothing"
                : left.stream()
                        .map(message -> message + " at " + seconds(message.at()))
                        .collect(Collectors.joining(", "));
    }

    /** A time as reports show it. */
    public static String seconds(Duration time) {
        return String.format("%.4f s", time.toNanos() / 1e9);
    }

    private void poll() {
        List<Captured> captured = bench.lan().frames();
        while (read < captured.size()) {
            Captured next = captured.get(read++);
            byte[] packet = next.payload();
            if (packet.length > PROTOCOL_OFFSET && (packet[PROTOCOL_OFFSET] & 0xff) == PFSYNC) {
                frames.add(decoded(read, next, packet));
            }
        }
        mtus.put(TARGET, bench.target().mtu());
        bench.peer().ifPresent(peer -> mtus.put(PEER, peer.mtu()));
    }

    /** A frame that left while the MTU was changed may have left before. */
    private int mtuOf(String sender) {
        int now = switch (sender) {
            case TARGET -> bench.target().mtu();
            case PEER -> bench.peer().orElseThrow().mtu();
            default -> 0;
        };
        return Math.max(now, mtus.getOrDefault(sender, 0));
    }

    private HeardFrame decoded(int number, Captured captured, byte[] packet) {
        Frame frame = FrameDecoder.decode(dialect, packet);
        List<HeardMessage> messages = new ArrayList<>();
        for (Section section : frame.sections()) {
            for (Message message : section.messages()) {
                if (!(message instanceof EndOfFrame)) {
                    messages.add(new HeardMessage(message));
                }
            }
        }
        HeardFrame heard = new HeardFrame(
                number,
                captured.at().minus(begin),
                captured.sender(),
                frame,
                frame.ip().totalLength(),
                mtuOf(captured.sender()),
                List.copyOf(messages));
        messages.forEach(message -> message.belongsTo(heard));
        return heard;
    }
}
