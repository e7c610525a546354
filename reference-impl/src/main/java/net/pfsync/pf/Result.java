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

    private boolean optionsAllowed;
    private final PfStatistics statistics;

    Result(PfStatistics statistics) {
        this.statistics = statistics;
    }

    void clear() {
        verdict = Verdict.PASS;
        reason = null;
        state = null;
        created = false;
        optionsAllowed = false;
        if (!replies.isEmpty()) {
            replies.clear();
        }
    }

    /** A rule lets the packet pass without state. */
    void passByRule(boolean withOptions) {
        reason = Reason.MATCH;
        optionsAllowed = withOptions;
    }

    /** The packet passes on a state. */
    void pass(State on) {
        state = on;
    }

    /** The packet made a state and passes. */
    void create(State made) {
        reason = Reason.MATCH;
        state = made;
        created = true;
    }

    /** A rule blocks the packet. */
    void block() {
        verdict = Verdict.DROP;
        reason = Reason.MATCH;
    }

    /** The packet is dropped, and counted if there is a reason. */
    void drop(Reason why, State on) {
        verdict = Verdict.DROP;
        reason = why;
        state = on;
        if (why != null) {
            statistics.raise(why);
        }
    }

    void defer() {
        verdict = Verdict.DEFER;
    }

    /** Whether a packet that passes without state may have IP options. */
    boolean optionsAllowed() {
        return optionsAllowed;
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
     * @return {@link Reason#MATCH} if the rules decided; null if the packet passed on a state, or is a SYN that closed its connection's state
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
