package net.pfsync.suite.probe;

import java.time.Duration;
import net.pfsync.suite.evidence.Summary;
import net.pfsync.wire.Message;

/** A message that was on the LAN, and whether a case accounted for it. */
public final class HeardMessage {

    private final Message message;
    private HeardFrame frame;
    private boolean accounted;

    HeardMessage(Message message) {
        this.message = message;
    }

    void belongsTo(HeardFrame whole) {
        frame = whole;
    }

    void account() {
        accounted = true;
    }

    boolean accounted() {
        return accounted;
    }

    /** The message on the wire. */
    public Message message() {
        return message;
    }

    /** The frame that carried it. */
    public HeardFrame frame() {
        return frame;
    }

    /** When it was heard, since the case began. */
    public Duration at() {
        return frame.at();
    }

    /** In short: the kind and the state's name. */
    @Override
    public String toString() {
        return Summary.of(message);
    }
}
