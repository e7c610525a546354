package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.pfsync.suite.verdict.Mismatch;

/**
 * Messages that a firewall is expected to send; how soon decides when it is checked.
 *
 * <p>Times count from the stimulus, the last thing that the case sent or did, unless {@link #since} says otherwise. The
 * messages that meet the expectation are accounted for.
 */
public final class Expectation {

    private final Exchange exchange;
    private final String sender;
    private final List<MessageSpec> wanted;
    private final boolean wholeFrame;
    private Duration from;

    Expectation(Exchange exchange, String sender, List<MessageSpec> wanted, boolean wholeFrame) {
        this.exchange = exchange;
        this.sender = sender;
        this.wanted = wanted;
        this.wholeFrame = wholeFrame;
        this.from = exchange.stimulus();
    }

    /**
     * Counts the time from a frame that was heard, for what a firewall repeats by itself.
     *
     * @param earlier the frame to count from
     * @return this
     */
    public Expectation since(HeardFrame earlier) {
        from = earlier.at();
        return this;
    }

    /**
     * Counts the time from a moment before the last thing that was done, for a timer that runs since then.
     *
     * @param moment since the case began
     * @return this
     */
    public Expectation since(Duration moment) {
        from = moment;
        return this;
    }

    /** The answer is immediate: it leaves as soon as everything received is processed. */
    public HeardFrame atOnce() {
        return between(Duration.ZERO, exchange.timing().atOnce(), "at once");
    }

    /** The message is collected and leaves with the one-second timer, neither at once nor much later. */
    public HeardFrame afterOneSecond() {
        return after(Duration.ofSeconds(1));
    }

    /** The message comes after this time, as exactly as the arena can tell. */
    public HeardFrame after(Duration time) {
        return between(
                time.minus(exchange.timing().early()),
                time.plus(exchange.timing().late()),
                "after " + shown(time));
    }

    /** The message comes within this time, sooner or later. */
    public HeardFrame within(Duration time) {
        return between(Duration.ZERO, time, "within " + shown(time));
    }

    /** The message comes between these times. */
    public HeardFrame between(Duration earliest, Duration latest) {
        return between(earliest, latest, "between " + shown(earliest) + " and " + shown(latest));
    }

    private HeardFrame between(Duration earliest, Duration latest, String when) {
        String expected = described() + " " + when;
        Duration remaining = from.plus(latest).minus(exchange.now());
        exchange.until(
                () -> found().isPresent() || exchange.bench().target().stopped().isPresent(),
                remaining.isNegative() ? Duration.ZERO : remaining);
        Optional<List<HeardMessage>> found = found();
        if (found.isEmpty()) {
            exchange.requireAlive(expected);
            throw new Mismatch(expected, exchange.leftOver(sender) + nearest(), "frames from " + sender);
        }
        List<HeardMessage> messages = found.get();
        HeardFrame frame = messages.get(0).frame();
        Duration taken = frame.at().minus(from);
        if ((taken.compareTo(earliest) < 0 && !earliest.isZero()) || taken.compareTo(latest) > 0) {
            throw new Mismatch(expected, "it came after " + Exchange.seconds(taken), "frame " + frame.number());
        }
        messages.forEach(HeardMessage::account);
        exchange.note("probe", "heard " + expected + " (frame " + frame.number() + ")");
        exchange.observed();
        return frame;
    }

    private Optional<List<HeardMessage>> found() {
        for (HeardFrame frame : exchange.frames()) {
            if (frame.sender().equals(sender)) {
                Optional<List<HeardMessage>> met = met(frame);
                if (met.isPresent()) {
                    return met;
                }
            }
        }
        return Optional.empty();
    }

    /** The messages of a frame that meet all that is wanted, each once. */
    private Optional<List<HeardMessage>> met(HeardFrame frame) {
        List<HeardMessage> open = new ArrayList<>(frame.messages().stream()
                .filter(message -> !message.accounted())
                .toList());
        if (wholeFrame && (open.size() != frame.messages().size() || open.size() != wanted.size())) {
            return Optional.empty();
        }
        List<HeardMessage> taken = new ArrayList<>();
        for (MessageSpec spec : wanted) {
            Optional<HeardMessage> next = open.stream()
                    .filter(message -> exchange.matches(spec, message))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            open.remove(next.get());
            taken.add(next.get());
        }
        return Optional.of(taken);
    }

    private String described() {
        String list = wanted.stream().map(MessageSpec::toString).collect(Collectors.joining(", "));
        return wholeFrame ? "one frame with exactly " + list : wanted.size() > 1 ? "in one frame " + list : list;
    }

    /** For one wanted message: what was wrong with the one that came nearest. */
    private String nearest() {
        if (wanted.size() != 1) {
            return "";
        }
        MessageSpec spec = wanted.get(0);
        return exchange.unaccounted(sender).stream()
                .filter(message -> message.message().kind() == spec.kind())
                .map(message -> spec.differences(message))
                .min((one, other) -> Integer.compare(one.size(), other.size()))
                .filter(differences -> !differences.isEmpty())
                .map(differences -> " (nearest: " + String.join(", ", differences) + ")")
                .orElse("");
    }

    private static String shown(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
