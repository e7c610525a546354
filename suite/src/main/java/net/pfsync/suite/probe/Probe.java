package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.WireView;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;

/**
 * The suite's own station on the sync LAN: it sends what a case wants sent, and knows everything that was on the wire.
 *
 * <p>Expectations are about the firewall under test unless their name says otherwise. That something was ignored is proven
 * with the sentinel, a state that the probe makes for the purpose, asks for, and removes again: once its answer is
 * there, everything sent before was processed. Counters and tables show nothing of that.
 */
public final class Probe {

    private final Exchange exchange;
    private final Sentinel sentinel;

    /**
     * A probe on a lab's sync LAN.
     *
     * @param exchange what was sent and heard
     * @param sentinel how "processed" is proven
     */
    public Probe(Exchange exchange, Sentinel sentinel) {
        this.exchange = exchange;
        this.sentinel = sentinel;
    }

    /** The dialect in which everything is written. */
    public Dialect dialect() {
        return exchange.dialect();
    }

    /** The probe's address on the sync LAN, IPv4 as text. */
    public String address() {
        return exchange.bench().lan().probeAddress();
    }

    /** A message in the lab's dialect, to put it into a frame in another way than {@link #frame} does. */
    public Message message(MessageSpec message) {
        return message.in(dialect());
    }

    /**
     * A correct frame from the probe to the group, to be changed and then sent.
     *
     * @param messages what it carries; neighbours of one kind share a section
     * @return the frame; nothing is sent yet
     */
    public FrameBuilder frame(MessageSpec... messages) {
        return FrameBuilder.of(dialect())
                .source(address())
                .add(Arrays.stream(messages).map(this::message).toArray(Message[]::new));
    }

    /**
     * Sends one correct frame.
     *
     * @param messages what it carries; neighbours of one kind share a section
     */
    public void send(MessageSpec... messages) {
        send(frame(messages));
    }

    /** Sends a frame as it was built, right or wrong. */
    public void send(FrameBuilder frame) {
        send(frame.build());
    }

    /** Sends any bytes, the first being that of the IP header; what is behind the IP packet fills the Ethernet frame. */
    public void send(byte[] packet) {
        exchange.send(packet);
    }

    /** Sends a frame to the target's other interface, where it does not synchronise; needs {@code second-interface}. */
    public void sendElsewhere(FrameBuilder frame) {
        exchange.sendElsewhere(frame.build());
    }

    /**
     * Expects a message, alone or among others.
     *
     * @param message the message; only what it names is compared
     * @return when it is expected
     */
    public Expectation expect(MessageSpec message) {
        return new Expectation(exchange, Exchange.TARGET, List.of(message), false);
    }

    /**
     * Expects messages together in one frame, perhaps with others.
     *
     * @param messages each is needed once, in any order
     * @return when they are expected
     */
    public Expectation expectTogether(MessageSpec... messages) {
        return new Expectation(exchange, Exchange.TARGET, List.of(messages), false);
    }

    /**
     * Expects a frame with these messages and no others.
     *
     * @param messages each is needed once, in any order
     * @return when it is expected
     */
    public Expectation expectFrame(MessageSpec... messages) {
        return new Expectation(exchange, Exchange.TARGET, List.of(messages), true);
    }

    /** Expects a message from the second firewall. */
    public Expectation expectFromPeer(MessageSpec message) {
        return new Expectation(exchange, Exchange.PEER, List.of(message), false);
    }

    /** Expects a message from the third firewall. */
    public Expectation expectFromThird(MessageSpec message) {
        return new Expectation(exchange, Exchange.THIRD, List.of(message), false);
    }

    /** The target has processed everything that was sent, and has sent nothing that no expectation took. */
    public void expectNothing() {
        sentinel.pass("no answer");
        List<HeardMessage> left = exchange.unaccounted(Exchange.TARGET);
        if (!left.isEmpty()) {
            throw new Mismatch("no answer", exchange.leftOver(Exchange.TARGET), frameOf(left));
        }
        exchange.note("probe", "heard nothing else; the sentinel came through");
        exchange.observed();
    }

    /**
     * The target has processed everything that was sent, and none of what it sent since the case began is this message.
     *
     * @param message what must not come; only what it names is compared
     */
    public void expectNo(MessageSpec message) {
        String expected = "no " + message;
        sentinel.pass(expected);
        List<HeardMessage> found = heard(message);
        if (!found.isEmpty()) {
            throw new Mismatch(
                    expected,
                    found.stream().map(HeardMessage::toString).collect(Collectors.joining(", ")),
                    frameOf(found));
        }
        exchange.note("probe", "heard " + expected + "; the sentinel came through");
        exchange.observed();
    }

    /**
     * Nothing comes for a while: for what would only come with a timer. The sentinel is not used, because its answer would
     * take everything along that waits for the timer.
     *
     * @param time how long to listen
     */
    public void expectSilence(Duration time) {
        String expected = "nothing for " + time.toMillis() / 1000.0 + " s";
        exchange.until(() -> !exchange.unaccounted(Exchange.TARGET).isEmpty(), time);
        exchange.requireAlive(expected);
        List<HeardMessage> left = exchange.unaccounted(Exchange.TARGET);
        if (!left.isEmpty()) {
            throw new Mismatch(expected, exchange.leftOver(Exchange.TARGET), frameOf(left));
        }
        exchange.note("probe", "heard " + expected);
        exchange.observed();
    }

    /** The target has processed everything that was sent: proven by an update request and its answer. */
    public void sentinel() {
        sentinel.pass("an answer to the sentinel");
    }

    /**
     * Reads a state back over the wire alone: an update request, and its answer.
     *
     * @param id the state's name
     * @return the state as the target sends it; empty if the target does not know it
     */
    public Optional<StateView> readBack(StateId id) {
        return sentinel.read(id).map(WireView::of);
    }

    /**
     * Reads a state back over the wire alone, with every field of the message.
     *
     * @param id the state's name
     * @return the message with which the target answered; empty if it does not know the state
     */
    public Optional<StateMessage> readMessage(StateId id) {
        return sentinel.read(id);
    }

    /** Whether a frame speaks of the sentinel, which no case is about. */
    public boolean speaksOfTheSentinel(HeardFrame frame) {
        return frame.messages().stream().anyMatch(heard -> sentinel.isAbout(heard.message()));
    }

    /** What was heard so far is accounted for. */
    public void forget() {
        exchange.forget();
    }

    /** Every pfsync frame that the target has sent since the case began. */
    public List<HeardFrame> heard() {
        return from(Exchange.TARGET);
    }

    /**
     * Every message like this that the target has sent since the case began, accounted for or not.
     *
     * @param message only what it names is compared
     * @return the messages in order
     */
    public List<HeardMessage> heard(MessageSpec message) {
        return heard().stream()
                .flatMap(frame -> frame.messages().stream())
                .filter(heard -> exchange.matches(message, heard))
                .toList();
    }

    /** Every pfsync frame that the second firewall has sent since the case began. */
    public List<HeardFrame> heardFromPeer() {
        return from(Exchange.PEER);
    }

    /** Every pfsync frame that the third firewall has sent since the case began. */
    public List<HeardFrame> heardFromThird() {
        return from(Exchange.THIRD);
    }

    private List<HeardFrame> from(String sender) {
        return exchange.frames().stream()
                .filter(frame -> frame.sender().equals(sender) && !frame.at().isNegative())
                .toList();
    }

    private static String frameOf(List<HeardMessage> messages) {
        return "frame " + messages.get(0).frame().number() + " at "
                + Exchange.seconds(messages.get(0).at());
    }
}
