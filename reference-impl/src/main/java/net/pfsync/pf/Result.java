package net.pfsync.pf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What became of a packet: one object per filter, valid until the next packet is tested. */
public final class Result {

    /** What is to be done with a packet. */
    public enum Verdict {
        /** It goes on, perhaps rewritten. */
        PASS,
        /** It goes nowhere. */
        DROP,
        /** pfsync holds it and will send it, or not. */
        DEFER
    }

    /**
     * A packet that pf itself sends.
     *
     * @param packet a whole IP packet with its checksums; nobody else has it
     * @param filtered whether it goes through the filter on its way out as a forwarded packet does; otherwise it bypasses the filter
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Reply(byte[] packet, boolean filtered) {}

    private Verdict verdict = Verdict.DROP;
    private Reason reason;
    private State state;
    private boolean created;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Reply> seenReplies = Collections.unmodifiableList(replies);

    Result() {}

    void clear() {
        verdict = Verdict.PASS;
        reason = null;
        state = null;
        created = false;
        if (!replies.isEmpty()) {
            replies.clear();
        }
    }

    Result pass(State on) {
        verdict = Verdict.PASS;
        state = on;
        return this;
    }

    Result drop(Reason why, State on) {
        verdict = Verdict.DROP;
        reason = why;
        state = on;
        return this;
    }

    Result defer() {
        verdict = Verdict.DEFER;
        return this;
    }

    void reason(Reason why) {
        reason = why;
    }

    void markCreated() {
        created = true;
    }

    void reply(byte[] packet, boolean filtered) {
        replies.add(new Reply(packet, filtered));
    }

    /**
     * What is to be done with the packet.
     *
     * @return never null
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Why.
     *
     * @return {@link Reason#MATCH} if the ruleset decided; null if the packet passed on a state
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The state that the packet belongs to or made.
     *
     * @return null if there is none
     */
    public State state() {
        return state;
    }

    /**
     * Whether this packet made the state.
     *
     * @return true for the first packet of a connection
     */
    public boolean created() {
        return created;
    }

    /**
     * What pf itself sends because of the packet.
     *
     * @return in the order of sending; emptied with the next packet
     */
    public List<Reply> replies() {
        return seenReplies;
    }
}
