package net.pfsync.suite.probe;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;

/**
 * The proof that a target has processed everything that was sent to it: frames are processed in order, so a request for a
 * known state that is answered was preceded by all the rest.
 *
 * <p>Three frames: the sentinel state is inserted, asked for, and removed again, so that a case finds the table as it
 * left it. What they raise in the statistics is left out of the account of the case. The answer takes along everything that
 * the target had queued.
 */
public final class Sentinel {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int BUSY = 10;

    private final Exchange exchange;
    private final StateSpec state;
    private final Aside aside;

    /** Runs steps of the suite itself, whose traces in the statistics are not the case's. */
    @FunctionalInterface
    public interface Aside {

        /** Runs the steps. */
        void run(Runnable steps);
    }

    /**
     * A sentinel.
     *
     * @param exchange what was sent and heard
     * @param state the state to ask for; no case uses its name or addresses
     * @param aside keeps the account of what the sentinel itself raises
     */
    public Sentinel(Exchange exchange, StateSpec state, Aside aside) {
        this.exchange = exchange;
        this.state = state;
        this.aside = aside;
    }

    /** Whether a message is about the sentinel itself. */
    boolean isAbout(Message message) {
        return message instanceof StateMessage whole && state.id().equals(new StateId(whole.id(), whole.creatorId()));
    }

    /**
     * Waits until everything sent so far has been processed.
     *
     * @param expected what the case expects meanwhile, should the target have stopped
     * @throws CannotTell if the sentinel is not answered
     */
    void pass(String expected) {
        asideFromTheCase(Set.of(state.id()), () -> {
            send(insert(state));
            // On a real LAN the answer may be there before the request's sending returns.
            int before = exchange.frames().size();
            send(updateRequest(state.id()));
            HeardMessage answer = await(expected, before);
            answer.account();
            // A second firewall answers as well; its update must not arrive behind the delete and bring the state back.
            exchange.settle();
            send(deleteCompressed(state.id()));
            exchange.settle();
        });
    }

    /** Asks for a state and then for the sentinel; see {@link Probe#readMessage}. */
    Optional<StateMessage> read(StateId id) {
        List<StateMessage> answers = new ArrayList<>();
        asideFromTheCase(Set.of(id, state.id()), () -> {
            int before = exchange.frames().size();
            exchange.sendToTarget(frame(updateRequest(id)));
            pass("the state " + id + " to be read back");
            answerAbout(id, before).ifPresent(heard -> {
                heard.account();
                answers.add((StateMessage) heard.message());
            });
        });
        return answers.stream().findFirst();
    }

    /** What the case sent is processed, answered and counted before, so that it is not taken for the suite's own. */
    private void asideFromTheCase(Set<StateId> states, Runnable steps) {
        exchange.settle();
        exchange.aside(states, () -> aside.run(steps));
    }

    /** The first whole state of that name that the target sent after so many frames. */
    private Optional<HeardMessage> answerAbout(StateId id, int after) {
        List<HeardFrame> frames = exchange.frames();
        return frames.subList(after, frames.size()).stream()
                .filter(frame -> frame.sender().equals(Exchange.TARGET))
                .flatMap(frame -> frame.messages().stream())
                .filter(heard -> heard.message() instanceof StateMessage whole
                        && id.equals(new StateId(whole.id(), whole.creatorId())))
                .findFirst();
    }

    /** A busy machine takes longer, and nothing is lost by waiting for it. */
    private Duration patience() {
        Duration busy = exchange.timing().atOnce().multipliedBy(BUSY);
        return busy.compareTo(PATIENCE) > 0 ? busy : PATIENCE;
    }

    private HeardMessage await(String expected, int before) {
        exchange.until(
                () -> answerAbout(state.id(), before).isPresent()
                        || exchange.bench().target().stopped().isPresent(),
                patience());
        exchange.requireAlive(expected);
        return answerAbout(state.id(), before)
                .orElseThrow(() ->
                        new CannotTell("the target did not answer the sentinel, an update request for a state that it"
                                + " was just given; what it did with the frames before cannot be told"));
    }

    private void send(MessageSpec message) {
        exchange.send(frame(message));
    }

    private byte[] frame(MessageSpec message) {
        Message encoded = message.in(exchange.dialect());
        return FrameBuilder.of(exchange.dialect())
                .source(exchange.bench().lan().probeAddress())
                .add(encoded)
                .build();
    }
}
