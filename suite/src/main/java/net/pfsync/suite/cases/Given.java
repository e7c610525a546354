package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;

/** What a case takes for granted before its own first step, and proves: without it the case can tell nothing. */
final class Given {

    private static final Duration FRAME_TIMER = Duration.ofSeconds(1);
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private Given() {}

    /** The target has these states from the probe. */
    static void known(Lab lab, StateSpec... states) {
        for (StateSpec state : states) {
            lab.control("the target takes the state " + state.id(), () -> {
                lab.probe().send(insert(state));
                lab.target().holds(state);
            });
        }
        lab.probe().forget();
    }

    /**
     * The target made this state itself and has announced it; nothing waits to be sent, and no peer has spoken lately.
     *
     * @return the state under the name that the target gave it
     */
    static StateSpec announced(Lab lab, StateSpec state) {
        StateId id = lab.target().addState(state);
        lab.control(
                "the target announces its state " + id,
                () -> lab.probe().expect(insert(id)).within(FRAME_TIMER.plusMillis(500)));
        quiet(lab);
        return state.withId(id);
    }

    /** Long enough without a message that timers have fired and the last word of a peer is no longer recent. */
    static void quiet(Lab lab) {
        lab.pass(SETTLED);
        lab.probe().forget();
    }

    /** A packet passes on the target and leaves the two sides of the state like this. */
    static void packetLeaves(Lab lab, StateSpec state) {
        lab.target().touch(state.id(), state.src(), state.dst());
    }

    /** The target speaks: it answers requests for this state, which it has. */
    static void speaks(Lab lab, StateId known) {
        lab.control("the target answers a request", () -> {
            lab.probe().send(updateRequest(known));
            lab.probe().expect(update(known)).atOnce();
        });
    }

    /** Byte 1 of the subheader in front of messages of this kind: their size in v6, padding in v5. */
    static int stride(Lab lab, Kind kind) {
        return lab.v6() ? lab.dialect().layout(kind).size() / 4 : 0;
    }

    /** Bytes behind each other. */
    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A message as it is written in the lab's dialect. */
    static byte[] bytes(Lab lab, MessageSpec message) {
        return lab.probe().message(message).bytes();
    }

    /** The same frame with one more section that holds one message; unlike neighbours of one kind it stands alone. */
    static FrameBuilder andSection(Probe probe, FrameBuilder frame, MessageSpec message) {
        Kind kind = message.kind();
        int size = probe.dialect().layout(kind).size() / 4;
        boolean stride = probe.dialect().framing().stride();
        return frame.section(
                probe.dialect().number(kind),
                1,
                stride ? size : 0,
                probe.message(message).bytes());
    }

    /** How many full states fit into one frame of this target. */
    static int statesPerFrame(Lab lab) {
        int subheader = 4;
        int room = lab.target().mtu() - lab.dialect().minimumPacket() - subheader;
        return room / lab.dialect().layout(Kind.INS).size();
    }
}
